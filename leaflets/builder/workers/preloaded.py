"""What the fork server imports, so that no worker has to: the program, and WeasyPrint with our quicker functions.

Nothing here may open fonts: Pango and fontconfig start threads, and a thread does not survive a fork.
"""

import argparse  # noqa: F401 - the main module of a build imports it, and each worker imports that
import gc
from contextlib import suppress

gc.disable()  # all of it stays

import leaflets.builder.workers.worker  # noqa: E402
import leaflets.html.parse  # noqa: E402, F401
from leaflets.pdf.typesetter import load  # noqa: E402

with suppress(Exception):  # a worker tells what is wrong
    load()
gc.freeze()  # else the first collection in each worker would write into, and so copy, what they share

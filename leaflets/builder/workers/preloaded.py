"""Imports of the fork server, so that no worker needs to: the program, and WeasyPrint with our patches.

Nothing here may open fonts: Pango and fontconfig start threads, and threads do not survive a fork.
"""

import argparse  # noqa: F401 - the main module of a build imports it, and each worker imports that
import gc
from contextlib import suppress

gc.disable()  # everything imported here stays

import leaflets.builder.workers.worker  # noqa: E402
import leaflets.html.parse  # noqa: E402, F401
from leaflets.pdf.typesetter import load  # noqa: E402

with suppress(Exception):  # a worker reports the error
    load()
gc.freeze()  # else the first collection in each worker would write into shared memory, and so copy it

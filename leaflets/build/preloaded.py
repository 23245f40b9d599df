"""What the fork server imports, so that no worker has to: the program, and WeasyPrint with our quicker functions.

Nothing here may open fonts: Pango and fontconfig start threads, and a thread does not survive a fork.
"""

import gc
from contextlib import suppress

import leaflets.build.worker
import leaflets.cli.main  # the main module of a build, which each worker imports under another name
import leaflets.pdf.draft
import leaflets.pdf.graft
import leaflets.pdf.markup  # noqa: F401
from leaflets.pdf.typeset import load

with suppress(Exception):  # a worker tells what is wrong
    load()
gc.collect()
gc.freeze()  # else the first collection in each worker would write into, and so copy, what they share

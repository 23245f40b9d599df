"""SIGINT and SIGTERM: a command that gets one ends within LONGEST seconds, whatever it is doing.

The signal raises KeyboardInterrupt in the main thread, so that what is under way is put in order. WeasyPrint catches
that too in places, and a clean-up can hang; so the signal is also recorded, and a thread ends the process at the limit.
Files are written whole, under another name first, so nothing is half-written then either.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress

LONGEST = 9.0
"""Seconds from a signal to the end of the process."""
STOPPED = "\nstopped; nothing is left half-written"

_asked = threading.Event()


def install() -> None:
    """Handle SIGINT and SIGTERM in this process; SIGTERM (of a batch service, or `kill`) is like Ctrl-C."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def asked() -> bool:
    """Whether a signal has come."""
    return _asked.is_set()


def heed() -> None:
    """Raise KeyboardInterrupt if a signal has come: before files are written that were made by code which may have
    caught it."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _stop(*_: object) -> None:
    if not _asked.is_set():
        _asked.set()
        threading.Thread(target=_end_at_the_limit, name="stopping", daemon=True).start()
    raise KeyboardInterrupt


def _end_at_the_limit() -> None:
    time.sleep(LONGEST)
    with suppress(OSError, ValueError):
        os.write(sys.stderr.fileno(), f"{STOPPED}\n".encode())
    os._exit(1)  # worker processes follow their parent

"""Bounds for what runs in this process: so much memory, so many seconds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from leaflets.builder.workers.limits import limit, limit_now


class TooLongError(BaseException):
    """It took longer than it may. Not an Exception, so that nothing on the way takes it for a fault of its own."""


@contextmanager
def bounded(megabytes: int, seconds: float) -> Iterator[None]:
    """MemoryError or TooLongError when the block takes more. Seconds are counted in the main thread only, where the
    system can interrupt it."""
    before = limit_now()
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if timed:
        handler = signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    limit(megabytes)
    try:
        yield
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)
        limit(before)


def _too_long(*_: object) -> None:
    raise TooLongError

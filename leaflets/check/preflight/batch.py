"""Preflight of many files, in parallel processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.check.expected import Expected
from leaflets.check.preflight.run import UNREADABLE, Preflight, preflight

FEW = 4
"""Up to this many files are checked in this process; starting others would take longer."""


@dataclass(frozen=True)
class PreflightTask:
    """A file to check, its name in diagnostics, and its expected properties."""

    path: Path
    shown: str
    expected: Expected | None


def preflight_all(asked: Sequence[PreflightTask], jobs: int) -> Iterator[Preflight]:
    """Yield the preflight of each file, as they finish, from up to `jobs` processes.

    Where a process dies, its file and those that still waited are reported as unreadable.
    """
    if jobs < 2 or len(asked) <= FEW:
        yield from map(_preflight, asked)
        return
    pool = ProcessPoolExecutor(min(jobs, len(asked)), multiprocessing.get_context("spawn"), initializer=_start)
    try:
        waiting = {pool.submit(_preflight, one): one for one in asked}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _unreadable(waiting[future].shown)
    finally:  # done, or stopped: files that wait are not begun
        pool.shutdown(wait=True, cancel_futures=True)


def _start() -> None:
    """Leave Ctrl-C to the parent process, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _preflight(asked: PreflightTask) -> Preflight:
    return preflight(asked.path, asked.expected, asked.shown)


def _unreadable(shown: str) -> Preflight:
    message = "it was not looked at: a process died (out of memory, or killed)"
    place = Place.on_page(shown, 0)
    return Preflight(
        shown, diagnostics=(Diagnostic(place, Severity.ERROR, message, UNREADABLE, "try it with --jobs 1"),)
    )

"""How worker processes are started: forked from one process that has loaded what they all need.

That process, the fork server of `multiprocessing`, is started at once and loads (`builder/workers/preloaded.py`) while
the content is being read and checked; a worker is then there in some hundredths of a second and shares the memory of
what was loaded. It ends with the builder, also one that was killed. Where processes cannot be forked so (Windows;
macOS, whose frameworks do not survive it) each worker starts from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import BaseContext
from typing import Any

FORKED = sys.platform == "linux"
PRELOADED = "leaflets.builder.workers.preloaded"
WITH_EVIDENCE = "leaflets.builder.workers.preloaded_evidence"


def default_jobs() -> int:
    """As many processes as this one may use cores; two at least, so that an edition gone wild is in one of its own."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores)


def context() -> BaseContext:
    """Starts processes in the way of this machine."""
    return multiprocessing.get_context("forkserver" if FORKED else "spawn")


def get_ready(evidence: bool = True) -> None:
    """Start the fork server, if there is none. It loads by itself; the first worker waits until it has.

    `evidence`: it also loads what finished files are measured with.
    """
    if not FORKED:
        return
    from multiprocessing import forkserver, resource_tracker

    forkserver.set_forkserver_preload([PRELOADED, *((WITH_EVIDENCE,) if evidence else ())])
    resource_tracker.ensure_running()  # would open this thread's ears again while the fork server is started
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    with deaf(), _environment(PYTHONPATH=path, PYTHONSAFEPATH="1"):
        forkserver.ensure_running()


def end() -> None:
    """End the fork server and wait for it. Its workers have ended."""
    if not FORKED:
        return
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver
    if server._forkserver_pid is not None:
        with suppress(OSError):
            os.kill(server._forkserver_pid, signal.SIGKILL)  # it has nothing to tidy up
        server._stop()


@contextmanager
def deaf() -> Iterator[None]:
    """Processes that are started meanwhile never hear Ctrl-C, not even before they run a line of ours: it is the
    parent's to handle, which hears it a moment later."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `worker.start` has to do
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Variables of the environment while the block runs. The fork server, unlike a spawned process, is not told where
    its parent finds modules, and must not find others in the current folder first."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

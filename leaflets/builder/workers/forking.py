"""Start of worker processes: forked from a fork server that has imported what they all need.

The fork server of `multiprocessing` starts first and imports `builder/workers/preloaded.py` while the builder loads and
checks the content; a worker then starts in some hundredths of a second and shares the server's memory. The server ends
with the builder, also with a killed one. On Windows, which cannot fork, and on macOS, whose frameworks do not survive
it, each worker starts from nothing.
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

from leaflets.base.limited import block_sigint

FORKED = sys.platform == "linux"
PRELOADED = "leaflets.builder.workers.preloaded"
WITH_EVIDENCE = "leaflets.builder.workers.preloaded_evidence"


def default_jobs() -> int:
    """The number of cores that this process may use; at least 2, so that a runaway edition does not stop the others."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, cores)


def context() -> BaseContext:
    """The start method of this platform: fork server on Linux, else spawn."""
    return multiprocessing.get_context("forkserver" if FORKED else "spawn")


def get_ready(evidence: bool = True) -> None:
    """Start the fork server unless it runs. It imports in the background; the first worker waits until it has finished.

    `evidence`: it also imports the code that collects evidence.
    """
    if not FORKED:
        return
    from multiprocessing import forkserver, resource_tracker

    forkserver.set_forkserver_preload([PRELOADED, *((WITH_EVIDENCE,) if evidence else ())])
    resource_tracker.ensure_running()  # called by forkserver.ensure_running() it would unblock SIGINT
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    with block_sigint(), _environment(PYTHONPATH=path, PYTHONSAFEPATH="1"):
        forkserver.ensure_running()


def end() -> None:
    """Kill the fork server and wait for its end. Its workers must have ended before."""
    if not FORKED:
        return
    from multiprocessing import forkserver

    server: Any = forkserver._forkserver
    if server._forkserver_pid is not None:
        with suppress(OSError):
            os.kill(server._forkserver_pid, signal.SIGKILL)  # it has nothing to clean up
        server._stop()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set environment variables for the block. The fork server, unlike a spawned process, does not get its parent's
    module path, and must not find other modules in the current folder first."""
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

"""A Dask cluster for tests: a scheduler and workers as processes of their own, in an empty folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

WAIT = 180.0
"""Seconds in which a cluster must be up."""
GRACE = 15.0
"""Seconds that its processes have to end by themselves."""


@contextmanager
def dask_cluster(folder: Path, workers: int, preload: str = "") -> Iterator[str]:
    """The address of a scheduler with so many workers of one thread, each started anew when it dies.

    `preload`: Python code that each worker runs first. An edition is given up when two workers died at it.
    """
    import distributed

    card = folder / "scheduler.json"
    (folder / "preload.py").write_text(preload)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    at = ["--scheduler-file", str(card), "--no-dashboard", "--host", "127.0.0.1"]
    worker = ["worker", *at, "--nthreads", "1", "--preload", str(folder / "preload.py")]
    with (folder / "log").open("wb") as log:

        def start(*arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "dask", *arguments]
            return subprocess.Popen(
                command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

        running = [start("scheduler", *at, "--port", "0"), start(*worker, "--nworkers", str(workers))]
        try:
            deadline = time.monotonic() + WAIT
            while not card.exists():
                assert time.monotonic() < deadline, (folder / "log").read_text()
                assert running[0].poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            address = json.loads(card.read_text())["address"]
            with distributed.Client(address, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=WAIT)
            yield address
        finally:
            for process in reversed(running):
                process.terminate()
            for process in reversed(running):
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that was asked to end. A nanny that is just starting a worker anew never does: then it is
    killed with all it started."""
    try:
        process.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

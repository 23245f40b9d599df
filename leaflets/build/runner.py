"""Runs the editions of a plan in worker processes, or in this one, and yields each result as it comes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.build.materials import Materials
from leaflets.build.steps import Bench, Result
from leaflets.editions.edition import Edition

_worker: tuple[Bench, Materials, Path] | None = None


def run(project: Project, materials: Materials, editions: Sequence[Edition], out: Path, jobs: int) -> Iterator[Result]:
    """Build `editions` into `out` with `jobs` processes; results come in the order in which they are ready."""
    if jobs <= 1 or len(editions) <= 1:
        bench = Bench(project)
        with rarely_collecting() as collect:
            for edition in editions:
                yield bench.make(materials.of(edition), out)
                collect()
        return
    context = multiprocessing.get_context("spawn")
    count = min(jobs, len(editions))
    pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(project, materials, out))
    futures: list[Future[Result]] = []
    try:
        # the longest first, so that no process is left alone with one at the end
        asked = {pool.submit(_make, edition): edition for edition in sorted(editions, key=_length, reverse=True)}
        futures = list(asked)
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Result(asked[future], diagnostics=(_died(asked[future]),))
    finally:
        for future in futures:
            future.cancel()
        pool.shutdown(wait=True, cancel_futures=True)


def _died(edition: Edition) -> Diagnostic:
    message = "a worker process died (out of memory, or killed) and took this edition with it"
    return Diagnostic(Place(edition.name), Severity.ERROR, message, "worker", "build again, with fewer --jobs")


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _length(edition: Edition) -> tuple[bool, bool, bool]:
    return edition.layout != "standard", edition.level == "easy", edition.level == "detailed"


def _start(project: Project, materials: Materials, out: Path) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _worker = (Bench(project), materials, out)
    gc.freeze()
    gc.disable()


def _make(edition: Edition) -> Result:
    assert _worker is not None
    bench, materials, out = _worker
    result = bench.make(materials.of(edition), out)
    _collect()
    return result


@contextmanager
def rarely_collecting() -> Iterator[Callable[[], None]]:
    """Garbage is collected by the function that this gives, and not in between.

    A layout makes some hundred thousand objects that live until it is done; to look through them again and again took
    a quarter of its time.
    """
    gc.freeze()
    gc.disable()
    try:
        yield _collect
    finally:
        gc.enable()
        gc.unfreeze()


_since_collected = 0


def _collect() -> None:
    """Collect garbage after every eighth edition: often enough to keep memory flat."""
    global _since_collected
    _since_collected += 1
    if _since_collected >= 8:
        _since_collected = 0
        gc.collect()

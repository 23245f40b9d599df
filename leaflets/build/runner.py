"""Worker processes that build editions and hand back each result as it comes; or this process alone."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.build.steps import Bench, Result
from leaflets.editions.edition import Edition
from leaflets.html.compose import Material

COLLECT_EVERY = 8
"""Garbage is collected after so many editions. A layout makes some hundred thousand objects that live until it is done;
to look through them again and again while it runs took a quarter of its time. More would let memory grow."""


class Workers:
    """`jobs` processes that are started at once and get ready while the content is still being read.

    A context manager: on the way out, whether done or stopped, what was not begun is dropped.
    """

    def __init__(self, project: Project, out: Path, jobs: int) -> None:
        self.project, self.out = project, out
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(project, out))
            self._pool.submit(_ready)  # starts them all

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, materials: Sequence[Material]) -> Iterator[Result]:
        """Build the editions; results come in the order in which they are ready."""
        if self._pool is None:
            yield from self._alone(materials)
            return
        # the longest first, so that no process is left alone with one at the end
        asked: dict[Future[Result], Edition] = {}
        for material in sorted(materials, key=_length, reverse=True):
            asked[self._pool.submit(_make, material)] = material.edition
        for future in as_completed(asked):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Result(asked[future], diagnostics=(_died(asked[future]),))

    def _alone(self, materials: Sequence[Material]) -> Iterator[Result]:
        bench = Bench(self.project)
        _freeze()
        try:
            for material in materials:
                yield bench.make(material, self.out)
                _collect()
        finally:
            gc.enable()
            gc.unfreeze()


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _length(material: Material) -> tuple[int, bool]:
    """How long an edition takes, roughly: pictures and much text; a standard layout needs a second pass more often."""
    edition = material.edition
    return ("plain", "detailed", "easy").index(edition.level), edition.layout == "standard"


def _died(edition: Edition) -> Diagnostic:
    message = "a worker process died (out of memory, or killed) and took this edition with it"
    return Diagnostic(Place(edition.name), Severity.ERROR, message, "worker", "build again, with fewer --jobs")


_worker: tuple[Bench, Path] | None = None
_since_collected = 0


def _start(project: Project, out: Path) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    bench = Bench(project)
    bench.warm_up()
    _worker = (bench, out)
    _freeze()


def _ready() -> None:
    """Nothing: a first task, so that the processes start."""


def _make(material: Material) -> Result:
    assert _worker is not None
    bench, out = _worker
    result = bench.make(material, out)
    _collect()
    return result


def _freeze() -> None:
    gc.freeze()
    gc.disable()


def _collect() -> None:
    global _since_collected
    _since_collected += 1
    if _since_collected >= COLLECT_EVERY:
        _since_collected = 0
        gc.collect()

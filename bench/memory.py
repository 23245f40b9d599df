"""The memory of each worker while a long batch is built: sampled, and whether it grows."""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.command import ROOT
from bench.engine import Build, build
from bench.leaflet import EDITION
from bench.tree import descendants, memory

EVERY = 0.5
"""Seconds between two samples."""
LEAST = 50.0
"""MB: a process that never takes more is no worker but a helper."""
CHOICE = ("--level", "plain", "--layout", "standard")
"""Editions of about one length, or the order in which they are built would show instead of growth."""
EACH = 6
"""Editions that CHOICE finds in one article: three leaflets, two locales."""
WARM = 0.25
"""The first quarter of the batch is taken for warming up."""


@dataclass(frozen=True)
class Worker:
    """One worker's memory: how many editions the batch had done, and MB."""

    done: tuple[int, ...]
    megabytes: tuple[float, ...]

    @property
    def peak(self) -> float:
        return max(self.megabytes)

    def median(self, begin: float, end: float) -> float:
        """Median MB between two shares of the batch."""
        last = self.done[-1]
        chosen = [mb for done, mb in zip(self.done, self.megabytes, strict=True) if begin <= done / last <= end]
        return statistics.median(chosen)

    @property
    def growth(self) -> float:
        """MB for each 100 editions of the batch, a straight line through what follows the warming up."""
        warm = [(d, mb) for d, mb in zip(self.done, self.megabytes, strict=True) if d >= WARM * self.done[-1]]
        return statistics.linear_regression(*zip(*warm, strict=True)).slope * 100


@dataclass(frozen=True)
class LongRun:
    """A long batch and the memory of its workers."""

    build: Build
    workers: tuple[Worker, ...]


def long_run(editions: int, jobs: int) -> LongRun:
    """Build at least so many editions in one go: of copies of the article under other names."""
    samples: dict[int, list[tuple[float, float]]] = {}
    stop = threading.Event()
    begin = time.perf_counter()

    def watch(parent: int) -> None:
        while not stop.wait(EVERY):
            now = time.perf_counter() - begin
            for pid in descendants(parent)[1:]:
                samples.setdefault(pid, []).append((now, memory(pid)))

    def started(pid: int) -> None:
        threading.Thread(target=watch, args=(pid,), daemon=True).start()

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        _copies(project, -(-editions // EACH) - 1)
        begin = time.perf_counter()
        built = build(project / "out", jobs, ("--project", folder, *CHOICE), started)
        stop.set()
    ends: list[float] = []
    for edition in built.editions:
        ends.append(edition.wall + (ends[-1] if ends else 0.0))
    large = [row for row in samples.values() if max(mb for _, mb in row) > LEAST]
    return LongRun(built, tuple(_worker(row, ends) for row in large))


def _worker(row: list[tuple[float, float]], ends: list[float]) -> Worker:
    """The samples by how many editions were done; those of before the first and after the last are left out."""
    known = [(sum(end <= at for end in ends), mb) for at, mb in row if ends[0] <= at <= ends[-1] and mb]
    return Worker(tuple(done for done, _ in known), tuple(mb for _, mb in known))


def _copies(project: Path, count: int) -> None:
    for number in range(1, count + 1):
        name = f"copy-{number:04d}"
        copy = project / "articles" / name
        shutil.copytree(ROOT / "articles" / EDITION.article, copy)
        file = copy / "article.yaml"
        file.write_text(re.sub(r"(?m)^id: .*$", f"id: {name}", file.read_text(encoding="utf-8")), encoding="utf-8")

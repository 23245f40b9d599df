"""Our own engine, through its command line: a build into a new folder, each edition timed by its line of progress."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.command import CommandError, run

_PROGRESS = re.compile(r"\[(\d+)/(\d+)\] (.+): (\d+) pages")


@dataclass(frozen=True)
class EditionTime:
    """One edition in the course of a build with one process: seconds since the one before it."""

    name: str
    pages: int
    wall: float
    cpu: float


@dataclass(frozen=True)
class Build:
    """A whole build, from the start of Python to its end."""

    editions: tuple[EditionTime, ...]
    wall: float
    cpu: float

    @property
    def pages(self) -> int:
        return sum(edition.pages for edition in self.editions)

    def edition(self, name: str) -> EditionTime:
        """The edition called `name` in the lines of progress. CommandError when it was not built."""
        for edition in self.editions:
            if edition.name == name:
                return edition
        raise CommandError(f"the build did not tell of {name}")


def build(out: Path, jobs: int, options: Sequence[str] = (), started: Callable[[int], None] = lambda _: None) -> Build:
    """Build what `options` choose into `out`."""
    arguments = [sys.executable, "generate.py", "build", "--jobs", str(jobs), "--out", str(out), *options]
    timed = run(arguments, started)
    editions: list[EditionTime] = []
    wall = cpu = 0.0
    for line in timed.lines:
        if found := _PROGRESS.fullmatch(line.text):
            editions.append(EditionTime(found[3], int(found[4]), line.wall - wall, line.cpu - cpu))
            wall, cpu = line.wall, line.cpu
    return Build(tuple(editions), timed.wall, timed.cpu)

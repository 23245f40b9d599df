"""Our own engine, through its command line: a build, told by its events (`build --json`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.command import CommandError, Timed, run

GENERATE = (sys.executable, "generate.py")


@dataclass(frozen=True)
class Build:
    """A whole build, from the start of Python to its end."""

    editions: tuple[str, ...]
    pages: int
    ends: tuple[float, ...]
    """When each edition was told, seconds from the start of the build."""
    wall: float
    cpu: float


def build(
    out: Path,
    jobs: int,
    options: Sequence[str] = (),
    started: Callable[[int], None] = lambda _: None,
) -> Build:
    """Build what `options` choose into `out`. CommandError when it fails."""
    timed = run([*GENERATE, "build", "--json", "--jobs", str(jobs), "--out", str(out), *options], started)
    told = [(json.loads(line.text), line.wall) for line in timed.lines if line.text.startswith("{")]
    built = [(event, wall) for event, wall in told if event["event"] == "built"]
    return Build(
        tuple(event["edition"] for event, _ in built),
        sum(event["pages"] for event, _ in built),
        tuple(wall for _, wall in built),
        timed.wall,
        timed.cpu,
    )


def nothing_to_do(out: Path, options: Sequence[str] = ()) -> Timed:
    """The same build again. CommandError when it was not said that all is up to date."""
    timed = run([*GENERATE, "build", "--out", str(out), *options])
    if not any("up to date" in line.text for line in timed.lines):
        raise CommandError("there was something to build, though nothing has changed")
    return timed


def loads(name: str, out: Path, options: Sequence[str] = ()) -> bool:
    """Whether the same build again imports a module."""
    timed = run([sys.executable, "-X", "importtime", *GENERATE[1:], "build", "--out", str(out), *options])
    return any(line.text.startswith("import time:") and line.text.split()[-1] == name for line in timed.lines)

"""The table of contestants: ways to set the same leaflets, ours and others. Another one is another row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import engine
from bench.command import CommandError, run
from bench.editions import ARTICLE, LAYOUTS, PAPER, SAMPLE, common, everything, options
from leaflets.editions.edition import Edition

OURS_2, OURS_1 = "leaflets, 2 processes", "leaflets, 1 process"
WARM_2 = "leaflets, 2 processes, warm"
PER_FILE = "leaflets, one process per file"
NAIVE, NAIVE_UA = "naive WeasyPrint loop", "naive WeasyPrint loop, pdf/ua-1"
CHROMIUM, TYPST = "Chromium, warm", "Typst, warm"
EVERYTHING_2, EVERYTHING_1 = "everything, 2 processes", "everything, 1 process"
WHOLE = (EVERYTHING_2, EVERYTHING_1)
"""Those that set another set: every edition of the article. They have a table of their own."""


ALONE = "--no-evidence"
"""The others set leaflets and do not measure what came out."""


@dataclass(frozen=True)
class Turn:
    """One turn of a contestant: wall and CPU seconds for all its editions together."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Contestant:
    """A way to set editions. `once` sets them all from a folder of sources into an empty folder.

    `run`: as its users run it. `rounds`: in how many rounds it takes part at the most; 0: in all.
    """

    name: str
    run: str
    editions: Callable[[], list[Edition]]
    once: Callable[[Path, Path], Turn]
    rounds: int = 0


def ours(jobs: int, choice: Sequence[str], editions: Callable[[], list[Edition]]) -> Callable[[Path, Path], Turn]:
    """A cold build by our command line, from the start of Python to its end."""

    def once(_: Path, out: Path) -> Turn:
        built = engine.build(out, jobs, ("--article", ARTICLE, *choice))
        if len(built.editions) != len(editions()):
            raise CommandError(f"{len(built.editions)} editions were built, {len(editions())} were asked for")
        return Turn(built.wall, built.cpu)

    return once


def process_per_file(_: Path, out: Path) -> Turn:
    """A fresh process of our command line for each edition of the sample, one after the other."""
    turns = [engine.build(out / str(number), 1, (*options(edition), ALONE)) for number, edition in enumerate(SAMPLE)]
    if any(len(turn.editions) != 1 for turn in turns):
        raise CommandError("a process for one file did not build one")
    return Turn(sum(turn.wall for turn in turns), sum(turn.cpu for turn in turns))


def warm(jobs: int) -> Callable[[Path, Path], Turn]:
    """Our engine with workers that wait."""
    return lambda _, out: _told("leaflets_loop", str(out), str(jobs))


def loop(module: str, *rest: str) -> Callable[[Path, Path], Turn]:
    """A module of bench.loops, in one process that stays warm."""
    return lambda sources, out: _told(module, str(sources), str(out), *rest)


def _told(module: str, *arguments: str) -> Turn:
    """The times that a module of bench.loops tells."""
    timed = run([sys.executable, "-m", f"bench.loops.{module}", *arguments])
    found = [line.text for line in timed.lines if line.text.startswith("{")]
    if not found:
        raise CommandError(f"bench.loops.{module} told no times")
    told = json.loads(found[-1])
    return Turn(told["wall"], told["cpu"])


def _sample() -> list[Edition]:
    return list(SAMPLE)


_COMMON = [word for layout in LAYOUTS for word in ("--layout", layout)]
WARM = "1 warm process"
CONTESTANTS = (
    Contestant(OURS_2, "`build --jobs 2`, cold", common, ours(2, (*_COMMON, ALONE), common)),
    Contestant(OURS_1, "`build --jobs 1`, cold", common, ours(1, (*_COMMON, ALONE), common)),
    Contestant(WARM_2, "workers that wait", common, warm(2)),
    Contestant(PER_FILE, "a cold process each", _sample, process_per_file),
    Contestant(NAIVE, WARM, common, loop("weasyprint_loop")),
    Contestant(NAIVE_UA, WARM, common, loop("weasyprint_loop", "pdf/ua-1")),
    Contestant(CHROMIUM, "1 warm browser and page", common, loop("chromium_loop")),
    Contestant(TYPST, WARM, common, loop("typst_loop")),
    Contestant(EVERYTHING_2, "`build --jobs 2`, cold", everything, ours(2, PAPER, everything), rounds=1),
    Contestant(EVERYTHING_1, "`build --jobs 1`, cold", everything, ours(1, PAPER, everything), rounds=1),
)

"""The ways to set the same leaflet: ours in the batch, and the others."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import engine
from bench.command import CommandError, run
from bench.leaflet import NAME, OPTIONS
from bench.sample import Sample
from bench.verdict import Verdict

Seconds = tuple[float, float]
"""Wall and CPU time of one leaflet."""
PROCESSES = 1
"""How often in a round a process is started for one file."""
REPEATS = 5
"""How often in a round a warm contestant sets the leaflet."""


@dataclass(frozen=True)
class Contestant:
    """A way to set the leaflet. `once` takes part in one round and leaves its file at a path."""

    name: str
    once: Callable[[Path], Seconds]


@dataclass(frozen=True)
class Standing:
    """How a contestant did over all rounds, seconds a leaflet."""

    name: str
    wall: Sample
    cpu: Sample
    verdict: Verdict


def process_per_file(pdf: Path) -> Seconds:
    """A fresh process of our engine for the one leaflet."""
    times = []
    for number in range(PROCESSES):
        out = pdf.parent / f"{pdf.stem}-{number}"
        built = engine.build(out, 1, OPTIONS)
        built.edition(NAME)  # it was built
        next(out.rglob("*.pdf")).replace(pdf)
        times.append((built.wall, built.cpu))
    return statistics.median(wall for wall, _ in times), statistics.median(cpu for _, cpu in times)


def loop(module: str, *rest: str) -> Callable[[Path], Seconds]:
    """A module of bench.loops that stays warm."""

    def once(pdf: Path) -> Seconds:
        timed = run([sys.executable, "-m", f"bench.loops.{module}", str(REPEATS), str(pdf), *rest])
        found = [line.text for line in timed.lines if line.text.startswith("{")]
        if not found:
            raise CommandError(f"bench.loops.{module} told no times")
        told = json.loads(found[-1])
        return statistics.median(told["walls"]), told["cpu"]

    return once


OTHERS = (
    Contestant("leaflets, one process per file", process_per_file),
    Contestant("naive WeasyPrint loop", loop("weasyprint_loop")),
    Contestant("naive WeasyPrint loop, pdf/ua-1", loop("weasyprint_loop", "pdf/ua-1")),
    Contestant("Chromium, warm", loop("chromium_loop")),
    Contestant("Typst, warm", loop("typst_loop")),
)

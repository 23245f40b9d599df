"""`python -m bench`: measure, keep it in bench/results.json, and write docs/performance.md from what is kept."""

from __future__ import annotations

import argparse
import datetime
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import results, stamping
from bench.changes import MEASUREMENTS
from bench.machine import this_machine
from bench.memory import long_run
from bench.report import write
from bench.results import Occasion, Reading
from bench.rounds import play, say

PARTS = ("contest", "changes", "memory", "stamping")
JOBS = 2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of the contest (default: 3)")
    parser.add_argument("--editions", type=int, default=504, metavar="N", help="of the memory run (default: 504)")
    parser.add_argument("--only", choices=(*PARTS, "page"), help="one part alone, or the page from what is kept")
    options = parser.parse_args()
    measures: dict[str, Callable[[Path], Any]] = {
        "contest": lambda folder: play(options.rounds, folder),
        "changes": changes,
        "memory": lambda folder: memory(options.editions, folder),
        "stamping": measure_stamping,
    }
    kept = results.load()
    for part, measure in measures.items():
        if options.only in (None, part):
            kept = replace(kept, **{part: on_occasion(measure)})
            results.save(kept)  # a part that fails does not cost those before it
    print(write(kept))


def on_occasion(measure: Callable[[Path], Any]) -> tuple[Occasion, Any]:
    """Measure something in an empty folder; with it, when and where that was."""
    begin, before = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        found = measure(Path(folder))
    minutes = round((time.perf_counter() - begin) / 60, 1)
    load = (round(before, 1), round(os.getloadavg()[0], 1))
    return Occasion(datetime.date.today().isoformat(), minutes, load, this_machine()), found


def changes(folder: Path) -> tuple[Reading, ...]:
    """Every measurement of the table, each in a folder of its own."""
    found = []
    for number, measure in enumerate(MEASUREMENTS):
        say(f"measuring {measure.__name__}")
        own = folder / str(number)
        own.mkdir()
        found.append(measure(own))
    return tuple(found)


def measure_stamping(folder: Path) -> tuple[Reading, Reading]:
    say("stamping")
    return stamping.measure(folder)


def memory(editions: int, folder: Path) -> results.LongRun:
    say(f"memory over {editions} editions")
    return long_run(editions, JOBS, folder)


if __name__ == "__main__":
    main()

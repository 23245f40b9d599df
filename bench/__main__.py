"""`python -m bench`: measure, keep it in bench/results.json, and write docs/performance.md from what is kept.

Both files are written as soon as a part is measured. A part that fails is named, the others are measured all the same,
and the exit status is 1.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import records, results, stamping
from bench.changes import MEASUREMENTS
from bench.command import CommandError
from bench.contestants import CONTESTANTS
from bench.machine import this_machine
from bench.memory import long_run
from bench.report import write
from bench.results import Contest, DoorRun, LongRun, Occasion, Reading
from bench.rounds import play, say

PARTS = ("contest", "changes", "memory", "stamping", "records")
JOBS = 2


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of the contest (default: 3)")
    parser.add_argument("--editions", type=int, default=504, metavar="N", help="of the memory run (default: 504)")
    parser.add_argument("--only", choices=(*PARTS, "page"), help="one part alone, or the page from what is kept")
    parser.add_argument(
        "--contestant",
        action="append",
        default=[],
        metavar="NAME",
        help="only try these contestants, by the beginnings of their names (may be repeated); nothing is kept",
    )
    options = parser.parse_args()
    if options.contestant:
        return tried(options.rounds, options.contestant)
    measures: dict[str, Callable[[Path], Iterator[Any]]] = {
        "contest": lambda folder: contest(options.rounds, folder),
        "changes": changes,
        "memory": lambda folder: memory(options.editions, folder),
        "stamping": measure_stamping,
        "records": measure_records,
    }
    if options.only is not None:
        measures = {part: measure for part, measure in measures.items() if part == options.only}
    failed = measure_parts(measures, keep)
    print(write(results.load()))
    for part in failed:
        say(f"{part}: not measured, or not all of it; see above. What was measured is kept")
    return 1 if failed else 0


def measure_parts(
    measures: Mapping[str, Callable[[Path], Iterator[Any]]], keep: Callable[[str, Any], None]
) -> list[str]:
    """Measure each part and `keep` what it found so far, each time that it found more. Returns the names of the parts
    that failed: a failure is printed and costs no other part."""
    failed = []
    for part, measure in measures.items():
        try:
            for found in on_occasion(measure):
                keep(part, found)
        except CommandError as error:
            say(f"{part}: {error}")
            failed.append(part)
        except Exception:
            traceback.print_exc()
            failed.append(part)
    return failed


def keep(part: str, found: Any) -> None:
    """Write one part's results, and the page with them."""
    kept = replace(results.load(), **{part: found})
    results.save(kept)
    write(kept)


def on_occasion(measure: Callable[[Path], Iterator[Any]]) -> Iterator[tuple[Occasion, Any]]:
    """Measure something in an empty folder; with everything it finds, when and where that was."""
    begin, before = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        for found in measure(Path(folder)):
            minutes = round((time.perf_counter() - begin) / 60, 1)
            load = (round(before, 1), round(os.getloadavg()[0], 1))
            yield Occasion(datetime.date.today().isoformat(), minutes, load, this_machine()), found


def tried(rounds: int, names: Sequence[str]) -> int:
    """Play the contest with a few contestants only and print their rates; nothing is kept, since a table with some
    rows of another day compares nothing."""
    chosen = [who for who in CONTESTANTS if any(who.name.startswith(name) for name in names)]
    if not chosen:
        say(f"there are these contestants: {', '.join(who.name for who in CONTESTANTS)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as folder:
        found = play(rounds, Path(folder), chosen)
    first = found.standings[0]
    for row in found.standings:
        ratio = first.rate.over(row.rate).median
        print(f"{row.name}: {row.rate.median:.2f} editions/s, {row.page_ms.median:.0f} CPU ms/page, ÷ {ratio:.2f}")
    return 0


def contest(rounds: int, folder: Path) -> Iterator[Contest]:
    yield play(rounds, folder)


def changes(folder: Path) -> Iterator[tuple[Reading, ...]]:
    """The measurements of the table, each in a folder of its own: all found so far, after each of them. CommandError
    at the end, when one could not be made."""
    found: list[Reading] = []
    missing = []
    for number, measure in enumerate(MEASUREMENTS):
        say(f"measuring {measure.__name__}")
        own = folder / str(number)
        own.mkdir()
        try:
            found.append(measure(own))
        except (CommandError, OSError) as error:
            say(f"{measure.__name__}: {error}")
            missing.append(measure.__name__)
        else:
            yield tuple(found)
    if missing:
        raise CommandError(f"not measured: {', '.join(missing)}")


def measure_stamping(folder: Path) -> Iterator[tuple[Reading, Reading]]:
    say("stamping")
    yield stamping.measure(folder)


def measure_records(folder: Path) -> Iterator[DoorRun]:
    say("the record system's door")
    yield records.measure(folder)


def memory(editions: int, folder: Path) -> Iterator[LongRun]:
    say(f"memory over {editions} editions")
    yield long_run(editions, JOBS, folder)


if __name__ == "__main__":
    sys.exit(main())

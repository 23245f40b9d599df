"""The memory of each worker while a long batch is built, and the same batch again with nothing to do."""

from __future__ import annotations

import statistics
import threading
import time
from pathlib import Path

from bench import engine
from bench.command import CommandError
from bench.project import copies
from bench.results import LongRun, Reading, Worker
from bench.tree import descendants, memory

EVERY = 0.5
"""Seconds between two samples."""
LEAST = 50.0
"""MB: a process that never takes more is no worker but a helper."""
FEWEST = 4
"""Samples at so many different numbers of editions make a worker; slope.py needs two after the first quarter."""
POINTS = 60
"""So many samples of each worker are kept."""
CHOICE = ("--level", "plain", "--layout", "standard")
"""Editions of about one length, or the order in which they are built would show instead of growth."""
EACH = 6
"""Editions that CHOICE finds in one article: three leaflets, two locales."""
AGAIN = 5
"""How often nothing is to be done."""
NOTHING, NOTHING_OF = 0.5, 500
"""Seconds that nothing to do may take, for so many editions."""
Samples = dict[int, list[tuple[float, float]]]
"""By process: when, seconds from the start, and MB."""


def long_run(editions: int, jobs: int, folder: Path) -> LongRun:
    """Build at least so many editions in one go, of copies of the article under other names, in an empty folder."""
    copies(folder, -(-editions // EACH) - 1)
    options, out = ("--project", str(folder), *CHOICE), folder / "out"
    samples: Samples = {}
    stop = threading.Event()
    begin = time.perf_counter()

    def watch(parent: int) -> None:
        while not stop.wait(EVERY):
            now = time.perf_counter() - begin
            for pid in descendants(parent)[1:]:
                if len(descendants(pid)) > 1:  # what the workers are forked from
                    continue
                samples.setdefault(pid, []).append((now, memory(pid)))

    watchers: list[threading.Thread] = []

    def started(pid: int) -> None:
        watchers.append(threading.Thread(target=watch, args=(pid,), daemon=True))
        watchers[-1].start()

    try:
        built = engine.build(out, jobs, options, started)
    finally:
        stop.set()
        for watcher in watchers:
            watcher.join()
    again = _nothing(out, options, len(built.editions))
    return LongRun(len(built.editions), built.wall, workers(samples, built.ends), again)


def workers(samples: Samples, ends: tuple[float, ...]) -> tuple[Worker, ...]:
    """The workers among the processes that were sampled: those with samples taken while editions were built.

    The fork server has no child before the first worker starts and after the last one ends: at those moments it is
    sampled like a worker, but it has no sample in between. A process that was there for a moment only (a second try of
    an edition) says nothing of growth.
    """
    rows = ([sample for sample in row if ends[0] <= sample[0] <= ends[-1] and sample[1]] for row in samples.values())
    found = (worker(row, ends) for row in rows if row and max(mb for _, mb in row) > LEAST)
    return tuple(each for each in found if len(set(each.done)) >= FEWEST)


def worker(row: list[tuple[float, float]], ends: tuple[float, ...]) -> Worker:
    """The samples of one worker by the number of editions done, thinned out to medians. `row`: time and MB, all taken
    between the first and the last of `ends`."""
    known = [(sum(end <= at for end in ends), mb) for at, mb in row]
    step = -(-len(known) // POINTS)
    groups = [known[start : start + step] for start in range(0, len(known), step)]
    return Worker(
        tuple(group[-1][0] for group in groups),
        tuple(round(statistics.median(mb for _, mb in group), 1) for group in groups),
        round(max(mb for _, mb in known), 1),
    )


def _nothing(out: Path, options: tuple[str, ...], editions: int) -> Reading:
    """The same build again, a few times; it may not load the typesetter."""
    seconds = tuple(engine.nothing_to_do(out, options).wall for _ in range(AGAIN))
    if engine.loads("weasyprint", out, options):
        raise CommandError("with nothing to do, WeasyPrint was imported")
    name = f"nothing to do, of {NOTHING_OF} editions or more"
    return Reading(name, seconds, editions, "WeasyPrint is not imported", NOTHING, NOTHING_OF)

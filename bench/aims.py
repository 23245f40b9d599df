"""What was aimed at, held against what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from bench.contestants import CHROMIUM, NAIVE, NAIVE_UA, OURS_2, PER_FILE, TYPST, WARM_2
from bench.results import Contest, LongRun, Reading
from bench.slope import flat


@dataclass(frozen=True)
class Aim:
    """Editions a second of the batch, at least so many times those of another contestant. `ours`: which of our ways."""

    words: str
    other: str
    factor: float
    ours: str = OURS_2


@dataclass(frozen=True)
class Outcome:
    """An aim in words, what was measured in words, and whether it is met."""

    words: str
    measured: str
    met: bool


LONG = 2000
"""Editions of a batch over which memory has to be flat."""
AIMS = (
    Aim("8 times the editions a second of one process per file", PER_FILE, 8),
    Aim("2.2 times the naive WeasyPrint loop, on two cores", NAIVE, 2.2),
    Aim("2.2 times the naive WeasyPrint loop that asks for PDF/UA-1", NAIVE_UA, 2.2),
    Aim("at or above warm Chromium", CHROMIUM, 1),
    Aim("within 5 times of Typst: at least 0.2 of its editions a second", TYPST, 0.2),
    Aim("the same with both kept warm", TYPST, 0.2, WARM_2),
)


def ratio(contest: Contest, other: str, ours: str = OURS_2) -> float | None:
    """Editions a second of our batch with two processes over those of another: round by round, the median of these."""
    mine, theirs = contest.of(ours), contest.of(other)
    return mine.rate.over(theirs.rate).median if mine and theirs else None


def of_contest(contest: Contest) -> list[Outcome]:
    """The aims that are ratios. One that could not be measured is not met."""
    outcomes = []
    for aim in AIMS:
        found = ratio(contest, aim.other, aim.ours)
        said = "not measured" if found is None else f"{found:.2f} times"
        outcomes.append(Outcome(aim.words, said, found is not None and found >= aim.factor))
    return outcomes


def of_readings(readings: tuple[Reading, ...]) -> list[Outcome]:
    """The aims that are seconds."""
    return [
        Outcome(f"{row.name}: at most {row.aim:g} s", f"{row.median:.2f} s (editions: {row.editions})", _in_time(row))
        for row in readings
        if row.aim is not None
    ]


def of_memory(run: LongRun) -> list[Outcome]:
    """Memory of every worker, which has to be flat, in a run that is long enough to tell."""
    flats = [flat(worker) for worker in run.workers]
    said = f"{sum(flats)} of {len(flats)} workers flat over {run.editions} editions"
    met = bool(flats) and all(flats) and run.editions >= LONG
    return [Outcome(f"memory of each worker flat over {LONG:,} editions", said, met)]


def _in_time(row: Reading) -> bool:
    return row.aim is not None and row.median <= row.aim and row.editions >= row.least_editions

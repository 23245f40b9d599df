"""The rounds: everybody once in each, so that what disturbs a round disturbs all alike."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import engine
from bench.contestant import OTHERS, Contestant, Seconds, Standing
from bench.leaflet import EDITION, NAME
from bench.sample import Sample
from bench.verdict import judge

JOBS = (1, 2)
OURS = "leaflets, in the batch of all editions"


@dataclass(frozen=True)
class Batch:
    """The cold build of every edition with so many jobs."""

    jobs: int
    editions: int
    pages: int
    compliant: int
    """How many of the files are PDF/UA-1."""
    wall: Sample
    cpu: Sample

    @property
    def rate(self) -> float:
        """Editions a second."""
        return self.editions / self.wall.median

    @property
    def page_ms(self) -> float:
        """CPU ms a page."""
        return self.cpu.median / self.pages * 1000


@dataclass(frozen=True)
class Measured:
    """What all rounds found."""

    batches: tuple[Batch, ...]
    again: Sample
    """Seconds of a second build with nothing changed, of the rounds in which that held."""
    ours: Standing
    others: tuple[Standing, ...]
    absent: tuple[str, ...]
    """Contestants that could not take part."""


def play(count: int, folder: Path) -> Measured:
    """Play the rounds; files go into `folder`."""
    builds: dict[int, list[engine.Build]] = {jobs: [] for jobs in JOBS}
    again: list[float] = []
    times: dict[str, list[Seconds]] = {contestant.name: [] for contestant in OTHERS}
    absent: list[str] = []
    for number in range(count):
        for jobs in JOBS:
            _say(f"round {number + 1} of {count}: all editions, {jobs} at a time")
            builds[jobs].append(engine.build(folder / f"all-{number}-{jobs}", jobs))
        second = engine.build(folder / f"all-{number}-{JOBS[-1]}", JOBS[-1])
        if not second.editions:  # or somebody changed a file in between
            again.append(second.wall)
        for place, contestant in enumerate(OTHERS):
            if contestant.name not in absent:
                _say(f"round {number + 1} of {count}: {contestant.name}")
                _turn(contestant, folder / f"other-{place}.pdf", times, absent)
    batches = tuple(_batch(jobs, found, folder / f"all-0-{jobs}") for jobs, found in builds.items())
    alone = [found.edition(NAME) for found in builds[1]]
    ours = [(edition.wall, edition.cpu) for edition in alone]
    others = tuple(
        _standing(contestant.name, times[contestant.name], folder / f"other-{place}.pdf")
        for place, contestant in enumerate(OTHERS)
        if contestant.name not in absent
    )
    standing = _standing(OURS, ours, folder / "all-0-1" / EDITION.path)
    return Measured(batches, Sample(again), standing, others, tuple(absent))


def _turn(contestant: Contestant, pdf: Path, times: dict[str, list[Seconds]], absent: list[str]) -> None:
    try:
        times[contestant.name].append(contestant.once(pdf))
    except engine.CommandError as error:
        _say(f"{contestant.name} cannot take part: {error}")
        absent.append(contestant.name)


def _batch(jobs: int, found: Sequence[engine.Build], out: Path) -> Batch:
    files = sorted(out.rglob("*.pdf"))
    compliant = sum(judge(file).compliant for file in files)
    wall, cpu = Sample(each.wall for each in found), Sample(each.cpu for each in found)
    return Batch(jobs, len(files), found[0].pages, compliant, wall, cpu)


def _standing(name: str, times: Sequence[Seconds], pdf: Path) -> Standing:
    return Standing(name, Sample(wall for wall, _ in times), Sample(cpu for _, cpu in times), judge(pdf))


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)

"""What was measured, as it is kept in bench/results.json: each part with the occasion on which it was measured.

A long part can be measured apart from the others; all ratios are within one part.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bench.machine import Machine
from bench.sample import Sample

FILE = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Occasion:
    """When and where a part was measured: day (ISO), minutes it took, load of the machine before and after."""

    day: str
    minutes: float
    load: tuple[float, float]
    machine: Machine


@dataclass(frozen=True)
class Standing:
    """How a contestant did: seconds of each round for all its editions together; bytes of all files."""

    name: str
    run: str
    editions: int
    pages: int
    size: int
    compliant: int
    """How many of the files are PDF/UA-1."""
    broken: int
    """How many different rules of PDF/UA-1 the others break."""
    walls: tuple[float, ...]
    cpus: tuple[float, ...]

    @property
    def rate(self) -> Sample:
        """Editions a second."""
        return Sample(self.editions / wall for wall in self.walls)

    @property
    def page_ms(self) -> Sample:
        """CPU ms a page."""
        return Sample(cpu / self.pages * 1000 for cpu in self.cpus)


@dataclass(frozen=True)
class Contest:
    """What the rounds found."""

    rounds: int
    standings: tuple[Standing, ...]
    absent: tuple[str, ...] = ()
    """Contestants that could not take part."""

    def of(self, name: str) -> Standing | None:
        return next((standing for standing in self.standings if standing.name == name), None)


@dataclass(frozen=True)
class Reading:
    """A figure that is not a contest: seconds, each time it was measured."""

    name: str
    seconds: tuple[float, ...]
    editions: int
    """How many editions were built, or looked at."""
    note: str = ""
    aim: float | None = None
    """Not more seconds than this,"""
    least_editions: int = 0
    """for at least so many editions."""

    @property
    def median(self) -> float:
        return Sample(self.seconds).median

    @property
    def rate(self) -> float:
        """Editions a second."""
        return self.editions / self.median


@dataclass(frozen=True)
class Worker:
    """One worker's memory, thinned out: how many editions the batch had done, and MB."""

    done: tuple[int, ...]
    megabytes: tuple[float, ...]
    peak: float


@dataclass(frozen=True)
class LongRun:
    """A long batch and the memory of its workers; what the same build took when nothing was to be done."""

    editions: int
    seconds: float
    workers: tuple[Worker, ...]
    again: Reading


@dataclass(frozen=True)
class DoorRun:
    """What the record system's door did: ms at the 50th and 95th percentile, MB before and after the queries."""

    leaflets: int
    queries: int
    code_ms: tuple[float, float]
    words_ms: tuple[float, float]
    megabytes: tuple[float, float]


@dataclass(frozen=True)
class Results:
    """All parts; one that was not measured yet is None."""

    contest: tuple[Occasion, Contest] | None = None
    changes: tuple[Occasion, tuple[Reading, ...]] | None = None
    memory: tuple[Occasion, LongRun] | None = None
    stamping: tuple[Occasion, tuple[Reading, Reading]] | None = None
    """Stamped on finished editions; set anew."""
    records: tuple[Occasion, DoorRun] | None = None


_ADAPTER = TypeAdapter(Results)


def load(file: Path = FILE) -> Results:
    """What is kept; nothing where there is no file."""
    return _ADAPTER.validate_json(file.read_bytes()) if file.exists() else Results()


def save(results: Results, file: Path = FILE) -> None:
    """Keep it."""
    file.write_bytes(_ADAPTER.dump_json(results, indent=1, round_trip=True) + b"\n")

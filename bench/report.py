"""The page docs/performance.md: text, tables and the plot, all from one run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import jinja2

from bench import contestant, memory
from bench.command import ROOT
from bench.leaflet import NAME
from bench.machine import this_machine
from bench.memory import LongRun
from bench.plot import draw
from bench.rounds import Measured

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.png"


@dataclass(frozen=True)
class Occasion:
    """When and how it was measured."""

    rounds: int
    seconds: float
    load: tuple[float, float]


def write(measured: Measured, run: LongRun, occasion: Occasion) -> Path:
    """Write the page and its picture; where the page is."""
    draw(measured, run, PICTURE)
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["share"] = lambda value: f"{value:.0%}"
    one, two = measured.batches
    text = templates.get_template("page.md.j2").render(
        day=datetime.date.today().isoformat(),
        minutes=f"{occasion.seconds / 60:.1f}",
        rounds=occasion.rounds,
        load=occasion.load,
        machine=this_machine(),
        picture=PICTURE.name,
        batches=measured.batches,
        again=measured.again,
        speedup=one.wall.over(two.wall),
        leaflet=NAME,
        standings=(measured.ours, *measured.others),
        absent=measured.absent,
        processes=contestant.PROCESSES,
        repeats=contestant.REPEATS,
        run=run,
        choice=" ".join(memory.CHOICE[1::2]),
        every=memory.EVERY,
    )
    PAGE.write_text(text, encoding="utf-8")
    return PAGE

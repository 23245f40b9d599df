"""The page docs/performance.md: text, tables and the plot, from what is kept."""

from __future__ import annotations

from pathlib import Path

import jinja2

from bench import aims, changes, memory, slope
from bench.command import ROOT
from bench.contestants import WHOLE
from bench.editions import SAMPLE
from bench.plot import draw
from bench.results import Results

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.png"


def write(results: Results) -> Path:
    """Write the page and its picture; where the page is."""
    draw(results, PICTURE)
    PAGE.write_text(page(results), encoding="utf-8")
    return PAGE


def page(results: Results) -> str:
    """The page."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["share"] = lambda value: f"{value:.0%}"
    templates.filters["fixed"] = lambda value, digits=0: f"{value:.{digits}f}"
    return templates.get_template("page.md.j2").render(
        contest=results.contest,
        changes=results.changes,
        memory=results.memory,
        stamping=results.stamping,
        records=results.records,
        outcomes=outcomes(results),
        ratio=aims.ratio,
        growth=slope.growth,
        level=slope.level,
        flat=slope.flat,
        short=slope.SHORT,
        least=slope.LEAST,
        whole=WHOLE,
        sample=len(SAMPLE),
        choice=" ".join(memory.CHOICE[1::2]),
        every=memory.EVERY,
        times=changes.TIMES,
        picture=PICTURE.name,
    )


def outcomes(results: Results) -> list[aims.Outcome]:
    """Every aim whose part was measured."""
    found: list[aims.Outcome] = []
    if results.contest:
        found += aims.of_contest(results.contest[1])
    if results.changes:
        found += aims.of_readings(results.changes[1])
    if results.memory:
        found += aims.of_readings((results.memory[1].again,)) + aims.of_memory(results.memory[1])
    return found

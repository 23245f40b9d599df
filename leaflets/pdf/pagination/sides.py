"""Sides of a page map: a side that is over gives way step by step, and the height that each part takes is measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from leaflets.editions.page_map import GIVES, PageMap
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled, overflows
from leaflets.pdf.pagination.measure import MeasuredPages

PART = "side-part"
"""Value of `data-measure` of a part of a side."""


@dataclass(frozen=True)
class UsedSide:
    """A side as it was set: the height of its text area, and the height that each part takes with the space above it,
    mm, by the name of the part."""

    name: str
    height: float
    parts: dict[str, float]

    @property
    def used(self) -> float:
        """Height of all parts, mm."""
        return sum(self.parts.values())


def settle_sides(attempt: Attempt, page_map: PageMap) -> Settled:
    """Typeset the sides. Where one is over, what is next in `GIVES` gives way there, until it fits or nothing is left
    that may give way. A page map is known beforehand: what fits is laid out once."""
    best = attempt(PagePlan(flags_apart=True, contents=True))
    names = tuple(side.name for side in page_map.sides)
    gave: dict[str, int] = {}
    while over := [row.page for row in overflows(best.measured, only=names) if gave.get(row.page, 0) < len(GIVES)]:
        gave |= {name: gave.get(name, 0) + 1 for name in over}
        best = attempt(replace(best.page_plan, gave=dict(gave)))
    return replace(best, overflows=overflows(best.measured))


def used_sides(measured: MeasuredPages, page_map: PageMap) -> Iterator[UsedSide]:
    """The sides of typeset pages. Of a side that runs on to more pages, the parts are measured over all of them."""
    for side in page_map.sides:
        pages = [number for number, page in enumerate(measured.pages) if page.name == side.name]
        if not pages:
            continue
        above = dict.fromkeys(pages, 0.0)
        for before, number in pairwise(pages):
            above[number] = above[before] + measured.pages[before].used
        parts: dict[str, float] = {}
        foot = 0.0
        for marker in measured.markers:
            if marker.name == PART and marker.page in above:
                bottom = above[marker.page] + marker.bottom
                parts[marker.part] = parts.get(marker.part, 0.0) + bottom - foot
                foot = bottom
        yield UsedSide(side.name, measured.pages[pages[0]].height, parts)

"""Parts of the red flags where they are longer than a page: a tier is cut only where it is longer than a page itself,
or where it would leave a third of the page before it white.

The heights are measured on pages where the block breaks by itself; the parts are chosen from them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from leaflets.pdf.pagination.measure import Marker, MeasuredPages

SPARE_MM = 3.0
"""Height that is left free on each page of a part: gaps at its edges that are not measured."""
LEAST_ROWS = 1
"""Fewest rows of a tier on the page where it is cut."""
HOLE = 0.3
"""Share of a page that is not left white before a tier, which is cut instead."""
WHOLE = "crisis"
"""Urgency of the tier that is never cut."""


@dataclass(frozen=True)
class _Tier:
    """A tier with the heights of its heading and its rows, mm."""

    urgency: str
    heading: float
    rows: tuple[float, ...]

    @property
    def height(self) -> float:
        return self.heading + sum(self.rows)


def flag_parts(measured: MeasuredPages, shrink: float = 0.0) -> tuple[str, ...]:
    """Rows with which the second and further parts begin, as urgency/number; empty where one page has them all.
    `shrink`: height by which each page is taken to be lower, mm."""
    flags = [marker for marker in measured.markers if marker.name == "flags"]
    tiers = _tiers(measured)
    if not flags or not tiers or len({marker.page for marker in flags}) == 1:
        return ()
    first_tier = next(marker for marker in measured.markers if marker.name == "tier")
    bar = first_tier.top - flags[0].top if first_tier.page == flags[0].page else 0.0
    page = measured.pages[flags[0].page]
    strip = bar  # the line that says where it goes on is about as high as the bar
    full = measured.pages[min(flags[0].page + 1, len(measured.pages) - 1)].height - bar - SPARE_MM - shrink
    room = page.height - flags[0].top - bar - strip - SPARE_MM - shrink
    starts: list[str] = []
    for at, tier in enumerate(tiers):
        last = at == len(tiers) - 1
        if tier.height <= room:
            room -= tier.height
            continue
        hole = room > HOLE * page.height and tier.urgency != WHOLE
        if tier.height <= full - (0 if last else strip) and (starts or at) and not hole:
            starts.append(f"{tier.urgency}/0")
            room = full - strip - tier.height
            continue
        room = _cut(tier, room, full - strip, starts, begun=bool(at))
    return tuple(starts)


def _cut(tier: _Tier, room: float, full: float, starts: list[str], begun: bool) -> float:
    """Cut a tier that is longer than a page into rows; the room that is left after its last row, mm. `begun`: other
    tiers stand before it on the page."""
    least = tier.heading + sum(tier.rows[:LEAST_ROWS])
    if begun and (room < least or tier.urgency == WHOLE):
        starts.append(f"{tier.urgency}/0")
        room = full
    room -= tier.heading
    for number, height in enumerate(tier.rows):
        if height > room and number:
            starts.append(f"{tier.urgency}/{number}")
            room = full - tier.heading
        room -= height
    return room


def _tiers(measured: MeasuredPages) -> list[_Tier]:
    """The tiers with their heights. To a row's height comes the least gap between two rows of a page."""
    rows = _first(measured, "row")
    tops = {marker.part.removeprefix("red-flags/"): marker for marker in _first(measured, "tier")}
    gaps = [after.top - before.bottom for before, after in pairwise(rows) if _urgency(before) == _urgency(after)]
    gap = min((gap for gap in gaps if gap >= 0), default=0.0)  # negative: the next row stands on another page
    found = []
    for urgency, group in groupby(rows, key=_urgency):
        own = list(group)
        start = tops.get(urgency)
        heading = own[0].top - start.top if start and start.page == own[0].page else 0.0
        found.append(_Tier(urgency, heading, tuple(row.bottom - row.top + gap for row in own)))
    return found


def _first(measured: MeasuredPages, name: str) -> list[Marker]:
    """The first piece of each element of a name: boxes in it, and what goes on on the next page, have the same name."""
    found: dict[str, Marker] = {}
    for marker in measured.markers:
        if marker.name == name:
            found.setdefault(marker.part, marker)
    return list(found.values())


def _urgency(row: Marker) -> str:
    return row.part.partition("/")[0]

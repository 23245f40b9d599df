"""Cards that go over a page's end: what begins the next page says whose it is.

A harm that is read below the name of another medicine is a danger, so the name of the card is repeated above it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from leaflets.pdf.pagination.attempt import Attempt, Settled
from leaflets.pdf.pagination.measure import Marker, MeasuredPages

MOST_ATTEMPTS = 4
"""A repeated name may push what ends its page to the next page, where that needs the name too; most attempts."""


def with_names(best: Settled, attempt: Attempt) -> Settled:
    """Repeat the name of a card above each part of it that begins a page."""
    for _ in range(MOST_ATTEMPTS):
        page_plan = replace(best.page_plan, continued=parts_on_top(best.measured))
        if page_plan == best.page_plan:
            break
        best = attempt(page_plan, best)
    return best


def parts_on_top(measured: MeasuredPages) -> tuple[str, ...]:
    """Parts of cards that begin a page, except the first part of a card."""
    facts: dict[str, Marker] = {}
    for marker in measured.markers:
        if marker.name == "fact":
            facts.setdefault(marker.part, marker)
    return tuple(
        after.part
        for before, after in pairwise(facts.values())
        if after.page > before.page and after.part.rpartition("/")[0] == before.part.rpartition("/")[0]
    )

"""One try of a page plan: how it was set, what came out, and what does not fit its page."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.measure import MeasuredPages

if TYPE_CHECKING:
    from leaflets.pdf.pagination.trial_layout import TrialLayout


@dataclass(frozen=True)
class Overflow:
    """What does not fit a page of fixed content: the page's name, by how many mm, and the parts that stick out."""

    page: str
    by: float
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Settled:
    """Pages that end as well as they can, how they were set, and what was measured."""

    trial: TrialLayout
    page_plan: PagePlan
    measured: MeasuredPages
    overflows: tuple[Overflow, ...] = field(default=())


class Attempt(Protocol):
    """Typesets a plan and measures it."""

    def __call__(self, page_plan: PagePlan, start: Settled | None = None) -> Settled:
        """`start` is a try that is not needed any more: where the plan changes little, its pages are gone on from."""


def overflows(measured: MeasuredPages, only: tuple[str, ...] = ()) -> tuple[Overflow, ...]:
    """The pages that run on to another one of the same name; `only` those names, or all."""
    found = []
    for name, group in groupby(range(len(measured.pages)), key=lambda number: measured.pages[number].name):
        first, *more = group
        if more and (not only or name in only):
            by = sum(measured.pages[number].used for number in more) - measured.pages[first].white
            parts = dict.fromkeys(
                mark.part for mark in measured.marks if mark.page in more and mark.name not in ("spring", "fill")
            )
            found.append(Overflow(name, max(by, 1.0), tuple(part for part in parts if part)))
    return tuple(found)


def springs(measured: MeasuredPages, margin: float = 1.5) -> dict[str, float]:
    """How high each gap may be, mm: what is left white on its page, less a `margin`; of lines that fill the page, what
    is left under them."""
    left = {
        mark.part: page.height - mark.bottom if mark.name == "fill" else page.white
        for mark in measured.marks
        if mark.name in ("spring", "fill")
        for page in (measured.pages[mark.page],)
    }
    return {name: height - margin for name, height in left.items() if height > margin}

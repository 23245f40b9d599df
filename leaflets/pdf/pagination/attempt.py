"""Attempts: one page plan typeset and measured, with the overflows of its pages."""

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
    """Content that does not fit a page of fixed content."""

    page: str
    """Name of the page in the style sheet."""
    by: float
    """Excess height, mm."""
    parts: tuple[str, ...]
    """Names of the elements that run on to another page (`Marker.part`)."""


@dataclass(frozen=True)
class Settled:
    """A trial layout with its page plan and its measurements; of `settle`, the best that was found."""

    trial: TrialLayout
    page_plan: PagePlan
    measured: MeasuredPages
    overflows: tuple[Overflow, ...] = field(default=())


class Attempt(Protocol):
    """A function that typesets a page plan and measures the pages."""

    def __call__(self, page_plan: PagePlan, start: Settled | None = None) -> Settled:
        """Typeset `page_plan`. `start`: an earlier attempt to change where the plans differ little; it is used up."""


def overflows(measured: MeasuredPages, only: tuple[str, ...] = ()) -> tuple[Overflow, ...]:
    """Overflows of the pages that run on to another page of the same name. `only`: names to look at; empty: all."""
    overflowing = []
    for name, group in groupby(range(len(measured.pages)), key=lambda number: measured.pages[number].name):
        first, *more = group
        if more and (not only or name in only):
            by = sum(measured.pages[number].used for number in more) - measured.pages[first].white
            parts = dict.fromkeys(
                marker.part
                for marker in measured.markers
                if marker.page in more and marker.name not in ("spring", "fill")
            )
            overflowing.append(Overflow(name, max(by, 1.0), tuple(part for part in parts if part)))
    return tuple(overflowing)


def springs(measured: MeasuredPages, margin: float = 1.5) -> dict[str, float]:
    """Height of each spring by its name, mm: the white of its page less `margin`. Of lines that fill a page: the white
    under them less `margin`. Without those of no height."""
    white = {
        marker.part: page.height - marker.bottom if marker.name == "fill" else page.white
        for marker in measured.markers
        if marker.name in ("spring", "fill")
        for page in (measured.pages[marker.page],)
    }
    return {name: height - margin for name, height in white.items() if height > margin}

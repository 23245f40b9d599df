"""Page ends: a first pass as planned, and where a page ends badly, a measured second pass.

The rules are those of the design guide, “Page ends”: the red flags on page 1 or, if they cannot be, at the top of page 2
with a pointer on page 1; no nearly empty last page; white at the end filled with lines to write on. Type is never shrunk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leaflets.html.compose import Fit
from leaflets.pdf.measure import Mark, Measured, measure

if TYPE_CHECKING:
    from weasyprint import Document

LEAST_LAST_PAGE = 0.25
MOST_WHITE = 0.34
MOST_SPARE_LINES = 14
SECTION_GAP = 11.0
"""mm above a section at the most."""


@dataclass(frozen=True)
class Settled:
    """A document whose pages end as well as they can, how it was set, and what was measured."""

    document: Document
    fit: Fit
    measured: Measured


def settle(set_pages: Callable[[Fit], Document], line_mm: float) -> Settled:
    """Try plans until one ends well; `set_pages` typesets a plan, `line_mm` is the distance of lines to write on."""
    best = _try(set_pages, Fit())
    if not _flags_first(best) or best.measured.pages[-1].share < LEAST_LAST_PAGE:
        close = _try(set_pages, Fit(close=True))
        if _cost(close) < _cost(best):
            best = close
    if not _flags_first(best):
        best = _flags_apart(set_pages, best)
    lines = _spare_lines(best, line_mm)
    if lines:
        filled = _try(set_pages, replace(best.fit, spare_lines=lines))
        if len(filled.measured.pages) == len(best.measured.pages):
            best = filled
    return best


def _flags_apart(set_pages: Callable[[Fit], Document], best: Settled) -> Settled:
    """A pointer on page 1, whole sections after it as far as they fit there, and the red flags on top of page 2."""
    apart = _try(set_pages, replace(best.fit, flags_apart=True))
    white, whole = apart.measured.pages[0].white, 0
    for mark in (mark for mark in apart.measured.marks if mark.name == "section"):
        white -= mark.bottom - mark.top + SECTION_GAP
        if white < 0 or _split(apart.measured, mark):
            break
        whole += 1
    if whole:
        filled = _try(set_pages, replace(apart.fit, sections_before=whole))
        flags = filled.measured.first("flags")
        if flags and flags.page == 1 and flags.top < 1:
            return filled
    return apart


def _split(measured: Measured, mark: Mark) -> bool:
    """Whether the element goes on to another page."""
    return sum(other.element is mark.element for other in measured.marks) > 1


def _try(set_pages: Callable[[Fit], Document], fit: Fit) -> Settled:
    document = set_pages(fit)
    return Settled(document, fit, measure(document))


def _flags_first(settled: Settled) -> bool:
    flags = settled.measured.first("flags")
    return flags is None or flags.page == 0


def _cost(settled: Settled) -> float:
    """Pages, and what is worse than a page more: red flags off page 1, a nearly empty last page."""
    pages = settled.measured.pages
    cost = float(len(pages))
    if not _flags_first(settled):
        cost += 1.5
    if pages[-1].share < LEAST_LAST_PAGE:
        cost += 0.7
    return cost + (0.1 if settled.fit.close else 0.0)


def _spare_lines(settled: Settled, line_mm: float) -> int:
    """How many lines fill the white at the end of the last page; 0 when there is little white."""
    last = settled.measured.pages[-1]
    if last.white < MOST_WHITE * last.height:
        return 0
    heading = 3.2 * line_mm
    return max(0, min(MOST_SPARE_LINES, int((last.white - heading) / line_mm)))

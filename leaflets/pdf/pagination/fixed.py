"""Layouts whose pages have fixed content, the tri-fold and the summary: everything fits its page, or it is an error."""

from __future__ import annotations

from dataclasses import replace

from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled, overflows, springs
from leaflets.pdf.pagination.measure import MeasuredPages

FLAP = "flap"
GAP_MM = 3.0


def settle_fixed(attempt: Attempt) -> Settled:
    """Set the pages, closer if they run over; then stretch the gaps that bring what is last to the foot of its page.

    The plan that holds for most leaflets is tried first: the crisis tier of the red flags on the back panel. Where the
    flap has room for it, it goes there.
    """
    best = attempt(PagePlan(flags_apart=True))
    if 0 < _apart(best.measured) < _white(best.measured, FLAP) - GAP_MM:
        best = attempt(PagePlan(flags_apart=False))
    if overflows(best.measured):
        best = attempt(replace(best.page_plan, close=True))
    found = overflows(best.measured)
    if found:
        return replace(best, overflows=found)
    stretched = springs(best.measured)
    return attempt(replace(best.page_plan, springs=stretched), best) if stretched else best


def _apart(measured: MeasuredPages) -> float:
    """Height of the red flags that stand on the back panel."""
    return sum(mark.bottom - mark.top for mark in measured.marks if mark.name == "apart")


def _white(measured: MeasuredPages, name: str) -> float:
    """What is left white on a panel; nothing when it runs over."""
    pages = [page for page in measured.pages if page.name == name]
    return pages[0].white if len(pages) == 1 else 0.0

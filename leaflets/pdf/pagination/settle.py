"""Page ends: a first pass as planned, and where a page ends badly, a measured second pass.

The rules are in docs/standards.md, “Ends of pages”. Gaps may close, type is never shrunk. Most plans cost a
layout, so what can be foretold is not tried. A layout is settled in the way of its pages: a flow, a booklet, or fixed
content.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leaflets.editions.layouts import Layout
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Settled
from leaflets.pdf.pagination.booklet import settle_booklet
from leaflets.pdf.pagination.fixed import settle_fixed
from leaflets.pdf.pagination.flow import settle_flow
from leaflets.pdf.pagination.measure import measure

if TYPE_CHECKING:
    from leaflets.pdf.pagination.trial_layout import TrialLayout

LEAST_LAST_PAGE = 0.25


def settle(set_pages: Callable[[PagePlan, TrialLayout | None], TrialLayout], layout: Layout) -> Settled:
    """Try page plans until one ends well. `set_pages` typesets a plan, anew or from a trial layout that is used up by
    it."""

    def attempt(page_plan: PagePlan, start: Settled | None = None) -> Settled:
        trial = set_pages(page_plan, start.trial if start else None)
        return Settled(trial, page_plan, measure(trial.pages))

    if layout.holds:
        return settle_fixed(attempt)
    if layout.imposition == "booklet":
        return settle_booklet(attempt, layout.multiple)
    return settle_flow(attempt, layout, LEAST_LAST_PAGE)

"""Settling of page ends: a page plan is typeset and measured; where a page ends badly, other plans are tried.

The rules are in docs/standards.md, “Ends of pages”. Gaps may close, type is never shrunk. Most attempts cost a whole
layout, so a plan is not tried where measurements show that it cannot win. Four functions settle the four kinds of
pages: a flow, a booklet, pages of fixed content, and the sides of a page map.
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
from leaflets.pdf.pagination.sides import settle_sides

if TYPE_CHECKING:
    from leaflets.pdf.pagination.trial_layout import TrialLayout

LEAST_LAST_PAGE = 0.25
"""Least filled share of the last page of a flow."""


def settle(set_pages: Callable[[PagePlan, TrialLayout | None], TrialLayout], layout: Layout) -> Settled:
    """Try page plans until one ends well. `set_pages` typesets a plan, from nothing or by a change of a trial layout,
    which it uses up."""

    def attempt(page_plan: PagePlan, start: Settled | None = None) -> Settled:
        trial = set_pages(page_plan, start.trial if start else None)
        return Settled(trial, page_plan, measure(trial.pages))

    if layout.page_map:
        return settle_sides(attempt, layout.page_map)
    if layout.holds:
        return settle_fixed(attempt)
    if layout.imposition == "booklet":
        return settle_booklet(attempt, layout.multiple)
    return settle_flow(attempt, layout, LEAST_LAST_PAGE)

"""Pages of fixed content, of the tri-fold and the summary: all content fits its page, or the edition is an error."""

from __future__ import annotations

from dataclasses import replace

from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled, overflows, springs
from leaflets.pdf.pagination.measure import MeasuredPages

FLAP = "flap"
"""Name of the panel of the red flags in the style sheet."""
GAP_MM = 3.0
"""Least white that is left on the flap, mm."""


def settle_fixed(attempt: Attempt) -> Settled:
    """Typeset the pages, with close gaps if they overflow; then stretch the springs that move what follows them to the
    foot of its page.

    The plan that fits most leaflets is tried first: the crisis tier of the red flags on the back panel. It goes to the
    flap where that has enough white.
    """
    best = attempt(PagePlan(flags_apart=True))
    if 0 < _back_tier_height(best.measured) < _white(best.measured, FLAP) - GAP_MM:
        best = attempt(PagePlan(flags_apart=False))
    if overflows(best.measured):
        best = attempt(replace(best.page_plan, close=True))
    overflowing = overflows(best.measured)
    if overflowing:
        return replace(best, overflows=overflowing)
    stretched = springs(best.measured)
    return attempt(replace(best.page_plan, springs=stretched), best) if stretched else best


def _back_tier_height(measured: MeasuredPages) -> float:
    """Height of the tier of the red flags that stands on the back panel, mm."""
    return sum(marker.bottom - marker.top for marker in measured.markers if marker.name == "apart")


def _white(measured: MeasuredPages, name: str) -> float:
    """White at the foot of a panel, mm; 0 when its content overflows."""
    pages = [page for page in measured.pages if page.name == name]
    return pages[0].white if len(pages) == 1 else 0.0

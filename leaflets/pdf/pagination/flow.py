"""Page ends of a flow of like pages.

The red flags stand whole on page 1; where they do not fit there, they begin page 2, and page 1 has a pointer and the
contents. No page is nearly empty. The style sheet fills white at the end with lines to write on.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from leaflets.editions.layouts import Layout
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled
from leaflets.pdf.pagination.measure import MeasuredPages

GAP_MM = 9.0
"""Largest gap between the key messages and the red flags, mm."""
LEAST_BEFORE_FLAGS = 0.4
"""Least filled share of the page before the red flags, as in the preflight (`check/preflight/end_rules.py`)."""
MOST_HEADED = 4
"""Most attempts to repeat headings above rows of red flags that begin a page."""
CLOSE_GAIN_MM = 14.0
"""Most height that close gaps save on a page, mm."""


def settle_flow(attempt: Attempt, layout: Layout, least_last_page: float) -> Settled:
    """Try page plans until one ends well. `least_last_page`: least filled share of the last page, 0 to 1.

    The plan that fits most leaflets, red flags on page 2, is tried first: it gives their height, and so whether they
    would fit on page 1.
    """
    best = attempt(PagePlan(flags_apart=True, contents=layout.contents))
    missing = _flags_missing(best.measured)
    together = attempt(PagePlan(close=missing > 0)) if missing < CLOSE_GAIN_MM else None
    if together and _whole_on_page_1(together.measured):
        best = _with_contents(together, attempt, best.measured)
    else:
        best = _on_own_page(best, attempt, layout.flags_by)
    best = _with_headings(best, attempt)
    least = max(least_last_page, layout.odd_page if len(best.measured.pages) % 2 else 0.0)
    if _emptiest(best) < least and not best.page_plan.close:
        close = attempt(replace(best.page_plan, close=True))
        if len(close.measured.pages) < len(best.measured.pages):
            best = close
    if best.measured.last_share < least_last_page:
        moved = attempt(replace(best.page_plan, control_apart=True))
        if len(moved.measured.pages) == len(best.measured.pages) and _emptiest(moved) >= least_last_page:
            best = moved
    final = replace(best.page_plan, flags_page=_flags_page(best))
    return _with_headings(best if final == best.page_plan else attempt(final, best), attempt)


def _with_headings(best: Settled, attempt: Attempt) -> Settled:
    """Repeat the heading of an urgency above each row of it that begins a page. A repeated heading may push the last
    row of its page to the next page, where that row then needs the heading; so up to MOST_HEADED times."""
    for _ in range(MOST_HEADED):
        page_plan = replace(best.page_plan, again=_rows_on_top(best.measured), flags_page=_flags_page(best))
        if page_plan == best.page_plan:
            break
        best = attempt(page_plan, best)
    return best


def _rows_on_top(measured: MeasuredPages) -> tuple[str, ...]:
    """Rows of the red flags that begin a page, except the first row of an urgency."""
    rows = [marker for marker in measured.markers if marker.name == "row"]
    return tuple(
        row.part
        for before, row in pairwise(rows)
        if row.page > before.page and row.part.partition("/")[0] == before.part.partition("/")[0]
    )


def _on_own_page(best: Settled, attempt: Attempt, flags_by: int) -> Settled:
    """Put the red flags at the top of a page: with the contents on page 1 if there is room, with close gaps if needed.
    Where the page before them stays nearly empty, take the plan that fills it most."""
    page_plan = replace(best.page_plan, contents=False)
    attempts = [best]
    for other in (replace(best.page_plan, close=best.page_plan.contents), page_plan, replace(page_plan, close=True)):
        if _in_place(best, flags_by) and not _thin_before_flags(best):
            return best
        if other != best.page_plan:
            best = attempt(other)
            attempts.append(best)
    if _thin_before_flags(best):
        attempts = [settled for settled in attempts if _in_place(settled, flags_by)]
        best = max(attempts, key=_share_before_flags, default=best)
    return best


def _with_contents(best: Settled, attempt: Attempt, with_contents: MeasuredPages) -> Settled:
    """Add the contents to page 1, which has the red flags, where there is room. `with_contents`: pages of a plan that
    has the contents."""
    contents = with_contents.first("contents")
    if contents is None or contents.bottom - contents.top + GAP_MM > best.measured.pages[0].white:
        return best
    more = attempt(replace(best.page_plan, contents=True))
    same = len(more.measured.pages) == len(best.measured.pages) and _whole_on_page_1(more.measured)
    return more if same else best


def _in_place(settled: Settled, flags_by: int) -> bool:
    """Whether the red flags begin on page `flags_by` or earlier, and stand on one page if they fit on one."""
    return _flags_page(settled) <= flags_by and not _split(settled.measured)


def _flags_missing(measured: MeasuredPages) -> float:
    """Height in mm that page 1 lacks for the red flags, measured on page 2, below the key messages; negative: white
    that would be left."""
    key, flags = measured.first("key"), [marker for marker in measured.markers if marker.name == "flags"]
    if key is None or not flags:
        return 0.0
    return sum(marker.bottom - marker.top for marker in flags) + GAP_MM - (measured.pages[0].height - key.bottom)


def _whole_on_page_1(measured: MeasuredPages) -> bool:
    """Whether all red flags stand on page 1."""
    parts = [marker for marker in measured.markers if marker.name == "flags"]
    return len(parts) == 1 and parts[0].page == 0


def _split(measured: MeasuredPages) -> bool:
    """Whether a page end divides the red flags though close gaps could put them on one page."""
    parts = [marker for marker in measured.markers if marker.name == "flags"]
    return len(parts) == 2 and parts[1].bottom - parts[1].top < CLOSE_GAIN_MM * 2


def _thin_before_flags(settled: Settled) -> bool:
    """Whether the page before the red flags is less than LEAST_BEFORE_FLAGS full; page 1 never counts."""
    return _share_before_flags(settled) < LEAST_BEFORE_FLAGS


def _share_before_flags(settled: Settled) -> float:
    """Filled share of the page before the red flags; 1 for page 1, which no plan can fill more."""
    before = _flags_page(settled) - 2
    return settled.measured.pages[before].share if before > 0 else 1.0


def _emptiest(settled: Settled) -> float:
    """Smallest filled share of the pages after the first: the last page, or one before a forced break."""
    measured = settled.measured
    if len(measured.pages) == 1:
        return 1.0
    return min(measured.last_share, *(page.share for page in measured.pages[1:]))


def _flags_page(settled: Settled) -> int:
    """Page, from 1, on which the red flags begin."""
    flags = settled.measured.first("flags")
    return flags.page + 1 if flags and settled.page_plan.flags_apart else settled.page_plan.flags_page

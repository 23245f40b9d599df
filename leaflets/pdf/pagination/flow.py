"""Page ends of a flow of alike pages: the red flags whole on page 1 or, if they cannot be, on top of page 2 with a
pointer and the contents on page 1; no nearly empty page.

White at the end is filled with lines to write on by the style sheet.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from leaflets.editions.layouts import Layout
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled
from leaflets.pdf.pagination.measure import MeasuredPages

GAP_MM = 9.0
"""What stands between the key messages and the red flags, at the most."""
LEAST_BEFORE_FLAGS = 0.4
"""As the preflight has it (`check/preflight/end_rules.py`)."""
MOST_HEADED = 4
"""Tries to put headings over rows of red flags that begin a page."""
CLOSE_GAIN_MM = 14.0
"""What closer gaps can win on a page, at the most."""


def settle_flow(attempt: Attempt, layout: Layout, least_last_page: float) -> Settled:
    """Try plans until one ends well. `least_last_page` says how full the last page has to be.

    The plan that holds for most leaflets, red flags on page 2, is tried first: it tells how tall they are, and so
    whether they would fit on page 1.
    """
    best = attempt(PagePlan(flags_apart=True, contents=layout.contents))
    missing = _flags_missing(best.measured)
    together = attempt(PagePlan(close=missing > 0)) if missing < CLOSE_GAIN_MM else None
    if together and _whole_on_page_1(together.measured):
        best = _with_contents(together, attempt, best.measured)
    else:
        best = _apart(best, attempt, layout.flags_by)
    best = _headed(best, attempt)
    least = max(least_last_page, layout.odd_page if len(best.measured.pages) % 2 else 0.0)
    if _emptiest(best) < least and not best.page_plan.close:
        close = attempt(replace(best.page_plan, close=True))
        if len(close.measured.pages) < len(best.measured.pages):
            best = close
    if best.measured.last_share < least_last_page:
        apart = attempt(replace(best.page_plan, control_apart=True))
        if len(apart.measured.pages) == len(best.measured.pages) and _emptiest(apart) >= least_last_page:
            best = apart
    final = replace(best.page_plan, flags_page=_flags_page(best))
    return _headed(best if final == best.page_plan else attempt(final, best), attempt)


def _headed(best: Settled, attempt: Attempt) -> Settled:
    """The heading of an urgency once more before a row of it that begins a page: without it the row says nothing. It
    may push the last row of its page to the next, which then begins that one."""
    for _ in range(MOST_HEADED):
        page_plan = replace(best.page_plan, again=_rows_on_top(best.measured), flags_page=_flags_page(best))
        if page_plan == best.page_plan:
            break
        best = attempt(page_plan, best)
    return best


def _rows_on_top(measured: MeasuredPages) -> tuple[str, ...]:
    """The rows of the red flags that begin a page, but for the first of their urgency."""
    rows = [mark for mark in measured.marks if mark.name == "row"]
    return tuple(
        row.part
        for before, row in pairwise(rows)
        if row.page > before.page and row.part.partition("/")[0] == before.part.partition("/")[0]
    )


def _apart(best: Settled, attempt: Attempt, flags_by: int) -> Settled:
    """The red flags on top of a page of their own: with the contents before them if there is room, closer set if that
    is needed. Where the page before them stays nearly empty, the plan that fills it most."""
    page_plan = replace(best.page_plan, contents=False)
    tried = [best]
    for other in (replace(best.page_plan, close=best.page_plan.contents), page_plan, replace(page_plan, close=True)):
        if _in_place(best, flags_by) and not _thin(best):
            return best
        if other != best.page_plan:
            best = attempt(other)
            tried.append(best)
    if _thin(best):
        tried = [settled for settled in tried if _in_place(settled, flags_by)]
        best = max(tried, key=_before_flags, default=best)
    return best


def _with_contents(best: Settled, attempt: Attempt, apart: MeasuredPages) -> Settled:
    """The red flags on page 1, and the contents too where they leave room. `apart`: the plan that has the contents."""
    contents = apart.first("contents")
    if contents is None or contents.bottom - contents.top + GAP_MM > best.measured.pages[0].white:
        return best
    more = attempt(replace(best.page_plan, contents=True))
    same = len(more.measured.pages) == len(best.measured.pages) and _whole_on_page_1(more.measured)
    return more if same else best


def _in_place(settled: Settled, flags_by: int) -> bool:
    return _flags_page(settled) <= flags_by and not _split(settled.measured)


def _flags_missing(measured: MeasuredPages) -> float:
    """By how many mm the red flags, set on page 2, would miss page 1 if they stood under the key messages."""
    key, flags = measured.first("key"), [mark for mark in measured.marks if mark.name == "flags"]
    if key is None or not flags:
        return 0.0
    return sum(mark.bottom - mark.top for mark in flags) + GAP_MM - (measured.pages[0].height - key.bottom)


def _whole_on_page_1(measured: MeasuredPages) -> bool:
    parts = [mark for mark in measured.marks if mark.name == "flags"]
    return len(parts) == 1 and parts[0].page == 0


def _split(measured: MeasuredPages) -> bool:
    """Whether the red flags go over a page's end, though they would fit on one page."""
    parts = [mark for mark in measured.marks if mark.name == "flags"]
    return len(parts) == 2 and parts[1].bottom - parts[1].top < CLOSE_GAIN_MM * 2


def _thin(settled: Settled) -> bool:
    """Whether the page before the red flags, when it is not the first, holds next to nothing."""
    return _before_flags(settled) < LEAST_BEFORE_FLAGS


def _before_flags(settled: Settled) -> float:
    """How full the page before the red flags is; a first page is as it is."""
    before = _flags_page(settled) - 2
    return settled.measured.pages[before].share if before > 0 else 1.0


def _emptiest(settled: Settled) -> float:
    """How full the emptiest page after the first is: the last one, or one before a forced break."""
    measured = settled.measured
    if len(measured.pages) == 1:
        return 1.0
    return min(measured.last_share, *(page.share for page in measured.pages[1:]))


def _flags_page(settled: Settled) -> int:
    flags = settled.measured.first("flags")
    return flags.page + 1 if flags and settled.page_plan.flags_apart else settled.page_plan.flags_page

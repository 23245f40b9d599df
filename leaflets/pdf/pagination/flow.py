"""Page ends of a flow of like pages.

The red flags stand whole on page 1; where they do not fit there, they begin page 2, and page 1 has a pointer. Where
they are longer than a page, they are divided into parts. A long leaflet has contents on page 1, if there is room. No
page is nearly empty. The style sheet fills white at the end with lines to write on.
"""

from __future__ import annotations

from dataclasses import replace

from leaflets.editions.layouts import Layout
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled
from leaflets.pdf.pagination.continued import with_names
from leaflets.pdf.pagination.flag_parts import flag_parts
from leaflets.pdf.pagination.measure import MeasuredPages

GAP_MM = 4.5
"""Gap between the key messages and the red flags, mm."""
MOST_DIVIDED = 4
"""Most attempts to divide the red flags."""
SHRINK_MM = 6.0
"""Height that a page of red flags is taken to be lower at each further attempt, mm."""
CLOSE_GAIN_MM = 14.0
"""Most height that close gaps save on a page, mm."""
LONG = 9
"""Number of pages from which a leaflet has contents."""


def settle_flow(attempt: Attempt, layout: Layout, least_last_page: float) -> Settled:
    """Try page plans until one ends well. `least_last_page`: least filled share of any last page, 0 to 1."""
    best = attempt(PagePlan(flags_apart=layout.flags == "page-2"))
    if layout.flags != "first":
        best = _placed(best, attempt)
    best = _divided(best, attempt)
    if layout.long_contents:
        best = best if _first_whole(best) else _first_or_apart(best, attempt)
        best = _with_contents(best, attempt, layout)
    scant = _emptiest(best) < least_last_page or _may_save_a_page(best, layout.least_last_page)
    if layout.long_contents:  # white in all of a page's height or more: closer gaps may save it
        scant = scant or sum(page.white for page in best.measured.pages[:-1]) > best.measured.pages[0].height
    if scant and not best.page_plan.close:
        close = _divided(attempt(replace(best.page_plan, close=True, flag_parts=())), attempt)
        if len(close.measured.pages) < len(best.measured.pages):
            best = close
    if best.measured.last_share < least_last_page:
        moved = attempt(replace(best.page_plan, control_apart=True))
        if len(moved.measured.pages) == len(best.measured.pages) and _emptiest(moved) >= least_last_page:
            best = moved
    if not layout.long_contents:
        best = _with_contents(best, attempt, layout)
    return with_names(best, attempt)


def _placed(best: Settled, attempt: Attempt) -> Settled:
    """Put the red flags on page 1, with close gaps if needed, or else on page 2, below a pointer on page 1."""
    if not best.page_plan.flags_apart:
        if _whole_on_page_1(best.measured):
            return best
        close = attempt(PagePlan(close=True))
        return close if _whole_on_page_1(close.measured) else attempt(PagePlan(flags_apart=True))
    missing = _flags_missing(best.measured)
    if missing < CLOSE_GAIN_MM:
        together = attempt(PagePlan(close=missing > 0))
        if _whole_on_page_1(together.measured):
            return together
    if _flags_page(best) > 2 or _nearly_whole(best.measured):
        close = attempt(replace(best.page_plan, close=True))
        if _flags_page(close) < _flags_page(best) or len(_flags(close.measured)) < len(_flags(best.measured)):
            return close
    return best


def _first_or_apart(best: Settled, attempt: Attempt) -> Settled:
    """Where page 1 has no room for the first urgency of the red flags: close gaps, or page 2 with a pointer to it, also
    with close gaps if the key messages leave page 1."""
    close = _divided(attempt(PagePlan(close=True)), attempt)
    if _first_whole(close):
        return close
    apart = _divided(attempt(PagePlan(flags_apart=True)), attempt)
    key = apart.measured.first("key")
    if key is None or key.page == 0:
        return apart
    return _divided(attempt(PagePlan(flags_apart=True, close=True)), attempt)


def _first_whole(settled: Settled) -> bool:
    """Whether the red flags begin on page 1 and their first urgency is whole, or longer than a page anyway."""
    tiers = [marker for marker in settled.measured.markers if marker.name == "tier"]
    first = [marker for marker in tiers if marker.part == tiers[0].part]
    if not first:
        return True
    pages = {marker.page for marker in first}
    height = sum(marker.bottom - marker.top for marker in first)
    return pages == {0} or height > settled.measured.pages[0].height


def _divided(best: Settled, attempt: Attempt) -> Settled:
    """Divide the red flags into parts where they are longer than a page, and give the pointer its page."""
    natural = best.measured
    for number in range(MOST_DIVIDED):
        plan = replace(best.page_plan, flag_parts=flag_parts(natural, number * SHRINK_MM), flags_page=_flags_page(best))
        if plan == best.page_plan:
            break
        best = attempt(plan, best)
        if len(_flags(best.measured)) == len(plan.flag_parts) + 1:
            break
    return best


def _with_contents(best: Settled, attempt: Attempt, layout: Layout) -> Settled:
    """Add the contents to a long leaflet: to page 1, if there is room, or wherever they come."""
    if len(best.measured.pages) < LONG:
        return best
    more = attempt(replace(best.page_plan, contents=True))
    if layout.long_contents:
        return more
    contents = more.measured.first("contents")
    same = len(more.measured.pages) == len(best.measured.pages) and _flags(more.measured) == _flags(best.measured)
    return more if same and contents and contents.page == 0 else best


def _flags(measured: MeasuredPages) -> list[int]:
    """Page, from 0, of each piece of the red flags."""
    return [marker.page for marker in measured.markers if marker.name == "flags"]


def _flags_missing(measured: MeasuredPages) -> float:
    """Height in mm that page 1 lacks for the red flags, measured on page 2, below the key messages; negative: white
    that would be left."""
    key, flags = measured.first("key"), [marker for marker in measured.markers if marker.name == "flags"]
    if key is None or not flags:
        return 0.0
    return sum(marker.bottom - marker.top for marker in flags) + GAP_MM - (measured.pages[0].height - key.bottom)


def _whole_on_page_1(measured: MeasuredPages) -> bool:
    """Whether all red flags stand on page 1."""
    return _flags(measured) == [0]


def _nearly_whole(measured: MeasuredPages) -> bool:
    """Whether a page end divides the red flags though close gaps could put them on one page."""
    parts = [marker for marker in measured.markers if marker.name == "flags"]
    return len(parts) == 2 and parts[1].bottom - parts[1].top < CLOSE_GAIN_MM * 2


def _may_save_a_page(settled: Settled, least: float) -> bool:
    """Whether close gaps may save the last page, filled less than `least`."""
    pages, share = settled.measured.pages, settled.measured.last_share
    return len(pages) > 1 and share < least and share * pages[-1].height < CLOSE_GAIN_MM * len(pages)


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

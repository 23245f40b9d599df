"""Pages of a booklet: a multiple of four, the red flags on the back page, forms to fill in on pages that are left."""

from __future__ import annotations

from dataclasses import replace

from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled, overflows, springs
from leaflets.pdf.pagination.continued import with_names
from leaflets.pdf.pagination.measure import MeasuredPages

BACK = "back"
"""Name of the back page in the style sheet."""
GAP_MM = 6.0
"""Gap between the red flags and the clinic's box on the back page, mm."""
FEW_PAGES = 8
"""Number of pages of most booklets: the first guess for the page of the red flags."""
THIN = 0.25
"""Filled share of the last page of text below which an attempt with close gaps is worth its time."""
REST_HEAD_MM, REST_LINE_MM = 22.0, 9.0
"""Height of the heading above lines to write on, and the distance of the lines, mm."""
LEAST_LINES = 3
"""Smallest number of lines to write on that are printed."""


def settle_booklet(attempt: Attempt, multiple: int) -> Settled:
    """Typeset the text, then fill up to a multiple of `multiple` pages.

    Close gaps are tried where one page too many makes `multiple - 1` pages to fill, or where only the last lines run
    over to a page. The clinic's box moves to the back page where the red flags leave enough white. White before the
    clinic's box or document control, which do not break across pages, gets lines to write on.
    """
    best = with_names(attempt(PagePlan(flags_page=FEW_PAGES)), attempt)
    back = best.measured.pages[-1]
    clinic = best.measured.first("clinic")
    clinic_back = clinic is not None and back.name == BACK and back.white > clinic.bottom - clinic.top + GAP_MM
    if -len(best.measured.pages) % multiple == multiple - 1 or (not clinic_back and _thin_end(best.measured)):
        close = attempt(replace(best.page_plan, close=True, clinic_back=clinic_back))
        close = with_names(close, attempt)
        if len(close.measured.pages) < len(best.measured.pages):
            best = close
    pages = len(best.measured.pages)
    blanks = -pages % multiple
    final = replace(
        best.page_plan,
        blanks=blanks,
        flags_page=pages + blanks,
        clinic_back=clinic_back,
        springs=springs(best.measured),
        rest_lines=0 if clinic_back else rest_lines(best.measured),
    )
    best = attempt(final, best)
    if wrong := -len(best.measured.pages) % multiple:  # the clinic went to the back and freed a page
        blanks = (blanks + wrong) % multiple
        pages = len(best.measured.pages) - best.page_plan.blanks
        best = attempt(replace(final, blanks=blanks, flags_page=pages + blanks), best)
    if clinic_back and (lines := rest_lines(best.measured)):
        best = attempt(replace(best.page_plan, rest_lines=lines), best)
    return replace(best, overflows=overflows(best.measured, only=("cover", BACK)))


def _thin_end(measured: MeasuredPages) -> bool:
    """Whether the last lines of text, lines to write on not counted, fill less than THIN of their page."""
    last = measured.first("last")
    return last is not None and last.bottom < THIN * measured.pages[last.page].height


def rest_lines(measured: MeasuredPages) -> int:
    """Number of lines to write on that fill the page before the clinic's box or document control; 0 when neither begins
    another page."""
    end = measured.first("rest")
    next_page = min((marker.page for marker in measured.markers if marker.name in ("clinic", "control")), default=0)
    if end is None or next_page <= end.page:
        return 0
    lines = int((measured.pages[end.page].height - end.bottom - REST_HEAD_MM) // REST_LINE_MM)
    return lines if lines >= LEAST_LINES else 0

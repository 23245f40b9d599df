"""A booklet's pages: a multiple of four, the red flags on the back, pages to fill in where sheets have some left."""

from __future__ import annotations

from dataclasses import replace

from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Attempt, Settled, overflows, springs
from leaflets.pdf.pagination.measure import MeasuredPages

BACK = "back"
GAP_MM = 6.0
FEW_PAGES = 8
"""As many as most booklets have: the first guess."""
THIN = 0.25
"""The end of the text on a page of its own is worth a closer try when it fills less of it."""
REST_HEAD_MM, REST_LINE_MM = 22.0, 9.0
FEW_LINES = 3
"""Lines to write on are not begun for fewer."""


def settle_booklet(attempt: Attempt, multiple: int) -> Settled:
    """Set the text, then fill up to a multiple of `multiple` pages.

    Closer gaps are tried where one page too many makes three to fill, or where only the last lines run over to a page.
    The clinic moves under the red flags where they leave room for it. White before the clinic or document control,
    which do not break, becomes lines to write on.
    """
    best = attempt(PagePlan(contents=True, flags_page=FEW_PAGES))
    back = best.measured.pages[-1]
    clinic = best.measured.first("clinic")
    clinic_back = clinic is not None and back.name == BACK and back.white > clinic.bottom - clinic.top + GAP_MM
    if -len(best.measured.pages) % multiple == multiple - 1 or (not clinic_back and _thin_end(best.measured)):
        close = attempt(replace(best.page_plan, close=True, clinic_back=clinic_back))
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
    """Whether the last lines, without those to write on, stand nearly alone on a page."""
    last = measured.first("last")
    return last is not None and last.bottom < THIN * measured.pages[last.page].height


def rest_lines(measured: MeasuredPages) -> int:
    """How many lines to write on fill the page before the clinic or document control, where they begin another."""
    rest = measured.first("rest")
    then = min((mark.page for mark in measured.marks if mark.name in ("clinic", "control")), default=0)
    if rest is None or then <= rest.page:
        return 0
    lines = int((measured.pages[rest.page].height - rest.bottom - REST_HEAD_MM) // REST_LINE_MM)
    return lines if lines >= FEW_LINES else 0

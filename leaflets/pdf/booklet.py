"""A booklet's pages: a multiple of four, the red flags on the back, notes on the pages that are left before it."""

from __future__ import annotations

from dataclasses import replace

from leaflets.html.material import Fit
from leaflets.pdf.attempt import Attempt, Settled, overflows, springs

BACK = "back"
GAP_MM = 6.0
FEW_PAGES = 8
"""As many as most booklets have: the first guess."""


def settle_booklet(attempt: Attempt, multiple: int) -> Settled:
    """Set the text, then fill up to a multiple of `multiple` pages.

    Where one page too many makes three blank ones, closer gaps are tried. The clinic moves under the red flags where
    they leave room for it.
    """
    best = attempt(Fit(contents=True, flags_page=FEW_PAGES))
    back = best.measured.pages[-1]
    clinic = best.measured.first("clinic")
    clinic_back = clinic is not None and back.name == BACK and back.white > clinic.bottom - clinic.top + GAP_MM
    if -len(best.measured.pages) % multiple == multiple - 1:
        close = attempt(replace(best.fit, close=True, clinic_back=clinic_back))
        if len(close.measured.pages) < len(best.measured.pages):
            best = close
    pages = len(best.measured.pages)
    blanks = -pages % multiple
    final = replace(
        best.fit,
        blanks=blanks,
        flags_page=pages + blanks,
        clinic_back=clinic_back,
        springs=springs(best.measured),
    )
    best = attempt(final, best)
    if wrong := -len(best.measured.pages) % multiple:  # the clinic went to the back and freed a page
        blanks = (blanks + wrong) % multiple
        pages = len(best.measured.pages) - best.fit.blanks
        best = attempt(replace(final, blanks=blanks, flags_page=pages + blanks), best)
    return replace(best, overflows=overflows(best.measured, only=("cover", BACK)))

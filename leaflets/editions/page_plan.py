"""The plan of an edition's pages: what a layout pass changes after the one before it was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PagePlan:
    """How a later pass changes a leaflet: closer gaps, the red flags elsewhere, pages and gaps that fill."""

    close: bool = False
    flags_apart: bool = False
    """The red flags start page 2, with a pointer on page 1. Tri-fold: the crisis tier is on the back panel."""
    flags_page: int = 2
    """The page on which they start then."""
    contents: bool = False
    """The contents stand on page 1."""
    again: tuple[str, ...] = ()
    """Rows of the red flags before which their heading stands once more, since they begin a page: as urgency/number."""
    control_apart: bool = False
    """Document control begins a page, so that the last one is not nearly empty."""
    clinic_back: bool = False
    """Booklet: the clinic stands under the red flags."""
    blanks: int = 0
    """Booklet: pages to fill in before the back page."""
    rest_lines: int = 0
    """Booklet: lines to write on that fill the page before the clinic or document control."""
    springs: Mapping[str, float] = field(default_factory=dict)
    """Heights in mm of the gaps that bring what follows to the foot of its page."""

"""Page plan: how one layout attempt arranges an edition's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PagePlan:
    """Choices of a layout attempt: size of gaps, place of the red flags, contents, pages and gaps that fill."""

    close: bool = False
    flags_apart: bool = False
    """The red flags begin page 2, with a pointer on page 1. Tri-fold: the crisis tier is on the back panel."""
    flags_page: int = 2
    """Page, from 1, on which the red flags begin then."""
    contents: bool = False
    """Page 1 has the contents."""
    flag_parts: tuple[str, ...] = ()
    """Rows with which further parts of the red flags begin, each on a page: as urgency/number, the number from 0."""
    continued: tuple[str, ...] = ()
    """Parts of cards that begin a page, as block/option/part: the card's name is repeated above them."""
    control_apart: bool = False
    """Document control begins a page, so that the last page is not nearly empty."""
    clinic_back: bool = False
    """Booklet: the clinic's box is under the red flags on the back page."""
    blanks: int = 0
    """Booklet: number of pages to fill in before the back page."""
    rest_lines: int = 0
    """Booklet: number of lines to write on that fill the page before the clinic or document control."""
    springs: Mapping[str, float] = field(default_factory=dict)
    """Heights in mm, by name, of the springs that move what follows to the foot of its page."""
    gave: Mapping[str, int] = field(default_factory=dict)
    """Page map: number of steps that have given way on each side (`page_map.GIVES`), by the name of the side."""

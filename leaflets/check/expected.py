"""Expected properties of a finished file: layout, level, paper, direction; from the catalogue or the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from leaflets.base.units import MM_PER_PT, PAPERS, SHEETS, Margins, Paper, sheets_for
from leaflets.check.evidence.schema.file import SideMeasured
from leaflets.check.readback.geometry import Box
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import ON_PAPER, Layout, layout_for


@dataclass(frozen=True)
class Expected:
    """Expected properties of an edition's file. `printed`: it is a print file, so its pages are sheets."""

    edition: Edition
    layout: Layout
    paper: str
    direction: str = "ltr"
    printed: bool = False
    most_pages: int = 0
    """Page budget from the leaflet's own file; 0: none, or not known."""
    sheet: str = ""
    """Id of the larger sheet that a print file is cut from, where it is known; else empty."""
    sides: tuple[SideMeasured, ...] = ()
    """Sides of a layout with a page map as they were measured when it was set, with the budgets of their parts."""

    def sizes(self, pages: int) -> list[tuple[float, float]]:
        """Width and height of each page, mm."""
        sheet = PAPERS[self.paper]
        if self.printed:
            return [(sheet.height, sheet.width)] * pages
        panels = self.layout.panels.get(self.paper, ())
        if panels:
            return [(panel.width, panel.height) for number in range(pages) for panel in [panels[number % len(panels)]]]
        page = self.layout.page(self.paper)
        return [(page.width, page.height)] * pages

    def sheets(self) -> list[Paper]:
        """Papers that a print file may have: the region's, or a larger one with cut marks; only `sheet` if known."""
        known = {self.paper: PAPERS[self.paper], **{name: SHEETS[name] for name in sheets_for(PAPERS[self.paper])}}
        return [known[self.sheet]] if self.sheet in known else list(known.values())

    def text_area(self, page: int, width: float, height: float) -> Box:
        """The area inside the layout's margins as a box in pt; `page` counts from 0, `width` and `height` in pt."""
        left, right = self._sides(page, self.layout.margins[self.paper])
        margins = self.layout.margins[self.paper]
        return (
            left / MM_PER_PT,
            margins.bottom / MM_PER_PT,
            width - right / MM_PER_PT,
            height - margins.top / MM_PER_PT,
        )

    def _sides(self, page: int, margins: Margins) -> tuple[float, float]:
        """Left and right margin of a page (from 0), mm. In a booklet the start margin is at the spine: on the left of
        page 1 in left-to-right text, and alternating from page to page."""
        first = (margins.start, margins.end) if self.direction == "ltr" else (margins.end, margins.start)
        turned = self.layout.imposition == "booklet" and page % 2 == 1
        return (first[1], first[0]) if turned else first


def edition_of(path: str) -> tuple[Edition, bool] | None:
    """Parse a file name into its edition and whether it is the print file; None for a name of another form."""
    name = PurePath(path).name
    printed = name.endswith(".print.pdf")
    parts = name.removesuffix(".print.pdf" if printed else ".pdf").split(".")
    if len(parts) != 5 or parts[3] not in ON_PAPER:
        return None
    return Edition(*parts), printed


def expect(
    edition: Edition,
    paper: str,
    profile: str,
    direction: str,
    printed: bool = False,
    most_pages: int = 0,
    sheet: str = "",
) -> Expected:
    """Expected properties of an edition on a region's paper.

    `profile`: the region's large-print profile; `most_pages`: the leaflet's page budget, 0 for none.
    """
    layout = layout_for(edition.layout, edition.level, profile)
    return Expected(edition, layout, paper, direction, printed, most_pages, sheet)

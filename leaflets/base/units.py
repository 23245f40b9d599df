"""Units of length and sizes of paper. Every length in the program is in mm unless its name or docstring has pt or
px."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_PT = 25.4 / 72
MM_PER_PX = 25.4 / 96
"""A CSS pixel, WeasyPrint's unit of layout."""


@dataclass(frozen=True)
class Paper:
    """Size of paper in portrait orientation, mm."""

    id: str
    width: float
    height: float


PAPERS: dict[str, Paper] = {row.id: row for row in (Paper("A4", 210.0, 297.0), Paper("Letter", 215.9, 279.4))}
HALVES: dict[str, Paper] = {"A4": Paper("A5", 148.0, 210.0), "Letter": Paper("half Letter", 139.7, 215.9)}
"""Half of each sheet in portrait orientation, the page of a booklet, by the id of the sheet."""
SHEETS: dict[str, Paper] = {
    row.id: row
    for row in (
        Paper("SRA4", 225.0, 320.0),
        Paper("A3", 297.0, 420.0),
        Paper("SRA3", 320.0, 450.0),
        Paper("9x12", 228.6, 304.8),
        Paper("Tabloid", 279.4, 431.8),
        Paper("12x18", 304.8, 457.2),
    )
}
"""Larger sheets of print shops, to be cut down; 9x12 and 12x18 are in inches."""
LEAST_WASTE_MM = 4.0
"""Minimum waste at each edge: a cut mark starts 2 mm from its corner and must be long enough to be seen."""


def waste(sheet: Paper, paper: Paper) -> tuple[float, float]:
    """Waste in mm at left and right, and at top and bottom, of `paper` centred on `sheet`, both in landscape; negative
    where the paper is larger."""
    return (sheet.height - paper.height) / 2, (sheet.width - paper.width) / 2


def sheets_for(paper: Paper) -> list[str]:
    """Ids of the sheets from which `paper` can be cut."""
    return [name for name, sheet in SHEETS.items() if min(waste(sheet, paper)) >= LEAST_WASTE_MM]


@dataclass(frozen=True)
class Margins:
    """Page margins in mm; `start` and `end` swap sides in right-to-left text."""

    top: float
    bottom: float
    start: float
    end: float

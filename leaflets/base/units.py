"""Lengths and paper. Inside the program every length is in millimetres unless its name says pt."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_PT = 25.4 / 72
MM_PER_PX = 25.4 / 96
"""CSS px, in which WeasyPrint lays out."""


@dataclass(frozen=True)
class Paper:
    """A size of paper, upright, in mm."""

    id: str
    width: float
    height: float


PAPERS: dict[str, Paper] = {row.id: row for row in (Paper("A4", 210.0, 297.0), Paper("Letter", 215.9, 279.4))}
HALVES: dict[str, Paper] = {"A4": Paper("A5", 148.0, 210.0), "Letter": Paper("half Letter", 139.7, 215.9)}
"""Half of each sheet, upright: a page of a booklet."""
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
"""Paper of print shops, from which a sheet is cut; 9x12 and 12x18 are inches."""
LEAST_WASTE_MM = 4.0
"""Cut off at each edge, at the least: a mark keeps 2 mm from the corner that it shows, and must be seen."""


def waste(sheet: Paper, paper: Paper) -> tuple[float, float]:
    """What is cut off at the left and right, and at the top and bottom, when `paper` lies in the middle of `sheet`,
    both landscape; less than nothing where it is larger."""
    return (sheet.height - paper.height) / 2, (sheet.width - paper.width) / 2


def sheets_for(paper: Paper) -> list[str]:
    """The sheets from which a paper can be cut."""
    return [name for name, sheet in SHEETS.items() if min(waste(sheet, paper)) >= LEAST_WASTE_MM]


@dataclass(frozen=True)
class Margins:
    """Margins of a page in mm; start and end change sides with the direction of the text."""

    top: float
    bottom: float
    start: float
    end: float

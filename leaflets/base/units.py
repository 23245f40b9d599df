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


@dataclass(frozen=True)
class Margins:
    """Margins of a page in mm; start and end change sides with the direction of the text."""

    top: float
    bottom: float
    start: float
    end: float

"""Imposition: the places of pages on both sides of folded sheets. Pure arithmetic, lengths in mm.

Every sheet is landscape and is printed on both sides, flipped on its short edge: the left end of a side has the right
end of the other side behind it.

Creep (the inner sheets of a booklet move outwards in the fold) is not compensated: it is one thickness of paper for
each sheet, 0.3 mm for the innermost of four sheets of office paper; booklets have at most four sheets and are not cut
after folding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaflets.base.units import Paper
from leaflets.editions.layouts import Panel

OUTSIDE = ("flap", "back", "cover")
INSIDE = ("inside-1", "inside-2", "inside-3")
"""Panels of a C-fold from left to right, for text that runs from left to right. The flap has `inside-3` behind it."""


@dataclass(frozen=True)
class PagePlacement:
    """A page of the reading file (from 1) on a side of a sheet; x and y of its lower left corner, mm."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Side:
    """One side of a sheet after trimming, mm; `folds` are distances from its left edge."""

    width: float
    height: float
    spots: tuple[PagePlacement, ...]
    folds: tuple[float, ...]


def booklet(pages: int, page: Paper, sheet: Paper, rtl: bool = False) -> list[Side]:
    """The sides of a saddle-stitched booklet, front and back of the outermost sheet first.

    Facing pages meet in the fold, which is the middle of the sheet; a sheet larger than two pages has white at its
    outer edges. `pages` is their number. Raises ValueError unless it is a positive multiple of four.
    """
    if pages <= 0 or pages % 4:
        raise ValueError(f"a booklet has a multiple of four pages, not {pages}")
    width, height = sheet.height, sheet.width  # landscape
    middle, y = width / 2, (height - page.height) / 2
    sides = []
    for pair in booklet_pairs(pages, rtl):
        spots = (
            PagePlacement(pair[0], middle - page.width, y, page.width, page.height),
            PagePlacement(pair[1], middle, y, page.width, page.height),
        )
        sides.append(Side(width, height, spots, (middle,)))
    return sides


def booklet_pairs(pages: int, rtl: bool = False) -> list[tuple[int, int]]:
    """The left and the right page (from 1) of each side, for a positive multiple of four `pages`."""
    pairs = []
    for sheet in range(pages // 4):
        pairs += [(pages - 2 * sheet, 1 + 2 * sheet), (2 + 2 * sheet, pages - 1 - 2 * sheet)]
    return [(right, left) for left, right in pairs] if rtl else pairs


def tri_fold(panels: Sequence[Panel], rtl: bool = False) -> list[Side]:
    """The outside and the inside of a C-fold; `panels` are the pages of the reading file in its order."""
    return [_row(panels, names[::-1] if rtl else names) for names in (OUTSIDE, INSIDE)]


def _row(panels: Sequence[Panel], names: Sequence[str]) -> Side:
    """One side with the named panels next to one another, from the left."""
    numbers = {panel.name: number for number, panel in enumerate(panels, 1)}
    x, spots = 0.0, []
    for name in names:
        panel = panels[numbers[name] - 1]
        spots.append(PagePlacement(numbers[name], x, 0.0, panel.width, panel.height))
        x += panel.width
    return Side(x, spots[0].height, tuple(spots), tuple(spot.x for spot in spots[1:]))


def picture(sides: Sequence[Side]) -> str:
    """A drawing of the sheets as text: pages from left to right, “/” between front and back, “|” between sheets."""
    rows = [" ".join(str(spot.page) for spot in side.spots) for side in sides]
    return " | ".join(" / ".join(rows[start : start + 2]) for start in range(0, len(rows), 2))

"""An edition -> what its file for the printer is made like: the sides, the paper, the notes. A row for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from leaflets.base.units import PAPERS, SHEETS, Margins, Paper, waste
from leaflets.editions.layouts import Panel
from leaflets.editions.material import Material
from leaflets.finish.press.imposition import PagePlacement, Side, booklet, tri_fold
from leaflets.finish.press.marks import Area, PrinterNote
from leaflets.finish.press.sheets import Job
from leaflets.html.imprint import foot
from leaflets.l10n.languages import LOCALES, Locale

SAFE_MM = 5.5
"""Nearer to the edge office printers print nothing."""
GAP_MM = 0.5
BELOW_MM = 9.5
"""Notes at the foot stay below this; the footer of a booklet is above."""
OFF_TRIM_MM, OFF_EDGE_MM = 3.0, 3.5
"""On a larger sheet: notes stand in what is cut off, so far from the cut and from the edge of the paper."""
NOTE_MM = 6.0
"""Height of such a note at the most."""


@dataclass(frozen=True)
class Kind:
    """How a layout is imposed. `notes`: on which side and at which spot (from the left,
    in a language that runs from left to right) it stands, in the language the article was written in, then in that of
    a translation. Its words are `print-<layout's imposition>` in `templates/words.yaml`. `cut`: on which side it stands
    on a larger sheet, in what is cut off at the left; its words are `print-cut-<layout's imposition>` then.
    """

    sides: Callable[[Material, int], list[Side]]
    notes: tuple[tuple[int, int], ...]
    cut: tuple[int, ...] = (0, 1)


def _booklet(material: Material, pages: int) -> list[Side]:
    return booklet(pages, material.page, PAPERS[material.region.paper], _rtl(material))


def _tri_fold(material: Material, pages: int) -> list[Side]:
    panels: tuple[Panel, ...] = material.panels
    return tri_fold(panels, _rtl(material))


KINDS: dict[str, Kind] = {
    # the back page, then the page behind the cover
    "booklet": Kind(_booklet, ((0, 0), (1, 0))),
    # the flap, which is folded in, then the back
    "tri-fold": Kind(_tri_fold, ((0, 0), (0, 1))),
}


def print_job(material: Material, pages: int, title: str) -> Job:
    """How the file for the printer of an edition is made; of a layout that is imposed only."""
    kind = KINDS[material.layout.imposition]
    sides = kind.sides(material, pages)
    sheet = SHEETS[material.sheet] if material.sheet else PAPERS[material.region.paper]
    return Job(
        tuple(sides),
        (sheet.height, sheet.width),
        _cut_notes(material, kind, sides, sheet) if material.sheet else _notes(material, kind, sides),
        material.words("print-title", title=title),
        _rtl(material),
    )


def _notes(material: Material, kind: Kind, sides: list[Side]) -> tuple[tuple[PrinterNote, ...], ...]:
    """The notes of each side: how to print at the top of a page, the leaflet's id and version at its foot."""
    found: list[list[PrinterNote]] = [[] for _ in sides]
    margins = material.layout.margins[material.region.paper]
    said = _said(material)
    for (words, locale), (side, place) in zip(said, kind.notes, strict=False):
        spots = sides[side].spots
        spot = spots[::-1][place] if _rtl(material) else spots[place]
        top = _top(spot, sides[side], margins)
        found[side].append(PrinterNote(words, locale.font, locale.direction == "rtl", top))
        if locale is said[0][1]:
            bottom = replace(top, y=spot.y + SAFE_MM, height=BELOW_MM - SAFE_MM)
            found[side].append(PrinterNote(_which(material), locale.font, False, bottom))
    return tuple(tuple(notes) for notes in found)


def _cut_notes(material: Material, kind: Kind, sides: list[Side], sheet: Paper) -> tuple[tuple[PrinterNote, ...], ...]:
    """The same on a larger sheet, upright in what is cut off: how to print and cut at the left, which leaflet it is and
    what it is cut to at the right of each side."""
    found: list[list[PrinterNote]] = [[] for _ in sides]
    said, paper = _said(material), PAPERS[material.region.paper]
    for (words, locale), side in zip(said, kind.cut, strict=False):
        area = _strip(sides[side], sheet, paper, left=True)
        found[side].append(PrinterNote(words, locale.font, locale.direction == "rtl", area, turned=True))
    for number, (trimmed, notes) in enumerate(zip(sides, found, strict=True), 1):
        words = f"{_which(material)} · {number}/{len(sides)} · {trimmed.width:g} × {trimmed.height:g} mm"
        notes.append(PrinterNote(words, said[0][1].font, False, _strip(trimmed, sheet, paper, left=False), turned=True))
    return tuple(tuple(notes) for notes in found)


def _strip(side: Side, sheet: Paper, paper: Paper, left: bool) -> Area:
    """Where a note may stand beside the trimmed sheet, from whose corner it is measured."""
    width = min(NOTE_MM, waste(sheet, paper)[0] - OFF_TRIM_MM - OFF_EDGE_MM)
    x = -OFF_TRIM_MM - width if left else side.width + OFF_TRIM_MM
    return Area(x, OFF_TRIM_MM, width, side.height - 2 * OFF_TRIM_MM)


def _said(material: Material) -> list[tuple[str, Locale]]:
    """How to print, in the language the article was written in, then in that of a translation."""
    how = f"{'cut-' if material.sheet else ''}{material.layout.imposition}"
    found = [(material.source_words(f"print-{how}"), LOCALES[material.localised.original.info.language])]
    if material.localised.translated:
        found.append((material.words(f"print-{how}"), material.localised.locale))
    return found


def _which(material: Material) -> str:
    """The leaflet and its version, so that a sheet found in the tray can be told."""
    return f"{material.edition.name.split('.', 1)[1]} · {foot(material)}"


def _top(spot: PagePlacement, side: Side, margins: Margins) -> Area:
    """The white above the text of a page that printers can reach, as wide as the text."""
    outer_left = spot is side.spots[0]  # a booklet's margins are mirrored, those of panels are alike
    left, right = (margins.end, margins.start) if outer_left else (margins.start, margins.end)
    height = margins.top - GAP_MM - SAFE_MM
    return Area(spot.x + left, spot.y + spot.height - SAFE_MM - height, spot.width - left - right, height)


def _rtl(material: Material) -> bool:
    return material.localised.locale.direction == "rtl"

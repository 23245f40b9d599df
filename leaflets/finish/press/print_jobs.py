"""Print jobs: the sides, paper and notes of an edition's print file. One row of KINDS for each imposition."""

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
"""Width of the margin in which office printers print nothing."""
GAP_MM = 0.5
BELOW_MM = 9.5
"""Upper limit of notes at the foot; the footer of a booklet is above it."""
OFF_TRIM_MM, OFF_EDGE_MM = 3.0, 3.5
"""Distances of notes in the waste of a larger sheet from the cut and from the edge of the paper."""
NOTE_MM = 6.0
"""Greatest height of a note in the waste."""


@dataclass(frozen=True)
class Kind:
    """The imposition of a layout.

    `sides`: function of the material and its number of pages. `notes`: side and placement (from the left, in a
    left-to-right language) of the note in the article's language, then of that in the language of a translation; their
    words are `print-<layout's imposition>` in `templates/words.yaml`. `cut`: their sides on a larger sheet, where they
    are in the waste at the left; their words are then `print-cut-<layout's imposition>`.
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
    """The print job of an edition in an imposed layout; `pages`: number of its pages, `title`: title of the leaflet.

    Raises KeyError for a layout without imposition, ValueError for a booklet whose pages are no multiple of four.
    """
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
    """The notes of each side: printing instructions above the text of a page, the leaflet's id and version at its
    foot."""
    found: list[list[PrinterNote]] = [[] for _ in sides]
    margins = material.layout.margins[material.region.paper]
    said = _instructions(material)
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
    """The notes on a larger sheet, turned upwards in the waste: instructions for printing and cutting at the left; the
    leaflet, the side and the trimmed size at the right of each side."""
    found: list[list[PrinterNote]] = [[] for _ in sides]
    said, paper = _instructions(material), PAPERS[material.region.paper]
    for (words, locale), side in zip(said, kind.cut, strict=False):
        area = _strip(sides[side], sheet, paper, left=True)
        found[side].append(PrinterNote(words, locale.font, locale.direction == "rtl", area, turned=True))
    for number, (trimmed, notes) in enumerate(zip(sides, found, strict=True), 1):
        words = f"{_which(material)} · {number}/{len(sides)} · {trimmed.width:g} × {trimmed.height:g} mm"
        notes.append(PrinterNote(words, said[0][1].font, False, _strip(trimmed, sheet, paper, left=False), turned=True))
    return tuple(tuple(notes) for notes in found)


def _strip(side: Side, sheet: Paper, paper: Paper, left: bool) -> Area:
    """The area for a note in the waste at the left or right of a side; from the corner of the trimmed sheet, mm."""
    width = min(NOTE_MM, waste(sheet, paper)[0] - OFF_TRIM_MM - OFF_EDGE_MM)
    x = -OFF_TRIM_MM - width if left else side.width + OFF_TRIM_MM
    return Area(x, OFF_TRIM_MM, width, side.height - 2 * OFF_TRIM_MM)


def _instructions(material: Material) -> list[tuple[str, Locale]]:
    """Printing instructions in the language of the article, then in that of a translation, each with its locale."""
    how = f"{'cut-' if material.sheet else ''}{material.layout.imposition}"
    found = [(material.source_words(f"print-{how}"), LOCALES[material.localised.original.info.language])]
    if material.localised.translated:
        found.append((material.words(f"print-{how}"), material.localised.locale))
    return found


def _which(material: Material) -> str:
    """The leaflet and its version, which identify a sheet found in the printer's tray."""
    return f"{material.edition.name.split('.', 1)[1]} · {foot(material)}"


def _top(spot: PagePlacement, side: Side, margins: Margins) -> Area:
    """The printable white area above the text of a page, as wide as the text."""
    outer_left = spot is side.spots[0]  # a booklet's margins are mirrored, those of panels are alike
    left, right = (margins.end, margins.start) if outer_left else (margins.start, margins.end)
    height = margins.top - GAP_MM - SAFE_MM
    return Area(spot.x + left, spot.y + spot.height - SAFE_MM - height, spot.width - left - right, height)


def _rtl(material: Material) -> bool:
    return material.localised.locale.direction == "rtl"

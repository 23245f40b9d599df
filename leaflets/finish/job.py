"""An edition -> what its file for the printer is made like: the sides, the paper, the notes. A row for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from leaflets.base.units import PAPERS, Margins, Paper
from leaflets.editions.layouts import Panel
from leaflets.finish.imposition import Side, Spot, booklet, tri_fold
from leaflets.finish.marks import Area, Note
from leaflets.finish.sheets import Job
from leaflets.html.imprint import foot
from leaflets.html.material import Material
from leaflets.l10n.languages import LOCALES

SAFE_MM = 5.5
"""Nearer to the edge office printers print nothing."""
GAP_MM = 0.5
BELOW_MM = 9.5
"""Notes at the foot stay below this; the footer of a booklet is above."""
LARGER: dict[str, Paper] = {
    "A3": Paper("A3", 297.0, 420.0),
    "SRA4": Paper("SRA4", 225.0, 320.0),
    "Tabloid": Paper("Tabloid", 279.4, 431.8),
}
"""Paper of print shops, from which the sheet is cut. None is used unless a row of `KINDS` names it."""


@dataclass(frozen=True)
class Kind:
    """How a layout is imposed. `paper`: what it is printed on, by paper of the region; the region's where it is not
    named. `notes`: on which side and at which spot (from the left,
    in a language that runs from left to right) it stands, in the language the article was written in, then in that of
    a translation. Its words are `print-<layout's imposition>` in `templates/words.yaml`.
    """

    sides: Callable[[Material, int], list[Side]]
    notes: tuple[tuple[int, int], ...]
    paper: dict[str, str]


def _booklet(material: Material, pages: int) -> list[Side]:
    return booklet(pages, material.page, PAPERS[material.region.paper], _rtl(material))


def _tri_fold(material: Material, pages: int) -> list[Side]:
    panels: tuple[Panel, ...] = material.panels
    return tri_fold(panels, _rtl(material))


KINDS: dict[str, Kind] = {
    # the back page, then the page behind the cover
    "booklet": Kind(_booklet, ((0, 0), (1, 0)), {}),
    # the flap, which is folded in, then the back
    "tri-fold": Kind(_tri_fold, ((0, 0), (0, 1)), {}),
}


def print_job(material: Material, pages: int, title: str) -> Job:
    """How the file for the printer of an edition is made; of a layout that is imposed only."""
    kind, paper = KINDS[material.layout.imposition], material.region.paper
    sides = kind.sides(material, pages)
    sheet = {**PAPERS, **LARGER}[kind.paper.get(paper, paper)]
    return Job(
        tuple(sides),
        (sheet.height, sheet.width),
        _notes(material, kind, sides),
        material.words("print-title", title=title),
        _rtl(material),
    )


def _notes(material: Material, kind: Kind, sides: list[Side]) -> tuple[tuple[Note, ...], ...]:
    """The notes of each side: how to print at the top of a page, the leaflet's id and version at its foot."""
    found: list[list[Note]] = [[] for _ in sides]
    margins = material.layout.margins[material.region.paper]
    written_in = LOCALES[material.localised.original.info.language]
    said = [(material.source_words(f"print-{material.layout.imposition}"), written_in)]
    if material.localised.translated:
        said.append((material.words(f"print-{material.layout.imposition}"), material.localised.locale))
    for (words, locale), (side, place) in zip(said, kind.notes, strict=False):
        spots = sides[side].spots
        spot = spots[::-1][place] if _rtl(material) else spots[place]
        top = _top(spot, sides[side], margins)
        found[side].append(Note(words, locale.font, locale.direction == "rtl", top))
        if locale is written_in:
            bottom = replace(top, y=spot.y + SAFE_MM, height=BELOW_MM - SAFE_MM)
            name = material.edition.name.split(".", 1)[1]
            found[side].append(Note(f"{name} · {foot(material)}", locale.font, False, bottom))
    return tuple(tuple(notes) for notes in found)


def _top(spot: Spot, side: Side, margins: Margins) -> Area:
    """The white above the text of a page that printers can reach, as wide as the text."""
    outer_left = spot is side.spots[0]  # a booklet's margins are mirrored, those of panels are alike
    left, right = (margins.end, margins.start) if outer_left else (margins.start, margins.end)
    height = margins.top - GAP_MM - SAFE_MM
    return Area(spot.x + left, spot.y + spot.height - SAFE_MM - height, spot.width - left - right, height)


def _rtl(material: Material) -> bool:
    return material.localised.locale.direction == "rtl"

"""Files for the printer as they are seen: characters and dots by their place on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image

from leaflets.base.units import MM_PER_PT, PAPERS
from leaflets.editions.layouts import LAYOUTS
from leaflets.finish.press.imposition import Side, booklet, tri_fold
from leaflets.finish.press.marks import Area
from leaflets.l10n.languages import LOCALES
from tests.tools.shipped import region

DPI = 100
PX_PER_MM = DPI / 25.4


@dataclass(frozen=True)
class Char:
    """A character as it is drawn, its box in mm from the lower left corner of the page."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


@cache
def chars(path: Path, page: int) -> tuple[Char, ...]:
    found = []
    with pypdfium2.PdfDocument(path) as document:
        text = document[page].get_textpage()
        for place in range(text.count_chars()):
            char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, place))
            char = {")": "(", "”": "“"}.get(char, char)  # which it is depends on the words beside it, in Arabic
            if char.isprintable() and not char.isspace():
                found.append(Char(char, *(value * MM_PER_PT for value in text.get_charbox(place))))
    return tuple(found)


@cache
def grey(path: Path, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        return document[page].render(scale=DPI / 72).to_pil().convert("L")


def sides_of(entry: dict[str, str], pages: int) -> list[Side]:
    locale = LOCALES[entry["locale"]]
    paper, rtl = region(entry["locale"]).paper, locale.direction == "rtl"
    layout = LAYOUTS[entry["layout"]]
    if layout.imposition == "tri-fold":
        return tri_fold(layout.panels[paper], rtl)
    return booklet(pages, layout.pages[paper], PAPERS[paper], rtl)


def dark(path: Path, page: int, area: Area) -> int:
    """Dots that are not white, nor nearly, in an area of a page, from the lower left corner in mm."""
    picture = grey(path, page)
    box = (
        area.x * PX_PER_MM,
        picture.height - (area.y + area.height) * PX_PER_MM,
        (area.x + area.width) * PX_PER_MM,
        picture.height - area.y * PX_PER_MM,
    )
    return sum(picture.crop(tuple(int(value) for value in box)).histogram()[:200])


@dataclass(frozen=True)
class Pair:
    """A reading file and its twin for the printer."""

    read: Path
    twin: Path
    sides: list[Side]
    entry: dict[str, str]

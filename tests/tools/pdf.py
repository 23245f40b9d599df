"""What tests ask of a PDF: its text, its glyph sizes, its fonts, its paper."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

from leaflets.base.units import MM_PER_PT
from leaflets.check.readback.embedded_fonts import PageFont
from leaflets.check.readback.interpreter import paint_page


@dataclass(frozen=True)
class Piece:
    """Some text as it is drawn: its page (from 0), size in pt and place in pt from the bottom left."""

    words: str
    page: int
    size: float
    x: float
    y: float


@cache
def reader(path: Path) -> PdfReader:
    return PdfReader(path)


@cache
def text(path: Path) -> str:
    """The whole text, spaces folded, ligatures and no-break spaces resolved.

    PDFium reads it, in a twentieth of pypdf's time; text with letters that run from right to left is read by pypdf,
    since PDFium changes the order of their lines.
    """
    with pypdfium2.PdfDocument(path) as document:
        found = " ".join(page.get_textpage().get_text_range() for page in document)
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in found):
        found = " ".join(page.extract_text() for page in reader(path).pages)
    return plain(found)


def page_texts(path: Path) -> list[str]:
    """The text of each page as PDFium reads it, which holds pieces apart that pypdf joins; not for Arabic."""
    with pypdfium2.PdfDocument(path) as document:
        return [plain(page.get_textpage().get_text_range()) for page in document]


def plain(words: str) -> str:
    """Words as tests compare them: NFKC, one kind of hyphen, single spaces."""
    return re.sub(
        r"\s+", " ", unicodedata.normalize("NFKC", words).replace("\u2010", "-").replace("\u2011", "-")
    ).strip()


@cache
def pieces(path: Path) -> tuple[Piece, ...]:
    """Every piece of text with the size at which it is drawn, as the preflight reads it."""
    fonts: dict[int, PageFont] = {}
    return tuple(
        Piece(words.text, number, words.size, words.band[0], words.baseline)
        for number, page in enumerate(reader(path).pages)
        for words in paint_page(page, fonts).words
    )


def body(path: Path, top: float, bottom: float) -> str:
    """The letters and digits inside the text area (margins in mm), page after page: without headers and footers."""
    heights = [float(page.mediabox.height) for page in reader(path).pages]
    inside = (
        piece.words
        for piece in pieces(path)
        if bottom / MM_PER_PT - 1 <= piece.y <= heights[piece.page] - top / MM_PER_PT + 1
    )
    return squeezed("".join(inside))


def squeezed(words: str) -> str:
    """Letters and digits only: where lines end and bullets stand is not the content's affair."""
    return re.sub(r"[\W_]+", "", plain(words))


def paper(path: Path) -> tuple[float, float]:
    """Width and height of the pages in mm; all pages must agree."""
    sizes = {(round(float(p.mediabox.width), 1), round(float(p.mediabox.height), 1)) for p in reader(path).pages}
    assert len(sizes) == 1, sizes
    width, height = sizes.pop()
    return width * MM_PER_PT, height * MM_PER_PT


def fonts(path: Path) -> dict[str, bool]:
    """Names of the fonts of a file (without the subset's prefix), and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in reader(path).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            name = str(font["/BaseFont"]).lstrip("/").split("+")[-1]
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[name] = found.get(name, True) and embedded
    return found

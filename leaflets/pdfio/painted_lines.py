"""Painted lines: the glyphs of a file by their places on the page, from left to right, as PDFium finds them.

Nothing is taken from the order of the file or from its tags: a line is what an eye sees.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

SAME_LINE = 0.35
"""Greatest distance of baselines of one line, in heights of a glyph's box."""


@dataclass(frozen=True, slots=True)
class PaintedGlyph:
    """A character with the place of its glyph: left edge, right edge and baseline in pt; height of its box."""

    char: str
    left: float
    right: float
    baseline: float
    height: float


def painted_lines(body: bytes) -> list[list[PaintedGlyph]]:
    """The lines of all pages, page by page from top to bottom, each from left to right; without blanks."""
    import pypdfium2

    found: list[list[PaintedGlyph]] = []
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            found += _in_lines(sorted(_glyphs(page), key=lambda glyph: -glyph.baseline))
            page.close()
    return found


def _glyphs(page: object) -> Iterator[PaintedGlyph]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()  # type: ignore[attr-defined]
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if pdfium.FPDFText_IsGenerated(text, index) or char.isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        yield PaintedGlyph(char, box.left, box.right, y.value, abs(box.top - box.bottom) or 1.0)
    text.close()


def _in_lines(glyphs: list[PaintedGlyph]) -> Iterator[list[PaintedGlyph]]:
    line: list[PaintedGlyph] = []
    for glyph in glyphs:
        if line and line[0].baseline - glyph.baseline > SAME_LINE * max(line[0].height, glyph.height):
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda one: one.left)

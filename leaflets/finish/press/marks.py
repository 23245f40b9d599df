"""Fold marks, cut marks and notes for the printer, drawn with ReportLab as artifacts.

Office printers leave the outer 4 to 6 mm blank, so a fold mark reaches further in and notes stay out of that margin.
Lengths in mm from the lower left corner.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from leaflets.base.units import MM_PER_PT
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import JOINERS, LATIN

MARK_GREY = 0.25
LATIN_FONT = f"{LATIN}-Regular"
"""Grey of marks and notes, 0 black to 1 white: dark enough for any copier."""
FOLD_MM = 9.0
"""Length of a fold mark from the edge; printers print at least 3 mm of it."""
CUT_MM = 5.0
CUT_GAP_MM = 2.0
"""Distance of a cut mark from the corner that it shows."""
NOTE_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0)
"""Type sizes of notes, pt; a note has the largest in which it fits."""
LEADING = 1.16
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = re.compile(r"[\u0590-\u08ff]"), re.compile(r"[A-Za-z\d]+")
"""Right-to-left letters, and the numbers and Latin words that must not be mixed with them: `shaped` has one direction
and would reverse them."""


class NoteError(ValueError):
    """A note does not fit its area, mixes directions, or has characters that its font lacks."""


@dataclass(frozen=True)
class Area:
    """A rectangle on a sheet, mm; x and y of its lower left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PrinterNote:
    """Words for the printer, their font (an id of `l10n.fonts`), and the white area for them."""

    words: str
    font: str
    rtl: bool
    area: Area
    turned: bool = False
    """Its lines run upwards, as long as the area is high."""


def pt(length: float) -> float:
    """Millimetres to points."""
    return length / MM_PER_PT


class Drawing:
    """A PDF drawn page by page with ReportLab; it embeds the named fonts of the project and Leaflet Sans."""

    def __init__(self, fonts: Sequence[str], title: str = "") -> None:
        for font in dict.fromkeys(("atkinson", *fonts)):
            for weight in ("Regular", "Bold"):
                path = FONTS[font].file(weight == "Bold")
                # registered anew for each file: ReportLab caches shaped glyphs, which would change the bytes
                pdfmetrics.registerFont(TTFont(f"{font}-{weight}", str(path)))
        self._bytes = io.BytesIO()
        self.canvas = Canvas(self._bytes, initialFontName="atkinson-Regular", invariant=1, lang="en")
        self.canvas.setTitle(title)

    @contextmanager
    def page(self, width: float, height: float) -> Iterator[Canvas]:
        """Add a page of a size in mm; everything drawn inside the `with` block is an artifact."""
        self.canvas.setPageSize((pt(width), pt(height)))
        self.canvas._code.append("/Artifact BMC")
        yield self.canvas
        self.canvas._code.append("EMC")
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The bytes of the PDF; nothing can be drawn afterwards."""
        self.canvas.save()
        return self._bytes.getvalue()


def fold_mark(canvas: Canvas, x: float, edge: float, inwards: float) -> None:
    """Draw a short dashed vertical line at `x` from the height `edge`, inwards by a signed length."""
    with _pen(canvas, 0.75, (1.6, 1.2)):
        canvas.line(pt(x), pt(edge), pt(x), pt(edge + inwards))


def cut_marks(canvas: Canvas, trim: Area, waste: float) -> None:
    """Draw two hairlines outside each corner of the trimmed sheet; `waste` is the least width that is cut off."""
    length = min(CUT_MM, waste - CUT_GAP_MM)
    if length <= 0:
        return
    with _pen(canvas, 0.5, ()):
        for x, outwards in ((trim.x, -1), (trim.x + trim.width, 1)):
            for y, upwards in ((trim.y, -1), (trim.y + trim.height, 1)):
                near, far = CUT_GAP_MM, CUT_GAP_MM + length
                canvas.line(pt(x + outwards * near), pt(y), pt(x + outwards * far), pt(y))
                canvas.line(pt(x), pt(y + upwards * near), pt(x), pt(y + upwards * far))


def draw_note(canvas: Canvas, note: PrinterNote) -> None:
    """Draw a note at the top of its area, start-aligned, in the largest size of NOTE_SIZES that fits.

    Raises NoteError when none fits, when its font lacks a character, or when it mixes directions.
    """
    font = f"{note.font}-Regular"
    words = "".join(char for char in note.words if char not in JOINERS)
    known = {code for name in (font, LATIN_FONT) for code in pdfmetrics.getFont(name).face.charToGlyph}
    if missing := sorted({char for char in words if ord(char) not in known and not char.isspace()}):
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
        raise NoteError(f"the font has no glyph for {shown} in “{note.words}”")
    if _RIGHT_TO_LEFT.search(note.words) and (mixed := _LEFT_TO_RIGHT.search(note.words)):
        raise NoteError(f"“{mixed[0]}” runs from left to right in “{note.words}”; a note here has one direction")
    area = note.area
    width, height = (area.height, area.width) if note.turned else (area.width, area.height)
    for size in NOTE_SIZES:
        lines = wrapped(words, font, size, pt(width))
        if lines and len(lines) * size * LEADING <= pt(height):
            break
    else:
        raise NoteError(f"there is no room for “{note.words}” in {width:.0f} x {height:.1f} mm")
    with _at(canvas, area, note.turned):
        canvas.setFillGray(MARK_GREY)
        y = pt(height) - 0.95 * size
        for line in lines:
            x = pt(width) if note.rtl else 0
            for part, name in _in_fonts(line, font):
                canvas.setFont(name, size)
                long = _width(part, name, size)
                canvas.drawString(x - long if note.rtl else x, y, shaped(part, name, size))
                x += -long if note.rtl else long
            y -= size * LEADING


@contextmanager
def _at(canvas: Canvas, area: Area, turned: bool) -> Iterator[None]:
    """Move the origin to the lower left corner of an area, or for turned text to its lower right corner, rotated."""
    canvas.saveState()
    canvas.translate(pt(area.x + area.width if turned else area.x), pt(area.y))
    if turned:
        canvas.rotate(90)
    yield
    canvas.restoreState()


def _in_fonts(line: str, font: str) -> list[tuple[str, str]]:
    """Parts of a line in the order of reading, each with its font: the signs that a script's font lacks are Latin."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    found = groupby(line, key=lambda char: font if ord(char) in known or char.isspace() else LATIN_FONT)
    return [("".join(part), name) for name, part in found]


def _width(line: str, font: str, size: float) -> float:
    """Width of a line, pt."""
    return float(
        sum(pdfmetrics.stringWidth(shaped(row, name, size), name, size) for row, name in _in_fonts(line, font))
    )


def wrapped(words: str, font: str, size: float, width: float) -> list[str]:
    """Break words into lines of at most `width` pt; no lines when a word is wider. `size` in pt."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    fits = all(_width(line, font, size) <= width for line in lines)
    return lines if fits else []


def shaped(line: str, font: str, size: float) -> str:
    """A line in visual order, from left to right, with Arabic letters joined; Latin lines are returned as they are."""
    return str(shapeStr(line, font, size)) if any(ord(char) > 0x2FF and char.isalpha() for char in line) else line


@contextmanager
def _pen(canvas: Canvas, width: float, dashes: tuple[float, ...]) -> Iterator[None]:
    canvas.saveState()
    canvas.setStrokeGray(MARK_GREY)
    canvas.setLineWidth(width)
    canvas.setDash(*(dashes,) if dashes else ())
    yield
    canvas.restoreState()

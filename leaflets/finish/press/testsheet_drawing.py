"""Drawing elements of the test sheet: words, rulers, steps at the edges, rings, patches. Lengths in mm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from leaflets.base.units import MM_PER_PT
from leaflets.finish.press.marks import pt, wrapped

MM_PER_INCH = 25.4
NEAREST, FARTHEST = 3, 10
"""Distances of the first and last edge step, mm: the steps show the margin that a printer cannot print."""


@dataclass(frozen=True)
class Pen:
    """A canvas with lengths in mm; `colours` are the design tokens by name."""

    canvas: Canvas
    colours: Mapping[str, str]

    def ink(self, name: str) -> None:
        """Set the colour of fills and lines to a design token."""
        self.canvas.setFillColor(HexColor(self.colours[f"--{name}"]))
        self.canvas.setStrokeColor(HexColor(self.colours[f"--{name}"]))

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.75) -> None:
        """Draw a line; `width` in pt."""
        self.canvas.setLineWidth(width)
        self.canvas.line(pt(x), pt(y), pt(to_x), pt(to_y))

    def block(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle."""
        self.canvas.rect(pt(x), pt(y), pt(width), pt(height), stroke=0, fill=1)

    def words(self, x: float, y: float, text: str, size: float, bold: bool = False, align: str = "start") -> None:
        """Draw one line of text; `size` in pt, `align`: start, middle or end of the line at x."""
        font = f"atkinson-{'Bold' if bold else 'Regular'}"
        self.canvas.setFont(font, size)
        width = pdfmetrics.stringWidth(text, font, size) * MM_PER_PT
        self.canvas.drawString(pt(x - {"start": 0, "middle": width / 2, "end": width}[align]), pt(y), text)

    def paragraph(self, x: float, y: float, width: float, text: str, size: float, leading: float = 1.4) -> float:
        """Draw text in lines below `y`, with its own line breaks; `size` in pt. Returns the height below the last line.

        Raises LookupError when a word is wider than `width`.
        """
        for part in text.split("\n"):
            lines = wrapped(part, "atkinson-Regular", size, pt(width))
            if not lines:
                raise LookupError(f"“{part}” has a word that is wider than {width:.0f} mm")
            for line in lines:
                y -= size * leading * MM_PER_PT
                self.words(x, y, line, size)
            y -= size * 0.2 * MM_PER_PT
        return y


def ruler_mm(pen: Pen, x: float, y: float, length: int, upright: bool = False) -> None:
    """Draw a ruler from x, y to the right or upwards: a tick for each mm, a number for each 10 mm."""
    _along(pen, x, y, float(length), upright)
    for tick in range(length + 1):
        size = 5.0 if tick % 10 == 0 else 3.5 if tick % 5 == 0 else 2.0
        _tick(pen, x, y, tick, size, upright)
        if tick % 10 == 0:
            _number(pen, x, y, tick, str(tick), upright)


def ruler_inch(pen: Pen, x: float, y: float, length: int, upright: bool = False) -> None:
    """Draw a ruler in inches with a tick for each eighth; `length` in inches."""
    _along(pen, x, y, length * MM_PER_INCH, upright)
    for tick in range(length * 8 + 1):
        size = 5.0 if tick % 8 == 0 else 3.5 if tick % 4 == 0 else 2.0
        _tick(pen, x, y, tick * MM_PER_INCH / 8, size, upright)
        if tick % 8 == 0:
            _number(pen, x, y, tick * MM_PER_INCH / 8, f"{tick // 8} in" if tick else "0", upright)


def _along(pen: Pen, x: float, y: float, length: float, upright: bool) -> None:
    pen.canvas.setLineCap(0)  # butt caps: the line has exactly its length
    pen.line(x, y, *((x, y + length) if upright else (x + length, y)), width=1.25)


def _tick(pen: Pen, x: float, y: float, at: float, size: float, upright: bool) -> None:
    ends = (x, y + at, x + size, y + at) if upright else (x + at, y, x + at, y + size)
    pen.line(*ends, width=0.5)


def _number(pen: Pen, x: float, y: float, at: float, text: str, upright: bool) -> None:
    if upright:
        pen.words(x + 6, y + at - 1, text, 8)
    else:
        pen.words(x + at, y + 6, text, 8, align="middle")


def edge_steps(pen: Pen, width: float, height: float, start: float, pitch: float) -> None:
    """Draw a row of lines along each edge, each 1 mm farther in, with its distance in the printable area.

    `start`: left end of the rows at top and bottom, `pitch`: distance from line to line.
    """
    for step, far in enumerate(range(NEAREST, FARTHEST + 1)):
        a, b = start + step * pitch, start + (step + 1) * pitch - 1
        for y, label in ((far, 12.2), (height - far, height - 14.2)):
            pen.line(a, y, b, y)
            pen.words((a + b) / 2, label, str(far), 8, align="middle")
        middle = height / 2 - 4 * pitch
        a, b = middle + step * pitch, middle + (step + 1) * pitch - 1
        for x, label in ((far, 12.2), (width - far, width - 12.2)):
            pen.line(x, a, x, b)
            pen.words(label, (a + b) / 2 - 1, str(far), 8, align="middle")


def rings(pen: Pen, x: float, y: float) -> None:
    """Draw rings of 1, 2, 3 and 6 mm radius around a point."""
    pen.canvas.setLineWidth(0.75)
    for radius in (1, 2, 3, 6):
        pen.canvas.circle(pt(x), pt(y), pt(radius), stroke=1, fill=0)


def plus(pen: Pen, x: float, y: float) -> None:
    """Draw the sign that is behind the rings when the sheet is flipped on the short edge."""
    pen.line(x - 5, y, x + 5, y, 1)
    pen.line(x, y - 5, x, y + 5, 1)


def cross(pen: Pen, x: float, y: float) -> None:
    """Draw the sign that is behind the rings when the sheet is flipped on the wrong, long edge."""
    pen.line(x - 4, y - 4, x + 4, y + 4, 2.5)
    pen.line(x - 4, y + 4, x + 4, y - 4, 2.5)


def grey_steps(pen: Pen, x: float, y: float, width: float) -> None:
    """Draw ten patches of 10 to 100% black, with their percentages below."""
    for step in range(1, 11):
        pen.canvas.setFillGray(1 - step / 10)
        pen.block(x + (step - 1) * width / 10, y, width / 10, 11)
    pen.ink("ink")
    for step in range(1, 11):
        pen.words(x + (step - 0.5) * width / 10, y - 4, f"{step * 10}%", 8, align="middle")

"""The graphics state of a content stream, and conversion of its operands."""

from __future__ import annotations

import math
from typing import Any

from leaflets.check.readback.colours import BLACK, Colour, from_cmyk
from leaflets.check.readback.embedded_fonts import PageFont
from leaflets.check.readback.geometry import EVERYTHING, Box, Matrix

Operands = list[bytes]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class GraphicsState:
    """The graphics and text state (ISO 32000-1, 8.4 and 9.3); `q` and `Q` save and restore a copy."""

    def __init__(self) -> None:
        self.matrix: Matrix = IDENTITY
        self.clip: Box = EVERYTHING
        self.fill: Colour | None = BLACK
        self.line: Colour | None = BLACK
        self.fill_pattern: bytes = b""
        self.fill_space = self.line_space = b"/DeviceGray"
        self.alpha_fill = self.alpha_line = self.line_width = self.stretch = 1.0
        self.font: PageFont | None = None
        self.size = self.letter = self.word = self.leading = self.rise = 0.0
        self.mode = 0

    def copy(self) -> GraphicsState:
        """A copy for `q`."""
        new = GraphicsState.__new__(GraphicsState)
        new.__dict__.update(self.__dict__)
        return new


def name_of(token: bytes) -> str:
    """A name token as text, with its slash."""
    return token.decode("latin-1")


def matrix_of(operands: Operands) -> Matrix:
    """The matrix in the last six operands."""
    a, b, c, d, e, f = map(float, operands[-6:])
    return (a, b, c, d, e, f)


def numbers_of(array: Any, otherwise: Matrix) -> Matrix:
    """A matrix from an array of a PDF; `otherwise` where there is none."""
    if array is None:
        return otherwise
    a, b, c, d, e, f = (float(number) for number in array)
    return (a, b, c, d, e, f)


def scale_of(matrix: Matrix) -> float:
    """Mean scale of a matrix: the square root of its determinant."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def device_colour(operands: Operands) -> Colour | None:
    """A device colour: one number is grey, three are RGB, four are CMYK; None for another count."""
    numbers = [float(token) for token in operands]
    if len(numbers) == 1:
        return (numbers[0], numbers[0], numbers[0])
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    return from_cmyk(*numbers) if len(numbers) == 4 else None

"""Operators other than text: graphics state, colours, paths, clips, forms, patterns, images, marked content.

Two simplifications: a clip is its bounding box, and of a tiling pattern one tile is interpreted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from leaflets.check.readback.colours import BLACK, Colour
from leaflets.check.readback.display_list import DisplayList, RasterPicture, ShownWords
from leaflets.check.readback.embedded_fonts import PageFont
from leaflets.check.readback.geometry import Box, Matrix, Point, Shape, around, common, empty, moved, multiply
from leaflets.check.readback.graphics_state import (
    IDENTITY,
    GraphicsState,
    Operands,
    device_colour,
    matrix_of,
    name_of,
    numbers_of,
    scale_of,
)
from leaflets.pdfio.content_stream import operators, text_of

_DEVICE = frozenset((b"/DeviceRGB", b"/DeviceGray", b"/DeviceCMYK", b"/Pattern", b"/CalRGB", b"/CalGray"))
_CURVE = (0.25, 0.5, 0.75, 1.0)
"""Parameters at which a Bézier curve is divided into straight lines."""
_DEEPEST = 12


class PathRecorder:
    """Recorder of the shapes and images of one page, with the graphics state. `fonts` may be shared by pages."""

    handlers: ClassVar[Mapping[bytes, Callable[[Any, Operands], None]]] = {}
    """Methods by operator; the subclass fills them in."""

    def __init__(self, width: float, height: float, fonts: dict[int, PageFont]) -> None:
        self.width, self.height, self.fonts = width, height, fonts
        self.state, self.saved = GraphicsState(), list[GraphicsState]()
        self.base: Matrix = IDENTITY
        self.resources: Mapping[str, Any] = {}
        self.order = self.depth = 0
        self.words: list[ShownWords] = []
        self.shapes: list[Shape] = []
        self.pictures: list[RasterPicture] = []
        self.effects: dict[str, None] = {}
        self.marked: list[tuple[bool, int | None]] = [(False, None)]
        self.glyph_text: dict[int, str] = {}
        """Characters of the glyphs of each marked-content sequence, by MCID."""
        self.actual_text: dict[int, str] = {}
        """ActualText of marked-content sequences, by MCID; it replaces the characters of the glyphs."""
        self.named: dict[tuple[int, bytes], PageFont] = {}
        """Fonts by the `id` of their resource dictionary, which lives as long as the page, and their name in it."""
        self.path: list[list[Point]] = []
        self.pending_clip = False

    def painted(self) -> DisplayList:
        """The display list of all interpreted operators."""
        return DisplayList(
            self.width,
            self.height,
            tuple(self.words),
            tuple(self.shapes),
            tuple(self.pictures),
            tuple(self.effects),
            self.glyph_text | self.actual_text,
        )

    def run(self, stream: bytes, resources: Any) -> None:
        """Execute a content stream: a page's, or a form's within it. The graphics state and the stack of marked content
        are restored afterwards."""
        before, self.resources = self.resources, resources
        saved, state, marked = self.saved, self.state, len(self.marked)
        self.saved, self.state = [], state.copy()
        known = self.handlers
        for name, operands in operators(stream):
            handle = known.get(name)
            if handle is not None:
                handle(self, operands)
        del self.marked[marked:]
        self.resources, self.saved, self.state = before, saved, state

    # graphics state

    def save(self, _: Operands) -> None:
        """`q`."""
        self.saved.append(self.state.copy())

    def restore(self, _: Operands) -> None:
        """`Q`; ignored when nothing is saved."""
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: Operands) -> None:
        """`cm`."""
        self.state.matrix = multiply(matrix_of(operands), self.state.matrix)

    def set_width(self, operands: Operands) -> None:
        """`w`: line width."""
        self.state.line_width = float(operands[-1])

    def set_parameters(self, operands: Operands) -> None:
        """`gs`: sets opacity, and records soft masks and blend modes in `effects`."""
        named = self.resources.get("/ExtGState", {}).get(name_of(operands[-1]))
        values = named.get_object() if named is not None else {}
        self.state.alpha_fill = float(values.get("/ca", self.state.alpha_fill))
        self.state.alpha_line = float(values.get("/CA", self.state.alpha_line))
        if str(values.get("/SMask", "/None")) != "/None":
            self.effects["a soft mask"] = None
        if str(values.get("/BM", "/Normal")) not in ("/Normal", "/Compatible"):
            self.effects[f"the blend mode {str(values['/BM']).lstrip('/')}"] = None

    # colour

    def set_space(self, operands: Operands) -> None:
        """`cs`: colour space of fills."""
        self.state.fill_space, self.state.fill, self.state.fill_pattern = operands[-1], BLACK, b""

    def set_line_space(self, operands: Operands) -> None:
        """`CS`: colour space of strokes."""
        self.state.line_space, self.state.line = operands[-1], BLACK

    def set_fill(self, operands: Operands) -> None:
        """`sc` and `scn`: colour or pattern of fills."""
        state = self.state
        state.fill_pattern = operands[-1] if operands and operands[-1].startswith(b"/") else b""
        state.fill = None if state.fill_pattern else self._colour(operands, state.fill_space)

    def set_line(self, operands: Operands) -> None:
        """`SC` and `SCN`: colour of strokes; None for a pattern."""
        pattern = operands and operands[-1].startswith(b"/")
        self.state.line = None if pattern else self._colour(operands, self.state.line_space)

    def set_device_fill(self, operands: Operands) -> None:
        """`g`, `rg` and `k`: device colour of fills."""
        self.state.fill, self.state.fill_pattern = device_colour(operands), b""

    def set_device_line(self, operands: Operands) -> None:
        """`G`, `RG` and `K`: device colour of strokes."""
        self.state.line = device_colour(operands)

    def _colour(self, operands: Operands, space: bytes) -> Colour | None:
        """The colour of operands in a colour space; None for spaces other than device, calibrated and ICC ones."""
        if space in _DEVICE:
            return device_colour(operands)
        named = self.resources.get("/ColorSpace", {}).get(name_of(space))
        family = named.get_object() if named is not None else None
        known = isinstance(family, list) and str(family[0]) in ("/ICCBased", "/CalRGB", "/CalGray")
        return device_colour(operands) if known else None

    # paths

    def move(self, operands: Operands) -> None:
        """`m`: begins a subpath."""
        self.path.append([self._point(operands, 0)])

    def draw(self, operands: Operands) -> None:
        """`l`: straight line."""
        if self.path:
            self.path[-1].append(self._point(operands, 0))

    def curve(self, operands: Operands) -> None:
        """`c`: Bézier curve with two control points."""
        self._curve(self._point(operands, 0), self._point(operands, 2), self._point(operands, 4))

    def curve_from(self, operands: Operands) -> None:
        """`v`: Bézier curve whose first control point is the current point."""
        if self.path:
            self._curve(self.path[-1][-1], self._point(operands, 0), self._point(operands, 2))

    def curve_to(self, operands: Operands) -> None:
        """`y`: Bézier curve whose second control point is its end."""
        end = self._point(operands, 2)
        self._curve(self._point(operands, 0), end, end)

    def _curve(self, one: Point, two: Point, end: Point) -> None:
        if not self.path:
            return
        path = self.path[-1]
        x0, y0 = path[-1]
        for t in _CURVE:
            s = 1 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            path.append((a * x0 + b * one[0] + c * two[0] + d * end[0], a * y0 + b * one[1] + c * two[1] + d * end[1]))

    def close(self, _: Operands) -> None:
        """`h`: closes the subpath."""
        if self.path:
            self.path[-1].append(self.path[-1][0])

    def rectangle(self, operands: Operands) -> None:
        """`re`."""
        x, y, width, height = map(float, operands[-4:])
        matrix = self.state.matrix
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.path.append([moved(corner, matrix) for corner in corners])

    def _point(self, operands: Operands, at: int) -> Point:
        x, y, matrix = float(operands[at]), float(operands[at + 1]), self.state.matrix
        return (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])

    def set_clip(self, _: Operands) -> None:
        """`W` and `W*`: the path becomes a clip when it ends."""
        self.pending_clip = True

    def end_path(self, _: Operands) -> None:
        """`n`: applies a pending clip and drops the path."""
        if self.pending_clip and self.path:
            points = [point for path in _drawn(self.path) or self.path for point in path]
            self.state.clip = common(self.state.clip, around(points))
        self.path, self.pending_clip = [], False

    def paint(self, fill: bool, line: bool, even_odd: bool = False, close: bool = False) -> None:
        """`f`, `S`, `B` and their variants: fills, strokes or both, then ends the path."""
        if close:
            self.close([])
        self.path = _drawn(self.path)
        if fill and self.path:
            self._fill(even_odd)
        if line and self.path:
            state = self.state
            half = max(state.line_width * scale_of(state.matrix), 0.1) / 2
            self._shape(state.line, state.alpha_line, half)
        self.end_path([])

    def _fill(self, even_odd: bool) -> None:
        state = self.state
        named = self.resources.get("/Pattern", {}).get(name_of(state.fill_pattern)) if state.fill_pattern else None
        pattern = named.get_object() if named is not None else None
        if pattern is not None and pattern.get("/PatternType") == 1:
            self._tile(pattern)
        else:
            self._shape(state.fill, state.alpha_fill, even_odd=even_odd)

    def _shape(self, colour: Colour | None, alpha: float, half: float = 0.0, even_odd: bool = False) -> None:
        outline = tuple(tuple(path) for path in self.path)
        box = common(around([point for path in outline for point in path], half), self.state.clip)
        if alpha > 0 and not empty(box):
            self.order += 1
            artifact = self.marked[-1][0]
            self.shapes.append(Shape(self.order, box, outline, colour, alpha, half, even_odd, artifact))

    def shade(self, _: Operands) -> None:
        """`sh`: a gradient over the whole clip."""
        box = common(self.state.clip, (0.0, 0.0, self.width, self.height))
        self.order += 1
        self.shapes.append(Shape(self.order, box, (), None, self.state.alpha_fill, picture=True))

    # drawings, patterns, pictures

    def external(self, operands: Operands) -> None:
        """`Do`: image or form XObject."""
        named = self.resources.get("/XObject", {}).get(name_of(operands[-1]))
        thing = named.get_object() if named is not None else None
        if thing is None:
            return
        if thing.get("/Subtype") == "/Image":
            self._picture(int(thing.get("/Width", 1)), int(thing.get("/Height", 1)))
        elif thing.get("/Subtype") == "/Form":
            matrix = multiply(numbers_of(thing.get("/Matrix"), IDENTITY), self.state.matrix)
            self._inner(thing, matrix, self.state.clip)

    def inline_picture(self, operands: Operands) -> None:
        """`BI`: inline image."""
        words = operands[0].split()
        named = {key: value for key, value in pairwise(words) if key.startswith(b"/")}
        self._picture(int(named.get(b"/W", b"1")), int(named.get(b"/H", b"1")))

    def _picture(self, width: int, height: int) -> None:
        a, b, c, d, _, _ = matrix = self.state.matrix
        corners = [moved(corner, matrix) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
        box = common(around(corners), self.state.clip)
        if not empty(box):
            across, up = max(math.hypot(a, b), 1e-6) / 72, max(math.hypot(c, d), 1e-6) / 72
            self.pictures.append(RasterPicture(width, height, min(width / across, height / up), box))
            self.order += 1
            self.shapes.append(
                Shape(
                    self.order, box, (), None, self.state.alpha_fill, artifact=self.marked[-1][0], picture=True
                )
            )  # fmt: skip

    def _tile(self, pattern: Any) -> None:
        clip = common(self.state.clip, around([point for path in self.path for point in path]))
        self._inner(pattern, multiply(numbers_of(pattern.get("/Matrix"), IDENTITY), self.base), clip)

    def _inner(self, thing: Any, matrix: Matrix, clip: Box) -> None:
        """Execute the stream of a form or pattern with its own matrix, clip and path; MCIDs in it are ignored."""
        if self.depth >= _DEEPEST:
            return
        left, bottom, right, top = (float(number) for number in thing.get("/BBox", (0, 0, 0, 0)))
        corners = [moved(corner, matrix) for corner in ((left, bottom), (right, bottom), (right, top), (left, top))]
        state, base, path = self.state, self.base, self.path
        self.state, self.path, self.base = state.copy(), [], matrix
        self.state.matrix, self.state.clip = matrix, common(clip, around(corners))
        self.depth += 1
        if not empty(self.state.clip):
            self.run(thing.get_data(), thing.get("/Resources") or self.resources)
        self.depth -= 1
        self.state, self.base, self.path = state, base, path

    # marked content

    def mark(self, operands: Operands) -> None:
        """`BMC` and `BDC`: begins marked content; its MCID comes from the operands or the property list."""
        artifact, mcid = self.marked[-1]
        if self.depth == 0 and len(operands) > 1:
            if b"/MCID" in operands:
                mcid = int(operands[operands.index(b"/MCID") + 1])
                if b"/ActualText" in operands:
                    self.actual_text[mcid] = text_of(operands[operands.index(b"/ActualText") + 1])
            elif operands[1].startswith(b"/"):
                named = self.resources.get("/Properties", {}).get(name_of(operands[1]))
                mcid = named.get_object().get("/MCID", mcid) if named is not None else mcid
        self.marked.append((artifact or operands[:1] == [b"/Artifact"], mcid))

    def end_mark(self, _: Operands) -> None:
        """`EMC`."""
        if len(self.marked) > 1:
            self.marked.pop()


def _drawn(path: list[list[Point]]) -> list[list[Point]]:
    """The subpaths with more than one point: WeasyPrint begins each path of an SVG with a stray `0 0 m`."""
    return [part for part in path if len(part) > 1]

"""Runs the content stream of a page: what is painted, where, how large, in which colour.

It knows what our files hold, which is most of ISO 32000: text, paths, clips, drawings (form XObjects), tiling patterns,
pictures. A clip counts by its box, and of a repeated pattern one tile is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from leaflets.check.colours import BLACK, Colour, from_cmyk
from leaflets.check.glyphs import Ink, PageFont, read_font
from leaflets.check.operators import operators, string_bytes
from leaflets.check.painted import Painted, Picture, Words
from leaflets.check.shapes import EVERYTHING, Box, Matrix, Point, Shape, around, common, empty, moved, multiply

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEVICE = frozenset((b"/DeviceRGB", b"/DeviceGray", b"/DeviceCMYK", b"/Pattern", b"/CalRGB", b"/CalGray"))
_CURVE = (0.25, 0.5, 0.75, 1.0)
"""Where a curve is cut into straight lines."""
_DEEPEST = 12
Operands = list[bytes]


class _State:
    """The graphics state; saved and brought back as a whole."""

    __slots__ = (
        "alpha_fill", "alpha_line", "clip", "fill", "fill_pattern", "fill_space", "font", "leading", "letter", "line",
        "line_space", "line_width", "matrix", "mode", "rise", "size", "stretch", "word",
    )  # fmt: skip

    def __init__(self) -> None:
        self.matrix: Matrix = _IDENTITY
        self.clip: Box = EVERYTHING
        self.fill: Colour | None = BLACK
        self.line: Colour | None = BLACK
        self.fill_pattern: bytes = b""
        self.fill_space = self.line_space = b"/DeviceGray"
        self.alpha_fill = self.alpha_line = self.line_width = self.stretch = 1.0
        self.font: PageFont | None = None
        self.size = self.letter = self.word = self.leading = self.rise = 0.0
        self.mode = 0

    def copy(self) -> _State:
        new = _State.__new__(_State)
        for name in _State.__slots__:
            setattr(new, name, getattr(self, name))
        return new


class Painter:
    """Paints one page and keeps what was painted. `fonts` may be shared by the pages of a file."""

    def __init__(self, width: float, height: float, fonts: dict[int, PageFont]) -> None:
        self.width, self.height, self.fonts = width, height, fonts
        self.state, self.saved = _State(), list[_State]()
        self.base: Matrix = _IDENTITY
        self.resources: Mapping[str, Any] = {}
        self.order = self.depth = 0
        self.words: list[Words] = []
        self.shapes: list[Shape] = []
        self.pictures: list[Picture] = []
        self.odd: dict[str, None] = {}
        self.marked: list[tuple[bool, int | None]] = [(False, None)]
        self.path: list[list[Point]] = []
        self.pending_clip = False
        self.text: Matrix = _IDENTITY
        self.line_start: Matrix = _IDENTITY

    def painted(self) -> Painted:
        return Painted(
            self.width, self.height, tuple(self.words), tuple(self.shapes), tuple(self.pictures), tuple(self.odd)
        )

    def run(self, stream: bytes, resources: Any) -> None:
        """Run a content stream; inside another one when it is a drawing."""
        before, self.resources = self.resources, resources
        saved, state, marked = self.saved, self.state, len(self.marked)
        self.saved, self.state = [], state.copy()
        known = _OPERATORS
        for name, operands in operators(stream):
            handle = known.get(name)
            if handle is not None:
                handle(self, operands)
        del self.marked[marked:]
        self.resources, self.saved, self.state = before, saved, state

    # graphics state

    def save(self, _: Operands) -> None:
        self.saved.append(self.state.copy())

    def restore(self, _: Operands) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: Operands) -> None:
        self.state.matrix = multiply(_matrix(operands), self.state.matrix)

    def set_width(self, operands: Operands) -> None:
        self.state.line_width = float(operands[-1])

    def set_parameters(self, operands: Operands) -> None:
        """`gs`: opacity is kept; what hides or mixes is noted."""
        named = self.resources.get("/ExtGState", {}).get(_name(operands[-1]))
        values = named.get_object() if named is not None else {}
        self.state.alpha_fill = float(values.get("/ca", self.state.alpha_fill))
        self.state.alpha_line = float(values.get("/CA", self.state.alpha_line))
        if str(values.get("/SMask", "/None")) != "/None":
            self.odd["a soft mask"] = None
        if str(values.get("/BM", "/Normal")) not in ("/Normal", "/Compatible"):
            self.odd[f"the blend mode {str(values['/BM']).lstrip('/')}"] = None

    # colour

    def set_space(self, operands: Operands) -> None:
        self.state.fill_space, self.state.fill, self.state.fill_pattern = operands[-1], BLACK, b""

    def set_line_space(self, operands: Operands) -> None:
        self.state.line_space, self.state.line = operands[-1], BLACK

    def set_fill(self, operands: Operands) -> None:
        state = self.state
        state.fill_pattern = operands[-1] if operands and operands[-1].startswith(b"/") else b""
        state.fill = None if state.fill_pattern else self._colour(operands, state.fill_space)

    def set_line(self, operands: Operands) -> None:
        pattern = operands and operands[-1].startswith(b"/")
        self.state.line = None if pattern else self._colour(operands, self.state.line_space)

    def set_device_fill(self, operands: Operands) -> None:
        self.state.fill, self.state.fill_pattern = _device(operands), b""

    def set_device_line(self, operands: Operands) -> None:
        self.state.line = _device(operands)

    def _colour(self, operands: Operands, space: bytes) -> Colour | None:
        """None in a space whose numbers are no shares of light or ink, such as Lab."""
        if space in _DEVICE:
            return _device(operands)
        named = self.resources.get("/ColorSpace", {}).get(_name(space))
        family = named.get_object() if named is not None else None
        known = isinstance(family, list) and str(family[0]) in ("/ICCBased", "/CalRGB", "/CalGray")
        return _device(operands) if known else None

    # paths

    def move(self, operands: Operands) -> None:
        self.path.append([self._point(operands, 0)])

    def draw(self, operands: Operands) -> None:
        if self.path:
            self.path[-1].append(self._point(operands, 0))

    def curve(self, operands: Operands) -> None:
        self._curve(self._point(operands, 0), self._point(operands, 2), self._point(operands, 4))

    def curve_from(self, operands: Operands) -> None:
        if self.path:
            self._curve(self.path[-1][-1], self._point(operands, 0), self._point(operands, 2))

    def curve_to(self, operands: Operands) -> None:
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
        if self.path:
            self.path[-1].append(self.path[-1][0])

    def rectangle(self, operands: Operands) -> None:
        x, y, width, height = map(float, operands[-4:])
        matrix = self.state.matrix
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.path.append([moved(corner, matrix) for corner in corners])

    def _point(self, operands: Operands, at: int) -> Point:
        x, y, matrix = float(operands[at]), float(operands[at + 1]), self.state.matrix
        return (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])

    def set_clip(self, _: Operands) -> None:
        self.pending_clip = True

    def end_path(self, _: Operands) -> None:
        if self.pending_clip and self.path:
            self.state.clip = common(self.state.clip, around([point for path in self.path for point in path]))
        self.path, self.pending_clip = [], False

    def paint(self, fill: bool, line: bool, even_odd: bool = False, close: bool = False) -> None:
        if close:
            self.close([])
        if fill and self.path:
            self._fill(even_odd)
        if line and self.path:
            state = self.state
            half = max(state.line_width * _scale(state.matrix), 0.1) / 2
            self._shape(state.line, state.alpha_line, half)
        self.end_path([])

    def _fill(self, even_odd: bool) -> None:
        state = self.state
        named = self.resources.get("/Pattern", {}).get(_name(state.fill_pattern)) if state.fill_pattern else None
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
        """`sh`: a gradient over all that the clip leaves."""
        box = common(self.state.clip, (0.0, 0.0, self.width, self.height))
        self.order += 1
        self.shapes.append(Shape(self.order, box, (), None, self.state.alpha_fill, picture=True))

    # drawings, patterns, pictures

    def external(self, operands: Operands) -> None:
        named = self.resources.get("/XObject", {}).get(_name(operands[-1]))
        thing = named.get_object() if named is not None else None
        if thing is None:
            return
        if thing.get("/Subtype") == "/Image":
            self._picture(int(thing.get("/Width", 1)), int(thing.get("/Height", 1)))
        elif thing.get("/Subtype") == "/Form":
            matrix = multiply(_numbers(thing.get("/Matrix"), _IDENTITY), self.state.matrix)
            self._inner(thing, matrix, self.state.clip)

    def inline_picture(self, operands: Operands) -> None:
        words = operands[0].split()
        named = {key: value for key, value in pairwise(words) if key.startswith(b"/")}
        self._picture(int(named.get(b"/W", b"1")), int(named.get(b"/H", b"1")))

    def _picture(self, width: int, height: int) -> None:
        a, b, c, d, _, _ = matrix = self.state.matrix
        corners = [moved(corner, matrix) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
        box = common(around(corners), self.state.clip)
        if not empty(box):
            across, up = max(math.hypot(a, b), 1e-6) / 72, max(math.hypot(c, d), 1e-6) / 72
            self.pictures.append(Picture(width, height, min(width / across, height / up), box))
            self.order += 1
            self.shapes.append(
                Shape(
                    self.order, box, (), None, self.state.alpha_fill, artifact=self.marked[-1][0], picture=True
                )
            )  # fmt: skip

    def _tile(self, pattern: Any) -> None:
        clip = common(self.state.clip, around([point for path in self.path for point in path]))
        self._inner(pattern, multiply(_numbers(pattern.get("/Matrix"), _IDENTITY), self.base), clip)

    def _inner(self, thing: Any, matrix: Matrix, clip: Box) -> None:
        """A stream inside the stream; it knows of the outside only its place, and of its marks only the outer ones."""
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
        artifact, mcid = self.marked[-1]
        if self.depth == 0 and len(operands) > 1:
            if b"/MCID" in operands:
                mcid = int(operands[operands.index(b"/MCID") + 1])
            elif operands[1].startswith(b"/"):
                named = self.resources.get("/Properties", {}).get(_name(operands[1]))
                mcid = named.get_object().get("/MCID", mcid) if named is not None else mcid
        self.marked.append((artifact or operands[:1] == [b"/Artifact"], mcid))

    def end_mark(self, _: Operands) -> None:
        if len(self.marked) > 1:
            self.marked.pop()

    # text

    def begin_text(self, _: Operands) -> None:
        self.text = self.line_start = _IDENTITY

    def set_font(self, operands: Operands) -> None:
        self.state.size = float(operands[-1])
        fonts = self.resources.get("/Font", {})
        name = _name(operands[-2])
        if name in fonts:
            font = fonts[name]
            if id(font) not in self.fonts:
                self.fonts[id(font)] = read_font(font)
            self.state.font = self.fonts[id(font)]

    def set_letter(self, operands: Operands) -> None:
        self.state.letter = float(operands[-1])

    def set_word(self, operands: Operands) -> None:
        self.state.word = float(operands[-1])

    def set_stretch(self, operands: Operands) -> None:
        self.state.stretch = float(operands[-1]) / 100

    def set_leading(self, operands: Operands) -> None:
        self.state.leading = float(operands[-1])

    def set_rise(self, operands: Operands) -> None:
        self.state.rise = float(operands[-1])

    def set_mode(self, operands: Operands) -> None:
        self.state.mode = int(operands[-1])

    def place_text(self, operands: Operands) -> None:
        self.text = self.line_start = _matrix(operands)

    def next_line(self, operands: Operands) -> None:
        step: Matrix = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self.text = self.line_start = multiply(step, self.line_start)

    def next_line_leading(self, operands: Operands) -> None:
        self.state.leading = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Operands) -> None:
        self.next_line([b"0", str(-self.state.leading).encode()])

    def show(self, operands: Operands) -> None:
        """`Tj` and `TJ`: strings, and steps between them in thousandths of the size."""
        state, font = self.state, self.state.font
        if font is None:
            return
        inks: list[Ink] = []
        ends: list[float] = []
        said: list[str] = []
        unmapped: list[int] = []
        x, em, wide = 0.0, state.size / 1000, state.size / 1000 * state.stretch
        for token in operands:
            if token in (b"[", b"]"):
                continue
            if token[:1] not in b"(<":
                x -= float(token) * wide
                continue
            for code in font.codes(string_bytes(token)):
                said.append(font.characters.get(code, ""))
                if not said[-1] or (font.code_bytes == 2 and code == 0):
                    unmapped.append(code)
                if ink := font.ink(code):
                    inks.append((x + ink[0] * wide, ink[1] * em, x + ink[2] * wide, ink[3] * em))
                    ends += (x, x + font.width(code) * wide)
                space = state.word if font.code_bytes == 1 and code == 32 else 0.0
                x += font.width(code) * wide + (state.letter + space) * state.stretch
        if inks or unmapped:
            whole = [(0.0, 0.0, x, state.size)]
            self._show("".join(said), inks or whole, (min(ends, default=0.0), max(ends, default=x)), tuple(unmapped))
        self.text = multiply((1.0, 0.0, 0.0, 1.0, x, 0.0), self.text)

    def _show(self, said: str, inks: list[Ink], ends: tuple[float, float], unmapped: tuple[int, ...]) -> None:
        state = self.state
        matrix = multiply((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), multiply(self.text, state.matrix))
        left, bottom = min(ink[0] for ink in inks), min(ink[1] for ink in inks)
        right, top = max(ink[2] for ink in inks), max(ink[3] for ink in inks)
        corners = [moved(corner, matrix) for corner in ((left, bottom), (right, bottom), (right, top), (left, top))]
        up, across = math.hypot(matrix[2], matrix[3]), math.hypot(matrix[0], matrix[1]) * state.stretch
        start, end = sorted(moved((x, 0.0), matrix)[0] for x in ends)
        artifact, mcid = self.marked[-1]
        self.order += 1
        self.words.append(
            Words(
                order=self.order,
                text=said,
                size=abs(state.size) * min(up, across),
                box=around(corners),
                start=start,
                end=end,
                baseline=moved((left, 0.0), matrix)[1],
                spots=tuple(moved(((ink[0] + ink[2]) / 2, (ink[1] + ink[3]) / 2), matrix) for ink in inks),
                font=state.font.name if state.font else "",
                colour=state.line if state.mode in (1, 5) else state.fill,
                alpha=state.alpha_line if state.mode in (1, 5) else state.alpha_fill,
                mode=state.mode,
                mcid=mcid,
                artifact=artifact,
                clip=state.clip,
                unmapped=unmapped,
            )
        )

    def show_on_next_line(self, operands: Operands) -> None:
        self.new_line([])
        self.show(operands[-1:])

    def show_spaced(self, operands: Operands) -> None:
        self.state.word, self.state.letter = float(operands[0]), float(operands[1])
        self.show_on_next_line(operands)


def paint_page(page: Any, fonts: dict[int, PageFont]) -> Painted:
    """What a page of pypdf's reader paints, from the bottom left of its MediaBox."""
    box = [float(number) for number in page.mediabox]
    painter = Painter(box[2] - box[0], box[3] - box[1], fonts)
    painter.state.matrix = painter.base = (1.0, 0.0, 0.0, 1.0, -box[0], -box[1])
    contents = page.get_contents()
    if contents is not None:
        painter.run(contents.get_data(), page.get("/Resources", {}))
    return painter.painted()


def _name(token: bytes) -> str:
    return token.decode("latin-1")


def _matrix(operands: Operands) -> Matrix:
    a, b, c, d, e, f = map(float, operands[-6:])
    return (a, b, c, d, e, f)


def _numbers(array: Any, otherwise: Matrix) -> Matrix:
    if array is None:
        return otherwise
    a, b, c, d, e, f = (float(number) for number in array)
    return (a, b, c, d, e, f)


def _scale(matrix: Matrix) -> float:
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _device(operands: Operands) -> Colour | None:
    """One number is grey, three are light, four are inks."""
    numbers = [float(token) for token in operands]
    if len(numbers) == 1:
        return (numbers[0], numbers[0], numbers[0])
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    return from_cmyk(*numbers) if len(numbers) == 4 else None


def _painting(**how: bool) -> Callable[[Painter, Operands], None]:
    return lambda painter, _: painter.paint(**how)


_OPERATORS: dict[bytes, Callable[[Painter, Operands], None]] = {
    b"q": Painter.save,
    b"Q": Painter.restore,
    b"cm": Painter.transform,
    b"w": Painter.set_width,
    b"gs": Painter.set_parameters,
    b"cs": Painter.set_space,
    b"CS": Painter.set_line_space,
    b"sc": Painter.set_fill,
    b"scn": Painter.set_fill,
    b"SC": Painter.set_line,
    b"SCN": Painter.set_line,
    **dict.fromkeys((b"rg", b"g", b"k"), Painter.set_device_fill),
    **dict.fromkeys((b"RG", b"G", b"K"), Painter.set_device_line),
    b"m": Painter.move,
    b"l": Painter.draw,
    b"c": Painter.curve,
    b"v": Painter.curve_from,
    b"y": Painter.curve_to,
    b"h": Painter.close,
    b"re": Painter.rectangle,
    b"W": Painter.set_clip,
    b"W*": Painter.set_clip,
    b"n": Painter.end_path,
    b"f": _painting(fill=True, line=False),
    b"F": _painting(fill=True, line=False),
    b"f*": _painting(fill=True, line=False, even_odd=True),
    b"S": _painting(fill=False, line=True),
    b"s": _painting(fill=False, line=True, close=True),
    b"B": _painting(fill=True, line=True),
    b"B*": _painting(fill=True, line=True, even_odd=True),
    b"b": _painting(fill=True, line=True, close=True),
    b"b*": _painting(fill=True, line=True, even_odd=True, close=True),
    b"sh": Painter.shade,
    b"Do": Painter.external,
    b"BI": Painter.inline_picture,
    b"BMC": Painter.mark,
    b"BDC": Painter.mark,
    b"EMC": Painter.end_mark,
    b"BT": Painter.begin_text,
    b"Tf": Painter.set_font,
    b"Tc": Painter.set_letter,
    b"Tw": Painter.set_word,
    b"Tz": Painter.set_stretch,
    b"TL": Painter.set_leading,
    b"Ts": Painter.set_rise,
    b"Tr": Painter.set_mode,
    b"Tm": Painter.place_text,
    b"Td": Painter.next_line,
    b"TD": Painter.next_line_leading,
    b"T*": Painter.new_line,
    b"Tj": Painter.show,
    b"TJ": Painter.show,
    b"'": Painter.show_on_next_line,
    b'"': Painter.show_spaced,
}

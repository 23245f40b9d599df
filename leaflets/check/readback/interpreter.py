"""Content-stream interpreter: executes the operators of a page and records text, shapes and images.

It implements the operators that leaflets contain, which are most of ISO 32000-1; the table at the end lists them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from leaflets.check.readback.display_list import CORE, DisplayList, ShownWords
from leaflets.check.readback.embedded_fonts import PageFont, read_font
from leaflets.check.readback.geometry import Matrix, around, moved, multiply
from leaflets.check.readback.graphics_state import IDENTITY, Operands, matrix_of, name_of
from leaflets.check.readback.paths import PathRecorder
from leaflets.pdfio.content_stream import items

_STRING, _BRACKET = b"(<", b"[]"

Inks = tuple[list[float], list[float], list[float], list[float]]
"""Ink boxes of glyphs, by column: left, bottom, right and top of each."""


class PlacedGlyphs(NamedTuple):
    """Glyphs of one text-showing operator, placed along its baseline; lengths in text space, from the text position."""

    text: str
    inks: Inks
    ends: tuple[float, float]
    """Begin of the first glyph with ink, and end of the last one."""
    advance: float
    unmapped: tuple[int, ...]
    """Codes without a character."""


class Interpreter(PathRecorder):
    """Interpreter of one page: the text operators (ISO 32000-1, 9.4), on top of `PathRecorder` for all others."""

    text: Matrix = IDENTITY
    line_start: Matrix = IDENTITY
    placed: int = 0
    """Number of text positions so far; text shown at one position follows by the font's advances alone."""

    def begin_text(self, _: Operands) -> None:
        """`BT`: resets the text and line matrices (ISO 32000-1, 9.4.1)."""
        self.text = self.line_start = IDENTITY
        self.placed += 1

    def set_font(self, operands: Operands) -> None:
        """`Tf`: font and size."""
        self.state.size = float(operands[-1])
        key = (id(self.resources), operands[-2])
        if key not in self.named:
            self.named[key] = self._font(name_of(operands[-2]))
        self.state.font = self.named[key]

    def _font(self, name: str) -> PageFont:
        fonts = self.resources.get("/Font", {})
        if name not in fonts:
            raise ValueError(f"a page names the font {name}, which is not there")
        font = fonts[name]
        if id(font) not in self.fonts:
            self.fonts[id(font)] = read_font(font)
        return self.fonts[id(font)]

    def set_letter(self, operands: Operands) -> None:
        """`Tc`: character spacing."""
        self.state.letter = float(operands[-1])

    def set_word(self, operands: Operands) -> None:
        """`Tw`: word spacing."""
        self.state.word = float(operands[-1])

    def set_stretch(self, operands: Operands) -> None:
        """`Tz`: horizontal scaling, in percent."""
        self.state.stretch = float(operands[-1]) / 100

    def set_leading(self, operands: Operands) -> None:
        """`TL`: leading."""
        self.state.leading = float(operands[-1])

    def set_rise(self, operands: Operands) -> None:
        """`Ts`: text rise."""
        self.state.rise = float(operands[-1])

    def set_mode(self, operands: Operands) -> None:
        """`Tr`: text rendering mode."""
        self.state.mode = int(operands[-1])

    def place_text(self, operands: Operands) -> None:
        """`Tm`: text and line matrix."""
        self.text = self.line_start = matrix_of(operands)
        self.placed += 1

    def next_line(self, operands: Operands) -> None:
        """`Td`: moves to the start of the next line, by an offset."""
        step: Matrix = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self.text = self.line_start = multiply(step, self.line_start)
        self.placed += 1

    def next_line_leading(self, operands: Operands) -> None:
        """`TD`: the same, and sets the leading."""
        self.state.leading = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Operands) -> None:
        """`T*`: moves down by the leading."""
        self.next_line([b"0", str(-self.state.leading).encode()])

    def show(self, operands: Operands) -> None:
        """`Tj` and `TJ`: strings, and adjustments between them in thousandths of the size."""
        if self.state.font is None:
            return
        run = self._glyph_run(self.state.font, operands)
        artifact, mcid = self.marked[-1]
        if mcid is not None and not artifact:
            self.glyph_text[mcid] = self.glyph_text.get(mcid, "") + run.text  # with spaces, which have no ink
        if run.inks[0]:
            self._show(run)
        elif run.unmapped:  # no glyph has ink: the em square is recorded
            self._show(run._replace(inks=([0.0], [0.0], [run.advance], [self.state.size]), ends=(0.0, run.advance)))
        self.text = multiply((1.0, 0.0, 0.0, 1.0, run.advance, 0.0), self.text)

    def _glyph_run(self, font: PageFont, operands: Operands) -> PlacedGlyphs:
        """Place the glyphs of strings one after the other, from the current text position."""
        state = self.state
        lefts: list[float] = []
        bottoms: list[float] = []
        rights: list[float] = []
        tops: list[float] = []
        said: list[str] = []
        unmapped: list[int] = []
        x, em, wide = 0.0, state.size / 1000, state.size / 1000 * state.stretch
        letter, word = state.letter * state.stretch, state.word * state.stretch
        begins, ends = math.inf, -math.inf
        if len(operands) == 1 and operands[0][:1] == b"[":
            operands = items(operands[0])
        for token in operands:
            first = token[0]
            if first not in _STRING:
                if first not in _BRACKET:
                    x -= float(token) * wide
                continue
            for code, text, width, ink, unknown, blank in font.shown(token):
                said.append(text)
                if unknown:
                    unmapped.append(code)
                along = width * wide
                if ink:
                    lefts.append(x + ink[0] * wide)
                    bottoms.append(ink[1] * em)
                    rights.append(x + ink[2] * wide)
                    tops.append(ink[3] * em)
                    if x < begins:
                        begins = x
                    if x + along > ends:
                        ends = x + along
                x += along + letter + (word if blank else 0.0)
        return PlacedGlyphs("".join(said), (lefts, bottoms, rights, tops), (begins, ends), x, tuple(unmapped))

    def _show(self, run: PlacedGlyphs) -> None:
        """Add the words of a run, in the coordinates of the page."""
        state, ends = self.state, run.ends
        matrix = multiply((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), multiply(self.text, state.matrix))
        lefts, bottoms, rights, tops = run.inks
        left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
        corners = [moved(corner, matrix) for corner in ((left, bottom), (right, bottom), (right, top), (left, top))]
        a, b, c, d, e, f = matrix
        spots = []
        for one, low, other, high in zip(lefts, bottoms, rights, tops, strict=True):
            middle, half = (one + other) / 2, (low + high) / 2
            spots.append((middle * a + half * c + e, middle * b + half * d + f))
        up, across = math.hypot(c, d), math.hypot(a, b) * state.stretch
        ink = around(corners)
        small = CORE * state.size
        band = around([moved((x, y), matrix) for x in ends for y in (0.0, small)])
        artifact, mcid = self.marked[-1]
        self.order += 1
        self.words.append(
            ShownWords(
                order=self.order,
                text=run.text,
                size=abs(state.size) * min(up, across),
                box=ink,
                band=band,
                reach=(band[0], ink[1], band[2], ink[3]) if abs(b) < 1e-6 else ink,
                baseline=moved((ends[0], 0.0), matrix)[1],
                spots=tuple(spots),
                font=state.font.name if state.font else "",
                colour=state.line if state.mode in (1, 5) else state.fill,
                alpha=state.alpha_line if state.mode in (1, 5) else state.alpha_fill,
                mode=state.mode,
                mcid=mcid,
                artifact=artifact,
                clip=state.clip,
                placed=self.placed,
                unmapped=run.unmapped,
            )
        )

    def show_on_next_line(self, operands: Operands) -> None:
        """`'`: next line, then show."""
        self.new_line([])
        self.show(operands[-1:])

    def show_spaced(self, operands: Operands) -> None:
        """`"`: word and character spacing, next line, then show."""
        self.state.word, self.state.letter = float(operands[0]), float(operands[1])
        self.show_on_next_line(operands)


def paint_page(page: Any, fonts: dict[int, PageFont]) -> DisplayList:
    """Interpret a page of pypdf into its display list; positions in pt from the bottom left of its MediaBox.

    `fonts` caches parsed fonts and may be shared by the pages of a file.
    """
    box = [float(number) for number in page.mediabox]
    painter = Interpreter(box[2] - box[0], box[3] - box[1], fonts)
    painter.state.matrix = painter.base = (1.0, 0.0, 0.0, 1.0, -box[0], -box[1])
    contents = page.get_contents()
    if contents is not None:
        painter.run(contents.get_data(), page.get("/Resources", {}))
    return painter.painted()


def _painting(**how: bool) -> Callable[[Interpreter, Operands], None]:
    return lambda painter, _: painter.paint(**how)


Interpreter.handlers = {
    b"q": Interpreter.save,
    b"Q": Interpreter.restore,
    b"cm": Interpreter.transform,
    b"w": Interpreter.set_width,
    b"gs": Interpreter.set_parameters,
    b"cs": Interpreter.set_space,
    b"CS": Interpreter.set_line_space,
    b"sc": Interpreter.set_fill,
    b"scn": Interpreter.set_fill,
    b"SC": Interpreter.set_line,
    b"SCN": Interpreter.set_line,
    **dict.fromkeys((b"rg", b"g", b"k"), Interpreter.set_device_fill),
    **dict.fromkeys((b"RG", b"G", b"K"), Interpreter.set_device_line),
    b"m": Interpreter.move,
    b"l": Interpreter.draw,
    b"c": Interpreter.curve,
    b"v": Interpreter.curve_from,
    b"y": Interpreter.curve_to,
    b"h": Interpreter.close,
    b"re": Interpreter.rectangle,
    b"W": Interpreter.set_clip,
    b"W*": Interpreter.set_clip,
    b"n": Interpreter.end_path,
    b"f": _painting(fill=True, line=False),
    b"F": _painting(fill=True, line=False),
    b"f*": _painting(fill=True, line=False, even_odd=True),
    b"S": _painting(fill=False, line=True),
    b"s": _painting(fill=False, line=True, close=True),
    b"B": _painting(fill=True, line=True),
    b"B*": _painting(fill=True, line=True, even_odd=True),
    b"b": _painting(fill=True, line=True, close=True),
    b"b*": _painting(fill=True, line=True, even_odd=True, close=True),
    b"sh": Interpreter.shade,
    b"Do": Interpreter.external,
    b"BI": Interpreter.inline_picture,
    b"BMC": Interpreter.mark,
    b"BDC": Interpreter.mark,
    b"EMC": Interpreter.end_mark,
    b"BT": Interpreter.begin_text,
    b"Tf": Interpreter.set_font,
    b"Tc": Interpreter.set_letter,
    b"Tw": Interpreter.set_word,
    b"Tz": Interpreter.set_stretch,
    b"TL": Interpreter.set_leading,
    b"Ts": Interpreter.set_rise,
    b"Tr": Interpreter.set_mode,
    b"Tm": Interpreter.place_text,
    b"Td": Interpreter.next_line,
    b"TD": Interpreter.next_line_leading,
    b"T*": Interpreter.new_line,
    b"Tj": Interpreter.show,
    b"TJ": Interpreter.show,
    b"'": Interpreter.show_on_next_line,
    b'"': Interpreter.show_spaced,
}

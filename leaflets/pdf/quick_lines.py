"""A line of text is turned into glyphs once, and quicker, not again each time it is drawn.

What a line comes to in the file depends on its words, its style and how it is justified, but for the place where it
stands. So it is kept as strings of glyphs, changes of font, and for each font which glyphs with which text and width.
The widths are those the document has already for the same font, or else the line is drawn by WeasyPrint. Of a line that
was drawn before, Pango's objects are not made at all; who asks for them gets them all the same.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.quick_text import number

AT_MOST = 20_000
"""Lines that are kept; then all are let go."""
SINCE_PANGO = 14802
"""An older Pango tells sizes of fonts wrongly, and WeasyPrint works around it."""


class NotKeptError(Exception):
    """A line that needs more than glyphs, such as pictures of letters."""


class Face:
    """A font at a size as Pango has it: held alive by a `layout` that uses it, so that its address stays its own."""

    def __init__(self, key: Any, pango_font: Any, size: float, layout: Any) -> None:
        self.key, self.pango_font, self.size, self.layout = key, pango_font, size, layout
        self.widths: dict[int, int] = {}
        self.strings: dict[tuple[int, int, int], str] = {}
        """What is written for a glyph, with its width and offset."""
        self.glyphs: dict[tuple[int, str], tuple[int, str]] = {}
        """Glyphs with their text: each such pair once."""


class Line:
    """A line as it is written: faces, strings of glyphs and (as numbers) how far they rise; and the glyphs of each
    face in the order in which they come, with their text."""

    def __init__(self) -> None:
        self.operators: list[Face | str | float] = []
        self.glyphs: dict[Face, dict[int, tuple[int, str]]] = {}

    def write(self, stream: Any, matrix: Any) -> bool:
        """Write the line; False, and nothing is written, when the document has other widths for its glyphs."""
        fonts = stream._fonts
        for face, glyphs in self.glyphs.items():
            if face.key in fonts:
                known, widths = fonts[face.key].widths, face.widths
                for glyph in glyphs:
                    if known.get(glyph, widths[glyph]) != widths[glyph]:
                        return False
        stream.set_text_matrix(*matrix.values)
        for operator in self.operators:
            if operator.__class__ is str:
                stream.show_text(operator)
            elif isinstance(operator, Face):
                if operator.key not in fonts:
                    stream.add_font(operator.pango_font)
                stream.set_font_size(fonts[operator.key].hash, operator.size)
            else:
                stream.set_text_rise(operator)
        for face, glyphs in self.glyphs.items():
            font, widths = fonts[face.key], face.widths
            for glyph, text in glyphs.values():
                if glyph not in font.to_unicode:
                    font.to_unicode[glyph] = text
                font.widths[glyph] = widths[glyph]
        return True


def install() -> None:
    import weasyprint.draw
    from weasyprint.draw import text
    from weasyprint.matrix import Matrix
    from weasyprint.text import ffi
    from weasyprint.text.line_break import Layout

    if ffi.pango.pango_version() < SINCE_PANGO or ffi.ffi.sizeof("PangoGlyphInfo") != 20:
        return
    original_text, original_line = text.draw_text, text.draw_first_line

    def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:
        style, layout = textbox.style, textbox.pango_layout
        if style["visibility"] != "visible" or style["text_decoration_line"] != "none":
            original_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        assert style["font_size"]
        x, y = textbox.position_x, textbox.position_y + textbox.baseline
        stream.set_color(style["color"])
        layout.asleep = style
        stream.begin_text()
        emojis = text.draw_first_line(stream, textbox, text_overflow, block_ellipsis, Matrix(d=-1, e=x, f=y))
        stream.end_text()
        text.draw_emojis(stream, style, x, y, emojis)
        if layout.__dict__.pop("asleep", None) is None:
            layout.deactivate()

    def wake(self: Any, name: str) -> Any:
        """Pango's objects of a line that is being drawn, when they are asked for."""
        style = self.__dict__.pop("asleep", None)
        if style is None:
            raise AttributeError(name)
        self.reactivate(style)
        return getattr(self, name)

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        layout, style = textbox.pango_layout, textbox.style
        plain = text_overflow != "ellipsis" and block_ellipsis == "none" and "asleep" in layout.__dict__
        if not plain or style["font_size"] < 1e-6 or not textbox.text.strip():
            return original_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        lines = style.font_config.__dict__.setdefault("text_lines", {})
        key = layout.text, number(style), layout.justification_spacing
        if key not in lines:
            if len(lines) >= AT_MOST:
                lines.clear()
            lines[key] = record(stream, textbox)
        line = lines[key]
        if line is None or not line.write(stream, matrix):
            return original_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        return []

    def record(stream: Any, textbox: Any) -> Line | None:
        reader = Reader(stream, textbox, textbox.style.font_config.__dict__.setdefault("text_faces", {}))
        try:
            return reader.read()
        except NotKeptError:
            return None

    Layout.__getattr__ = wake
    text.draw_first_line = draw_first_line
    text.draw_text = weasyprint.draw.draw_text = draw_text


class Reader:
    """Reads the glyphs of a line from Pango, as `draw_first_line` does."""

    def __init__(self, stream: Any, textbox: Any, faces: dict[int, Face]) -> None:
        from weasyprint.text import ffi

        self.stream, self.layout, self.faces = stream, textbox.pango_layout, faces
        self.ffi, self.pango, self.unit = ffi.ffi, ffi.pango, ffi.FROM_UNITS
        self.utf8 = b""
        self.line = Line()

    def read(self) -> Line:
        self.pango.pango_layout_set_single_paragraph_mode(self.layout.layout, True)
        first, _ = self.layout.get_first_line()
        self.utf8 = self.layout.text.encode()
        operators, string, before = self.line.operators, "", None
        run = first.runs[0]
        while run != self.ffi.NULL:
            item = run.data
            run = run.next
            if item.item.analysis.font != before:
                before = item.item.analysis.font
                face = self._face(before)
                if string:
                    operators.append(string)
                string = ""
                operators.append(face)
            string = self._glyphs(item, face, string + "<")
            string = string[:-1] if string[-1] == "<" else string + ">"
        operators.append(string)
        return self.line

    def _face(self, pango_font: Any) -> Face:
        address = int(self.ffi.cast("uintptr_t", pango_font))
        face = self.faces.get(address)
        if face is None or face.key not in self.stream._fonts:
            font, size = self.stream.add_font(pango_font)
            if font.bitmap or font.png or font.svg or font.colr:
                raise NotKeptError
            key = next(key for key, value in self.stream._fonts.items() if value is font)
            if face is None:
                face = self.faces[address] = Face(key, pango_font, size, self.layout.layout)
        self.line.glyphs.setdefault(face, {})
        return face

    def _glyphs(self, item: Any, face: Face, string: str) -> str:
        count, size, seen = item.glyphs.num_glyphs, face.size, self.line.glyphs[face]
        # glyph, width, offsets and flags: five whole numbers for each glyph
        values = memoryview(self.ffi.buffer(item.glyphs.glyphs, count * 20)).cast("i").tolist() if count else []
        for place in range(count):
            glyph, width, x_offset, y_offset = values[place * 5 : place * 5 + 4]
            if glyph == self.pango.PANGO_GLYPH_EMPTY:
                string += f">{-width / size}<"
                continue
            if glyph & self.pango.PANGO_GLYPH_UNKNOWN_FLAG:
                raise NotKeptError
            if glyph not in seen:
                pair = glyph, self._text(item, place, count)
                seen[glyph] = face.glyphs.setdefault(pair, pair)
            if y_offset:
                string = self._rise(glyph, x_offset / size, y_offset / 1000, string)
                string += self._kerning(face, glyph, width, x_offset)
                continue
            written = face.strings.get((glyph, width, x_offset))
            if written is None:
                offset = f">{-(x_offset / size)}<" if x_offset / size else ""
                written = f"{offset}{glyph:04x}{self._kerning(face, glyph, width, x_offset)}"
                if len(face.strings) >= AT_MOST:
                    face.strings.clear()
                face.strings[glyph, width, x_offset] = written
            string += written
        return string

    def _rise(self, glyph: int, offset: float, rise: float, string: str) -> str:
        string = string[:-1] if string[-1] == "<" else string + ">"
        if string:
            self.line.operators.append(string)
        self.line.operators += [-rise, f"{-offset if offset else ''}<{glyph:04x}>", 0]
        return "<"

    def _kerning(self, face: Face, glyph: int, width: int, x_offset: int) -> str:
        logical = face.widths.get(glyph)
        if logical is None:
            extents = self.stream.logical_rect
            self.pango.pango_font_get_glyph_extents(face.pango_font, glyph, self.stream.ink_rect, extents)
            logical = face.widths[glyph] = round(extents.width * 1000 * self.unit / face.size)
        kerning = logical + x_offset / face.size - width * 1000 * self.unit / face.size
        return f">{int(kerning)}<" if kerning else ""

    def _text(self, item: Any, place: int, count: int) -> str:
        """The characters that a glyph stands for."""
        clusters, whole, start = item.glyphs.log_clusters, item.item.length, item.item.offset
        if item.item.analysis.level % 2:
            end = whole if place == 0 else clusters[place - 1]
        else:
            end = whole if place == count - 1 else clusters[place + 1]
        return self.utf8[start + clusters[place] : start + end].decode()

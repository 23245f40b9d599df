"""A line of text is turned into glyphs once, not again each time it is drawn.

What a line comes to in the file depends on its words, its style and how it is justified, but for the place where it
stands. It is kept as it was written to a recorder: strings of glyphs, changes of font, and for each font which glyphs
with which text and width. The widths are those the document has already for the same font, or else the line is drawn
by WeasyPrint. Pango's objects are then not made at all; who asks for them gets them all the same.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.quick_text import number

AT_MOST = 20_000
"""Lines that are kept; then all are let go."""


class NotKeptError(Exception):
    """A line that needs more than glyphs, such as pictures of letters."""


class Face:
    """A font at a size, as Pango has it, held alive; and its glyphs with their text and width, each only once."""

    def __init__(self, key: Any, pango_font: Any, size: float, layout: Any) -> None:
        self.key, self.pango_font, self.size, self.layout = key, pango_font, size, layout
        self.glyphs: dict[tuple[int, str, int], tuple[int, str, int]] = {}


class RecordedFont:
    """Takes the place of a document's font while a line is recorded."""

    bitmap = png = svg = colr = False

    def __init__(self, hash_: str) -> None:
        self.hash = hash_
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}

    def get_unused_glyph_id(self, codepoint: int) -> int:
        raise NotKeptError


class Recorder:
    """Takes the place of a stream while a line is recorded."""

    def __init__(self, stream: Any, faces: dict[Any, Face], layout: Any) -> None:
        self.stream, self.faces, self.layout = stream, faces, layout
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.fonts: dict[Any, tuple[Face, RecordedFont]] = {}
        self.operators: list[tuple[str, tuple[Any, ...]]] = []

    def add_font(self, pango_font: Any) -> tuple[RecordedFont, float]:
        font, size = self.stream.add_font(pango_font)
        if font.bitmap or font.png or font.svg or font.colr:
            raise NotKeptError
        key = next(key for key, value in self.stream._fonts.items() if value is font)
        face = self.faces.get((key, size))
        if face is None:
            face = self.faces[key, size] = Face(key, pango_font, size, self.layout.layout)
        _, recorded = self.fonts.setdefault(key, (face, RecordedFont(font.hash)))
        self.operators.append(("face", (face,)))
        return recorded, size

    def set_text_matrix(self, *values: float) -> None:
        """Where the line stands is not part of it."""

    def set_font_size(self, hash_: str, size: float) -> None:
        self.operators.append(("set_font_size", (hash_, size)))

    def show_text(self, text: str) -> None:
        self.operators.append(("show_text", (text,)))

    def set_text_rise(self, height: float) -> None:
        self.operators.append(("set_text_rise", (height,)))

    def glyphs(self) -> tuple[tuple[Face, tuple[tuple[int, str, int], ...]], ...]:
        """By font: glyph, text and width in the order in which they came."""
        found = []
        for face, font in self.fonts.values():
            if font.widths.keys() != font.to_unicode.keys():
                raise NotKeptError
            entries = [(glyph, text, font.widths[glyph]) for glyph, text in font.to_unicode.items()]
            found.append((face, tuple(face.glyphs.setdefault(entry, entry) for entry in entries)))
        return tuple(found)


def install() -> None:
    import weasyprint.draw
    from weasyprint.draw import text
    from weasyprint.matrix import Matrix
    from weasyprint.text.line_break import Layout

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
            lines[key] = record(stream, textbox, matrix)
        if lines[key] is None or not _replay(stream, matrix, *lines[key]):
            return original_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        return []

    def record(stream: Any, textbox: Any, matrix: Any) -> Any:
        faces = textbox.style.font_config.__dict__.setdefault("text_faces", {})
        recorder = Recorder(stream, faces, textbox.pango_layout)
        try:
            original_line(recorder, textbox, "none", "none", matrix)
            return recorder.glyphs(), tuple(recorder.operators)
        except NotKeptError:
            return None

    Layout.__getattr__ = wake
    text.draw_first_line = draw_first_line
    text.draw_text = weasyprint.draw.draw_text = draw_text


def _replay(stream: Any, matrix: Any, glyphs: Any, operators: Any) -> bool:
    """Write a kept line; False when the document has other widths for its glyphs."""
    fonts = stream._fonts
    for face, entries in glyphs:
        if face.key in fonts:
            widths = fonts[face.key].widths
            for glyph, _text, width in entries:
                if widths.get(glyph, width) != width:
                    return False
    stream.set_text_matrix(*matrix.values)
    for name, values in operators:
        if name != "face":
            getattr(stream, name)(*values)
        elif values[0].key not in fonts:
            stream.add_font(values[0].pango_font)
    for face, entries in glyphs:
        font = fonts[face.key]
        widths, to_unicode = font.widths, font.to_unicode
        for glyph, said, width in entries:
            if glyph not in to_unicode:
                to_unicode[glyph] = said
            widths[glyph] = width
    return True

"""Cache of lines of text as PDF operators.

The operators of a line depend on its words, style and justification, and except for the text matrix not on its
position. The cache has strings of glyphs, changes of font, and for each font the glyphs with their text and width. If
the document already has other widths for these glyphs, WeasyPrint draws the line. For a cached line Pango's objects are
created only if some code reads them.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.glyph_runs import GlyphRun, runs_of, take_runs
from leaflets.pdf.patches.fast.text_cache import style_number
from leaflets.pdf.patches.replacing import Replacements

CACHE_LIMIT = 20_000
"""Most lines, and most glyph strings of a font, that are cached; at the limit the cache is emptied."""
REPLACES = {
    "weasyprint.draw.text:draw_text": "ebaf96239c6ca363",
    "weasyprint.draw.text:draw_first_line": "1bb8eae6d88e71b1",
    "weasyprint.text.line_break:Layout.__getattr__": "",
}
RELIES_ON = {
    "weasyprint.text.line_break:Layout.reactivate": "0b89ee097104b713",
    "weasyprint.pdf.fonts:Font.__init__": "1f281166b10302a4",
    "weasyprint.pdf.stream:Stream.add_font": "e4226e1117477217",
    "weasyprint.pdf.stream:Stream.set_font_size": "34b9096d1555895d",
    "weasyprint.pdf.stream:Stream.begin_text": "bf5f18b4689d4512",
    "pydyf:Stream.set_text_matrix": "af511e392ca2a623",
    "pydyf:Stream.set_text_rise": "298e3340161025b0",
    "pydyf:Stream.show_text": "3e008af86f62f42c",
    "pydyf:Stream.show_text_string": "d66e3ffa52c0daf2",
}


class UncacheableLineError(Exception):
    """A line that needs more than glyphs, such as bitmap or colour glyphs."""


class PangoFace:
    """A Pango font at a size. The font is kept alive, so that its address stays unique (`glyph_runs.runs_of`)."""

    def __init__(self, key: Any, pango_font: Any, size: float) -> None:
        self.key, self.pango_font, self.size = key, pango_font, size
        self.widths: dict[int, int] = {}
        self.strings: dict[tuple[int, int, int], str] = {}
        """Glyph, width and offset -> the string that shows it."""
        self.texts: dict[str, str] = {}
        """Texts of glyphs, each stored once."""


class LineOperators:
    """Operators of a line: faces, for a change of font, and operators that show or raise glyphs; and for each face its
    glyphs in order of first use, with their text and width."""

    def __init__(self) -> None:
        self.operators: list[PangoFace | bytes] = []
        self.glyphs: dict[PangoFace, tuple[tuple[int, ...], tuple[str, ...], list[int | None]]] = {}

    def write(self, stream: Any, place: bytes) -> bool:
        """Write the line at a position; False, with nothing written, when the document has other widths for its glyphs.
        `place`: the operator that sets the text matrix."""
        fonts, new_faces = stream._fonts, []
        for face, (glyphs, _, widths) in self.glyphs.items():
            if face.key in fonts:
                known = list(map(fonts[face.key].widths.get, glyphs))
                if known == widths:
                    continue
                if any(one is not None and one != other for one, other in zip(known, widths, strict=True)):
                    return False
            new_faces.append(face)
        out = stream.stream
        out.append(place)
        for operator in self.operators:
            if operator.__class__ is bytes:
                out.append(operator)
            elif isinstance(operator, PangoFace):
                if operator.key not in fonts:
                    stream.add_font(operator.pango_font)
                stream.set_font_size(fonts[operator.key].hash, operator.size)
        for face in new_faces:
            glyphs, _, widths = self.glyphs[face]
            fonts[face.key].widths.update(zip(glyphs, widths, strict=True))
        for face, (glyphs, texts, _) in self.glyphs.items():
            to_unicode = fonts[face.key].to_unicode
            if not all(map(to_unicode.__contains__, glyphs)):
                for glyph, text in zip(glyphs, texts, strict=False):  # there may be no texts (`tags/reading_words.py`)
                    to_unicode.setdefault(glyph, text)
        return True


class LineMatrix:
    """Position of a line, in place of WeasyPrint's text matrix."""

    __slots__ = ("values",)

    def __init__(self, x: float, y: float) -> None:
        self.values = (1, 0, 0, -1, x, y)


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES that belong to this module."""
    patch.put("weasyprint.text.line_break:Layout.__getattr__", _reactivate_on_access)
    patch.wrap("weasyprint.draw.text:draw_first_line", _with_cached_operators)
    patch.wrap("weasyprint.draw.text:draw_text", _deferring_pango, "weasyprint.draw.text", "weasyprint.draw")


def _reactivate_on_access(layout: Any, name: str) -> Any:
    """Create the Pango objects of a line when an attribute of them is read while the line is drawn."""
    style = layout.__dict__.pop("deferred_style", None)
    if style is None:
        raise AttributeError(name)
    layout.reactivate(style)
    return getattr(layout, name)


def _deferring_pango(original_text: Any) -> Any:
    """`draw_text` that leaves a line's Pango objects uncreated for lines without decoration."""
    from weasyprint.draw import text

    def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:
        style, layout = textbox.style, textbox.pango_layout
        if style["visibility"] != "visible" or style["text_decoration_line"] != "none":
            original_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        assert style["font_size"]
        x, y = textbox.position_x, textbox.position_y + textbox.baseline
        stream.set_color(style["color"])
        layout.deferred_style = style
        stream.begin_text()
        emojis = text.draw_first_line(stream, textbox, text_overflow, block_ellipsis, LineMatrix(x, y))
        stream.end_text()
        text.draw_emojis(stream, style, x, y, emojis)
        if layout.__dict__.pop("deferred_style", None) is None:
            layout.deactivate()

    return draw_text


def _with_cached_operators(original_line: Any) -> Any:
    """`draw_first_line` that writes cached operators."""
    import pydyf
    from weasyprint.text import ffi

    to_bytes = pydyf._to_bytes

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        layout, style = textbox.pango_layout, textbox.style
        plain = text_overflow != "ellipsis" and block_ellipsis == "none" and "deferred_style" in layout.__dict__
        if not plain or style["font_size"] < 1e-6 or not textbox.text.strip():
            return original_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        lines = style.font_config.__dict__.setdefault("text_lines", {})
        key = layout.text, style_number(style), layout.justification_spacing
        if key not in lines:
            if len(lines) >= CACHE_LIMIT:
                lines.clear()
            lines[key] = record(stream, textbox)
        line = lines[key]
        *_, x, y = matrix.values
        if line is None or not line.write(stream, b"1 0 0 -1 %b %b Tm" % (to_bytes(x), to_bytes(y))):
            return original_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        return []

    def record(stream: Any, textbox: Any) -> LineOperators | None:
        """The operators of a line; None: it cannot be cached."""
        layout, style = textbox.pango_layout, textbox.style
        runs = take_runs(layout, style)
        if runs is None:  # dropped from the cache, or justified: it is laid out again
            ffi.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
            runs = runs_of(layout)
        try:
            return LineRecorder(stream, layout.text, style.font_config).read(runs)
        except UncacheableLineError:
            return None

    return draw_first_line


class LineRecorder:
    """Records the operators of a line as WeasyPrint's `draw_first_line` writes them."""

    def __init__(self, stream: Any, text: str, configuration: Any) -> None:
        import pydyf
        from weasyprint.text import ffi

        self.to_bytes = pydyf._to_bytes
        self.stream, self.utf8 = stream, text.encode()
        self.faces: dict[int, PangoFace] = configuration.__dict__.setdefault("text_faces", {})
        self.pango, self.unit = ffi.pango, ffi.FROM_UNITS
        self.line = LineOperators()
        self.seen: dict[PangoFace, dict[int, str]] = {}

    def read(self, runs: tuple[GlyphRun, ...]) -> LineOperators:
        """Record the runs of a line. UncacheableLineError when it needs more than glyphs."""
        string, before = "", 0
        for run in runs:
            if run.address != before:
                before = run.address
                face = self._face(run)
                if string:
                    self._show(string)
                string = ""
                self.line.operators.append(face)
            string = self._glyphs(run, face, string + "<")
            string = string[:-1] if string[-1] == "<" else string + ">"
        self._show(string)
        for face, texts in self.seen.items():
            self.line.glyphs[face] = (*texts,), (*texts.values(),), [face.widths[glyph] for glyph in texts]
        return self.line

    def _show(self, string: str) -> None:
        """Append the operator that shows a string."""
        self.line.operators.append(f"[{string}] TJ".encode("ascii"))

    def _face(self, run: GlyphRun) -> PangoFace:
        """The face of a run; its font is added to the document."""
        face = self.faces.get(run.address)
        if face is None or face.key not in self.stream._fonts:
            font, size = self.stream.add_font(run.font)
            if font.bitmap or font.png or font.svg or font.colr:
                raise UncacheableLineError
            key = next(key for key, value in self.stream._fonts.items() if value is font)
            if face is None:
                face = self.faces[run.address] = PangoFace(key, run.font, size)
        self.seen.setdefault(face, {})
        return face

    def _glyphs(self, run: GlyphRun, face: PangoFace, string: str) -> str:
        """Append the glyphs of a run to a glyph string."""
        values = memoryview(run.values).cast("i").tolist()
        glyphs, widths, across = values[0::5], values[1::5], values[2::5]
        self._note_texts(run, face, glyphs)
        written = list(map(face.strings.get, zip(glyphs, widths, across, strict=True)))
        raised = any(values[3::5])
        for place, known in enumerate(written):
            if known is None:
                written[place] = self._glyph_string(face, glyphs[place], widths[place], across[place])
        if not raised:
            return string + "".join(written)  # type: ignore[arg-type]
        for place, rise in enumerate(values[3::5]):
            if rise and glyphs[place] != self.pango.PANGO_GLYPH_EMPTY:
                string = self._rise(glyphs[place], across[place] / face.size, rise / 1000, string)
                string += self._kerning(face, glyphs[place], widths[place], across[place])
            else:
                string += written[place] or ""
        return string

    def _note_texts(self, run: GlyphRun, face: PangoFace, glyphs: list[int]) -> None:
        """Record the text of each glyph that is new in the line."""
        seen, texts = self.seen[face], face.texts
        new = [glyph for glyph in dict.fromkeys(glyphs) if glyph not in seen and glyph != self.pango.PANGO_GLYPH_EMPTY]
        if not new:
            return
        clusters, start = memoryview(run.clusters).cast("i").tolist(), run.start
        # the text of a glyph ends where that of the next begins
        ends = [run.length, *clusters[:-1]] if run.backwards else [*clusters[1:], run.length]
        for glyph in new:
            place = glyphs.index(glyph)
            text = self.utf8[start + clusters[place] : start + ends[place]].decode()
            seen[glyph] = texts.setdefault(text, text)

    def _glyph_string(self, face: PangoFace, glyph: int, width: int, x_offset: int) -> str:
        """The string that shows a glyph without rise."""
        if glyph == self.pango.PANGO_GLYPH_EMPTY:
            written = f">{-width / face.size}<"
        elif glyph & self.pango.PANGO_GLYPH_UNKNOWN_FLAG:
            raise UncacheableLineError
        else:
            offset = f">{-(x_offset / face.size)}<" if x_offset / face.size else ""
            written = f"{offset}{glyph:04x}{self._kerning(face, glyph, width, x_offset)}"
        if len(face.strings) >= CACHE_LIMIT:
            face.strings.clear()
        face.strings[glyph, width, x_offset] = written
        return written

    def _rise(self, glyph: int, offset: float, rise: float, string: str) -> str:
        """Show the string so far, then a raised glyph; returns the start of the next string."""
        string = string[:-1] if string[-1] == "<" else string + ">"
        if string:
            self._show(string)
        self.line.operators.append(self.to_bytes(-rise) + b" Ts")
        self._show(f"{-offset if offset else ''}<{glyph:04x}>")
        self.line.operators.append(b"0 Ts")
        return "<"

    def _kerning(self, face: PangoFace, glyph: int, width: int, x_offset: int) -> str:
        """The adjustment in a TJ array (ISO 32000-1, table 109) for the difference between a glyph's advance and its
        width in the font."""
        logical = face.widths.get(glyph)
        if logical is None:
            extents = self.stream.logical_rect
            self.pango.pango_font_get_glyph_extents(face.pango_font, glyph, self.stream.ink_rect, extents)
            logical = face.widths[glyph] = round(extents.width * 1000 * self.unit / face.size)
        kerning = logical + x_offset / face.size - width * 1000 * self.unit / face.size
        return f">{int(kerning)}<" if kerning else ""

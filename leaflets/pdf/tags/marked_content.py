"""Marked content (ISO 32000-1, 14.6): replaces WeasyPrint's tagging of words and pictures while pages are drawn.

WeasyPrint 70 writes marked content and a structure tree with faults that no validator reports: running feet that are
neither tagged nor artifacts, no language, no ActualText for scripts whose glyphs do not map to the text, one element
for each piece of a paragraph that page ends divide. Here words and pictures are tagged or marked as artifacts while
pages are drawn (`MarkedContent`); afterwards `structure.py` builds the structure tree from the laid-out boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from leaflets.pdf.patches.replacing import Replacements
from leaflets.pdf.tags.painting_order import words_of
from leaflets.pdf.tags.reading_words import draw_words, right_to_left
from leaflets.pdf.tags.spoken_text import has_dropped_blank, mark_text, text_boxes
from leaflets.pdf.tags.structure import add_tags

PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})
"""Properties of artifacts of pagination: margin boxes and repeated table heads (ISO 32000-1, 14.8.2.2.2)."""
DECORATION = pydyf.Dictionary({"Type": "/Layout"})
"""Properties of artifacts of layout: pictures with an empty alt attribute."""

LINE_ENDS = {"weasyprint.text.line_break:split_first_line": "39ad1016863ca34d"}
MARKED_CONTENT = {
    "weasyprint.draw.text:draw_first_line": "1bb8eae6d88e71b1",
    "weasyprint.layout.inline:remove_last_whitespace": "53f0c79c9fbbda50",
    "weasyprint.pdf.stream:Stream.marked": "3fa3acacbbf66422",
    "weasyprint.pdf.tags:add_tags": "f0e74575b0bafaf3",
}


def install(patch: Replacements) -> None:
    """Replace WeasyPrint's marked content and structure tree."""
    patch.put("weasyprint.pdf.tags:add_tags", add_tags, "weasyprint.pdf")
    patch.wrap("weasyprint.layout.inline:remove_last_whitespace", _recording_dropped_blanks)
    patch.wrap("weasyprint.draw.text:draw_first_line", _with_dropped_blanks)
    patch.put("weasyprint.pdf.stream:Stream.marked", marked)


def note_line_ends(patch: Replacements) -> None:
    """Record on each line of text whether the text continues on the next line, and whether a blank was dropped between
    the two. The speed parts cache lines with these attributes, so they are installed after this part."""
    modules = ("weasyprint.text.line_break", "weasyprint.layout.inline", "weasyprint.layout.preferred")
    patch.wrap("weasyprint.text.line_break:split_first_line", _recording_line_ends, *modules)


def _recording_line_ends(original: Any) -> Any:
    """`split_first_line` that sets `continues` and `dropped_blank` on the Pango layout."""

    def split_first_line(text: str, *rest: Any, **options: Any) -> tuple[Any, ...]:
        result: tuple[Any, ...] = original(text, *rest, **options)
        layout, length, resume = result[:3]
        if resume is not None:
            layout.continues = True
            if text.encode()[length:resume].isspace():
                layout.dropped_blank = True
        return result

    return split_first_line


def marked(stream: Any, box: Any, name: str) -> MarkedContent:
    """Marked content for what the `with` block draws of a box: tagged with a marked-content identifier (MCID), or an
    artifact. Replaces `Stream.marked`. `name`: the tag, “Span” for words."""
    if stream._tags is None:
        return UNMARKED
    is_text = name == "Span"
    if is_text and not box.text:
        return UNMARKED  # an empty box at the end of a line: nothing is drawn
    if "artifact" in box.__dict__:
        return MarkedWords(stream, "Artifact", PAGINATION) if is_text else MarkedContent(stream, "Artifact", PAGINATION)
    if is_text and box.element is not None and box.element.get("class") == "ring":
        return MarkedWords(stream, "Artifact", DECORATION)  # a radio button that has the number as its name
    if not is_text and not box.element.get("alt") and box.element.get("alt") is not None:
        return MarkedContent(stream, "Artifact", DECORATION)
    number = len(stream._tags)
    stream._tags[box] = {"tag": name, "mcid": number}
    if not is_text:
        return MarkedContent(stream, name, b"<</MCID %d>>" % number)
    if text := mark_text(box):
        properties: Any = pydyf.Dictionary({"MCID": number, "ActualText": pydyf.String(text)})
    else:
        properties = b"<</MCID %d>>" % number
    return MarkedWords(stream, name, properties, number)


class MarkedContent:
    """Context manager that writes BDC before and EMC after what its block draws (ISO 32000-1, 14.6.1). `properties`:
    the property list, as pydyf takes it."""

    __slots__ = ("name", "properties", "stream")

    def __init__(self, stream: Any, name: str, properties: Any) -> None:
        self.stream, self.name, self.properties = stream, name, properties

    def __enter__(self) -> None:
        if self.stream is not None:
            pydyf.Stream.begin_marked_content(self.stream, self.name, self.properties)

    def __exit__(self, *_: object) -> None:
        if self.stream is not None:
            pydyf.Stream.end_marked_content(self.stream)


class MarkedWords(MarkedContent):
    """Marked content of words, which is taken out of the page, to be painted in the order of reading. `number`: its
    MCID; None: an artifact."""

    __slots__ = ("number", "start", "state")

    def __init__(self, stream: Any, name: str, properties: Any, number: int | None = None) -> None:
        super().__init__(stream, name, properties)
        self.number = number

    def __enter__(self) -> None:
        stream = self.stream
        self.state = stream._current_color, stream._current_alpha, stream._current_font
        stream._current_color = stream._current_alpha = stream._current_font = None  # so that both are written here
        self.start = len(stream.stream)
        super().__enter__()

    def __exit__(self, *_: object) -> None:
        stream = self.stream
        super().__exit__()
        words_of(stream).take(stream, self.number, self.start)
        stream._current_color, stream._current_alpha, stream._current_font = self.state


UNMARKED = MarkedContent(None, "", None)
"""Writes nothing: the block draws nothing that needs marked content, or the file is not tagged."""


def _recording_dropped_blanks(original: Any) -> Any:
    """`remove_last_whitespace` that records dropped blanks."""

    def remove_last_whitespace(context: Any, line: Any) -> None:
        """Sets `dropped_blank` on the last text box of a line from which WeasyPrint removes a trailing blank."""
        last = line
        while getattr(last, "children", None):
            last = last.children[-1]
        ends = getattr(last, "text", "")[-1:] == " " or last.element_tag in ("br", "br::before")
        original(context, line)
        words = [box for box in text_boxes(line) if box.text] if ends else ()
        if words:
            words[-1].dropped_blank = True

    return remove_last_whitespace


def _with_dropped_blanks(original: Any) -> Any:
    """`draw_first_line` that also draws a dropped blank."""

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        """Draws the dropped blank after a line: readers find word breaks by blanks (ISO 32000-1, 14.8.2.5); and
        right-to-left lines word by word."""
        matrix = rest[-1]
        if stream._tags is not None and right_to_left(textbox.text):
            *_, x, y = matrix.values
            emojis = [] if draw_words(stream, textbox, x, y) else original(stream, textbox, *rest)
            stream.set_text_matrix(1, 0, 0, -1, x - textbox.style["font_size"] / 4, y)  # for the blank
        else:
            emojis = original(stream, textbox, *rest)
        if has_dropped_blank(textbox) and stream._tags is not None and stream._current_font:
            glyph = _blank_glyph(stream)
            if glyph is not None:
                stream.show_text(f"<{glyph:04x}>")
        return emojis

    return draw_first_line


def _blank_glyph(stream: Any) -> int | None:
    """The glyph of a blank in the current font; None when the font has none."""
    name = stream._current_font[0]
    font = next(font for font in stream._fonts.values() if font.hash == name)
    if "blank_glyph" not in font.__dict__:
        known = (glyph for glyph, text in font.to_unicode.items() if text == " ")
        font.blank_glyph = next(known, None) or _add_blank(font)
    glyph: int | None = font.blank_glyph
    return glyph


def _add_blank(font: Any) -> int | None:
    """Add the glyph of a blank to the glyphs used of a font; None when the font has none."""
    import uharfbuzz

    face = uharfbuzz.Face(font.file_content, font.index)
    shaped = uharfbuzz.Font(face)
    glyph: int | None = shaped.get_nominal_glyph(ord(" "))
    if glyph:
        font.to_unicode[glyph] = " "
        font.widths.setdefault(glyph, round(shaped.get_glyph_h_advance(glyph) * 1000 / face.upem))
    return glyph or None


def mark_artifacts(document: Any) -> None:
    """Set `artifact` on boxes that are not part of the structure: margin boxes, and table heads repeated on later
    pages. Must be called before the document is written."""
    from weasyprint.formatting_structure.boxes import MarginBox

    first_pages: dict[int, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.children:
            if isinstance(box, MarginBox):
                _mark_artifact(box)
            else:
                for head in _table_heads(box):
                    if first_pages.setdefault(id(head.element), number) != number:
                        _mark_artifact(head)


def _table_heads(box: Any) -> Iterator[Any]:
    """The boxes of table heads (`thead`) in a box."""
    for child in box.children:
        if getattr(child, "is_header", False):
            yield child
        elif hasattr(child, "children") and child.children:
            yield from _table_heads(child)


def _mark_artifact(box: Any) -> None:
    """Set `artifact` on a box and all boxes in it."""
    box.artifact = True
    for child in getattr(box, "children", ()):
        _mark_artifact(child)

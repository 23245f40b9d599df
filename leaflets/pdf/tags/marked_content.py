"""What a screen reader is told: the marks on words as they are drawn, and the structure that they hang in.

WeasyPrint 70 marks words and builds a structure of its own, with faults that no validator sees: running feet that are
neither in the structure nor out of it, no language, no text for scripts whose glyphs do not tell it, an element for
each piece that a page's end makes of a paragraph. Here both are done from outside. While a page is drawn, words are
marked (`MarkedContent`); when all are, `structure.py` builds the structure from the laid-out boxes. Bound to the
version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from leaflets.pdf.patches.replacing import Replacing
from leaflets.pdf.tags.spoken_text import has_gap, in_mark, text_boxes
from leaflets.pdf.tags.structure import add_tags

FURNITURE = pydyf.Dictionary({"Type": "/Pagination"})
"""Feet, page numbers, and a table's head that is repeated on another page: not read out (ISO 32000-1, 14.8.2.2.2)."""
DECORATION = pydyf.Dictionary({"Type": "/Layout"})


LINE_ENDS = {"weasyprint.text.line_break:split_first_line": "39ad1016863ca34d"}
MARKS = {
    "weasyprint.draw.text:draw_first_line": "1bb8eae6d88e71b1",
    "weasyprint.layout.inline:remove_last_whitespace": "53f0c79c9fbbda50",
    "weasyprint.pdf.stream:Stream.marked": "3fa3acacbbf66422",
    "weasyprint.pdf.tags:add_tags": "f0e74575b0bafaf3",
}


def install(patch: Replacing) -> None:
    """Mark what is drawn, and build the structure from it."""
    patch.put("weasyprint.pdf.tags:add_tags", add_tags, "weasyprint.pdf")
    patch.wrap("weasyprint.layout.inline:remove_last_whitespace", _noting_gaps)
    patch.wrap("weasyprint.draw.text:draw_first_line", _with_gaps)
    patch.put("weasyprint.pdf.stream:Stream.marked", marked)


def note_line_ends(patch: Replacing) -> None:
    """Note on each line of text whether the text goes on after it, and whether a blank stood between. The speed parts
    keep such lines, so they are installed after this one."""
    modules = ("weasyprint.text.line_break", "weasyprint.layout.inline", "weasyprint.layout.preferred")
    patch.wrap("weasyprint.text.line_break:split_first_line", _noting_line_ends, *modules)


def _noting_line_ends(original: Any) -> Any:
    def split_first_line(text: str, *rest: Any, **options: Any) -> tuple[Any, ...]:
        result: tuple[Any, ...] = original(text, *rest, **options)
        layout, length, resume = result[:3]
        if resume is not None:
            layout.goes_on = True
            if text.encode()[length:resume].isspace():
                layout.gap = True
        return result

    return split_first_line


def marked(stream: Any, box: Any, name: str) -> MarkedContent:
    """Marks what the block draws of a box: with a number for the structure, or as an artifact. Replaces
    `Stream.marked`."""
    if stream._tags is None:
        return UNMARKED
    words = name == "Span"
    if words and not box.text:
        return UNMARKED  # the end of a line, nothing is drawn
    if "furniture" in box.__dict__:
        return MarkedContent(stream, "Artifact", FURNITURE)
    if not words and not box.element.get("alt") and box.element.get("alt") is not None:
        return MarkedContent(stream, "Artifact", DECORATION)
    number = len(stream._tags)
    stream._tags[box] = {"tag": name, "mcid": number}
    if words and (said := in_mark(box)):
        return MarkedContent(stream, name, pydyf.Dictionary({"MCID": number, "ActualText": pydyf.String(said)}))
    return MarkedContent(stream, name, b"<</MCID %d>>" % number)


class MarkedContent:
    """`with stream.marked(…)`: marked content. `properties`: of it, as pydyf takes them."""

    __slots__ = ("name", "properties", "stream")

    def __init__(self, stream: Any, name: str, properties: Any) -> None:
        self.stream, self.name, self.properties = stream, name, properties

    def __enter__(self) -> None:
        if self.stream is not None:
            pydyf.Stream.begin_marked_content(self.stream, self.name, self.properties)

    def __exit__(self, *_: object) -> None:
        if self.stream is not None:
            pydyf.Stream.end_marked_content(self.stream)


UNMARKED = MarkedContent(None, "", None)
"""Nothing is drawn that needs a mark, or no marks are wanted."""


def _noting_gaps(original: Any) -> Any:
    def remove_last_whitespace(context: Any, line: Any) -> None:
        """Notes on the last words of a line that a blank stood after them, which is not drawn."""
        last = line
        while getattr(last, "children", None):
            last = last.children[-1]
        ends = getattr(last, "text", "")[-1:] == " " or last.element_tag in ("br", "br::before")
        original(context, line)
        words = [box for box in text_boxes(line) if box.text] if ends else ()
        if words:
            words[-1].gap = True

    return remove_last_whitespace


def _with_gaps(original: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        """Draws a blank at the end of a line that had one there: words are told apart by blanks (14.8.2.6.2)."""
        emojis = original(stream, textbox, *rest)
        if has_gap(textbox) and stream._tags is not None and stream._current_font:
            glyph = _blank(stream)
            if glyph is not None:
                stream.show_text(f"<{glyph:04x}>")
        return emojis

    return draw_first_line


def _blank(stream: Any) -> int | None:
    """The glyph of a blank in the font that is in use; None when it has none."""
    name = stream._current_font[0]
    font = next(font for font in stream._fonts.values() if font.hash == name)
    if "blank" not in font.__dict__:
        known = (glyph for glyph, text in font.to_unicode.items() if text == " ")
        font.blank = next(known, None) or _new_blank(font)
    found: int | None = font.blank
    return found


def _new_blank(font: Any) -> int | None:
    """The glyph of a blank in a font of which no words have had one yet."""
    import uharfbuzz

    face = uharfbuzz.Face(font.file_content, font.index)
    shaped = uharfbuzz.Font(face)
    glyph: int | None = shaped.get_nominal_glyph(ord(" "))
    if glyph:
        font.to_unicode[glyph] = " "
        font.widths.setdefault(glyph, round(shaped.get_glyph_h_advance(glyph) * 1000 / face.upem))
    return glyph or None


def note_furniture(document: Any) -> None:
    """Mark boxes as not to be read out: margin boxes, and heads of tables repeated on later pages. To be called before
    the document is written."""
    from weasyprint.formatting_structure.boxes import MarginBox

    heads: dict[int, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.children:
            if isinstance(box, MarginBox):
                _furnish(box)
            else:
                for head in _heads(box):
                    if heads.setdefault(id(head.element), number) != number:
                        _furnish(head)


def _heads(box: Any) -> Iterator[Any]:
    """The heads of the tables in a box."""
    for child in box.children:
        if getattr(child, "is_header", False):
            yield child
        elif hasattr(child, "children") and child.children:
            yield from _heads(child)


def _furnish(box: Any) -> None:
    box.furniture = True
    for child in getattr(box, "children", ()):
        _furnish(child)

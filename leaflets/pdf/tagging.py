"""What a screen reader is told: the marks on words as they are drawn, and the structure that they hang in.

WeasyPrint 70 marks words and builds a structure of its own, with faults that no validator sees: running feet that are
neither in the structure nor out of it, no language, no text for scripts whose glyphs do not tell it, an element for
each piece that a page's end makes of a paragraph. Here both are done from outside. While a page is drawn, words are
marked (`Mark`); when all are, `tree.py` builds the structure from the laid-out boxes. Bound to the version.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pydyf

from leaflets.pdf.mending import VERSION

FURNITURE = pydyf.Dictionary({"Type": "/Pagination"})
"""Feet, page numbers, and a table's head that is repeated on another page: not read out (ISO 32000-1, 14.8.2.2.2)."""
DECORATION = pydyf.Dictionary({"Type": "/Layout"})
_PLAIN = (
    *((0x20, 0x300), (0x370, 0x483), (0x48A, 0x590), (0x60C, 0x60D), (0x61B, 0x620), (0x66A, 0x66E)),
    *((0x1E00, 0x2E80), (0x3000, 0xA000), (0xAC00, 0xD7A4)),
)
"""Characters of which each has a glyph of its own, so that the font's map back to Unicode tells the text: Latin, Greek,
Cyrillic, Armenian, Arabic commas, signs, Chinese and Japanese, Korean syllables. In other scripts a glyph stands for a
part of one or for several, and the text is put into the file (ActualText, 14.9.4)."""
_WITHOUT_BLANKS = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3000, 0xA000), (0xFF00, 0x10000))
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese."""
_CLOSING = ".,;:!?)]”’،؛؟"
_DASHES = "-\u2010\u2013/"
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))


def tag(weasyprint: Any) -> None:
    """Put the marks and the structure into the imported module, once. RuntimeError for a version not looked at."""
    if not weasyprint.__version__.startswith(VERSION):
        raise RuntimeError(f"WeasyPrint {weasyprint.__version__} was not looked at; install 70.*")
    if getattr(weasyprint, "tagged", False):
        return
    import weasyprint.pdf as target
    from weasyprint import document
    from weasyprint.draw import text
    from weasyprint.layout import inline
    from weasyprint.pdf.stream import Stream

    from leaflets.pdf.tree import add_tags

    target.add_tags = add_tags
    document.generate_pdf = _with_furniture(document.generate_pdf)
    inline.remove_last_whitespace = _noting_gaps(inline.remove_last_whitespace)
    text.draw_first_line = _with_gaps(text.draw_first_line)
    Stream.marked = marked
    weasyprint.tagged = True


def note_gaps() -> None:
    """Note on each line of text whether the text goes on after it, and whether a blank stood between. To be called
    before `quicken`, which keeps such lines."""
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    original = line_break.split_first_line

    def split_first_line(text: str, *rest: Any, **options: Any) -> tuple[Any, ...]:
        result: tuple[Any, ...] = original(text, *rest, **options)
        layout, length, resume = result[:3]
        if resume is not None:
            layout.goes_on = True
            if text.encode()[length:resume].isspace():
                layout.gap = True
        return result

    for module in (line_break, inline, preferred):
        module.split_first_line = split_first_line


def marked(stream: Any, box: Any, name: str) -> Mark:
    """Marks what the block draws of a box: with a number for the structure, or as an artifact. Replaces
    `Stream.marked`."""
    if stream._tags is None:
        return UNMARKED
    words = name == "Span"
    if words and not box.text:
        return UNMARKED  # the end of a line, nothing is drawn
    if "furniture" in box.__dict__:
        return Mark(stream, "Artifact", FURNITURE)
    if not words and not box.element.get("alt") and box.element.get("alt") is not None:
        return Mark(stream, "Artifact", DECORATION)
    number = len(stream._tags)
    stream._tags[box] = {"tag": name, "mcid": number}
    if words and (said := in_mark(box)):
        return Mark(stream, name, pydyf.Dictionary({"MCID": number, "ActualText": pydyf.String(said)}))
    return Mark(stream, name, b"<</MCID %d>>" % number)


class Mark:
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


UNMARKED = Mark(None, "", None)
"""Nothing is drawn that needs a mark, or no marks are wanted."""


def in_mark(box: Any) -> str:
    """The text that is written with the mark of a box of words; empty where its glyphs tell it, or the element does."""
    if box.text.isspace():  # nothing is drawn
        return " "
    words = said(box)
    return words if spelling(words, box.style["direction"]) == "mark" else ""


def in_element(box: Any) -> str:
    """The text that is written with the element of a box of words; empty where it need not be.

    Programs that read a page by where things are turn the words of right-to-left lines round, also those that are
    written with the mark; of the element they take no notice.
    """
    return said(box) if spelling(said(box), box.style["direction"]) == "element" else ""


def spoken(box: Any) -> str:
    """All words in a box."""
    return "".join(said(words) for words in _words(box)).rstrip()


def said(box: Any) -> str:
    """The words of a box, with the blank that ends a line."""
    return f"{box.text} " if _gap(box) else str(box.text)


def apart(before: Any, box: Any) -> bool:
    """Whether a blank between two boxes of words got lost with the end of a line: where one text ends and the next
    begins, WeasyPrint drops it."""
    if before is None or before.position_y == box.position_y or "goes_on" in before.pango_layout.__dict__:
        return False
    last, first = said(before)[-1:], box.text[:1]
    if last.isspace() or first.isspace() or last in _DASHES or first in _CLOSING:
        return False
    return not (_close(last) or _close(first))


def _close(char: str) -> bool:
    """Whether a script is written without blanks between words."""
    return any(first <= ord(char) < end for first, end in _WITHOUT_BLANKS)


def _gap(box: Any) -> bool:
    """Whether a blank that is not drawn follows the words of a box: a line ends there."""
    return "gap" in box.__dict__ or "gap" in box.pango_layout.__dict__


@lru_cache(20_000)
def spelling(text: str, direction: str) -> str:
    """Where the text of a line has to be written out: `element`, `mark`, or nowhere (empty). In a line from right to
    left the glyphs of commas and blanks come in the order of sight."""
    if direction == "rtl" and len(text) > 1 and not (text.isascii() and text.isalnum()):
        return "element"
    if text.isascii():
        return ""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return "element"
    return "" if all(_plain(ord(char)) for char in text) else "mark"


def _plain(code: int) -> bool:
    return any(first <= code < end for first, end in _PLAIN)


def _noting_gaps(original: Any) -> Any:
    def remove_last_whitespace(context: Any, line: Any) -> None:
        """Notes on the last words of a line that a blank stood after them, which is not drawn."""
        last = line
        while getattr(last, "children", None):
            last = last.children[-1]
        ends = getattr(last, "text", "")[-1:] == " " or last.element_tag in ("br", "br::before")
        original(context, line)
        words = [box for box in _words(line) if box.text] if ends else ()
        if words:
            words[-1].gap = True

    return remove_last_whitespace


def _words(box: Any) -> Iterator[Any]:
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from _words(child)


def _with_gaps(original: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        """Draws a blank at the end of a line that had one there: words are told apart by blanks (14.8.2.6.2)."""
        emojis = original(stream, textbox, *rest)
        if _gap(textbox) and stream._tags is not None and stream._current_font:
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


def _with_furniture(original: Any) -> Any:
    def generate_pdf(document: Any, *rest: Any, **options: Any) -> Any:
        note_furniture(document)
        return original(document, *rest, **options)

    return generate_pdf


def note_furniture(document: Any) -> None:
    """Notes on boxes that they are not to be read out: margin boxes, and heads of tables repeated on later pages."""
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

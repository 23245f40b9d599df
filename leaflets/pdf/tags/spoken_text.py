"""The text of a box of words as a screen reader gets it: with the blanks that line ends swallow, and where it has to be
written into the file (ActualText)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

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
    return "".join(said(words) for words in text_boxes(box)).rstrip()


def said(box: Any) -> str:
    """The words of a box, with the blank that ends a line."""
    return f"{box.text} " if has_gap(box) else str(box.text)


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


def has_gap(box: Any) -> bool:
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


def text_boxes(box: Any) -> Iterator[Any]:
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from text_boxes(child)

"""Text of text boxes for assistive technology: with the blanks that were dropped at line ends, and the place where it
is written as ActualText (ISO 32000-1, 14.9.4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from leaflets.content.inline import SOFT_HYPHEN

_PLAIN = (
    *((0x20, 0x300), (0x370, 0x483), (0x48A, 0x590), (0x60C, 0x60D), (0x61B, 0x620), (0x66A, 0x66E)),
    *((0x1E00, 0x2E80), (0x3000, 0xA000), (0xAC00, 0xD7A4)),
)
"""Characters with one glyph each, for which the font's ToUnicode map gives the text: Latin, Greek, Cyrillic, Armenian,
Arabic commas, signs, Chinese and Japanese, Korean syllables. In other scripts a glyph stands for a part of a character
or for several characters, and the text is written as ActualText."""
_WITHOUT_BLANKS = ((0xE00, 0xF00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3000, 0xA000), (0xFF00, 0x10000))
"""Scripts without blanks between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""
_CLOSING = ".,;:!?)]”’،؛؟"
_DASHES = "-\u2010\u2013/"
_BROKEN = f"{SOFT_HYPHEN}\u2010"
"""End of a line that was broken at a soft hyphen: WeasyPrint adds the hyphen that is drawn."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
"""Bidirectional classes of right-to-left characters and numbers."""


def mark_text(box: Any) -> str:
    """ActualText of the marked content of a text box; empty: it needs none, or its structure element has it."""
    if box.text.isspace():  # nothing is drawn
        return " "
    text = box_text(box)
    if SOFT_HYPHEN in box.text or "joined" in box.__dict__:
        return text or " "
    return text if actual_text_place(text, _line_direction(box.style, text)) == "mark" else ""


def element_text(box: Any) -> str:
    """ActualText of the structure element of a text box; empty: it needs none.

    Programs that read a page by the positions of glyphs reverse right-to-left lines, and with them the ActualText of
    marked content. They do not read the structure tree, so right-to-left text is written there.
    """
    text = box_text(box)
    return text if actual_text_place(text, _line_direction(box.style, text)) == "element" else ""


def all_text(box: Any) -> str:
    """The text of all text boxes in a box, without blanks at its end."""
    return "".join(box_text(child) for child in text_boxes(box)).rstrip()


def box_text(box: Any) -> str:
    """The text of a text box, with the blank that was dropped after it and without soft hyphens."""
    text = box.joined if "joined" in box.__dict__ else _whole(str(box.text))
    return f"{text} " if has_dropped_blank(box) else text


def _whole(text: str) -> str:
    """Text without soft hyphens, and without the hyphen that WeasyPrint draws where a line was broken at one."""
    return text.removesuffix(_BROKEN).replace(SOFT_HYPHEN, "") if SOFT_HYPHEN in text else text


def join_broken_words(document: Any) -> None:
    """Give the whole of a word that was broken at a soft hyphen to the line where it begins, as `joined` of the text
    boxes: programs that search a page do not join its parts. Must be called before the document is written."""
    boxes = [
        box
        for page in document.pages
        for part in page._page_box.children
        if not hasattr(part, "at_keyword")  # no margin box
        for box in text_boxes(part)
    ]
    for index, box in enumerate(boxes):
        if box.text.endswith(_BROKEN) and "joined" not in box.__dict__:
            box.joined = _whole(box.text)
            _take_rest(box, boxes[index + 1 :])


def _take_rest(first: Any, after: list[Any]) -> None:
    """Move the rest of a broken word from the boxes after it to the first."""
    for box in after:
        if box.element is not first.element:
            return
        rest, blank, others = _whole(box.text).partition(" ")
        first.joined += rest
        box.joined = blank + others
        if blank:
            if box.text.endswith(_BROKEN):  # another word is broken at the end of this line
                _take_rest(box, after[after.index(box) + 1 :])
            return
        if not box.text.endswith(_BROKEN):
            return


def needs_blank(before: Any, box: Any) -> bool:
    """Whether a blank is missing between two text boxes on different lines: WeasyPrint drops it where one text node
    ends with a line and the next begins. `before`: the box before; None: there is none."""
    if before is None or before.position_y == box.position_y or "continues" in before.pango_layout.__dict__:
        return False
    last, first = box_text(before)[-1:], box.text[:1]
    if last.isspace() or first.isspace() or last in _DASHES or first in _CLOSING:
        return False
    return not (_without_blanks(last) or _without_blanks(first))


def _without_blanks(char: str) -> bool:
    """Whether a character is of a script without blanks between words."""
    return any(first <= ord(char) < end for first, end in _WITHOUT_BLANKS)


def has_dropped_blank(box: Any) -> bool:
    """Whether a blank after a text box was dropped at the end of its line."""
    return "dropped_blank" in box.__dict__ or "dropped_blank" in box.pango_layout.__dict__


_MIRRORED = re.compile(r"[()\[\]{}<>«»‹›≤≥]")


def _line_direction(style: Any, text: str) -> str:
    """Direction of a text box; for brackets that of the text around it: where that runs from right to left the font's
    glyphs of brackets stand for each other."""
    direction: str = style["direction"]
    if direction == "ltr" and _MIRRORED.search(text):
        while style is not None:
            if style["direction"] == "rtl":
                return "rtl"
            style = getattr(style, "parent_style", None)
    return direction


@lru_cache(20_000)
def actual_text_place(text: str, direction: str) -> str:
    """Place of the ActualText of a text: `element` (structure element), `mark` (marked content), or empty: none is
    needed. Text in a right-to-left line needs it even if all characters are plain, since its glyphs, also those of
    commas and blanks, are in visual order."""
    if direction == "rtl" and len(text) > 1 and not (text.isascii() and text.isalnum()):
        return "element"
    if text.isascii():
        return ""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return "element"
    return "" if all(_plain(ord(char)) for char in text) else "mark"


def _plain(code: int) -> bool:
    """Whether the character with this code point has one glyph."""
    return any(first <= code < end for first, end in _PLAIN)


def text_boxes(box: Any) -> Iterator[Any]:
    """All text boxes in a box, in order."""
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from text_boxes(child)

"""Line breaks in scripts without spaces between words, from ICU's dictionaries."""

from __future__ import annotations

import re

BREAK = "\u200b"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Characters of Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean."""
_UNKNOWN = re.compile("[\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Characters of Lao, Burmese and Khmer, whose words Pango cannot separate."""


JOIN = "\u2060"
_HANGUL = re.compile("(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3])|(?<=[\uac00-\ud7a3])(?=\\d)|(?<=\\d)(?=[\uac00-\ud7a3])")
"""Places in a Korean word where Pango breaks a line; Korean is broken between words."""


def breakable(word: str) -> list[str]:
    """Split a word without spaces at every possible line break."""
    if not _UNSPACED.search(word):
        return [word]
    from icu4py.breakers import LineBreaker

    return list(LineBreaker(word, "en"))


def with_breaks(words: str) -> str:
    """Insert a zero-width space at every line break that Pango would not find, and a word joiner where it would break
    a Korean word."""
    if words.isascii():
        return words
    words = _HANGUL.sub(JOIN, words)
    if not _UNKNOWN.search(words):
        return words
    parts = re.split(r"(\s+)", words)
    return "".join(BREAK.join(breakable(part)) if _UNKNOWN.search(part) else part for part in parts)

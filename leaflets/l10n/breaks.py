"""Where a line may end in scripts that put no spaces between words (ICU's dictionaries)."""

from __future__ import annotations

import re

BREAK = "\u200b"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, and all from China to Japan."""
_UNKNOWN = re.compile("[\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Lao, Burmese, Khmer: Pango does not know their words."""


def breakable(word: str) -> list[str]:
    """A word without spaces, cut wherever a line may end in it."""
    if not _UNSPACED.search(word):
        return [word]
    from icu4py.breakers import LineBreaker

    return list(LineBreaker(word, "en"))


def with_breaks(words: str) -> str:
    """With a zero-width space wherever a line may end and the typesetter would not know it."""
    if not _UNKNOWN.search(words):
        return words
    parts = re.split(r"(\s+)", words)
    return "".join(BREAK.join(breakable(part)) if _UNKNOWN.search(part) else part for part in parts)

"""Folding: texts as they are compared, without capitals, accents and signs. Its twin: `templates/finder/finder.js`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u200b-\u200f\u2060]"
)
"""Accents, vowel points of Hebrew and Arabic, and signs without width: people leave them out."""
_SAME = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "’": "", "'": "", "ʼ": ""}
)
"""Letters that people type for each other."""
_UNDIVIDED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Letters of scripts that do not divide words."""


def folded(text: str) -> str:
    """A text in small letters, decomposed, without marks and composed again."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_SAME)
    return unicodedata.normalize("NFC", plain)


def words_of(text: str) -> list[str]:
    """Words of a text, folded. Of a script that does not divide words: each pair of letters."""
    return [word for run in _runs(folded(text)) for word in _pairs(run)]


def _runs(text: str) -> list[str]:
    """Runs of letters, digits and the vowel signs between them."""
    return "".join(letter if _in_word(letter) else " " for letter in text).split()


def _in_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def _pairs(run: str) -> Iterator[str]:
    if len(run) < 2 or not _UNDIVIDED.search(run):
        yield run
        return
    for start in range(len(run) - 1):
        yield run[start : start + 2]


def distance(one: str, other: str, most: int) -> int:
    """Number of letters wrong, missing, too many or changed about (optimal string alignment); `most + 1` if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = 0 if letter == wanted else 1
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]

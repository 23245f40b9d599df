"""Wholes: what is one piece from left to right inside text from right to left.

A number with its sign, range, fraction, unit, currency, brackets; a time; a telephone number; an e-mail address; an
address; a Latin name with its ®. They are found by the Unicode class of their characters, in the digits of any script.
Without a span round the whole the bidirectional algorithm paints “5–10” as “10–5”; a span round each half of “٢٫٥”
paints 5.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SIGNS = frozenset("+-\u2010\u2011\u2012\u2013\u2014\u2212±×÷*~≈^|=<>≤≥≠")
"""Signs before a number, and between two with or without spaces."""
_QUOTES = frozenset("'’")

_PREFIX = r"(?:(?<![RLD])[etu]{1,3}+|t{1,2}+)?"
_WORD = rf"(?:{_PREFIX}[LD](?:[LD]|[cetu]{{1,4}}(?=[LD]))*+(?:[tu]++|st(?![LD]))?)"
_BETWEEN = r"(?:s{0,2}es{0,2}|s{1,2}|)"
_GROUP = rf"(?:\({_WORD}(?:(?:{_BETWEEN}|cs){_WORD})*+c?\))"
_PIECE = rf"(?:{_WORD}|{_GROUP})"
_WHOLE = re.compile(rf"{_PIECE}(?:{_BETWEEN}{_PIECE})*+")
"""A whole, over the kinds of its characters (`kinds`): words and bracketed words, with spaces or signs between them."""


@lru_cache(maxsize=4_000)
def _kind(char: str) -> str:
    """Kind of a character: L letter from left to right, D digit or other number, R letter from right to left, s space,
    ( and ) brackets, e sign, u plus, t sign of a unit or currency, c sign inside a number, name or address, o other;
    empty: a mark, of the kind of the letter before it."""
    category, way = unicodedata.category(char), unicodedata.bidirectional(char)
    if category in ("Nd", "No", "Nl"):
        return "D"
    if category in ("Mn", "Me", "Cf") and way in ("NSM", "BN"):
        return ""
    if way in ("L", "R", "AL"):
        return "L" if way == "L" else "R"
    if char == "+":
        return "u"
    if char in _SIGNS or category == "Pd":
        return "e"
    return {"Zs": "s", "Ps": "(", "Pe": ")"}.get(category) or _kind_of_sign(char, category, way)


def _kind_of_sign(char: str, category: str, way: str) -> str:
    if way == "ET" or category in ("Sc", "So"):
        return "t"
    if way == "CS" or category in ("Pc", "Po") or char in _QUOTES:
        return "c"
    return "e" if category == "Sm" else "o"


def kinds(words: str) -> str:
    """The kind of each character, one letter each."""
    found: list[str] = []
    for char in words:
        found.append(_kind(char) or (found[-1] if found else "o"))
    return "".join(found)


def wholes(words: str, known: str = "") -> Iterator[tuple[int, int]]:
    """Where each whole of words from right to left begins and ends. `known`: the kinds of the characters, where they
    are known already."""
    for found in _WHOLE.finditer(known or kinds(words)):
        yield found.start(), found.end()


def is_whole(words: str) -> bool:
    """Whether words are exactly one whole."""
    return _WHOLE.fullmatch(kinds(words)) is not None

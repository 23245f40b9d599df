"""Braille: which code a language is written in, one row each.

Contracted braille (grade 2) is what most readers of English are used to; the easy level stays uncontracted, for people
who are new to braille or read slowly. Arabic is written uncontracted in most of what is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """A braille code, as liblouis knows it."""

    name: str
    table: str
    """The file name of liblouis's table."""
    grade: int
    """1: each letter is written; 2: contracted."""


@dataclass(frozen=True)
class Codes:
    """The codes of a language."""

    usual: Code
    by_level: Mapping[str, Code] = field(default_factory=dict)
    """Levels that have another."""

    def at(self, level: str) -> Code:
        return self.by_level.get(level, self.usual)


UEB_1 = Code("Unified English Braille, uncontracted", "en-ueb-g1.ctb", 1)
UEB_2 = Code("Unified English Braille, contracted", "en-ueb-g2.ctb", 2)
ARABIC_1 = Code("Arabic braille, uncontracted", "ar-ar-g1.utb", 1)

BRAILLE: dict[str, Codes] = {
    "en-GB": Codes(UEB_2, {"easy": UEB_1}),
    "en-US": Codes(UEB_2, {"easy": UEB_1}),
    "ar-GB": Codes(ARABIC_1),
}
"""By locale. A locale without a row has no braille."""

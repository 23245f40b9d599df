"""Table of braille codes by locale.

Most readers of English use contracted braille (grade 2); the easy level is uncontracted, for people who are new to
braille or read slowly. Most printed Arabic braille is uncontracted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Code:
    """A braille code of liblouis."""

    name: str
    table: str
    """File name of liblouis's table."""
    grade: int
    """1: uncontracted; 2: contracted."""


@dataclass(frozen=True)
class Codes:
    """Braille codes of a locale."""

    usual: Code
    by_level: Mapping[str, Code] = field(default_factory=dict)
    """Codes of levels that differ from the usual one."""

    def at(self, level: str) -> Code:
        """Code of a reading level."""
        return self.by_level.get(level, self.usual)


UEB_1 = Code("Unified English Braille, uncontracted", "en-ueb-g1.ctb", 1)
UEB_2 = Code("Unified English Braille, contracted", "en-ueb-g2.ctb", 2)
ARABIC_1 = Code("Arabic braille, uncontracted", "ar-ar-g1.utb", 1)

BRAILLE: dict[str, Codes] = {
    "en-GB": Codes(UEB_2, {"easy": UEB_1}),
    "en-US": Codes(UEB_2, {"easy": UEB_1}),
    "ar-GB": Codes(ARABIC_1),
}
"""Codes by locale. A locale without a row has no braille."""

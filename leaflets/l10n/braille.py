"""Braille codes of a locale, as its file in `locales/` names them.

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


ARABIC_1 = Code("Arabic braille, uncontracted", "ar-ar-g1.utb", 1)
"""Code of words in Arabic letters inside another language."""

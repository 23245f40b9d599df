"""Syllables of English words, and the long words that an article counts as familiar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import syllapy

LONG = 3
"""Syllables from which a word is long (a polysyllable, as SMOG counts)."""

_VOWELS = re.compile(r"[aeiouy]+")
_CONTRACTED = re.compile(r"[’'](?:re|ve|ll)$")
"""Contracted endings, which add no syllable: you’re, we’ve."""


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count the syllables of an English word, part by part at hyphens and apostrophes; at least 1.

    A word with a digit has one syllable when it is a single digit, else two.
    """
    if any(char.isdigit() for char in word):
        return 1 if len(word) == 1 else 2
    parts = re.split(r"[-’'.]", _CONTRACTED.sub("", word.lower()))
    return sum(max(1, syllapy.count(part)) if len(part) > 1 else bool(_VOWELS.match(part)) for part in parts) or 1


@dataclass(frozen=True)
class FamiliarWords:
    """Medical names that the leaflets of an article explain; they are eased: two syllables at most."""

    listed: frozenset[str]
    _eased: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Cache of counts."""

    @classmethod
    def of(cls, words: Iterable[str]) -> FamiliarWords:
        return cls(frozenset(word.lower() for word in words))

    def __contains__(self, word: str) -> bool:
        """Whether the word or its singular is listed; of a hyphenated word, the whole or the longest part."""
        lower = word.lower()
        parts = (lower, lower.removesuffix("s"), lower.removesuffix("’s"), max(lower.split("-"), key=len))
        return any(part in self.listed for part in parts)

    def syllables(self, word: str) -> int:
        """Syllables of a word, of a familiar one at most two."""
        count = self._eased.get(word)
        if count is None:
            count = syllables(word)
            if count >= LONG and word in self:
                count = 2
            self._eased[word] = count
        return count

    def excuses(self, word: str) -> bool:
        """Whether the word is long and counts as short because it is listed."""
        return self.syllables(word) < LONG <= syllables(word)

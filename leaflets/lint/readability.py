"""Readability measures: Flesch-Kincaid grade, SMOG grade and sentence lengths, each also strict.

Eased measures count familiar words (medical names that the leaflets explain) as words of two syllables, so they are no
long words for SMOG. Strict measures make no allowance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from leaflets.lint.sentences import Sentence
from leaflets.lint.syllables import LONG, FamiliarWords, syllables


@dataclass(frozen=True)
class Counts:
    """What the formulas count. Counts of sentences are added and taken away."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    eased: int = 0
    """Syllables, of familiar words at most two."""
    long: int = 0
    """Words of three syllables or more."""
    hard: int = 0
    """Those of them that are not familiar."""

    def __add__(self, other: Counts) -> Counts:
        return self._with(other, 1)

    def __sub__(self, other: Counts) -> Counts:
        return self._with(other, -1)

    def _with(self, other: Counts, sign: int) -> Counts:
        return Counts(
            self.words + sign * other.words,
            self.sentences + sign * other.sentences,
            self.syllables + sign * other.syllables,
            self.eased + sign * other.eased,
            self.long + sign * other.long,
            self.hard + sign * other.hard,
        )

    @property
    def mean_words(self) -> float:
        """Mean length of a sentence in words; 0 for none."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade, eased: 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975); 0 for no
        words."""
        return self._grade(self.eased)

    @property
    def grade_strict(self) -> float:
        """The same with all syllables."""
        return self._grade(self.syllables)

    @property
    def smog(self) -> float:
        """SMOG grade, eased: 1.0430 sqrt(long words * 30/sentences) + 3.1291 (McLaughlin 1969); 0 for no words."""
        return self._smog(self.hard)

    @property
    def smog_strict(self) -> float:
        """The same with all long words."""
        return self._smog(self.long)

    def _grade(self, heard: int) -> float:
        return 0.39 * self.mean_words + 11.8 * heard / self.words - 15.59 if self.words else 0.0

    def _smog(self, long: int) -> float:
        return 1.0430 * sqrt(long * 30 / self.sentences) + 3.1291 if self.words else 0.0


@lru_cache(maxsize=4_000)  # a sentence is counted by itself, in its passage, and in its leaflet
def count(words: tuple[str, ...], familiar: FamiliarWords, sentences: int = 1) -> Counts:
    """Counts of the words of one sentence; `sentences=0`: of words taken out of one."""
    strict = [syllables(word) for word in words]
    eased = [familiar.syllables(word) for word in words]
    return Counts(
        len(words), sentences, sum(strict), sum(eased),
        sum(number >= LONG for number in strict), sum(number >= LONG for number in eased),
    )  # fmt: skip


def measure(found: Iterable[Sentence], familiar: FamiliarWords) -> Counts:
    """Counts of sentences; all zero when there are none."""
    rows = [count(sentence.words, familiar) for sentence in found]
    return Counts(
        sum(row.words for row in rows),
        sum(row.sentences for row in rows),
        sum(row.syllables for row in rows),
        sum(row.eased for row in rows),
        sum(row.long for row in rows),
        sum(row.hard for row in rows),
    )

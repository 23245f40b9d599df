"""Table of limits of the reading levels, for English: of a sentence, a passage and a leaflet (docs/standards.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.lint.readability import Counts

MOST_EXCUSED = 0.25
"""Most of the long words of a leaflet's running text that may be familiar words, as a share."""
FEW_EXCUSED = 4
"""Times that familiar words may be excused however few long words there are."""
FEW = 3
"""Sentences from which a passage has a grade. The grade of one or two says little."""
SLACK = 2.0
"""Grades by which a passage may be harder than its leaflet as a whole."""


@dataclass(frozen=True)
class ReadingLimits:
    """The limits of a level; None: no limit. Grades are Flesch-Kincaid, lengths are in words."""

    grade: float
    grade_strict: float
    smog: float | None
    smog_strict: float | None
    mean_words: float
    longest: int | None
    """Of any sentence."""
    few_longest: int
    """Of a sentence in a passage that is too short for a grade."""
    few_hard: float
    """Share of long, unfamiliar words in such a passage ..."""
    few_hard_words: int
    """... if it has at least this many of them."""
    half_hard: bool
    """A sentence of which half of the words are long and unfamiliar is too hard."""

    @property
    def passage_grade(self) -> float:
        return self.grade + SLACK

    def figures(self, counts: Counts) -> Iterator[ReadingFigure]:
        """The figures of a leaflet's running text, each with its limit."""
        yield ReadingFigure("flesch-kincaid", "Flesch-Kincaid grade", counts.grade, self.grade)
        yield ReadingFigure(
            "flesch-kincaid-strict", "strict Flesch-Kincaid grade", counts.grade_strict, self.grade_strict
        )
        yield ReadingFigure("smog", "SMOG grade", counts.smog, self.smog)
        yield ReadingFigure("smog-strict", "strict SMOG grade", counts.smog_strict, self.smog_strict)
        yield ReadingFigure("mean-words", "mean sentence length", counts.mean_words, self.mean_words)


@dataclass(frozen=True)
class ReadingFigure:
    """A figure of a leaflet and the most that it may be (None: no limit)."""

    id: str
    name: str
    value: float
    most: float | None

    @property
    def within(self) -> bool:
        """Whether the figure, rounded to one decimal as it is printed, keeps the limit."""
        return self.most is None or round(self.value, 1) <= self.most


def share_excused(counts: Counts) -> float:
    """Share of the long words that are excused as familiar; 0 when there is no long word."""
    return (counts.long - counts.hard) / counts.long if counts.long else 0.0


def too_many_excused(counts: Counts) -> bool:
    """Whether more of the long words are excused than MOST_EXCUSED, rounded to a percent, and than FEW_EXCUSED."""
    return counts.long - counts.hard > FEW_EXCUSED and round(share_excused(counts), 2) > MOST_EXCUSED


LIMITS: dict[str, ReadingLimits] = {
    "easy": ReadingLimits(
        grade=4.0, grade_strict=4.5, smog=None, smog_strict=None, mean_words=10,
        longest=15, few_longest=15, few_hard=0.2, few_hard_words=2, half_hard=True,
    ),
    "plain": ReadingLimits(
        grade=6.0, grade_strict=6.0, smog=8.0, smog_strict=9.0, mean_words=14,
        longest=25, few_longest=25, few_hard=0.2, few_hard_words=3, half_hard=True,
    ),
    "detailed": ReadingLimits(
        grade=9.0, grade_strict=10.0, smog=11.0, smog_strict=None, mean_words=20,
        longest=None, few_longest=40, few_hard=0.25, few_hard_words=4, half_hard=False,
    ),
}  # fmt: skip
"""By the level's id."""

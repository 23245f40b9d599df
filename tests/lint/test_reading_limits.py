"""The limits of the reading levels: one row a level, each level harder than the one before."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from leaflets.content.levels import LEVELS
from leaflets.lint.readability import Counts
from leaflets.lint.reading_limits import LIMITS, ReadingLimits, share_excused, too_many_excused
from tests.tools.some import some

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_level_has_limits() -> None:
    assert list(LIMITS) == list(LEVELS)


@pytest.mark.parametrize(
    "limit",
    [
        lambda row: row.grade,
        lambda row: row.grade_strict,
        lambda row: row.passage_grade,
        lambda row: row.mean_words,
        lambda row: row.few_longest,
        lambda row: row.few_hard_words,
    ],
)
def test_each_level_allows_more_than_the_one_before(limit: Callable[[ReadingLimits], float]) -> None:
    for easier, harder in pairwise(some(LIMITS.values(), 3)):
        assert limit(easier) < limit(harder)


def test_a_longest_sentence_is_longer_than_the_mean_and_grows_with_the_level() -> None:
    longest = [row.longest or math.inf for row in LIMITS.values()]
    assert longest == sorted(longest)
    assert all(row.mean_words < length for row, length in zip(LIMITS.values(), longest, strict=True))


def test_the_strict_limits_are_those_that_were_asked_for() -> None:
    assert [(row.grade_strict, row.smog_strict) for row in LIMITS.values()] == [(4.5, None), (6, 9), (10, None)]


@pytest.mark.parametrize(
    ("long", "hard", "share", "too_many"),
    [
        (0, 0, 0, False),
        (4, 0, 1, False),
        (20, 15, 0.25, False),
        (5, 0, 1, True),
        (19, 14, 5 / 19, True),
        (9, 9, 0, False),
    ],
)
def test_a_quarter_of_the_long_words_may_be_excused_and_always_a_few(
    long: int, hard: int, share: float, too_many: bool
) -> None:
    counts = Counts(100, 10, 150, 140, long, hard)
    assert share_excused(counts) == pytest.approx(share)
    assert too_many_excused(counts) is too_many


def test_a_figure_is_held_as_it_is_printed() -> None:
    """To one decimal: 6.04 is 6.0, and 6.06 is 6.1."""
    (sound,) = (row for row in LIMITS["plain"].figures(_mean(14.04)) if row.id == "mean-words")
    (over,) = (row for row in LIMITS["plain"].figures(_mean(14.06)) if row.id == "mean-words")
    assert (sound.within, over.within) == (True, False)


def _mean(words: float) -> Counts:
    return Counts(round(words * 100), 100, 100, 100, 0, 0)


@pytest.mark.parametrize("file", ["standards.md", "authoring.md"])
def test_the_documents_have_the_same_limits(file: str) -> None:
    text = (DOCS / file).read_text(encoding="utf-8")
    for level, row in some(LIMITS.items()):
        smog = f"{row.smog:g}" if row.smog else "-"
        smog_strict = f"{row.smog_strict:g}" if row.smog_strict else "-"
        longest = str(row.longest) if row.longest else "-"
        cells = (level, f"{row.grade:g}", f"{row.grade_strict:g}", smog, smog_strict, f"{row.passage_grade:g}",
                 f"{row.mean_words:g}", longest)  # fmt: skip
        assert f"| {' | '.join(cells)} |" in text

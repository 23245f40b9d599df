"""How hard words are: known sentences with grades worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import pytest

from leaflets.lint.readability import Counts, count, measure
from leaflets.lint.sentences import sentences
from leaflets.lint.syllables import FamiliarWords
from tests.tools.reading import passage


def counted(*lines: str, familiar: Sequence[str] = ()) -> Counts:
    return measure(sentences(passage(*lines)), FamiliarWords.of(familiar))


def test_six_short_words_in_one_sentence() -> None:
    # 6 words, 6 syllables, 1 sentence: 0.39 * 6 + 11.8 * 1 - 15.59
    result = counted("The cat sat on the mat.")
    assert (result.words, result.sentences) == (6, 1)
    assert result.mean_words == 6
    assert result.grade == pytest.approx(-1.45)
    assert result.smog == pytest.approx(3.1291)


def test_two_sentences_of_six_and_four_words() -> None:
    # doctor, today and about have two syllables, the other seven words one: 13 in 10 words
    result = counted("Your doctor can help you today. Ask about the pain.")
    assert (result.words, result.sentences) == (10, 2)
    assert result.mean_words == 5
    assert result.grade == pytest.approx(0.39 * 5 + 11.8 * 13 / 10 - 15.59)
    assert result.grade == pytest.approx(1.70)


def test_long_words_raise_the_smog_grade() -> None:
    # exercise 3, medicine 3, then 1 and 2: two words of three syllables or more in a sentence
    result = counted("Exercise with medicine today.")
    assert result.smog == pytest.approx(1.0430 * sqrt(60) + 3.1291)
    assert result.smog == pytest.approx(11.208, abs=0.001)
    assert result.grade == pytest.approx(0.39 * 4 + 11.8 * 9 / 4 - 15.59)


def test_smog_is_counted_per_thirty_sentences() -> None:
    # two long words in four sentences
    result = counted("Exercise helps. Medicine helps. Rest helps. Sleep helps.")
    assert result.smog == pytest.approx(1.0430 * sqrt(2 * 30 / 4) + 3.1291)


def test_a_familiar_word_counts_two_syllables_and_is_no_long_word() -> None:
    strict, eased = counted("Paracetamol hurts."), counted("Paracetamol hurts.", familiar=["paracetamol"])
    assert strict.grade == strict.grade_strict == pytest.approx(0.39 * 2 + 11.8 * 6 / 2 - 15.59)
    assert eased.grade == pytest.approx(0.39 * 2 + 11.8 * 3 / 2 - 15.59)
    assert eased.grade_strict == strict.grade_strict
    assert strict.smog == strict.smog_strict == eased.smog_strict > eased.smog == pytest.approx(3.1291)
    assert (strict.long, strict.hard, eased.long, eased.hard) == (1, 1, 1, 0)


def test_nothing_to_read_measures_nothing() -> None:
    nothing = counted()
    assert nothing == Counts()
    assert (nothing.grade, nothing.grade_strict, nothing.smog, nothing.smog_strict, nothing.mean_words) == (0,) * 5


def test_counts_are_added_and_taken_away() -> None:
    whole, first, second = counted("Exercise helps. Rest now."), counted("Exercise helps."), counted("Rest now.")
    assert first + second == whole
    assert whole - first == second


def test_words_are_taken_out_of_a_sentence_that_stays() -> None:
    less = counted("Exercise helps. Rest now.") - count(("Exercise",), FamiliarWords.of(()), sentences=0)
    assert (less.words, less.sentences, less.syllables, less.long) == (3, 2, 3, 0)

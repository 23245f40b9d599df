"""Wholes by Unicode class: what is one piece from left to right, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.l10n.bidi.wholes import is_whole, wholes
from tests.tools.painted import hard_wholes


def pieces(words: str) -> list[str]:
    return [words[begin:end] for begin, end in wholes(words)]


@pytest.mark.parametrize("words", hard_wholes())
def test_a_hard_whole_is_one_piece_in_a_sentence(words: str) -> None:
    assert is_whole(words)
    for sentence in ("خذ {} الآن", "عند {}.", "{}، ثم", "({})", "قال: {}؟"):
        found = pieces(sentence.format(words))
        assert found in ([words], [f"({words})"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("50 من 100", ["50", "100"]),
        ("بـ-5 يوم", ["5"]),  # a hyphen after a letter joins
        ("A, B أو C", ["A", "B", "C"]),  # commas belong to the sentence
        ("خذ ٢٫٥ ملغ.", ["٢٫٥"]),
        ("عند 5. ثم 6", ["5", "6"]),
        ("(خذ 5)", ["5"]),  # a bracket round words of both directions
        ("لا شيء", []),
        ("(((", []),
        ("אחרי 5% מהם", ["5%"]),
        ("۲۰ تا ۳۰ میلی‌گرم", ["۲۰", "۳۰"]),
    ],
)
def test_what_is_no_part_of_a_whole_stays_outside(words: str, expected: list[str]) -> None:
    assert pieces(words) == expected


@given(st.text())
def test_pieces_are_apart_and_have_no_letter_from_right_to_left(words: str) -> None:
    end = 0
    for begin, after in wholes(words):
        assert end <= begin < after <= len(words)
        assert not any("\u05d0" <= char <= "\u05ea" or "\u0620" <= char <= "\u064a" for char in words[begin:after])
        end = after

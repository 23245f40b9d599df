"""Numbers of a translation, for any numbers: in whatever digits they are written, they must be those of the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.l10n.compare import compare

DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")
POINTS = st.sampled_from((".", ",", "٫", "٬"))
NUMBER = st.lists(st.integers(0, 9_999).map(str), min_size=1, max_size=3)
"""The digits of a number between its points and commas."""


def rules(source: str, words: str) -> list[str]:
    diagnostics = Diagnostics()
    compare("id", source, words, Place("it.po"), diagnostics)
    return [item.rule for item in diagnostics]


def written(parts: list[str], digits: str, point: str) -> str:
    return point.join("".join(digits[int(digit)] for digit in part) for part in parts)


@given(st.lists(NUMBER, max_size=4), st.sampled_from(DIGITS), POINTS, POINTS)
def test_digits_and_points_of_the_language_are_the_same_numbers(
    numbers: list[list[str]], digits: str, one: str, other: str
) -> None:
    source = " and ".join(written(number, DIGITS[0], one) for number in numbers)
    words = " و ".join(written(number, digits, other) for number in reversed(numbers))
    assert rules(source, words) == []


@given(NUMBER, NUMBER, st.sampled_from(DIGITS), POINTS)
def test_another_number_is_found(number: list[str], other: list[str], digits: str, point: str) -> None:
    found = rules(f"take {written(number, DIGITS[0], '.')} mg", f"خذ {written(other, digits, point)} mg")
    assert found == ([] if number == other else ["message-numbers"])


@given(NUMBER, st.sampled_from(DIGITS))
def test_a_number_that_is_left_out_or_told_twice_is_found(number: list[str], digits: str) -> None:
    source, once = f"take {written(number, DIGITS[0], '.')} mg", written(number, digits, ".")
    assert rules(source, "خذ mg") == ["message-numbers"]
    assert rules(source, f"خذ {once} أو {once} mg") == ["message-numbers"]

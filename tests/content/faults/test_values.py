"""A value that does not fit is told in our words, whatever the validator calls its fault."""

from __future__ import annotations

import datetime
import re
from typing import Any, Literal

import pytest
from pydantic_core import _pydantic_core
from pydantic_core.core_schema import ErrorType

from leaflets.content.faults.values import ValueFault, sentence
from leaflets.content.model.text import Text
from tests.tools.some import some

ALL: list[dict[str, Any]] = _pydantic_core.list_all_errors()
"""Every fault that pydantic knows, with the sentence that it would say."""

THEIRS = re.compile(
    r"\b(Input|Tuple|List|String|Value|Field|Dictionary|Datetime|Assertion) (?:should|error|failed)\b|valid"
)


def fault(kind: str, value: Any = "x", annotation: Any = str, about: str = "", **limits: Any) -> ValueFault:
    said = next((row["message_template_python"] for row in ALL if row["type"] == kind), "ours")
    return ValueFault(kind, "key", value, limits, said, annotation, about)


def test_the_walk_sees_every_fault_of_the_validator() -> None:
    assert {row["type"] for row in ALL} == set(ErrorType.__args__)  # type: ignore[attr-defined]
    assert len(ALL) > 90


@pytest.mark.parametrize("value", ["x", 7, None, True, ["a"], {"a": 1}], ids=repr)
@pytest.mark.parametrize(
    "annotation", [str, int, datetime.date, tuple[str, ...], Literal["a", "b"], Text, None], ids=str
)
def test_no_word_of_the_validator_is_said(value: Any, annotation: Any) -> None:
    for row in some(ALL):
        example = row.get("example_context") or {}
        if row["type"] in ("value_error", "assertion_error"):
            continue  # words of a validator that a program wrote
        message, hint = sentence(fault(row["type"], value, annotation, "", **example))
        assert not THEIRS.search(f"{message} {hint}"), row["type"]
        assert "“key”" in message or message.startswith("key: "), row["type"]
        assert row["message_template_python"][:20] not in message


def test_our_own_validators_are_quoted() -> None:
    assert sentence(fault("value_error", error=ValueError("too wide"))) == ("key: too wide", "")
    assert sentence(fault("clinic")) == ("key: ours", "")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("30/11/2026", "write 2026-11-30"),
        ("11/30/2026", "write 2026-11-30"),
        ("30.11.2026", "write 2026-11-30"),
        ("2026/11/30", "write 2026-11-30"),
        ("2026-1-2", "write 2026-01-02"),
        ("30 November 2026", "write 2026-11-30"),
        ("Nov 30, 2026", "write 2026-11-30"),
        ("05/05/2026", "write 2026-05-05"),
        ("05/06/2026", "write year, month and day, such as 2026-11-30"),
        ("2026-02-30", "write year, month and day, such as 2026-11-30"),
        ("next spring 2026", "write year, month and day, such as 2026-11-30"),
    ],
)
def test_a_date_is_shown_as_it_is_written_where_it_can_mean_one_only(written: str, hint: str) -> None:
    found = sentence(fault("date_from_datetime_parsing", written, datetime.date))
    assert found == (f"key: “{written}” is no date", hint)


def test_a_choice_says_the_nearest_and_what_each_means() -> None:
    known = Literal["emergency", "today"]
    about = "emergency: call; today: be seen."
    assert sentence(fault("literal_error", "urgent", known, about)) == (
        "key: “urgent” is not known here",
        "emergency: call; today: be seen",
    )
    assert sentence(fault("literal_error", "Emergancy", known, about))[1] == (
        "did you mean “emergency”? emergency: call; today: be seen"
    )
    assert sentence(fault("literal_error", "maybe", known, "How soon."))[1] == "known here: emergency, today"


def test_a_long_value_is_cut() -> None:
    assert sentence(fault("int_parsing", "x" * 90, int)) == (
        f"key: “{'x' * 40}…” does not fit here",
        "write a whole number",
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (fault("less_than_equal", 140, int, le=100), "key: “140” is too much, 100 is the most"),
        (fault("greater_than_equal", -1, int, ge=0), "key: “-1” is too little, 0 is the least"),
        (fault("greater_than", 0, int, gt=0), "key: “0” is too little, 1 is the least"),
        (fault("too_short", [], min_length=1, actual_length=0), "“key” has nothing in it, and 1 is the least"),
        (fault("too_long", [1, 2], max_length=1, actual_length=2), "“key” has 2 entries, and 1 are the most"),
        (fault("string_too_short", ""), "key: there are no words here"),
        (fault("tuple_type", "GB", tuple[str, ...]), "“key” is a list, and “GB” stands here"),
        (fault("model_type", "Gout.", Text), "“key” has no levels"),
        (fault("model_type", ["a"], Text), "“key” does not hold keys with values"),
    ],
)
def test_limits_and_shapes(made: ValueFault, said: str) -> None:
    assert sentence(made)[0] == said

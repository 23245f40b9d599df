"""JSON that is read back is of the types that it must have, or it is told where and how it differs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from tests.tools.json_fuzz import JSON


@dataclass
class Row:
    name: str
    size: int
    there: bool = True
    lines: list[str] = field(default_factory=list)
    stamp: tuple[int, str] = (0, "")
    rows: dict[str, int] = field(default_factory=dict)
    more: Any = None


GOOD: dict[str, Any] = {
    "name": "a", "size": 1, "there": False, "lines": ["a"], "stamp": [1, "a"], "rows": {"a": 1}, "more": None,
}  # fmt: skip


def test_what_fits_is_told_nothing_of() -> None:
    assert misfit(GOOD, Row) == ""
    assert misfit([GOOD], list[Row]) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": 5}, "name: 5 is not text"),
        ({"name": None}, "name: null is not text"),
        ({"size": True}, "size: true is not a whole number"),
        ({"size": 1.0}, "size: 1.0 is not a whole number"),
        ({"there": 1}, "there: 1 is not true or false"),
        ({"lines": "a"}, 'lines: "a" is not a list'),
        ({"lines": ["a", {}]}, "lines, 2: {…} is not text"),
        ({"stamp": [1]}, "stamp: […] is not a list of 2"),
        ({"stamp": [1, 2]}, "stamp, 2: 2 is not text"),
        ({"rows": []}, "rows: […] is not keys with values"),
        ({"rows": {"\x1b[2J": ""}}, 'rows.\\x1b[2J: "" is not a whole number'),
        ({"new": 1}, "the key “new” is not known"),
        ({"size": "x" * 100}, f'size: "{"x" * 59}… is not a whole number'),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change: dict[str, Any], said: str) -> None:
    assert misfit({**GOOD, **change}, Row) == said


def test_what_is_missing_is_told() -> None:
    assert misfit({}, Row) == "the key “name” is missing"
    assert misfit({"a": {}}, dict[str, Row]) == "a: the key “name” is missing"
    assert misfit(None, Row) == "null is not keys with values"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "this is not JSON: Expecting value"),
        (b'{"a": 1}}', "this is not JSON: Extra data"),
        (b"\xff", "this is not UTF-8"),
        (b"\xef\xbb\xbf{}", "this is not JSON: Unexpected UTF-8 BOM"),
        (b"1" * 5000, "a number has more than 19 digits"),
        (b"[1e999]", "1e999 is no number"),
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[" * 100_000, "this is not JSON that can be read: lists in lists in lists"),
        (b'["\\ud800"]', "a text in it holds half a character"),
    ],
)
def test_what_is_no_json_is_told(body: bytes, said: str) -> None:
    with pytest.raises(BrokenDataError) as error:
        parse_json(body)
    assert str(error.value).startswith(said)


def test_the_place_of_what_is_no_json_is_told() -> None:
    with pytest.raises(BrokenDataError) as error:
        parse_json(b'{\n "a": }')
    assert (error.value.line, error.value.column) == (2, 7)


@pytest.mark.parametrize("shape", [int, Row])
def test_lists_as_deep_as_they_can_be_read_are_told(shape: Any) -> None:
    for depth in range(100, 1100, 50):
        try:
            found = parse_json(b"[" * depth + b"]" * depth)
        except BrokenDataError:
            return
        assert misfit(found, shape)
    pytest.fail("nothing was too deep")


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_value_or_the_one_error(body: bytes) -> None:
    try:
        value = parse_json(body)
    except BrokenDataError:
        return
    json.dumps(value, ensure_ascii=False).encode()
    assert isinstance(misfit(value, Row), str)

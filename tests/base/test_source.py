"""YAML with positions: where values, keys and pieces of text stand, and what plain scalars mean."""

from __future__ import annotations

from typing import Any

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.source import Source, read_yaml


def read(text: str) -> Source:
    diagnostics = Diagnostics()
    source = read_yaml("a.yaml", text, diagnostics)
    assert source is not None
    assert not list(diagnostics)
    return source


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("off", "off"),
        ("2026-11-22", "2026-11-22"),
        ("012", "012"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("+44", "+44"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("!!int 12", 12),
    ],
)
def test_a_scalar_is_text_unless_it_is_plainly_something_else(written: str, value: Any) -> None:
    data = read(f"key: {written}").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_keys_are_always_text() -> None:
    assert read("1: a\nno: b\ntrue: c").data == {"1": "a", "no": "b", "true": "c"}


def test_an_empty_file_has_no_data() -> None:
    assert read("# nothing\n").data is None


TEXT = """\
# a comment
title: Ünder the bridge
list:
  - one
  - {id: two, words: "a “quoted” word"}
folded: >-
  first line
  second   line
literal: |
  alpha

  omega
single: 'it''s one
  over two lines'
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "a.yaml:2:1"),
        (("title",), "a.yaml:2:8"),
        (("list",), "a.yaml:4:3"),
        (("list", 0), "a.yaml:4:5"),
        (("list", 1), "a.yaml:5:5"),
        (("list", 1, "id"), "a.yaml:5:10"),
        (("list", 1, "words"), "a.yaml:5:22"),
        (("folded",), "a.yaml:6:9"),
        (("literal",), "a.yaml:9:10"),
    ],
)
def test_a_value_stands_where_it_begins(path: tuple[str | int, ...], place: str) -> None:
    assert str(read(TEXT).place(path)) == place


def test_a_value_that_is_not_there_is_told_at_the_part_above_it() -> None:
    source = read(TEXT)
    assert source.place(("list", 1, "claims", 3)) == source.place(("list", 1))
    assert source.place(("nowhere",)) == source.place()


@pytest.mark.parametrize(
    ("path", "place"), [(("title",), "a.yaml:2:1"), (("list", 1, "words"), "a.yaml:5:15"), (("folded",), "a.yaml:6:1")]
)
def test_a_key_stands_where_it_is_written(path: tuple[str | int, ...], place: str) -> None:
    assert str(read(TEXT).key_place(path)) == place


def test_a_key_that_is_not_there_is_told_at_the_nearest_value() -> None:
    source = read(TEXT)
    assert source.key_place(("list", 1, "claims")) == source.place(("list", 1))


@pytest.mark.parametrize(
    ("path", "fragment", "place"),
    [
        (("title",), "the", "a.yaml:2:14"),
        (("title",), "Ünder", "a.yaml:2:8"),
        (("folded",), "second", "a.yaml:8:3"),
        (("folded",), "line second line", "a.yaml:7:9"),
        (("literal",), "omega", "a.yaml:12:3"),
        (("list", 1, "words"), "“quoted” word", "a.yaml:5:25"),
        (("single",), "one over", "a.yaml:13:16"),
        (("single",), "lines", "a.yaml:14:12"),
    ],
)
def test_a_fragment_is_found_however_the_text_is_folded(path: tuple[str | int, ...], fragment: str, place: str) -> None:
    assert str(read(TEXT).place_of(path, fragment)) == place


def test_a_fragment_that_is_written_otherwise_is_told_at_the_beginning_of_the_text() -> None:
    source = read(TEXT)
    assert source.place_of(("single",), "it's") == source.place(("single",))
    assert source.place_of(("title",), "") == source.place(("title",))
    assert source.place_of(("title", "nowhere"), "the") == source.place(("title",))


def test_a_fragment_is_not_looked_for_in_other_texts() -> None:
    source = read("a: here\nb: there\n")
    assert source.place_of(("b",), "here") == source.place_of(("b",), "here")
    assert str(source.place_of(("b",), "here")) == "a.yaml:2:5"
    assert source.place_of(("a",), "there") == source.place(("a",))


def test_a_key_twice_keeps_the_first_and_is_told_at_the_second() -> None:
    diagnostics = Diagnostics()
    source = read_yaml("a.yaml", "a: 1\nb: 2\na: 3\n", diagnostics)
    assert source is not None
    assert source.data == {"a": 1, "b": 2}
    assert [str(item) for item in diagnostics] == ["a.yaml:3:1: error: the key “a” stands here twice [duplicate-key]"]


def test_a_byte_order_mark_moves_nothing() -> None:
    diagnostics = Diagnostics()
    assert read_yaml("a.yaml", "\ufeffa: 1\nb: [", diagnostics) is None
    assert [item.place.line for item in diagnostics] == [3]
    assert read("\ufeffa: 1").data == {"a": 1}


def test_two_documents_in_a_file_are_an_error() -> None:
    diagnostics = Diagnostics()
    assert read_yaml("a.yaml", "a: 1\n---\nb: 2\n", diagnostics) is None
    (item,) = diagnostics
    assert str(item.place) == "a.yaml:2:1"
    assert item.rule == "yaml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c\n", "words with a colon in them"),
        ("\ta: b\n", "a tab stands where only spaces may"),
        ("a:\n\tb: c\n", "a tab stands where only spaces may"),
        ("a:\n  b:\n\t- x\n", "a tab stands where only spaces may"),
        ('a: "x\n', "a quote that is never closed"),
        ("a: [b\nc: d\n", "a bracket that is not closed"),
        ("a: {b\nc: d\n", "a brace that is not closed"),
        ("a: b\nc\nd: e\n", "a key without a colon"),
        ("a:\n  - b\n c: d\n", "a line that does not fit those above it"),
        ("a: - b\n", "a list that begins inside a line"),
        ("a: b\n---\nc: d\n", "a second document after “---”"),
        ('a: "\\q"\n', "a \\ that means nothing in these quotes"),
        ("a: @b\n", "a value that begins with @"),
        ("- a\nb: c\n", "a point of a list that does not fit those above it"),
        ("a: >x\n b\n", "a line that cannot be read"),
    ],
)
def test_what_is_no_yaml_is_told_in_words_of_ours(text: str, said: str) -> None:
    diagnostics = Diagnostics()
    assert read_yaml("f.yaml", text, diagnostics) is None
    (found,) = diagnostics
    assert found.message == f"this is not YAML: {said}"
    assert found.hint


def test_python_objects_are_never_made() -> None:
    assert read("a: !!python/object/apply:os.getcwd []").data == {"a": []}

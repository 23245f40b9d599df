"""How a diagnostic is printed, in which order, and what a hint proposes."""

from __future__ import annotations

import pickle

import pytest

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity, did_you_mean


def test_a_diagnostic_is_one_line() -> None:
    item = Diagnostic(Place("a/b.yaml", 14, 7), Severity.WARNING, "sentence of 31 words", "sentence-length")
    assert str(item) == "a/b.yaml:14:7: warning: sentence of 31 words [sentence-length]"


def test_a_hint_stands_on_the_next_line() -> None:
    item = Diagnostic(Place("a.yaml"), Severity.ERROR, "no", "rule", "do this")
    assert str(item) == "a.yaml:1:1: error: no [rule]\n  hint: do this"


def test_control_characters_from_a_file_reach_no_terminal() -> None:
    item = Diagnostic(
        Place("a\x1b]0;b.pdf"), Severity.ERROR, "the key “\x1b[2J\nc.yaml:1:1: error: no”", "rule", "\x07"
    )
    assert str(item) == "a\\x1b]0;b.pdf:1:1: error: the key “\\x1b[2J\\x0ac.yaml:1:1: error: no” [rule]\n  hint: \\x07"


def test_they_come_in_the_order_of_files_lines_and_columns() -> None:
    diagnostics = Diagnostics()
    for place in (Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 20), Place("a", 9, 3)):
        diagnostics.error(place, "wrong", "rule")
    assert [str(item.place) for item in diagnostics] == ["a:9:3", "a:9:20", "a:10:1", "b:1:1"]


def test_errors_come_before_warnings_at_one_place() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning(Place("a"), "a warning", "rule")
    diagnostics.error(Place("a"), "wrong", "rule")
    assert [item.severity for item in diagnostics] == [Severity.ERROR, Severity.WARNING]


def test_the_same_thing_is_said_once() -> None:
    diagnostics = Diagnostics()
    for _ in range(3):
        diagnostics.error(Place("a"), "wrong", "rule")
    diagnostics.extend([Diagnostic(Place("a"), Severity.ERROR, "wrong", "rule", "with a hint")])
    assert len(diagnostics) == 2
    assert len(list(diagnostics)) == 2


def test_warnings_are_no_errors() -> None:
    diagnostics = Diagnostics()
    diagnostics.warning(Place("a"), "a warning", "rule")
    diagnostics.extend([Diagnostic(Place("a"), Severity.WARNING, "by the way", "rule")])
    assert diagnostics.errors == []
    diagnostics.error(Place("a"), "wrong", "rule")
    assert [item.message for item in diagnostics.errors] == ["wrong"]


def test_a_diagnostic_travels_between_processes() -> None:
    item = Diagnostic(Place("a", 2, 3), Severity.ERROR, "wrong", "rule", "hint")
    assert pickle.loads(pickle.dumps(item)) == item


@pytest.mark.parametrize(
    ("wrong", "known", "hint"),
    [
        ("pictre", ["picture", "title"], "did you mean “picture”?"),
        ("xyz", ["picture", "title"], "known here: picture, title"),
        ("xyz", ["b", "a", "b"], "known here: a, b"),
        ("xyz", [], ""),
        ("xyz", [f"name-{number}" for number in range(13)], ""),
        ("name-99", [f"name-{number}" for number in range(13)], "did you mean “name-9”?"),
    ],
)
def test_a_hint_names_the_nearest_or_all_when_they_are_few(wrong: str, known: list[str], hint: str) -> None:
    assert did_you_mean(wrong, known) == hint

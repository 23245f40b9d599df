"""Markup inside a line: bold, escapes, placeholders; everything else is a fault."""

from __future__ import annotations

import pytest

from leaflets.content import inline
from leaflets.content.inline import Run


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("plain words", [Run("plain words")]),
        ("", []),
        ("**all bold**", [Run("all bold", bold=True)]),
        ("call **999** now", [Run("call "), Run("999", bold=True), Run(" now")]),
        ("**a** and **b**", [Run("a", bold=True), Run(" and "), Run("b", bold=True)]),
        ("call **{emergency}**", [Run("call "), Run("{emergency}", bold=True)]),
        (r"2 \* 3", [Run("2 * 3")]),
        (r"\*not bold\*", [Run("*not bold*")]),
        (r"a \_ b", [Run("a _ b")]),
        ("a\u00a0b – c", [Run("a\u00a0b – c")]),
        ("1. no list, # no heading, > no quote", [Run("1. no list, # no heading, > no quote")]),
        ("`no code` and &amp; and <b>", [Run("`no code` and &amp; and <b>")]),
    ],
)
def test_a_line_is_runs_of_words_bold_or_not(line: str, runs: list[Run]) -> None:
    assert list(inline.runs(line)) == runs


@pytest.mark.parametrize(
    "line",
    [
        "plain words",
        "call **{emergency}** now",
        "**a** and **b**",
        r"2 \* 3, a \_ b",
        r"**bold \* bold**",
        "snake_case_word",
        "{lifeline-ni}, {a1}",
        "3 < 4 and 5 > 4",
        "a [note] (here)",
        "A&E",
    ],
)
def test_what_is_meant_is_no_fault(line: str) -> None:
    assert inline.faults(line) == []


@pytest.mark.parametrize(
    ("line", "fragment", "message"),
    [
        ("a **b", "**b", "bold is opened and never closed"),
        ("a b**", "**", "bold is opened and never closed"),
        ("5*3", "*3", "bold is opened and never closed"),
        ("**a** b ** c", "** c", "bold is opened and never closed"),
        ("a_ b", "_ b", "bold is opened and never closed"),
        ("a *b* c", "*b* c", "italics are not used on paper"),
        ("a _b_ c", "_b_ c", "italics are not used on paper"),
        ("**a** *b*", "*b*", "italics are not used on paper"),
        ("a <br> b", "<br>", "HTML is not allowed in a text"),
        ("a </b> b", "</b>", "HTML is not allowed in a text"),
        ("a [b](c) d", "[b](c)", "links are not allowed in a text"),
        ("{a", "{", "a placeholder is broken"),
        ("a}", "}", "a placeholder is broken"),
        ("{}", "{", "a placeholder is broken"),
        ("{Emergency}", "{", "a placeholder is broken"),
        ("{a b}", "{", "a placeholder is broken"),
        ("{a_b}", "{", "a placeholder is broken"),
        ("{{a}}", "{", "a placeholder is broken"),
        ("{1a}", "{", "a placeholder is broken"),
    ],
)
def test_a_fault_names_the_piece_that_is_broken(line: str, fragment: str, message: str) -> None:
    assert [(fault.fragment, fault.message, fault.rule) for fault in inline.faults(line)] == [
        (fragment, message, "markup")
    ]


def test_every_fault_of_every_line_is_told() -> None:
    messages = [fault.message for fault in inline.faults("a **b\n<i>c [d](e)\n{f")]
    assert messages == [
        "bold is opened and never closed",
        "HTML is not allowed in a text",
        "links are not allowed in a text",
        "a placeholder is broken",
    ]


def test_bold_does_not_reach_over_lines() -> None:
    assert len(inline.faults("a **b\nc** d")) == 2


def test_placeholders_are_filled() -> None:
    assert inline.fill("call {emergency} or {lifeline-ni}", {"emergency": "999", "lifeline-ni": "0808"}) == (
        "call 999 or 0808"
    )


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert inline.fill("{a}", {"a": "{b}", "b": "c"}) == "{b}"


def test_an_unknown_placeholder_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="nothing"):
        inline.fill("call {nothing}", {"emergency": "999"})


def test_lines_are_trimmed_and_empty_ones_left_out() -> None:
    assert inline.lines("  one \n\n \ntwo\n") == ["one", "two"]
    assert inline.lines("") == []


def test_bare_words_have_no_markup_and_one_line() -> None:
    assert inline.bare("Call **999**\nor \\* go") == "Call 999 or * go"


def test_bold_may_end_in_any_sign() -> None:
    """An odd mark opens and an even one closes: the rule of CommonMark finds no end before a Chinese character."""
    assert inline.runs("用肥皂搓手**20至30秒。**然后冲洗") == (
        Run("用肥皂搓手"),
        Run("20至30秒。", bold=True),
        Run("然后冲洗"),
    )
    assert inline.runs("**비누로**손을") == (Run("비누로", bold=True), Run("손을"))
    assert not inline.faults("**過量。**過量して**レビュー。**")
    assert inline.faults("a ** b **c")

"""Inline markup, for any words: what is escaped comes back, and no stray asterisk reaches paper."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from leaflets.content import inline
from leaflets.content.inline import Run

ONE_LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")))
"""Any characters but those that end a line or control a machine."""
WORD = st.text(st.characters(categories=("L", "N")), min_size=1)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
MARKUP = st.lists(st.one_of(WORD, st.sampled_from(("**", "*", "_", "\\", " ", "{", "}", "{a}", "<b>", "\n")))).map(
    "".join
)
ESCAPED_ASTERISK = re.compile(r"\\([\\*])")


def escaped(words: str) -> str:
    return re.sub(r"([*_\\])", r"\\\1", words)


@given(ONE_LINE)
def test_escaped_words_are_one_plain_run(words: str) -> None:
    assert inline.runs(escaped(words)) == ((Run(words),) if words else ())


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_bold_words_between_plain_ones_are_runs_of_their_own(pairs: list[tuple[str, str]]) -> None:
    line = "".join(f"{plain} **{bold}** " for plain, bold in pairs)
    wanted = []
    for number, (plain, bold) in enumerate(pairs):
        wanted += [Run(f"{' ' if number else ''}{plain} "), Run(bold, bold=True)]
    assert inline.runs(line) == (*wanted, Run(" "))
    assert inline.faults(line) == []


@given(MARKUP)
def test_markup_without_faults_prints_the_asterisks_that_are_escaped_and_no_others(text: str) -> None:
    printed = inline.bare(text)
    if not inline.faults(text):
        assert printed.count("*") == ESCAPED_ASTERISK.findall(text).count("*")


@given(MARKUP)
def test_what_is_printed_has_every_letter_in_its_order(text: str) -> None:
    letters = [char for char in text if char.isalnum()]
    assert [char for char in inline.bare(text) if char.isalnum()] == letters


@given(st.lists(st.tuples(ONE_LINE.filter(lambda words: not {"{", "}"} & set(words)), st.sampled_from("abc"))))
def test_placeholders_are_filled_and_nothing_else_changes(parts: list[tuple[str, str]]) -> None:
    values = {"a": "999", "b": "{c}", "c": ""}
    text = "".join(f"{words}{{{name}}}" for words, name in parts)
    assert inline.fill(text, values) == "".join(words + values[name] for words, name in parts)
    assert inline.fill(text, {name: f"{{{name}}}" for name in values}) == text

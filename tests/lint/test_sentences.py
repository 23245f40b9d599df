"""Where a sentence begins and ends, in running text and in lists, and where it stands in its file."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.source import read_yaml
from leaflets.content.passages import Line, Passage, PassageKind
from leaflets.lint.sentences import Sentence, sentences
from tests.tools.reading import passage


def found_in(*lines: str) -> list[Sentence]:
    return sentences(passage(*lines))


def said(*lines: str, lead: bool = False) -> list[str]:
    return [sentence.text for sentence in sentences(passage(*lines, lead=lead))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One thing. Two things.", ["One thing.", "Two things."]),
        ("Really? Yes! Good… Go.", ["Really?", "Yes!", "Good…", "Go."]),
        ("He said “Stop.” Then he went.", ["He said “Stop.”", "Then he went."]),
        ("Wait (a bit.) Then go.", ["Wait (a bit.)", "Then go."]),
        ("“One thing.” “Two things.”", ["“One thing.”", "“Two things.”"]),
        ("Take 2.5 mg at 7.30 each day.", ["Take 2.5 mg at 7.30 each day."]),
        ("Call us. 36 out of 100 do.", ["Call us.", "36 out of 100 do."]),
        ("It may help, e.g. at night.", ["It may help, e.g. at night."]),
        ("No full stop", ["No full stop"]),
        ("A heading: with a colon", ["A heading: with a colon"]),
        ("– … !", []),
        ("", []),
    ],
)
def test_a_sentence_ends_before_a_capital_or_a_number(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in found_in(text)] == parts


def test_each_line_is_closed_as_a_sentence() -> None:
    assert said("How to wash", "with soap") == ["How to wash", "with soap"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t wash, rub.", ["Don’t", "wash", "rub"]),
        ("self-care and 1,563 people", ["self-care", "and", "1,563", "people"]),
        ("5–10 ml, 36% (46 out of 100)", ["5", "10", "ml", "36%", "46", "out", "of", "100"]),
        ("A&E, 0808 808 8000.", ["A", "E", "0808", "808", "8000"]),
        ("snake_case / slash/word", ["snake", "case", "slash", "word"]),
    ],
)
def test_words_are_letters_and_numbers_with_what_joins_them(text: str, words: list[str]) -> None:
    assert [word for sentence in found_in(text) for word in sentence.words] == words


def test_a_line_above_a_list_and_its_points_make_one_sentence() -> None:
    assert said("It may help. Do not use:", "a pad", "a bath, if it is hot.", lead=True) == [
        "It may help.",
        "Do not use: a pad a bath, if it is hot.",
    ]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (("Take care.", "a pad", "a bath"), ["Take care.", "a pad", "a bath"]),
        (("Use:", "A pad", "a bath"), ["Use:", "A pad", "a bath"]),
        (("Use:", "a pad. Then rest.", "a bath"), ["Use: a pad.", "Then rest.", "a bath"]),
        (("Use:", "a pad.", "a bath"), ["Use: a pad.", "a bath"]),
        (("Use one of these:", "a pad", "In the bath too"), ["Use one of these: a pad", "In the bath too"]),
    ],
)
def test_it_goes_on_only_while_it_is_open_and_the_next_point_is_small(lines: tuple[str, ...], parts: list[str]) -> None:
    assert said(*lines, lead=True) == parts


def test_points_without_a_line_above_them_are_sentences_of_their_own() -> None:
    assert said("a pad", "a bath") == ["a pad", "a bath"]


def test_a_list_is_as_long_as_its_longest_point_after_the_line_above_it() -> None:
    (sentence,) = sentences(passage("Do not use:", "a pad", "a bath that is hot", "a rug", lead=True))
    length, point = sentence.longest
    assert (length, point.text) == (8, "a bath that is hot")
    assert len(sentence.words) == 12


def test_a_sentence_is_as_long_as_it_is() -> None:
    (sentence,) = found_in("Do not use it.")
    assert sentence.longest == (4, sentence.pieces[0])


YAML = """\
folded: >-
  Wash **your** hands. Then you
  dry them. Then you rest.
lines: |-
  Wash them.

  Then rest. Then you sleep.
plain: Wash them. Then you
  rest.
quoted: "Wash them: well. Then you rest."
escaped: "Wash them.\\nThen \\u201crest\\u201d. Then sleep."
"""


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("folded", ["2:3", "2:24", "3:13"]),
        ("lines", ["5:3", "7:3", "7:14"]),
        ("plain", ["8:8", "8:19"]),
        ("quoted", ["10:10", "10:27"]),
    ],
)
def test_each_sentence_has_its_own_place_however_the_text_is_folded(key: str, places: list[str]) -> None:
    source = read_yaml("a.yaml", YAML, Diagnostics())
    assert source is not None
    lines, before = [], 0
    for words in filter(None, source.data[key].split("\n")):
        lines.append(Line(words.replace("**", ""), key, source, (key,), before))
        before += len(words.split())
    found = sentences(Passage(key, PassageKind.PROSE, tuple(lines)))
    assert [f"{sentence.place.line}:{sentence.place.column}" for sentence in found] == places


def test_what_cannot_be_told_is_placed_at_the_text() -> None:
    source = read_yaml("a.yaml", YAML, Diagnostics())
    assert source is not None
    line = Line("Then “rest”. Then sleep.", "x", source, ("escaped",), 2)
    places = {str(sentence.place) for sentence in sentences(Passage("x", PassageKind.PROSE, (line,)))}
    assert places == {"a.yaml:11:10"}

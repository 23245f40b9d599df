"""What must be the same in every language: placeholders, numbers, bold; and markup that is whole."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.l10n.compare import compare
from tests.tools.articles import printed


def said(source: str, words: str) -> str:
    diagnostics = Diagnostics()
    compare("a", source, words, Place("ar.po", 7), diagnostics)
    return printed(diagnostics)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Use soap.", "استخدم الصابون."),
        ("Call {emergency} now, {emergency}!", "اتصل {emergency} الآن، {emergency}!"),
        ("Call **{emergency}** now", "اتصل **{emergency}** الآن"),
        ("46 out of 100", "46 من 100"),
        ("46 out of 100", "من 100، 46"),
        ("46 out of 100", "٤٦ من ١٠٠"),
        ("1,563 women, 2.5 ml", "١٬٥٦٣ امرأة، ٢٫٥ مل"),
        ("**one** and **two**", "**اثنان** و **واحد**"),
        ("two lines\nof words", "سطر واحد"),
    ],
)
def test_words_that_say_the_same_are_left_alone(source: str, words: str) -> None:
    assert said(source, words) == ""


@pytest.mark.parametrize(
    ("source", "words", "what", "rule", "hint"),
    [
        ("Call {emergency}", "اتصل", "placeholders", "message-placeholders", "source: emergency; here: none"),
        ("Call", "اتصل {urgent}", "placeholders", "message-placeholders", "source: none; here: urgent"),
        ("{a} {a}", "{a}", "placeholders", "message-placeholders", "source: a, a; here: a"),
        ("46 out of 100", "46 من 10", "numbers", "message-numbers", "source: 100, 46; here: 10, 46"),
        ("Wash twice", "اغسل 2", "numbers", "message-numbers", "source: none; here: 2"),
        ("2.5 ml", "25 مل", "numbers", "message-numbers", "source: 2.5; here: 25"),
        ("**Now** wash", "اغسل الآن", "words in bold", "message-markup", "source: bold; here: none"),
    ],
)
def test_what_differs_is_told_with_both_sides(source: str, words: str, what: str, rule: str, hint: str) -> None:
    assert said(source, words) == (
        f"ar.po:7:1: error: “a”: the {what} are not those of the source [{rule}]\n  hint: {hint}\n"
    )


def test_a_number_to_call_instead_of_its_placeholder_is_told_twice() -> None:
    assert said("Call {emergency}", "اتصل 999").count(" error: ") == 2


@pytest.mark.parametrize(("words", "message"), [("اغسل **الآن", "bold is opened"), ("اغسل <b>الآن", "HTML is not")])
def test_broken_markup_never_reaches_paper(words: str, message: str) -> None:
    found = said("Wash now", words)
    assert f"ar.po:7:1: error: “a”: {message}" in found
    assert "[markup]" in found

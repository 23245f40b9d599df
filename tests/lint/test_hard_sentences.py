"""Each sentence that is too hard is told where it stands, with what makes it hard; its mended twin passes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from leaflets.content.passages import Passage, PassageKind
from leaflets.lint.hard_sentences import PassageCheck, ReadingFault
from leaflets.lint.plain_words import PlainWords
from leaflets.lint.sentences import counted
from leaflets.lint.syllables import FamiliarWords
from tests.tools.articles import Edit, project, said
from tests.tools.reading import passage

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "reading.yaml").read_text(encoding="utf-8")
)
WORDS = {
    "easy": "easy: Wash your hands with soap.",
    "plain": "plain: Wash your hands with soap to get the germs off.",
    "detailed": "detailed: >-\n        Wash your hands with soap, as germs spread from hand to hand.\n"
    "        Rub them for a short time.",
}
"""What stands in the block `why` of *mini*."""


def printed(folder: Path, level: str, text: str) -> str:
    """What `check` prints when the block has this text at a level, but for words that no dictionary knows."""
    new = f"{level}: |-\n{indent(text, ' ' * 8)}"
    everything = said(project(folder, Edit("sections/wash", WORDS[level], new), shipped=True))
    return re.sub(r".* \[spelling\]\n  hint: .*\n", "", everything)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_hard_words_are_told_word_for_word(case: dict[str, Any], tmp_path: Path) -> None:
    found = printed(tmp_path, case["level"], case["text"])
    assert found.replace("articles/mini/", "") == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_their_mended_twins_pass(case: dict[str, Any], tmp_path: Path) -> None:
    assert printed(tmp_path, case["level"], case["mended"]) == ""


NOTHING_PLAINER = PlainWords({})
HARD = "Hyperuricaemia predisposes susceptible individuals."


def faults(level: str, found: Passage, familiar: Sequence[str] = ()) -> list[ReadingFault]:
    return list(PassageCheck(level, FamiliarWords.of(familiar), NOTHING_PLAINER).faults(found, counted(found)))


@pytest.mark.parametrize("kind", [kind for kind in PassageKind if kind is not PassageKind.NAME])
@pytest.mark.parametrize("level", ["easy", "plain"])
def test_no_part_of_a_leaflet_hides_a_sentence_of_hard_words(level: str, kind: PassageKind) -> None:
    found = faults(level, passage("Wash your hands.", HARD, "Then rest.", kind=kind))
    assert [fault.rule for fault in found] == ["hard-sentence"]


def test_a_name_may_be_of_hard_words() -> None:
    assert faults("easy", passage("Transcutaneous electrical stimulation", kind=PassageKind.NAME)) == []


def test_a_heading_of_two_long_words_passes_and_one_of_three_does_not() -> None:
    kind = PassageKind.HEADING
    assert faults("easy", passage("Injections and devices", kind=kind)) == []
    assert [fault.rule for fault in faults("easy", passage("Injections and electrical devices", kind=kind))] == [
        "hard-sentence"
    ]


def test_a_point_of_a_list_is_held_by_itself() -> None:
    found = faults("plain", passage("You may see some of these:", "a red toe", HARD.lower(), lead=True))
    assert [(fault.rule, fault.place.path) for fault in found] == [("hard-sentence", "a.yaml")]
    assert found[0].message.startswith("4 of the 4 words")
    assert found[0].about == ("sections.a.b.plain", "sections.a.b.2")


def test_familiar_words_are_not_hard_words() -> None:
    words = ["hyperuricaemia", "predisposes", "susceptible"]
    assert [fault.rule for fault in faults("plain", passage(HARD), words[:2])] == ["hard-sentence"]
    assert faults("plain", passage(HARD), words) == []


@pytest.mark.parametrize(
    ("level", "words", "most"),
    [("easy", 16, 15), ("plain", 26, 25), ("detailed", 41, 40)],
    ids=["easy", "plain", "detailed"],
)
def test_a_sentence_may_have_so_many_words(level: str, words: int, most: int) -> None:
    (fault,) = faults(level, passage("It " + "is " * (words - 1)))
    assert fault.message == f"sentence of {words} words, the {level} level allows {most}"
    assert (fault.rule, fault.hint) == ("sentence-length", "make it two sentences")
    assert faults(level, passage("It " + "is " * (most - 1))) == []


def test_in_a_longer_passage_of_the_detailed_level_a_long_sentence_is_weighed_with_the_others() -> None:
    assert faults("detailed", passage("It " + "is " * 40 + "so. Go to bed. Rest well.")) == []


def test_a_long_point_is_told_at_the_point() -> None:
    long = "a bath that is hot " * 5
    (fault,) = faults("plain", passage("Do not use:", "a pad", long, lead=True))
    assert fault.message == "sentence of 28 words, the plain level allows 25"
    assert fault.about[1] == "sections.a.b.2"


def test_only_sentences_that_bring_the_passage_over_the_limit_are_told() -> None:
    hard = "This medication can damage intestines terribly."
    lines = ["Rest.", "Go to bed now.", hard, "Sleep.", "Do not eat meat."]
    (fault,) = faults("easy", passage(*lines))
    assert fault.about == ("sections.a.b.plain", "sections.a.b.2")
    assert fault.sentence
    assert fault.sentence.text == hard


def test_the_gain_is_what_the_passage_comes_to_without_the_words_that_are_named() -> None:
    hard = "This medication can irritate everybody a lot."
    (fault,) = faults("easy", passage(hard, "Carry water now.", "Never open it."))
    # left are 10 words of 14 syllables in 3 sentences
    assert fault.hint == (
        "hardest words: “medication” (4 syllables), “everybody” (4 syllables), “irritate” (3 syllables); "
        f"without these 3 the passage comes to {0.39 * 10 / 3 + 11.8 * 14 / 10 - 15.59:.1f}"
    )


def test_without_a_long_word_it_is_the_length() -> None:
    line = "When your doctor thinks it better, carry only little water under either elbow, never over any narrow river."
    found = faults("plain", passage(*[line] * 3))
    assert {fault.hint for fault in found} == {"make it two sentences"}

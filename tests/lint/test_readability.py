"""How hard words are: known sentences with grades worked out by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.source import Source, read_yaml
from leaflets.content.levels import LEVELS, Level
from leaflets.content.passages import Passage
from leaflets.lint.readability import Sentence, check_readability, measure, sentences, syllables
from tests.tools.articles import printed


def passage(words: str, source: Source | None = None, path: tuple[str, ...] = ()) -> Passage:
    return Passage(words, "text", source or Source("a.yaml", words), path)


def split(*words: str) -> list[Sentence]:
    return sentences(passage(text) for text in words)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One thing. Two things.", ["One thing.", "Two things."]),
        ("Really? Yes! Good… Go.", ["Really?", "Yes!", "Good…", "Go."]),
        ("He said “Stop.” Then he went.", ["He said “Stop.", "Then he went."]),
        ("Wait (a bit.) Then go.", ["Wait (a bit.", "Then go."]),
        ("“One thing.” “Two things.”", ["“One thing.", "“Two things.”"]),
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
    assert [sentence.text for sentence in split(text)] == parts


def test_each_passage_is_closed_as_a_sentence() -> None:
    assert [sentence.words for sentence in split("How to wash", "with soap")] == [
        ("How", "to", "wash"),
        ("with", "soap"),
    ]


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
    assert [word for sentence in split(text) for word in sentence.words] == words


def test_six_short_words_in_one_sentence() -> None:
    # 6 words, 6 syllables, 1 sentence: 0.39 * 6 + 11.8 * 1 - 15.59
    result = measure(split("The cat sat on the mat."), ())
    assert (result.words, result.sentences, result.longest) == (6, 1, 6)
    assert result.mean_words == 6
    assert result.grade == pytest.approx(-1.45)
    assert result.smog == pytest.approx(3.1291)


def test_two_sentences_of_six_and_four_words() -> None:
    # doctor, today and about have two syllables, the other seven words one: 13 in 10 words
    result = measure(split("Your doctor can help you today. Ask about the pain."), ())
    assert (result.words, result.sentences, result.longest) == (10, 2, 6)
    assert result.mean_words == 5
    assert result.grade == pytest.approx(0.39 * 5 + 11.8 * 13 / 10 - 15.59)
    assert result.grade == pytest.approx(1.70)


def test_long_words_raise_the_smog_grade() -> None:
    # exercise 3, medicine 3, then 1 and 2: two words of three syllables or more in a sentence
    result = measure(split("Exercise with medicine today."), ())
    assert result.smog == pytest.approx(1.0430 * sqrt(60) + 3.1291)
    assert result.smog == pytest.approx(11.208, abs=0.001)
    assert result.grade == pytest.approx(0.39 * 4 + 11.8 * 9 / 4 - 15.59)


def test_smog_is_counted_per_thirty_sentences() -> None:
    # two long words in four sentences
    result = measure(split("Exercise helps. Medicine helps. Rest helps. Sleep helps."), ())
    assert result.smog == pytest.approx(1.0430 * sqrt(2 * 30 / 4) + 3.1291)


def test_a_familiar_word_counts_two_syllables_and_is_no_long_word() -> None:
    found = split("Paracetamol hurts.")
    strict, eased = measure(found, ()), measure(found, ["paracetamol"])
    assert strict.grade == strict.grade_strict == pytest.approx(0.39 * 2 + 11.8 * 6 / 2 - 15.59)
    assert eased.grade == pytest.approx(0.39 * 2 + 11.8 * 3 / 2 - 15.59)
    assert eased.grade_strict == strict.grade_strict
    assert strict.smog > eased.smog == pytest.approx(3.1291)


@pytest.mark.parametrize("word", ["Opioids", "opioid", "OPIOID", "opioid’s", "anti-opioid"])
def test_a_familiar_word_is_known_in_its_forms(word: str) -> None:
    assert measure(split(f"{word} exercise"), ["opioid"]).smog == measure(split("a exercise"), ()).smog


def test_another_word_is_not_made_familiar_by_a_part_of_it() -> None:
    assert measure(split("Opioidergic"), ["opioid"]).grade == measure(split("Opioidergic"), ()).grade


def test_familiar_words_never_make_a_short_word_longer() -> None:
    found = split("Pain hurts.")
    assert measure(found, ["pain"]) == measure(found, ())


def test_nothing_to_read_measures_nothing() -> None:
    assert measure([], ()).words == 0
    diagnostics = Diagnostics()
    check_readability(LEVELS["easy"], [], (), "nothing", diagnostics)
    assert len(diagnostics) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1),
        ("leg", 1),
        ("legs", 1),
        ("sleep", 1),
        ("doctor", 2),
        ("walking", 2),
        ("restless", 2),
        ("muscles", 2),
        ("tablet", 2),
        ("people", 2),
        ("treatment", 2),
        ("iron", 2),
        ("medicine", 3),
        ("exercise", 3),
        ("area", 3),
        ("self-care", 2),
        ("don’t", 1),
        ("you’re", 1),
        ("we’ve", 1),
        ("it’s", 1),
        ("a", 1),
        ("I", 1),
        ("5", 1),
        ("46", 2),
        ("36%", 2),
    ],
)
def test_everyday_words_have_the_syllables_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("fibre", 2),
        ("fibromyalgia", 5),
        ("physiotherapist", 6),
        ("neuropathy", 4),
        ("polyneuropathy", 6),
        ("gabapentin", 4),
        ("pregabalin", 4),
        ("duloxetine", 4),
        ("opioid", 3),
        ("paracetamol", 5),
        ("acetaminophen", 6),
        ("ibuprofen", 4),
        ("acupuncture", 4),
        ("caffeine", 2),
        ("syndrome", 2),
        ("ferritin", 3),
        ("ropinirole", 4),
        ("pramipexole", 4),
        ("diary", 3),
        ("nerves", 1),
        ("antidepressant", 5),
        ("benzodiazepine", 6),
        ("epidural", 4),
        ("radiofrequency", 6),
    ],
)
def test_medical_words_are_within_one_syllable(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= 1


def level(grade: float = 99, smog: float | None = None, mean: float = 99, longest: int | None = None) -> Level:
    return Level("plain", grade=grade, smog=smog, mean_words=mean, max_words=longest, pictures=False)


def said(limits: Level, *words: str) -> str:
    diagnostics = Diagnostics()
    check_readability(limits, split(*words), (), "hands (en-GB)", diagnostics)
    return printed(diagnostics)


def test_what_is_at_the_limit_passes() -> None:
    assert said(level(grade=-1.4, smog=3.1, mean=6, longest=6), "The cat sat on the mat.") == ""


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (level(grade=-1.5), "Flesch-Kincaid grade -1.4, the level allows -1.5"),
        (level(smog=3), "SMOG grade 3.1, the level allows 3"),
        (level(mean=5), "mean sentence length 6.0, the level allows 5"),
    ],
)
def test_each_limit_that_is_passed_is_told_with_the_hardest_sentences(limits: Level, message: str) -> None:
    assert said(limits, "The cat sat on the mat.") == (
        f"a.yaml:1:1: error: hands (en-GB), level plain: {message} [readability]\n"
        "  hint: hardest: “The cat sat on the mat.” (-1.4)\n"
    )


def test_the_three_hardest_sentences_are_named_the_hardest_first() -> None:
    hint = said(
        level(mean=1),
        "The cat sat on the mat.",
        "Several medicines interact dangerously together.",
        "Your doctor can help you today.",
        "People like to sleep in summer.",
    )
    assert hint.index("Several") < hint.index("Your doctor") < hint.index("People like")
    assert "The cat" not in hint


def test_each_sentence_that_is_too_long_is_told_where_it_stands() -> None:
    text = "words: >-\n  Wash your hands. Then you\n  dry them.\nmore: Rub them all well now.\n"
    diagnostics = Diagnostics()
    source = read_yaml("a.yaml", text, diagnostics)
    assert source is not None
    found = sentences(passage(source.data[key], source, (key,)) for key in ("words", "more"))
    check_readability(level(longest=3), found, (), "hands", diagnostics)
    assert printed(diagnostics) == (
        "a.yaml:2:20: error: sentence of 4 words, the plain level allows 3 [sentence-length]\n"
        "  hint: make it two sentences\n"
        "a.yaml:4:7: error: sentence of 5 words, the plain level allows 3 [sentence-length]\n"
        "  hint: make it two sentences\n"
    )

"""Syllables of words, and which long words an article excuses."""

from __future__ import annotations

import pytest

from leaflets.lint.syllables import FamiliarWords, syllables


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


@pytest.mark.parametrize("word", ["Epidurals", "epidural", "EPIDURAL", "epidural’s", "anti-epidural"])
def test_a_familiar_word_is_known_in_its_forms(word: str) -> None:
    familiar = FamiliarWords.of(["Epidural"])
    assert word in familiar
    assert familiar.syllables(word) == 2 < syllables(word)
    assert familiar.excuses(word)


def test_another_word_is_not_made_familiar_by_a_part_of_it() -> None:
    assert FamiliarWords.of(["opioid"]).syllables("opioidergic") == syllables("opioidergic") > 2


def test_a_short_word_stays_short_and_needs_no_excuse() -> None:
    familiar = FamiliarWords.of(["pain", "nerve"])
    assert familiar.syllables("pain") == 1
    assert not familiar.excuses("pain")


def test_a_long_word_that_is_not_listed_is_not_excused() -> None:
    assert not FamiliarWords.of(["opioid"]).excuses("medicine")

"""The shipped leaflet on restless legs: what to do comes first, and no level or layout goes without a warning."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.passages import passages
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import load_article
from leaflets.lint.article import check_article
from leaflets.lint.leaflet_reading import LevelReading
from tests.tools.shipped import localised, region
from tests.tools.some import some

LEAFLET = "restless-legs-self-care"
MOST_WORDS = {"easy": 700, "plain": 850, "detailed": 1500}
"""Of running text."""
MOST_GRADE = {"easy": 4.5, "plain": 6.0, "detailed": 10.0}
"""Flesch-Kincaid, with no word excused."""
WORSE = (
    "amitriptyline",
    "mirtazapine",
    "sertraline",
    "duloxetine",
    "promethazine",
    "diphenhydramine",
    "metoclopramide",
    "lithium",
    "psychosis",
)
TREATMENTS = ("gabapentin", "pregabalin", "ropinirole", "pramipexole", "rotigotine")
AT_EVERY_LEVEL = (
    *WORSE, *TREATMENTS, "ferritin", "numb", "diabetes", "children", "opioid", "diazepam", "breathing", "suicid",
    "gamble", "sudden", "breastfeeding", "even if you feel well", "snor", "not dangerous", "worse", "blood clot",
    "rub a leg", "sticky", "elbow", "on purpose", "do not drive", "2 and 3 are not advised", "take no more",
    "for adults",
)  # fmt: skip
"""Names and warnings that no reader goes without."""


@pytest.fixture(scope="module")
def readings() -> tuple[LevelReading, ...]:
    project, diagnostics = Project(), Diagnostics()
    loaded = load_article(project, "fibromyalgia-leg-pain", diagnostics)
    assert loaded is not None
    found = check_article(loaded, project, diagnostics, [LEAFLET]).levels
    assert not diagnostics.errors, "\n".join(map(str, diagnostics))
    return found


def words(reading: LevelReading) -> str:
    return " ".join(line.words for row in reading.passages for line in row.passage.lines)


def of_sections(reading: LevelReading) -> str:
    own = (row.passage for row in reading.passages if row.passage.id.startswith("sections."))
    return " ".join(line.words for passage in own for line in passage.lines).lower()


def test_the_running_text_is_short_and_easy_without_excused_words(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        about = (reading.level, reading.locale)
        assert reading.counts.words <= MOST_WORDS[reading.level], about
        assert round(reading.counts.grade_strict, 1) <= MOST_GRADE[reading.level], about


def test_every_level_and_region_is_told_the_same(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        said = words(reading).lower()
        for needed in AT_EVERY_LEVEL:
            assert needed.lower() in said, (needed, reading.level, reading.locale)
        assert "the article" not in said


def test_each_region_has_its_own_law_and_help(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        said = words(reading)
        for name in ("DVLA", "DVA", "A&E"):
            assert (name in said) is (reading.locale == "en-GB"), (name, reading.level, reading.locale)
        assert ("Poison Help" in said) is (reading.locale == "en-US"), (reading.level, reading.locale)


def test_what_to_do_now_stands_first(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        assert "restless now?" in of_sections(reading)[:60]


def test_iron_comes_before_gabapentin_and_that_before_ropinirole(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        ids = [row.passage.id.split(".") for row in reading.passages if ".rls-doctor.order-" in row.passage.id]
        steps = [id_[3] for id_ in ids if id_[4:5] == ["title"]]
        assert steps == ["iron", "gabapentinoids", "dopamine", "others"], (reading.level, reading.locale)


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
@pytest.mark.parametrize(("holds", "levels"), [("fold", ["plain"]), ("summary", ["plain", "detailed"])])
def test_a_layout_without_room_names_no_medicine_but_iron_with_its_danger(
    holds: str, levels: list[str], locale: str
) -> None:
    found, place = localised(locale), region(locale)
    for level in levels:
        values = place.values(LOCALES[locale].language)
        said = " ".join(
            line.words
            for passage in passages(found.article, LEAFLET, level, place.id, values, holds)
            for line in passage.lines
        ).lower()
        for name in (*WORSE, *TREATMENTS):
            assert name not in said, (name, level)
        assert "iron" in said
        assert "from children" in said
        assert "do not stop" in said

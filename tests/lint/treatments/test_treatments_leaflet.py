"""The shipped leaflet of treatments: short enough, the same at all levels, and nothing that is told to some only."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.passages import PassageKind
from leaflets.l10n.loaded_article import load_article
from leaflets.lint.article import check_article
from leaflets.lint.leaflet_reading import LevelReading
from tests.tools.some import some

LEAFLET = "treatment-options"
MOST_WORDS = {"easy": 700, "plain": 900, "detailed": 1700}
"""Of running text."""
MOST_IN_A_CARD = {"easy": 30, "plain": 45}
"""Words of what it is, may help, may harm, what to ask."""
AT_EVERY_LEVEL = (
    "amitriptyline", "duloxetine", "pregabalin", "gabapentin", "codeine", "tramadol", "diazepam", "suicid", "breath",
    "St John’s wort", "Pregnant", "even if you feel well", "lithium", "liver", "We did not look",
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


def test_the_running_text_is_short_enough(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        assert reading.counts.words <= MOST_WORDS[reading.level], (reading.level, reading.locale)


def test_no_card_is_longer_than_its_level_allows(readings: tuple[LevelReading, ...]) -> None:
    for reading in some((row for row in readings if row.level in MOST_IN_A_CARD), 4):
        cards = (row.passage for row in reading.passages if row.passage.kind is PassageKind.CELLS)
        for card in some(cards, 16):
            count = sum(len(line.words.split()) for line in card.lines)
            assert count <= MOST_IN_A_CARD[reading.level], (card.id, reading.locale, count)


def test_every_level_and_region_names_the_medicines_and_their_harms(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        said = words(reading).lower()
        for needed in AT_EVERY_LEVEL:
            assert needed.lower() in said, (needed, reading.level, reading.locale)
        assert "Not known" not in words(reading)


def test_each_region_has_its_own_help(readings: tuple[LevelReading, ...]) -> None:
    for reading in some(readings, 6):
        said = words(reading)
        needed = ("naloxone", "Poison Help") if reading.locale == "en-US" else ("Northern Ireland", "A&E")
        for name in needed:
            assert name in said, (name, reading.level, reading.locale)
        assert ("Tonmya" in said) is (reading.locale == "en-US")

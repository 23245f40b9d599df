"""The reading levels: one table, the same names everywhere, each harder than the one before."""

from __future__ import annotations

import pytest

from leaflets.content.levels import LEVELS
from leaflets.content.model.text import LEVEL_IDS, Text


def test_the_table_and_the_model_know_the_same_levels_in_the_same_order() -> None:
    assert tuple(LEVELS) == LEVEL_IDS == ("easy", "plain", "detailed")
    assert [level.id for level in LEVELS.values()] == list(LEVELS)


def test_a_text_has_a_field_for_each_level() -> None:
    assert set(Text.model_fields) == {*LEVEL_IDS, "all"}


def test_only_easy_read_pairs_words_with_pictures() -> None:
    assert [level.id for level in LEVELS.values() if level.pictures] == ["easy"]


def test_words_for_all_serve_every_level() -> None:
    assert {Text(all="same").at(level) for level in LEVEL_IDS} == {"same"}


def test_a_level_never_falls_back_to_another() -> None:
    text = Text(easy="e", detailed="d")
    assert (text.at("easy"), text.at("detailed")) == ("e", "d")
    with pytest.raises(KeyError, match="plain"):
        text.at("plain")

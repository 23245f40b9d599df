"""The table of locales: what one row may not forget."""

from __future__ import annotations

import re

import pytest
from babel import Locale as BabelLocale

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.region import read_region
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import LATIN, stack
from leaflets.l10n.languages import LOCALES, Locale

ROWS = pytest.mark.parametrize("row", LOCALES.values(), ids=LOCALES)


@ROWS
def test_a_tag_is_a_language_and_a_region(row: Locale) -> None:
    assert re.fullmatch(r"[a-z]{2,3}-([A-Z][a-z]{3}-)?[A-Z]{2}", row.tag)
    assert LOCALES[row.tag] == row
    assert row.tag.startswith(row.language)
    assert row.tag.endswith(row.region)


@ROWS
def test_the_region_has_a_file(row: Locale) -> None:
    diagnostics = Diagnostics()
    region = read_region(Project(), row.region, diagnostics)
    assert list(diagnostics) == []
    assert region is not None
    assert region.id == row.region


@ROWS
def test_every_region_has_an_emergency_number(row: Locale) -> None:
    region = read_region(Project(), row.region, Diagnostics())
    assert region is not None
    assert re.fullmatch(r"\d{3}", region.values(row.language)["emergency"])


@ROWS
def test_the_direction_is_that_of_the_language(row: Locale) -> None:
    written = BabelLocale.parse(row.language).character_order
    assert row.direction == {"left-to-right": "ltr", "right-to-left": "rtl"}[written]


@ROWS
def test_the_font_is_there(row: Locale) -> None:
    assert list(FONTS[row.font].folder.glob("*.ttf"))
    first = FONTS[LATIN if FONTS[row.font].charset else row.font]
    assert stack(row.font).startswith(f'"{first.family}"')


@ROWS
def test_a_variant_is_of_the_same_language_and_not_of_itself(row: Locale) -> None:
    seen = {row.tag}
    current = row
    while current.variant_of is not None:
        current = LOCALES[current.variant_of]
        assert current.language == row.language
        assert current.tag not in seen
        seen.add(current.tag)


@ROWS
def test_a_formula_for_english_measures_only_english(row: Locale) -> None:
    assert row.formula in (None, "flesch-kincaid")
    assert (row.formula is not None) == row.english


@ROWS
def test_people_find_their_language_by_its_own_name(row: Locale) -> None:
    assert row.own_name
    assert row.english_name
    here = [other.own_name for other in LOCALES.values() if other.region == row.region]
    assert len(set(here)) == len(here)


@pytest.mark.parametrize("name", FONTS)
def test_a_font_stack_names_the_font_and_those_after_it(name: str) -> None:
    families = [FONTS[name].family, *(FONTS[other].family for other in FONTS[name].then)]
    if FONTS[name].charset:  # Chinese, Japanese, Korean: Latin words are not in their wide letters
        families.insert(0, FONTS[LATIN].family)
    assert stack(name) == ", ".join(f'"{family}"' for family in families)
    assert name not in FONTS[name].then

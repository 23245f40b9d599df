"""What was asked for becomes editions, in a fixed order and with fixed names."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.units import PAPERS
from leaflets.content.levels import LEVELS
from leaflets.content.model import ArticleInfo
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS, layout_for
from leaflets.editions.plan import Choice, plan
from tests.tools.articles import printed, project, read


@pytest.fixture
def infos(tmp_path: Path) -> dict[str, ArticleInfo]:
    return {"mini": read(project(tmp_path)).info}


def planned(infos: dict[str, ArticleInfo], choice: Choice) -> tuple[list[Edition], str]:
    diagnostics = Diagnostics()
    return plan(infos, choice, diagnostics), printed(diagnostics)


def test_an_edition_has_the_fixed_name_and_path() -> None:
    edition = Edition("mini", "hands", "easy", "standard", "en-GB")
    assert str(edition) == edition.name == "mini.hands.easy.standard.en-GB"
    assert edition.path == "en-GB/mini.hands.easy.standard.en-GB.pdf"


def test_everything_is_every_leaflet_at_every_level_in_every_layout_and_locale(infos: dict[str, ArticleInfo]) -> None:
    editions, said = planned(infos, Choice())
    assert said == ""
    assert editions == [
        Edition("mini", "hands", level, layout, locale)
        for locale in ("en-GB", "en-US")
        for level in LEVELS
        for layout in LAYOUTS
    ]


def test_a_choice_narrows_the_plan(infos: dict[str, ArticleInfo]) -> None:
    editions, said = planned(infos, Choice(level=["plain", "easy"], layout=["standard"], locale=["en-US"]))
    assert said == ""
    assert [edition.name for edition in editions] == [
        "mini.hands.easy.standard.en-US",
        "mini.hands.plain.standard.en-US",
    ]


@pytest.mark.parametrize(
    ("part", "asked", "hint"),
    [
        ("article", "minni", "did you mean “mini”?"),
        ("leaflet", "hand", "did you mean “hands”?"),
        ("level", "eazy", "did you mean “easy”?"),
        ("layout", "standart", "did you mean “standard”?"),
        ("locale", "en-UK", "did you mean “en-US”?"),
    ],
)
def test_an_unknown_name_is_told_and_not_passed_over(
    infos: dict[str, ArticleInfo], part: str, asked: str, hint: str
) -> None:
    editions, said = planned(infos, Choice(**{part: [asked]}))
    assert editions == []
    assert said == (f"command line:1:1: error: there is no {part} “{asked}” [unknown-{part}]\n  hint: {hint}\n")


def test_all_unknown_names_are_told_at_once(infos: dict[str, ArticleInfo]) -> None:
    _, said = planned(infos, Choice(level=["eazy", "plain"], layout=["standart"]))
    assert said.count(" error: ") == 2


@pytest.mark.parametrize("profile", ["ukaaf", "acb"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_leaves_room_for_words_on_every_paper(layout: str, level: str, profile: str) -> None:
    row = layout_for(layout, level, profile)
    assert row.id == layout
    assert set(row.margins) == set(PAPERS)
    for name, margins in row.margins.items():
        assert PAPERS[name].width - margins.start - margins.end > 120
        assert PAPERS[name].height - margins.top - margins.bottom > 200
    assert sum(row.running_width) == pytest.approx(1)


def test_large_print_follows_the_profile_of_the_region() -> None:
    assert layout_for("large-print", "plain", "ukaaf").floor_pt >= 16
    assert layout_for("large-print", "plain", "acb").floor_pt >= 18


def test_the_footer_is_no_smaller_than_the_smallest_glyph() -> None:
    for layout in LAYOUTS:
        for level in LEVELS:
            for profile in ("ukaaf", "acb"):
                row = layout_for(layout, level, profile)
                assert row.footer_pt >= row.floor_pt

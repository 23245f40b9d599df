"""What was asked for becomes editions, in a fixed order and with fixed names."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.units import PAPERS
from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.edition_files import edition_paths
from leaflets.editions.layouts import LAYOUTS, ON_PAPER, layout_for
from leaflets.editions.plan import not_offered, plan
from tests.tools.articles import KEY_CONTENT, printed, project, read


@pytest.fixture
def articles(tmp_path: Path) -> dict[str, Article]:
    return {"mini": read(project(tmp_path, KEY_CONTENT))}


def planned(articles: dict[str, Article], choice: Choice) -> tuple[list[Edition], str]:
    diagnostics = Diagnostics()
    return plan(articles, choice, diagnostics), printed(diagnostics)


def test_an_edition_has_the_fixed_name_and_path() -> None:
    edition = Edition("mini", "hands", "easy", "standard", "en-GB")
    assert str(edition) == edition.name == "mini.hands.easy.standard.en-GB"
    assert edition.path == "en-GB/mini.hands.easy.standard.en-GB.pdf"


def test_everything_is_every_leaflet_in_every_layout_at_its_levels_and_locales(
    articles: dict[str, Article],
) -> None:
    editions, said = planned(articles, Choice())
    assert said == ""
    assert editions == [
        Edition("mini", "hands", level, layout, locale)
        for locale in ("en-GB", "en-US")
        for level in LEVELS
        for layout in LAYOUTS
        if level in LAYOUTS[layout].levels
    ]


def test_a_choice_narrows_the_plan(articles: dict[str, Article]) -> None:
    editions, said = planned(articles, Choice(level=["plain", "easy"], layout=["standard"], locale=["en-US"]))
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
    articles: dict[str, Article], part: str, asked: str, hint: str
) -> None:
    editions, said = planned(articles, Choice(**{part: [asked]}))
    assert editions == []
    assert said == (f"command line:1:1: error: there is no {part} “{asked}” [unknown-{part}]\n  hint: {hint}\n")


def test_all_unknown_names_are_told_at_once(articles: dict[str, Article]) -> None:
    _, said = planned(articles, Choice(level=["eazy", "plain"], layout=["standart"]))
    assert said.count(" error: ") == 2


def test_a_locale_for_which_no_article_was_read_has_its_hint_and_no_followers() -> None:
    diagnostics = Diagnostics()
    assert plan({}, Choice(locale=["fr-FR"], leaflet=["overview"]), diagnostics) == []
    assert [str(item) for item in diagnostics] == [
        "command line:1:1: error: there is no locale “fr-FR” [unknown-locale]"
    ]


@pytest.mark.parametrize("profile", ["ukaaf", "acb"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("layout", ON_PAPER)
def test_every_layout_leaves_room_for_words_on_every_paper(layout: str, level: str, profile: str) -> None:
    row = layout_for(layout, level, profile)
    assert row.id == layout
    assert set(row.margins) == set(PAPERS)
    for name, margins in row.margins.items():
        page = row.page(name)
        assert page.width - margins.start - margins.end > (120 if page is PAPERS.get(name) else 70)
        assert page.height - margins.top - margins.bottom > 170
    assert sum(row.running_width) == pytest.approx(1)


def test_large_print_follows_the_profile_of_the_region() -> None:
    assert layout_for("large-print", "plain", "ukaaf").floor_pt >= 16
    assert layout_for("large-print", "plain", "acb").floor_pt >= 18


def test_the_footer_is_no_smaller_than_the_smallest_glyph() -> None:
    for layout in ON_PAPER:
        for level in LEVELS:
            for profile in ("ukaaf", "acb"):
                row = layout_for(layout, level, profile)
                assert row.footer_pt >= row.floor_pt


def test_every_layout_of_the_design_is_in_the_table() -> None:
    """Level, what it holds, pages and imposition: docs/standards.md, “Print”."""
    assert {
        row.id: (row.levels, row.holds, row.most_pages, row.multiple, row.imposition) for row in LAYOUTS.values()
    } == {
        "handout": (("plain",), "handout", 2, 2, ""),
        "standard": (("easy", "plain", "detailed"), "", 0, 1, ""),
        "large-print": (("easy", "plain", "detailed"), "", 0, 1, ""),
        "giant-print": (("easy", "plain", "detailed"), "", 0, 1, ""),
        "booklet": (("plain", "detailed"), "", 24, 4, "booklet"),
        "tri-fold": (("plain",), "fold", 6, 6, "tri-fold"),
        "summary": (("plain", "detailed"), "summary", 1, 1, ""),
        "clinician": (("detailed",), "clinician", 1, 1, ""),
        "web": (("easy", "plain", "detailed"), "", 0, 1, ""),
    }
    assert [name for name in LAYOUTS if name not in ON_PAPER] == [WEB]


@pytest.mark.parametrize(
    ("paper", "widths", "height"),
    [
        ("A4", [100, 97, 100, 100, 97, 100], 210.0),
        ("Letter", [93.6625, 92.075, 93.6625, 93.6625, 92.075, 93.6625], 215.9),
    ],
)
def test_the_panels_of_a_tri_fold_make_up_the_sheet(paper: str, widths: list[float], height: float) -> None:
    panels = LAYOUTS["tri-fold"].panels[paper]
    assert [panel.name for panel in panels] == ["cover", "flap", "inside-1", "inside-2", "inside-3", "back"]
    assert [panel.width for panel in panels] == widths
    assert {panel.height for panel in panels} == {height}
    by_name = {panel.name: panel.width for panel in panels}
    for side in (("flap", "back", "cover"), ("inside-1", "inside-2", "inside-3")):
        assert sum(by_name[name] for name in side) == pytest.approx(PAPERS[paper].height)
    assert by_name["flap"] < by_name["back"]  # folded in first


def test_a_leaflet_that_chooses_no_blocks_is_not_offered_in_that_layout(tmp_path: Path) -> None:
    editions, said = planned({"mini": read(project(tmp_path))}, Choice())
    assert said == ""
    assert {edition.layout for edition in editions} == {"standard", "large-print", "giant-print", "booklet", "web"}


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (
            Choice(layout=["tri-fold"], level=["easy"]),
            "the level “easy” is not offered as tri-fold, only plain",
        ),
        (
            Choice(layout=["booklet"], level=["easy", "plain"]),
            "the level “easy” is not offered as booklet, only plain and detailed",
        ),
    ],
)
def test_what_is_asked_for_and_not_offered_is_told(articles: dict[str, Article], choice: Choice, message: str) -> None:
    editions, said = planned(articles, choice)
    assert {edition.level for edition in editions} == set(choice.level) - {"easy"}
    assert said == (
        f"command line:1:1: error: {message} [not-offered]\n  hint: “leaflets list” names what can be built\n"
    )


def test_a_leaflet_without_the_key_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    editions, said = planned({"mini": read(project(tmp_path))}, Choice(layout=["summary"], leaflet=["hands"]))
    assert editions == []
    assert "the leaflet “hands” is not offered as summary: it has no key “summary” [not-offered]" in said


def test_a_layout_alone_is_asked_for_at_the_levels_it_holds(articles: dict[str, Article]) -> None:
    editions, said = planned(articles, Choice(layout=["tri-fold"]))
    assert said == ""
    assert {edition.level for edition in editions} == {"plain"}


def test_a_page_for_screens_is_html_and_its_other_forms_have_its_name() -> None:
    paper = Edition("mini", "hands", "plain", "booklet", "en-GB")
    page = Edition("mini", "hands", "plain", WEB, "en-GB")
    assert paper.web_path == paper.parts["web"] == page.path == "en-GB/mini.hands.plain.web.en-GB.html"
    assert edition_paths(page) == [f"en-GB/mini.hands.plain.web.en-GB.{end}" for end in ("html", "epub", "txt", "brf")]
    assert edition_paths(paper) == [paper.path, paper.print_path, paper.evidence_path]
    assert paper.evidence_path == "en-GB/mini.hands.plain.booklet.en-GB.evidence.json"


def test_the_printers_file_stands_beside_the_reading_file() -> None:
    edition = Edition("mini", "hands", "plain", "booklet", "en-GB")
    assert edition.print_path == "en-GB/mini.hands.plain.booklet.en-GB.print.pdf"


def test_editions_that_are_not_offered_are_counted_by_locale(articles: dict[str, Article]) -> None:
    editions, said = planned(articles, Choice())
    missing = not_offered(articles, Choice())
    assert said == ""
    whole = len(LEVELS) * len(LAYOUTS)
    for tag in articles["mini"].info.locales:
        assert missing.get(tag, 0) + sum(edition.locale == tag for edition in editions) == whole
    assert sum(missing.values()) > 0
    assert not_offered(articles, Choice(layout=("standard",))) == {}

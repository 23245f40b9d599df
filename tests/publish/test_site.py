"""The page of leaflets: cards with one main file, links that say where they lead, and what a reader sees of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import edition_files
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.words import Words, read_words
from leaflets.publish.cards import CardGroup, Cards, LevelRow, Shelf
from leaflets.publish.catalogue import CatalogueEntry
from leaflets.publish.site import index_html
from leaflets.publish.thumbnails import MOST
from tests.conftest import PROJECTS, Built, build
from tests.tools.browser import COLOURS, chromium, faults, opened

WORDS: Words = read_words(Project(), LOCALES["en-GB"], Diagnostics())
BARE = Shelf({}, {}, {}, WORDS)
"""Nothing is known but the catalogue, as of an article that is not read in this build."""


def entry(layout: str, level: str = "plain", kind: str = "read", **other: str) -> CatalogueEntry:
    edition = Edition("a", other.pop("leaflet", "hands"), level, layout, other.pop("locale", "en-GB"))
    path = edition.path if kind == "read" else edition_files(edition)[kind]
    made = CatalogueEntry(*astuple(edition), kind, path, "Hands", 4, "A4", "1", "awaiting-review", "0" * 64)
    return replace(made, **({"pages": 0, "paper": ""} if kind not in ("read", "print") else {}), **other)


def groups(tmp_path: Path, *entries: CatalogueEntry) -> list[CardGroup]:
    return Cards(Project(), BARE, LocalStore(tmp_path), "2026-12-01").groups(entries, thumbnails=True)


def first(tmp_path: Path, *entries: CatalogueEntry) -> CardGroup:
    (found,) = groups(tmp_path, *entries)
    return found


def test_the_main_file_is_the_handout_else_the_standard_print_of_the_usual_level(tmp_path: Path) -> None:
    files = [entry("giant-print"), entry("standard", "easy"), entry("standard"), entry("handout", "detailed")]
    for count, path in (
        (4, files[3].path),
        (3, files[2].path),
        (2, files[1].path),
        (1, files[0].path),
    ):
        (card,) = first(tmp_path, *files[:count]).cards
        assert card.main is not None
        assert card.main.path == path
    (card,) = first(tmp_path, entry("web", kind="web")).cards
    assert card.main is None


def test_of_a_handout_it_says_that_it_is_one_sheet(tmp_path: Path) -> None:
    papers = {layout: first(tmp_path, entry(layout)).cards[0].paper for layout in ("handout", "standard")}
    assert papers["handout"] == "1 sheet, 2 sides, A4"
    assert papers["standard"].startswith("pages: ")


def test_a_level_has_three_links_and_the_rest_stands_apart(tmp_path: Path) -> None:
    made = [
        entry("web", kind="text"), entry("booklet", kind="print"), entry("booklet"), entry("large-print"),
        entry("standard"), entry("web", kind="web"),
    ]  # fmt: skip
    (card,) = first(tmp_path, *made).cards
    (level,) = card.levels
    assert isinstance(level, LevelRow)
    assert [link.text for link in level.links] == ["Read", "Download", "Large print"]
    assert [link.text for link in level.others] == ["Booklet", "Booklet, for the printer", "Plain text"]
    assert level.links[1].label == "Download: Hands, Plain, pages: 4, paper: A4"
    assert {link.path for link in (*level.links, *level.others)} == {row.path for row in made}


def test_drafts_are_said_once_or_at_each_and_what_is_late_is_said(tmp_path: Path) -> None:
    draft, signed = entry("standard"), entry("standard", "easy", review="signed", review_due="2026-11-30")
    assert first(tmp_path, draft).draft
    assert not first(tmp_path, draft).cards[0].levels[0].links[0].draft
    mixed = first(tmp_path, draft, signed)
    assert not mixed.draft
    easy, plain = (level.links[0] for level in mixed.cards[0].levels)
    assert (easy.draft, easy.late) == (False, True)
    assert (plain.draft, plain.late) == (True, False)
    page = index_html(Project(), LocalStore(tmp_path), [draft, signed], BARE)
    assert re.search(r">Download</a>, draft</li>", page)
    assert re.search(r">Download</a>, <strong>out of date</strong></li>", page)


def test_the_order_of_the_files_does_not_change_the_page(tmp_path: Path) -> None:
    made = [entry(layout, level) for layout in ("standard", "booklet") for level in ("easy", "plain")]
    made += [entry("standard", locale="ar-GB"), entry("standard", leaflet="feet")]
    pages = {index_html(Project(), LocalStore(tmp_path), rows, BARE) for rows in (made, made[::-1])}
    assert len(pages) == 1
    assert [group.tag for group in groups(tmp_path, *made)] == ["en-GB", "ar-GB"]


def test_a_file_that_is_gone_or_is_no_pdf_has_no_thumbnail(tmp_path: Path) -> None:
    made = entry("standard")
    assert first(tmp_path, made).cards[0].thumbnail == ""
    (tmp_path / made.path).parent.mkdir()
    (tmp_path / made.path).write_bytes(b"no PDF")
    assert first(tmp_path, made).cards[0].thumbnail == ""


pages_are_built = pytest.mark.builds


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the second article, in two languages and directions."""
    folder = tmp_path_factory.mktemp("page")
    choice = (
        "--level",
        "plain",
        "--layout",
        "standard",
        "--layout",
        "web",
        "--layout",
        "booklet",
        "--layout",
        "handout",
    )
    build(folder, "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing", *choice)
    return folder


@pages_are_built
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_is_accessible_in_any_colours_and_fits_each_screen(both: Path, browser: Browser, width: int) -> None:
    with opened(browser, both / "index.html", width=width) as (page, asked):
        for box in page.query_selector_all("details"):
            box.evaluate("box => box.open = true")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == []
        page.emulate_media(color_scheme="dark", forced_colors="active")
        assert faults(page, COLOURS) == []
        assert page.evaluate("document.querySelectorAll('script').length") == 0
        buttons = page.query_selector_all(".print")
        assert len(buttons) == 4
        assert all(button.bounding_box()["height"] >= 44 for button in buttons)
    assert asked == [(both / "index.html").as_uri()]


@pages_are_built
def test_links_lead_to_files_and_say_the_leaflet_and_its_level(both: Path) -> None:
    text = (both / "index.html").read_text()
    links = re.findall(r'<a (?:class="print" )?href="([^"#:]+)(?:#[\w-]+)?"(?: aria-label="([^"]+)")?', text)
    catalogue = json.loads((both / "catalogue.json").read_text())
    listed = {row["path"]: row for row in (*catalogue["editions"], *catalogue["alternatives"])}
    assert {path for path, _ in links} - {"evidence.html"} == set(listed)
    labels = [(path, label) for path, label in links if label]
    assert len({label for _, label in labels}) >= len(listed)
    for path, label in labels:
        assert listed[path]["title"] in label


@pages_are_built
def test_the_box_for_emergencies_dials_and_each_language_has_its_own_words(both: Path) -> None:
    text = (both / "index.html").read_text()
    english, arabic = text[text.index('id="en-GB"') :].split('id="ar-GB"')
    assert 'In an emergency, call <a class="tel" href="tel:999">999</a>' in english
    assert re.search(r'href="en-GB/[^"]+plain\.web\.en-GB\.html#red-flags">All warning signs', english)
    assert 'href="tel:999"' in arabic
    assert "Print for your visit" in english
    assert "Print for your visit" not in arabic
    assert '<div lang="ar-GB" dir="rtl"' in arabic


def test_the_shipped_page_has_a_crisis_line_and_a_picture_of_each_leaflet(shipped: Built) -> None:
    text = (shipped.folder / "index.html").read_text()
    (heading,) = re.findall(r"<strong>(Thoughts of suicide\?[^<]*)</strong></p>\n<p>[^<]*Samaritans", text)
    assert heading
    assert 'href="tel:116123"' in text
    assert text.count("data:image/png;base64,") == 6 <= MOST
    assert text.count('class="stamp"') == 6

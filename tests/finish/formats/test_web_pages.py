"""The web pages as a reader has them, in a real browser: accessible, on any screen, in any colours, offline."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leaflets.editions.edition import WEB
from tests.conftest import PROJECTS, build
from tests.tools.browser import COLOURS, chromium, faults, opened
from tests.tools.clinics import clinic
from tests.tools.pdf import squeezed, text
from tests.tools.selection import sampled

pytestmark = pytest.mark.builds

LEVELS = ("easy", "plain", "detailed")
FIRST = [(leaflet, level, locale) for leaflet in ("overview", "restless-legs-self-care", "treatment-options")
         for level in LEVELS for locale in ("en-GB", "en-US")]  # fmt: skip
SECOND = [(leaflet, level, locale) for leaflet in ("overview", "options-and-diary")
          for level in LEVELS for locale in ("en-GB", "ar-GB")]  # fmt: skip
PAGES = [
    *(f"{locale}/fibromyalgia-leg-pain.{leaflet}.{level}.web.{locale}.html" for leaflet, level, locale in FIRST),
    *(f"{locale}/hand-washing.{leaflet}.{level}.web.{locale}.html" for leaflet, level, locale in SECOND),
]
OVERVIEW = "en-GB/fibromyalgia-leg-pain.overview.plain.web.en-GB.html"
DIARY = "en-GB/fibromyalgia-leg-pain.restless-legs-self-care.plain.web.en-GB.html"
EASY = "en-US/fibromyalgia-leg-pain.treatment-options.easy.web.en-US.html"
TABLE = "en-GB/fibromyalgia-leg-pain.treatment-options.plain.web.en-GB.html"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
"""What a reader may ask for: WCAG 1.4.12."""
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every web page of both articles, the first with a clinic on it."""
    folder = tmp_path_factory.mktemp("pages")
    build(folder, "--article", "fibromyalgia-leg-pain", "--layout", WEB)
    build(folder, "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing", "--layout", WEB)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_every_page_is_here(pages: Path) -> None:
    assert sorted(path.relative_to(pages).as_posix() for path in pages.glob("*/*.html")) == sorted(PAGES)
    assert len(PAGES) == 30


@pytest.mark.parametrize("name", sampled(PAGES, (DIARY, TABLE, EASY, PAGES[-1])))
def test_a_page_is_accessible_in_any_colours_on_the_smallest_screen_and_asks_for_nothing(
    pages: Path, browser: Browser, name: str
) -> None:
    with opened(browser, pages / name) as (page, asked):
        assert faults(page) == []
        assert page.evaluate(WIDTH) == 320
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == []
        page.emulate_media(color_scheme="dark", forced_colors="active")
        assert faults(page, COLOURS) == []
        page.set_viewport_size({"width": 1100, "height": 800})
        assert page.evaluate(WIDTH) == 1100
    assert asked == [(pages / name).as_uri()]


def test_the_checker_can_fail(tmp_path: Path, browser: Browser) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(
        '<!doctype html><html lang="en"><title>Broken</title><main><h1>A</h1><h3>B</h3>'
        '<p style="color: #888; background: #fff">Pale <a href="#a" style="font-size: 6px">1</a><a href="#b">2</a></p>'
        '<p style="color: #666; background: #fff">Grey</p>'
        '<input type="text"><img src="data:,"><table><tr><th></th></tr></table>'
    )
    with opened(browser, broken) as (page, _):
        found = {fault.partition(":")[0] for fault in faults(page)}
    assert found >= {"color-contrast", "color-contrast-enhanced", "heading-order", "image-alt", "label"}


def test_a_request_would_be_seen(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "a.html").write_text('<!doctype html><title>A</title><img src="http://127.0.0.1:9/a.png">')
    with opened(browser, tmp_path / "a.html") as (_, asked):
        assert asked[1:] == ["http://127.0.0.1:9/a.png"]


@pytest.mark.parametrize("name", sampled([OVERVIEW, DIARY, TABLE, PAGES[-1], PAGES[0]], (TABLE, PAGES[-1])))
def test_words_set_wide_stay_on_the_screen(pages: Path, browser: Browser, name: str, tmp_path: Path) -> None:
    spaced = tmp_path / "spaced.html"
    body = (pages / name).read_text(encoding="utf-8")
    spaced.write_text(body.replace("</style>", f"{SPACED}</style>", 1), encoding="utf-8")
    with opened(browser, spaced) as (page, _):
        assert page.evaluate(WIDTH) == 320


def test_a_table_is_a_table_for_a_screen_reader_also_where_it_is_seen_as_cards(pages: Path, browser: Browser) -> None:
    counts = []
    for width in (320, 1100):
        with opened(browser, pages / TABLE, width) as (page, _):
            tree = page.locator("table.options").first.aria_snapshot()
            counts.append([len(re.findall(f"- '?{role} ", tree)) for role in ("columnheader", "rowheader", "cell")])
            seen = page.locator("table.options thead").first.bounding_box()
            assert seen is not None
            assert (seen["width"] > 2) == (width > 320)
    assert counts[0] == counts[1]
    assert counts[0][0] == 4
    assert counts[0][2] == 4 * counts[0][1] > 4


def test_what_is_filled_in_needs_no_script_and_is_not_kept(pages: Path, browser: Browser) -> None:
    with opened(browser, pages / DIARY, java_script_enabled=False) as (page, asked):
        fill_in(page)
        assert page.get_by_label("I take").input_value() == "My words"
        page.reload()
        for radio in page.get_by_role("radio").all()[:11]:
            assert not radio.is_checked()
        assert page.get_by_label("I take").input_value() == ""
        assert page.get_by_label("Monday: Hours of sleep").input_value() == ""
        assert len(set(asked)) == 1
        assert page.context.storage_state() == {"cookies": [], "origins": []}


def fill_in(page: Page) -> None:
    """A diary's Monday and a note."""
    seven = page.get_by_role("radiogroup", name="Monday: My legs last night").get_by_role("radio", name="7")
    seven.check()
    assert seven.is_checked()
    page.get_by_label("Monday: Hours of sleep").fill("6")
    page.get_by_label("I take").fill("My words")


def test_a_finger_finds_every_field_and_the_keyboard_shows_where_it_is(pages: Path, browser: Browser) -> None:
    with opened(browser, pages / DIARY) as (page, _):
        for field in page.locator("input, textarea, nav a, .tel, .site").all():
            box = field.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24, field
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        box = page.locator(".skip").bounding_box()
        assert box is not None
        assert box["height"] > 24
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#leaflet"
        for _ in range(4):
            page.keyboard.press("Tab")
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid"


def test_numbers_to_call_are_dialled(pages: Path, browser: Browser) -> None:
    with opened(browser, pages / OVERVIEW) as (page, _):
        links = {a.get_attribute("href"): a.inner_text() for a in page.locator("#red-flags a").all()}
    assert links == {
        "tel:999": "999", "tel:111": "111", "tel:116123": "116\u00a0123", "tel:08088088000": "0808\u00a0808\u00a08000",
    }  # fmt: skip


def test_arabic_runs_from_right_to_left(pages: Path, browser: Browser) -> None:
    name = "ar-GB/hand-washing.options-and-diary.plain.web.ar-GB.html"
    with opened(browser, pages / name, 1100) as (page, _):
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar-GB", "rtl"]
        stamp, title = (page.locator(part).bounding_box() for part in (".stamp", "h1"))
        assert stamp is not None
        assert title is not None
        assert stamp["x"] > title["x"] + title["width"] / 2
        assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"')")
        english = page.locator('[hreflang="en-GB"]')
        assert english.get_attribute("lang") == "en-GB"


def test_the_fonts_of_the_paper_are_used(pages: Path, browser: Browser) -> None:
    with opened(browser, pages / OVERVIEW) as (page, _):
        loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.weight)")
    assert sorted(loaded) == ["400", "700"]


def test_a_page_prints_all_of_the_leaflet_and_none_of_the_links_about_it(
    pages: Path, browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, pages / DIARY, color_scheme="dark") as (page, _):
        fill_in(page)
        page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    printed = squeezed(text(tmp_path / "printed.pdf"))
    for words in ("Calm your restless legs", "When to get help now", "My words", "Sunday", "Given to you by"):
        assert squeezed(words) in printed
    for words in ("Skip to the leaflet", "In this leaflet", "Folded in three", "You can fill this in"):
        assert squeezed(words) not in printed


def test_a_clinic_and_its_code_are_on_its_page(tmp_path: Path, browser: Browser) -> None:
    choice = ("--article", "fibromyalgia-leg-pain", "--leaflet", "overview", "--level", "easy", "--locale", "en-GB")
    own = clinic(tmp_path / "clinic", leaflets='"https://www.example.org/leaflets/{web}"')
    built = build(tmp_path / "out", *choice, "--layout", WEB, "--clinic", str(own))
    name = OVERVIEW.replace("plain", "easy")
    with opened(browser, built.folder / name) as (page, asked):
        assert faults(page) == []
        assert page.evaluate(WIDTH) == 320
        box = page.locator("section.clinic")
        assert box.get_by_role("link", name="01632 960001").get_attribute("href") == "tel:01632960001"
        code = box.get_by_role("img", name="QR code").get_attribute("src") or ""
        assert code.startswith("data:image/svg+xml,")
        assert box.get_by_role("link", name="www.example.org").count() == 1
        logo = (box.get_by_role("img", name="Logo of Example Clinic").get_attribute("src") or "").partition(";base64,")
        assert base64.b64decode(logo[2]) == (tmp_path / "clinic" / "logo.png").read_bytes()
    assert len(asked) == 1

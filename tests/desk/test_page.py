"""The desk's page in a real browser: accessible, quick with the keyboard alone, and it keeps nothing but the choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.tools.browser import COLOURS, chromium, faults
from tests.tools.desk import PLAIN, Desk, layouts, running

WIDTH = "document.documentElement.scrollWidth"
FOCUS = "document.activeElement.id"
SECRET = "Zanzibar quokka"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("--disable-print-preview") as found:  # which needs a screen: the window for printing opens by itself
        yield found


@contextmanager
def opened(browser: Browser, desk: Desk, width: int = 1280, **reader: Any) -> Iterator[Page]:
    """The desk's page with an edition on it; fails where it asked elsewhere, or complained."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **reader)
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(desk.url)
    page.locator("#pages img").first.wait_for()
    yield page
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith((desk.url, "data:", "chrome"))] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible_in_any_colours_on_any_screen(browser: Browser, desk: Desk, width: int) -> None:
    with opened(browser, desk, width) as page:
        page.locator("#note summary").click()
        page.locator("#note-place option").first.wait_for(state="attached")
        page.get_by_label("Given by").fill("Dr Xylander with a very long name, which has no room on a line")
        page.get_by_role("button", name="Print with this note").click()
        page.locator("#wrong-by:not(.empty)").wait_for()
        assert faults(page) == []
        assert page.evaluate(WIDTH) == width
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == []
        page.emulate_media(color_scheme="dark", forced_colors="active")
        assert faults(page, COLOURS) == []
        for control in page.locator("input:visible, select:visible, button:visible, a.button:visible, summary").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 24, control


def test_the_keyboard_alone_finds_chooses_and_prints_and_the_choice_is_kept(browser: Browser, desk: Desk) -> None:
    with opened(browser, desk) as page:
        assert page.evaluate(FOCUS) == "search"
        page.keyboard.type("nothing like it")
        nothing = re.compile("No leaflet is found for this. Nearest: Wash your hands well")
        expect(page.locator("#found")).to_have_text(nothing)
        page.keyboard.press("Control+a")
        page.keyboard.type("WASH")
        page.keyboard.press("Enter")
        assert page.evaluate(FOCUS) == "print"
        assert (page.get_attribute("#print", "href") or "").endswith(f"/print/en-GB/{PLAIN}.pdf")
        page.get_by_role("radio", name="Standard print").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#marker")).to_have_text("English (UK) · Plain · Large print")
        assert page.evaluate("document.activeElement.value") == "large-print"  # the focus stays
        assert not page.get_by_role("button", name="Large print of the same").is_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#how")).to_contain_text("flip on the short edge")
        assert (page.get_attribute("#print", "href") or "").endswith("booklet.en-GB.print.pdf")
        page.get_by_role("button", name="العربية (Arabic)").focus()
        page.keyboard.press("Space")
        expect(page.locator("#title")).to_have_attribute("dir", "rtl")
        expect(page.locator("#status")).to_have_text("Draft translation: nobody has signed it yet.")
        page.reload()
        expect(page.locator("#marker")).to_have_text("Wash your hands well · العربية (Arabic) · Plain · Booklet")
        kept = page.evaluate("JSON.stringify(localStorage)")
        assert json.loads(json.loads(kept)["leaflets-desk-choice"]) == {
            "leaflet": "hand-washing/overview", "locale": "ar-GB", "level": "", "layout": "booklet",
        }  # fmt: skip
        with page.expect_popup() as popup:
            page.keyboard.press("Tab")
            page.locator("#print").press("Enter")
        assert popup.value.url.endswith("booklet.ar-GB.print.pdf")


def test_words_and_codes_find_and_words_of_size_choose(browser: Browser, desk: Desk) -> None:
    with opened(browser, desk) as page:
        for typed in ("hand hygene", "germs", "D057189", "غسل اليدين"):
            page.fill("#search", typed)
            expect(page.locator("#found")).to_have_text("1 leaflet")
        page.fill("#search", "hygiene large print arabic")
        page.keyboard.press("Enter")
        expect(page.locator("#marker")).to_have_text("Wash your hands well · العربية (Arabic) · Plain · Large print")
        page.fill("#search", "asthma")
        expect(page.locator("#found")).to_contain_text("No leaflet is found for this.")


def test_a_note_goes_to_the_paper_and_the_browser_keeps_none_of_it(browser: Browser, desk: Desk) -> None:
    with opened(browser, desk) as page:
        page.locator("#note summary").click()
        text = page.get_by_label("Note", exact=True)
        text.fill(f"{SECRET} 漢")
        expect(page.locator("#print")).to_have_text("Print without the note")
        page.get_by_role("button", name="Print with this note").click()
        expect(page.locator("#wrong-note")).to_contain_text("These letters cannot be printed in this field: 漢")
        assert page.evaluate(FOCUS) == "note-text"
        assert text.input_value() == f"{SECRET} 漢"  # nothing is lost
        page.get_by_role("radio", name="Booklet").check()
        expect(page.locator("#note-cannot")).to_contain_text("A folded leaflet is printed from a sheet without fields")
        page.get_by_role("button", name=re.compile(r"Large print \(\d+ lines\)")).click()
        expect(page.locator("#marker")).to_contain_text("Large print")
        assert text.input_value() == f"{SECRET} 漢"
        text.fill(SECRET)
        page.get_by_label("Given by").fill("Dr X")
        with page.context.expect_page() as opened_page:
            page.get_by_role("button", name="Print with this note").click()
        tab = opened_page.value
        tab.wait_for_url(re.compile(r"/note/[\w-]+$"))  # it was not sent to get this page, so no browser keeps it
        assert page.url == desk.url
        expect(page.locator("#note-said")).to_contain_text("Clear the note before the next patient")
        assert page.evaluate(FOCUS) == "note-clear"
        assert SECRET not in json.dumps(page.context.storage_state())
        assert SECRET not in page.evaluate(
            "JSON.stringify([localStorage, sessionStorage, location.href, history.state])"
        )
        page.keyboard.press("Enter")
        assert text.input_value() == ""
        expect(page.locator("#print")).to_have_text("Print")
        page.get_by_role("radio", name="Standard print").check()
        text.fill(SECRET)
        page.reload()
        assert page.get_by_label("Note", exact=True).input_value() == ""


def test_a_save_shows_on_the_page_which_keeps_its_place_and_a_fault_goes_when_it_is_mended(
    browser: Browser, tmp_path: Path
) -> None:
    options = ("--leaflet", "overview", "--level", "plain", "--locale", "en-GB", *layouts("standard"))
    with running(tmp_path, *options) as desk:
        desk.settled()
        with opened(browser, desk) as page:
            expect(page.locator("#work")).to_have_text("All leaflets are up to date.")
            picture = page.locator("#pages img").first
            before = picture.get_attribute("src") or ""
            page.get_by_role("radio", name="Standard print").focus()
            page.evaluate("scrollTo(0, 700)")
            place = page.evaluate("scrollY")
            desk.change("leaflets/overview.yaml", "  plain: ", "  plain: Really ")
            expect(picture).not_to_have_attribute("src", before, timeout=20_000)
            assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 800
            assert page.evaluate("scrollY") == place > 0
            assert page.evaluate("document.activeElement.value") == "standard"
            desk.change("leaflets/overview.yaml", "stamp: leaflet", "stamp: leaflte")
            expect(page.locator("#fault-list")).to_contain_text("overview.yaml:", timeout=20_000)
            expect(page.locator("#fault-list")).to_contain_text("there is no stamp “leaflte” (did you mean “leaflet”?)")
            assert faults(page) == []
            desk.change("leaflets/overview.yaml", "stamp: leaflte", "stamp: leaflet")
            expect(page.locator("#faults")).to_be_hidden(timeout=20_000)
            expect(page.locator("#work")).to_have_text("All leaflets are up to date.", timeout=20_000)

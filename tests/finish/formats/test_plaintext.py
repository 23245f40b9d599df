"""Plain text: all that a leaflet says, in order, as a device reads it out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from leaflets.finish.formats.alternatives import plain_text
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words
from tests.tools.pages import page, pages, plain

WORDS = Words("en-GB", {"text-picture": "Picture: {alt}", "control-leaflet": "Leaflet", "control-version": "Version"})
ABOUT = Metadata(
    "a.b.plain.web.en-GB", "Clean hands", "plain", "en-GB", "ltr", "1.0, 2 May", date(2026, 5, 2), "Draft."
)
LAST = "Leaflet: a.b.plain.web.en-GB. Version: 1.0, 2 May."


def text_of(body: str, direction: str = "ltr", about: Metadata = ABOUT) -> str:
    """The text of a page with this in its `main`, after title and status, without the last line."""
    html = f'<!doctype html><html lang="en-GB" dir="{direction}"><body><main><h1>T</h1>{body}</main></body></html>'
    found = plain_text(html, about, WORDS)
    assert found.startswith(f"T\n====\n{about.status}\n")
    return found.removeprefix(f"T\n====\n{about.status}\n").removesuffix(f"{LAST}\n").strip("\n")


@pytest.mark.parametrize("name", pages())
def test_all_that_an_edition_says_is_there_in_order(name: str) -> None:
    found = pages()[name]
    whole = plain(found.text)
    said = [words for words in found.said if "0 1 2 3" not in words]
    days = re.findall(r'<table class="diary".*?<th scope="col"[^>]*>(.*?)</th>', found.html, re.DOTALL)
    assert [words for words in said if words.rstrip(":") not in whole and words not in days] == []
    places = [whole.index(words) for words in said[5:] if len(words) > 40 and whole.count(words) == 1]
    assert len(places) > 3
    assert places == sorted(places)


@pytest.mark.parametrize("name", pages())
def test_a_file_is_plain_in_every_way(name: str) -> None:
    found = pages()[name]
    text = found.text
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith(".\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    control = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Co")} - {"\n"}
    assert control <= ({"\u200e"} if found.about.direction == "rtl" else set())
    assert not {"\u00a0", "\ufeff", "<", "&amp;"} & set(text)
    assert found.text == text


@pytest.mark.parametrize("shown", ["www.hands.example", "https://hands.example", "hands.example"])
def test_an_address_that_is_its_own_words_stands_once(shown: str) -> None:
    address = shown if "://" in shown else f"https://{shown}"
    assert text_of(f'<p><a dir="ltr" href="{address}">{shown}</a></p>') == shown
    assert text_of(f'<p><a href="{address}">Hands</a></p>') == f"Hands ({address})"


def test_a_paragraph_is_one_line() -> None:
    longest = max(len(line) for line in page("overview", "detailed").text.split("\n"))
    assert longest > 300


def test_title_and_status_come_first_and_the_edition_last() -> None:
    lines = page("overview").text.split("\n")
    assert lines[:3] == [
        "Leg pain and fibromyalgia", "====", "Draft: no clinician has signed this yet.",
    ]  # fmt: skip
    assert page("overview").name in lines[-2]
    assert "22 November 2026" in lines[-2]


def test_a_leaflet_that_is_signed_says_by_whom() -> None:
    signed = replace(ABOUT, status="Reviewed by Dr A, 3 May.")
    assert text_of("<p>Wash.</p>", about=signed) == "Wash."


def test_headings_have_a_line_of_four_signs_below_them() -> None:
    assert text_of("<h2><span>1</span> Why</h2><p>So.</p><h3>More</h3><p>Yes.</p>") == (
        "1 Why\n----\nSo.\n\nMore\n....\nYes."
    )


def test_lists_have_dashes_and_numbers_and_what_lies_in_them_stands_further_in() -> None:
    body = "<ul><li>A<ul><li>B</li></ul></li><li>C<br>D</li></ul><ol><li>E</li><li><p>2. F</p><p>G</p></li></ol>"
    assert text_of(body) == "- A\n  - B\n- C\n  D\n1. E\n2. F\n   G"


def test_a_row_of_a_table_is_said_with_the_names_of_its_columns() -> None:
    head = "<thead><tr><th scope=col>Help</th><th scope=col>Harm</th></tr></thead>"
    row = "<tbody><tr><th scope=rowgroup colspan=2>Soap</th></tr><tr><td>Yes.</td><td>No,<br>none.</td></tr></tbody>"
    assert text_of(f"<h2>A</h2><table>{head}{row}</table>") == "A\n----\n\nSoap\n....\nHelp: Yes.\nHarm: No, none."
    control = "<table><tbody><tr><th scope=row>Version</th><td><strong>1</strong></td></tr></tbody></table>"
    assert text_of(control) == "Version: 1"


def test_a_diary_becomes_questions() -> None:
    head = "<thead><tr><th>Day</th><th>Pain</th><th>Note</th></tr></thead>"
    scale = " ".join(str(number) for number in range(11))
    row = f"<tr><th scope=row>Monday</th><td>{scale}</td><td></td></tr>"
    asked = "Monday\n....\nPain (0–10): ____\nNote: ____"
    assert text_of(f"<h2>A</h2><table>{head}<tbody>{row}</tbody></table>") == f"A\n----\n\n{asked}"
    card = f"<h3>Monday</h3><p>Pain:</p><p>{scale}</p><p>Note: <span class=blank></span></p>"
    assert text_of(card) == asked


def test_fields_of_a_page_are_boxes_lines_and_numbers() -> None:
    ticks = '<ul class="ticks"><li><label><input type="checkbox"> <span>Ask</span></label></li></ul>'
    assert text_of(ticks) == "[ ] Ask"
    numbers = "".join(f'<label><input type="radio" name="p"><span>{n}</span></label> ' for n in range(11))
    scale = f'<div class="answer"><p>Pain:</p> <div role="radiogroup" dir="ltr">{numbers}</div></div>'
    assert text_of(scale) == "Pain (0–10): ____"
    assert text_of('<div><p>Hours:</p> <input type="text"></div>') == "Hours: ____"
    assert text_of('<p><label>Name <input type="text"></label></p>') == "Name: ____"
    assert text_of("<textarea></textarea>" + '<div class="lines"></div>' * 3) == "____"


def test_a_picture_is_said_and_decoration_is_not() -> None:
    body = '<figure><img src="x" alt="Two hands."><figcaption>Rub.</figcaption></figure><img src="y" alt="">'
    assert text_of(body) == "Picture: Two hands.\nRub."


def test_links_have_their_address_once() -> None:
    assert text_of('<p><a href="https://nhs.uk/legs">Legs</a></p>') == "Legs (https://nhs.uk/legs)"
    assert text_of('<p><a href="https://www.nhs.uk/">nhs.uk</a></p>') == "nhs.uk"
    assert text_of('<p>Call <a href="tel:111">111</a>, see <a href="#x">above</a>.</p>') == "Call 111, see above."


def test_what_is_for_the_screen_alone_is_left_out() -> None:
    body = "<nav><a href='x'>PDF</a></nav><a class=skip href='#m'>Skip</a><script>1</script><p hidden>no</p>"
    assert text_of(f"{body}<p>Y<!-- no -->es<style>p{{}}</style>.</p>") == "Yes."


def test_numbers_keep_their_order_in_arabic_and_nothing_else_is_marked() -> None:
    body = '<p>خذ <span dir="ltr">5-10</span> من <span dir="ltr">ibuprofen</span> و<span dir="ltr">20</span>.</p>'
    assert text_of(body, "rtl") == "خذ \u200e5-10\u200e من ibuprofen و20."
    assert "\u200e" not in text_of(body, "ltr").replace("خ", "")
    assert "\u200e5–10\u200e" in page("hand-washing/options-and-diary", "plain", "ar-GB").text


def test_letters_are_composed_and_blanks_are_plain() -> None:
    assert text_of("<p>Cafe\u0301\u00a0au\u00ad\n lait</p>") == "Café au lait"

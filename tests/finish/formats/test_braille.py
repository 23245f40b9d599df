"""Braille: pages that an embosser takes, and words that come back when a program reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest

from leaflets.finish.formats import alternatives, braille, liblouis
from leaflets.finish.formats.braille_letters import in_braille
from leaflets.finish.formats.linear_text import SpokenLine, outline
from leaflets.finish.formats.web_page import main_of
from leaflets.l10n.braille import Codes
from leaflets.l10n.languages import LOCALES
from tests.tools.pages import Page, page, pages, plain


@pytest.fixture(scope="module")
def library() -> liblouis.Louis:
    found = liblouis.library()
    assert found is not None, liblouis.MISSING
    return found


def sheets(made: bytes) -> list[list[str]]:
    """The pages of a file, each as its rows."""
    text = made.decode("ascii")
    assert text.endswith("\r\n\f")
    return [page.removesuffix("\r\n").split("\r\n") for page in text.removesuffix("\f").split("\f")]


def words_of(text: str) -> list[str]:
    """Words without signs, as a back-translation can give them: digits of any script as ours."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in folded)
    return re.findall(r"[^\W_]+", "".join(char for char in digits if not unicodedata.combining(char)))


@pytest.mark.parametrize("name", pages())
def test_pages_are_40_cells_by_25_lines_and_numbered(name: str, library: liblouis.Louis) -> None:
    found = pages()[name]
    table = codes(found.about.locale).at(found.about.level).table
    for number, rows in enumerate(sheets(found.braille), 1):
        assert len(rows) == 25
        assert max(len(row) for row in rows) <= 40
        assert rows[24] == library.braille(str(number), table).rjust(40)
        assert re.fullmatch(r"[ -_\n]*", "\n".join(rows)), "a sign that is not in North American ASCII braille"
        assert "\\X" not in "".join(rows), "a sign that the table does not know"


def codes(locale: str) -> Codes:
    found = LOCALES[locale].braille
    assert found is not None
    return found


def back(found: Page, library: liblouis.Louis) -> list[str]:
    """The words of a file, read back."""
    table = codes(found.about.locale).at(found.about.level).table
    rows = [row for sheet in sheets(found.braille) for row in sheet[:-1]]
    joined = re.sub(r'(?<=\S{20})"\s+', "", " ".join(row.strip() for row in rows if row.strip()))
    return words_of(library.back(joined.replace(braille.BLANK, ""), table))


def given(found: Page) -> Iterator[str]:
    """The words of the leaflet itself."""
    for line in outline(main_of(found.html)):
        yield from words_of(plain(line.text))


ENGLISH = [name for name, row in pages().items() if row.about.locale.startswith("en")]
ARABIC = [name for name, row in pages().items() if row.about.locale.startswith("ar")]


@pytest.mark.parametrize("name", ENGLISH)
def test_english_braille_says_the_words_of_the_leaflet(name: str, library: liblouis.Louis) -> None:
    read = set(back(pages()[name], library))
    wanted = list(given(pages()[name]))
    missing = [word for word in wanted if word not in read]
    assert missing == []


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_braille_says_the_words_of_the_leaflet(name: str, library: liblouis.Louis) -> None:
    read = set(back(pages()[name], library))
    wanted = [word for word in given(pages()[name]) if re.fullmatch(r"[\u0600-\u06ff\d]+", word)]
    missing = [word for word in wanted if word not in read]
    assert len(wanted) > 100
    assert missing == []


def test_a_wrong_word_would_be_seen(library: liblouis.Louis) -> None:
    assert "quinine" not in back(page("overview"), library)


def test_the_first_page_says_which_table_and_that_nobody_has_checked(library: liblouis.Louis) -> None:
    for level, table, grade in (("easy", "en-ueb-g1.ctb", 1), ("plain", "en-ueb-g2.ctb", 2)):
        found = page("overview", level)
        first = " ".join(row.strip() for row in sheets(found.braille)[0][:-1])
        said = library.back(first, table)
        assert "No braille reader has checked it" in said
        assert f"{table}, grade {grade}" in said
        assert "no clinician has signed" in said
        assert "22 November 2026" in said


def test_the_title_stands_in_the_middle() -> None:
    title = sheets(page("overview").braille)[0][0]
    assert abs((len(title) - len(title.lstrip())) - (40 - len(title))) <= 1


@pytest.mark.parametrize("name", pages())
def test_a_heading_is_never_last_on_a_page(name: str) -> None:
    for rows in sheets(pages()[name].braille)[1:]:
        written = [row for row in rows[:-1] if row]
        before = rows[rows.index(written[-1]) - 1] if len(written) > 1 else ""
        assert not (re.match(r" {4}(  )?\S", written[-1]) and not before), written[-1]


def test_rows_break_at_blanks_and_long_words_where_they_must() -> None:
    place = braille.Indent(2, 0)
    assert braille._broken("A" * 20 + " " + "B" * 18, place) == ["  " + "A" * 20, "B" * 18]
    rows = braille._broken("A" * 50, place)
    assert rows == ["  " + "A" * 37 + '"', "A" * 13]


def test_a_sheet_is_filled_to_line_24_and_a_heading_waits_for_its_text() -> None:
    text, heading = (braille.PARAGRAPH, ["X"]), (braille.HEADINGS[2], ["    H"])
    pages_of = list(braille._pages([*[text] * 22, heading, text]))
    assert [len(rows) for rows in pages_of] == [22, 2]
    assert pages_of[1] == ["    H", "X"]
    assert [len(rows) for rows in braille._pages([text] * 49)] == [24, 24, 1]


def test_answers_boxes_and_numbers_are_kept(library: liblouis.Louis) -> None:
    press = braille._Press(library, "en-ueb-g1.ctb")
    ask, go = SpokenLine("item", "Ask", mark="[ ]"), SpokenLine("item", "Go", mark="2.")
    rows = list(press.rows([SpokenLine("answer", "Hours"), ask, go], page("overview").material.words))
    assert [row for _, found in rows for row in found] == [",HOURS3 ------", ".< .> ,ASK", "#B4 ,GO"]


def test_without_the_library_there_is_no_braille(monkeypatch: pytest.MonkeyPatch) -> None:
    found = page("overview")
    monkeypatch.setattr(liblouis, "NAMES", ("libnone.so",))
    liblouis.library.cache_clear()
    try:
        assert alternatives.braille(found.html, found.about, found.material.words) is None
        assert "apt-get install liblouis20" in alternatives.braille_missing()
    finally:
        liblouis.library.cache_clear()


def test_a_locale_without_a_code_has_no_braille() -> None:
    found = page("overview")
    without = next(tag for tag, row in LOCALES.items() if row.braille is None)
    other = replace(found.about, locale=without)
    assert alternatives.braille(found.html, other, found.material.words) is None


def test_every_locale_that_is_shipped_has_a_code_whose_table_is_there(library: liblouis.Louis) -> None:
    found = [row.braille for row in LOCALES.values() if row.braille]
    assert len(found) > 2
    for row in found:
        for code in (row.usual, *row.by_level.values()):
            assert library.braille("1", code.table).startswith("#A")
            assert in_braille(library, "“1” · 2–3 ‘a’…", code.table).startswith(in_braille(library, "“1", code.table))


def test_a_table_that_is_not_there_is_an_error(library: liblouis.Louis) -> None:
    with pytest.raises(RuntimeError, match="no-such"):
        library.braille("a", "no-such.ctb")

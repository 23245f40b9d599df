"""Words as HTML, for any words: nothing is lost, numbers stay together and keep their direction."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from leaflets.content.phone import Phone
from leaflets.html.typography import NBSP, directed, line_html, marked, stretches, tied
from leaflets.l10n.languages import LOCALES

ARABIC = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A), min_size=1, max_size=6)
NUMBER = st.one_of(
    st.integers(0, 10_000).map(str),
    st.tuples(st.integers(0, 99), st.sampled_from(".,:-–/"), st.integers(0, 99)).map(lambda it: "".join(map(str, it))),
    st.integers(0, 99).map(lambda number: f"{number}%"),
)
MIXED = st.lists(st.one_of(ARABIC, NUMBER, st.sampled_from(("mg", "Clinic", "<", "&", "(", ")", "،"))), max_size=8)
WORDS = st.one_of(st.text(), MIXED.map(" ".join))
PHONE = st.from_regex(r"\+?[0-9][0-9 ()./-]{2,12}[0-9]", fullmatch=True)


def printed(found: str) -> str:
    """The words that a reader sees."""
    return html.unescape(re.sub(r"<[^>]*>", "", found))


@given(WORDS)
def test_only_blanks_become_blanks_that_do_not_break(words: str) -> None:
    found = tied(words)
    assert len(found) == len(words)
    assert all(new == old or (old, new) == (" ", NBSP) for old, new in zip(words, found, strict=True))
    assert tied(found) == found


@given(st.integers(0, 9_999), st.sampled_from(("mg", "weeks", "out")), st.integers(1, 9_999))
def test_a_number_and_what_it_counts_stay_on_a_line(number: int, unit: str, whole: int) -> None:
    assert tied(f"take {number} {unit} now") == f"take {number}{NBSP}{unit} now"
    assert tied(f"one of {whole} {number}") == f"one of{NBSP}{whole}{NBSP}{number}"


@given(WORDS, st.sampled_from(("ltr", "rtl")))
def test_directions_change_no_word(words: str, direction: str) -> None:
    assert printed(directed(words, direction)) == words


@given(MIXED.map(" ".join))
def test_in_arabic_every_number_and_latin_word_runs_from_left_to_right(words: str) -> None:
    outside = re.sub(r'<span dir="ltr">(?:<span class="nw">.*?</span>|[^<])*</span>', " ", directed(words, "rtl"))
    assert not re.search(r"[0-9A-Za-z]", html.unescape(outside))
    for found in re.findall(r'<span dir="ltr">(.*?)</span>', directed(words, "rtl")):
        assert not re.search(r"[\u0600-\u06ff]", found)


@given(WORDS, st.booleans())
def test_stretches_are_the_words_in_their_order(words: str, rtl: bool) -> None:
    found = list(stretches(words, rtl))
    assert "".join(part for part, _ in found) == words
    assert all(part for part, _ in found)


@given(PHONE, st.sampled_from(("en-GB", "ar-GB")))
def test_a_telephone_number_is_one_link_to_its_target(number: str, locale: str) -> None:
    line = str(line_html("{number}", {"number": marked(Phone(number, "tel:12;ext=3"))}, LOCALES[locale]))
    found = re.search(r'<a class="tel" href="([^"]*)">(.*)</a>', line)
    assert found is not None
    assert found[1] == "tel:12;ext=3"
    assert printed(found[2]).replace(NBSP, " ") == number
    assert printed(line).replace(NBSP, " ") == number
    bare = str(line_html("{number}", {"number": marked(Phone(number))}, LOCALES[locale]))
    assert "<a" not in bare
    assert printed(bare).replace(NBSP, " ") == number

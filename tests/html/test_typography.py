"""A line of text as HTML: what stays together on a line, and what keeps its own direction."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable

import pytest

from leaflets.html.blocks import TextContext
from leaflets.html.typography import NBSP, _filled_html, line_html, plain, tied
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.words import Words

VALUES = {"emergency": "999", "lifeline-ni": "0808 808 8000", "poison": "1-800-222-1222", "paracetamol": "paracetamol"}
ENGLISH, ARABIC = LOCALES["en-GB"], LOCALES["ar-GB"]


def english(line: str) -> str:
    return str(line_html(line, VALUES, ENGLISH))


def arabic(line: str) -> str:
    return str(line_html(line, VALUES, ARABIC))


def flat(markup: str) -> str:
    """The markup without the elements that only keep a line from breaking."""
    return re.sub(r'<span class="nw">([^<]*)</span>', r"\1", markup)


def words(markup: str) -> str:
    """What is read: without tags, with plain spaces and hyphens."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).replace(NBSP, " ").replace("\u2011", "-")


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("46 out of 100", "46_out of_100"),
        ("for 12 weeks or so", "for 12_weeks or so"),
        ("5–10 ml a day", "5–10_ml a day"),
        ("1,563 women", "1,563_women"),
        ("call 116 123 now", "call 116_123_now"),
        ("in 2026, people", "in 2026, people"),
        ("100 physiotherapists", "100 physiotherapists"),
        ("one of us", "one of us"),
        ("no number here", "no number here"),
    ],
)
def test_a_number_stays_with_what_it_counts(written: str, set_as: str) -> None:
    assert tied(written) == set_as.replace("_", NBSP)
    assert flat(english(f"{written}, as far as anybody knows so far")) == (
        set_as.replace("_", NBSP) + f", as far as anybody knows so{NBSP}far"
    )


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Rest when your legs hurt.", "Rest when your legs_hurt."),
        ("Rest when your **legs hurt.**", "Rest when your <strong>legs_hurt.</strong>"),
        ("Start with physiotherapy.", "Start with physiotherapy."),  # a line of three words
        (
            "Your doctor may speak of several benzodiazepines.",
            "Your doctor may speak of several benzodiazepines.",
        ),  # too long
        ("Ask your doctor to call {lifeline-ni}", "Ask your doctor to call 0808_808_8000"),
    ],
)
def test_the_last_two_words_of_a_line_stand_together(written: str, set_as: str) -> None:
    assert flat(english(written)) == set_as.replace("_", NBSP)


def unbroken(markup: str) -> str:
    """The markup with a dot for each space and hyphen at which no line can end."""
    held = re.sub(r'<span class="nw">([^<]*)</span>', lambda match: re.sub(r"[ -]", "·", match[1]), markup)
    return held.replace(NBSP, "·").replace("\u2011", "·")


@pytest.mark.parametrize("set_line", [english, arabic])
@pytest.mark.parametrize(
    ("line", "number"), [("Call {lifeline-ni}.", "0808·808·8000"), ("Call {poison}.", "1·800·222·1222")]
)
def test_a_phone_number_never_breaks(set_line: Callable[[str], str], line: str, number: str) -> None:
    assert number in unbroken(set_line(line))
    assert number in unbroken(set_line(f"**{line}**"))


@pytest.mark.parametrize("locale", [ENGLISH, ARABIC], ids=str)
@pytest.mark.parametrize(
    "line", ["Call {lifeline-ni} or {poison}.", "5–10 ml, (46 out of 100), A&E <now>", "5-10", "**a** b **c**"]
)
def test_nothing_is_added_to_what_is_read(line: str, locale: object) -> None:
    said = words(str(line_html(line, VALUES, ARABIC if locale is ARABIC else ENGLISH)))
    expected = line.replace("**", "")
    for name, value in VALUES.items():
        expected = expected.replace(f"{{{name}}}", value)
    assert said == expected


def test_bold_is_strong_and_words_are_escaped() -> None:
    assert english("A&E **now** <b>") == "A&amp;E <strong>now</strong> &lt;b&gt;"


def test_a_value_is_escaped_and_never_read_as_markup() -> None:
    assert str(line_html("Call {who}.", {"who": "<A&E>"}, ENGLISH)) == "Call &lt;A&amp;E&gt;."


def test_english_has_no_direction_of_its_own() -> None:
    assert "dir=" not in english("Call {poison}, 5–10 ml, paracetamol 500 mg")


def turned(markup: str) -> list[str]:
    """The pieces that keep their own direction."""
    return [words(piece) for piece in re.findall(r'<span dir="ltr"[^>]*>(.*?)</span>', flat(markup))]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("خذ 5–10 مل", ["5–10"]),
        ("خذ 5-10 مل", ["5-10"]),
        ("خذ 5–10 ml مرتين", ["5–10 ml"]),
        ("خذ 1.5 mg/kg", ["1.5 mg/kg"]),
        ("اتصل بالرقم {emergency} الآن", ["999"]),
        ("اتصل بالرقم {lifeline-ni} الآن", ["0808 808 8000"]),
        ("اتصل بالرقم {poison} الآن", ["1-800-222-1222"]),
        ("خذ {paracetamol} 500 mg", ["paracetamol 500 mg"]),
        ("خذ paracetamol 5–10 ml daily", ["paracetamol 5–10 ml daily"]),
        ("اسأل طبيبك (GP) الآن", ["(GP)"]),
        ("خذ (5–10) الآن", ["(5–10)"]),
        ("46 من 100", ["46", "100"]),
        ("100% من", ["100%"]),
        ("اذهب إلى A&E أو NHS", ["A&E", "NHS"]),
        ("في 7:30", ["7:30"]),
        ("لا شيء هنا", []),
    ],
)
def test_in_arabic_each_range_dose_number_and_latin_name_is_one_piece(line: str, pieces: list[str]) -> None:
    assert turned(arabic(line)) == pieces


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("خذ **5–10 ml** مرتين", ["5–10 ml"]),
        ("اتصل **{lifeline-ni}** الآن", ["0808 808 8000"]),
        ("**اتصل {poison}**", ["1-800-222-1222"]),
        ("**خذ 5–10 ml**", ["5–10 ml"]),
    ],
)
def test_in_arabic_a_piece_inside_bold_is_still_one(line: str, pieces: list[str]) -> None:
    markup = flat(arabic(line))
    assert turned(markup) == pieces
    assert len(re.findall(r"<strong>.*<span dir=\"ltr\".*</span>.*</strong>", markup)) == 1


def test_plain_words_are_for_attributes() -> None:
    assert plain("Call **{lifeline-ni}**\nnow", VALUES) == "Call 0808 808 8000 now"


@pytest.mark.parametrize("number", ["+44 113 496 0000", "+44 (0)20 7946 0958", "(0113) 496 0000", "999"])
@pytest.mark.parametrize("dials", [False, True])
def test_in_arabic_the_signs_of_a_number_stay_with_it_on_paper_and_on_screens(number: str, dials: bool) -> None:
    words = Words("ar-GB", {})
    voice = TextContext("easy", "GB", ARABIC, {"number": number}, words, False, frozenset(), dials)
    markup = str(line_html("اتصل NHS {number} الآن", voice.printed, ARABIC))
    assert turned(re.sub("</?a[^>]*>", "", markup)) == [f"NHS {number}"]
    assert ("<a " in markup) is dials


def seconds(words: str, locale: Locale) -> float:
    """Least processor time of three tries."""
    found = []
    for _ in range(3):
        _filled_html.cache_clear()
        begun = time.thread_time()
        line_html(words, {}, locale)
        found.append(time.thread_time() - begun)
    return min(found)


@pytest.mark.parametrize("locale", [ENGLISH, ARABIC], ids=["en", "ar"])
@pytest.mark.parametrize("piece", ["1", "1-", "1 ", "a1", "**a", "+1 ", "(1", "http://a"])
def test_a_long_line_takes_time_in_step_with_its_length(piece: str, locale: Locale) -> None:
    """Sixteen times the length: a pattern that tries again from each character would take 256 times as long."""
    short, long = seconds(piece * 1_000, locale), seconds(piece * 16_000, locale)
    assert long < 80 * max(short, 0.0005)


@pytest.mark.parametrize("locale", [ENGLISH, ARABIC], ids=str)
def test_on_paper_the_numbers_that_are_shipped_need_no_mark(locale: Locale) -> None:
    for values in ({"a": "999", "b": "116 123", "c": "0808 808 8000"}, {"a": "911", "b": "1-800-222-1222"}):
        for region in ("GB", "US"):
            context = TextContext("easy", region, locale, values, Words(locale.tag, {}), False, frozenset())
            assert context.printed == values


def test_a_value_that_is_no_number_to_call_is_never_a_link() -> None:
    values, words = {"page": "111", "urgent": "111", "relay": "18001"}, Words("en-GB", {})
    voice = TextContext("easy", "GB", ENGLISH, values, words, False, frozenset(), True, frozenset({"urgent"}))
    markup = str(line_html("{page} {urgent} {relay}", voice.printed, ENGLISH))
    assert re.findall(r'href="([^"]*)">([^<]*)<', markup) == [("tel:111", "111")]
    assert markup.startswith("111")

"""Fonts by the word: which one words of whatever script are set in, and what is opened for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from leaflets.l10n.breaks import BREAK, breakable, with_breaks
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import spans

NAMES = {
    "hebrew": "מרפאה",
    "devanagari": "क्लिनिक",
    "gurmukhi": "ਕਲੀਨਿਕ",
    "bengali": "ক্লিনিক",
    "gujarati": "ક્લિનિક",
    "tamil": "மருத்துவமனை",
    "telugu": "క్లినిక్",
    "kannada": "ಕ್ಲಿನಿಕ್",
    "malayalam": "ക്ലിനിക്",
    "oriya": "କ୍ଲିନିକ୍",
    "sinhala": "සායනය",
    "thai": "คลินิก",
    "lao": "ຄລີນິກ",
    "khmer": "គ្លីនិក",
    "myanmar": "ဆေးခန်း",
    "ethiopic": "ክሊኒክ",
    "armenian": "կլինիկա",
    "georgian": "კლინიკა",
    "chinese": "健康诊所",
    "chinese-traditional": "健康診療所",
    "japanese": "さくら診療所",
    "korean": "건강",
    "arabic": "عيادة",
    "nastaliq": "عيادة",
    "fira": "Клиника",
    "atkinson": "Clinic",
}


def test_there_is_a_name_for_each_font() -> None:
    assert NAMES.keys() == FONTS.keys()


@pytest.mark.parametrize("font", [name for name in NAMES if name != "nastaliq"])  # Urdu alone chooses it
def test_a_name_is_set_in_the_font_of_its_script(font: str) -> None:
    assert [(span.words, span.font) for span in spans(NAMES[font], "atkinson") or ()] == [(NAMES[font], font)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Clinic 診療所 (GP)", [("Clinic 診療所 (GP)", "chinese-traditional")]),  # one font has it all
        ("हिन्दी 12 (GP)", [("हिन्दी ", "devanagari"), ("12 (GP)", "atkinson")]),
        ("Clinicמרפאה 12", [("Clinic", "atkinson"), ("מרפאה ", "hebrew"), ("12", "atkinson")]),
        ("ਸਿਹਤ–हिन्दी", [("ਸਿਹਤ–", "gurmukhi"), ("हिन्दी", "devanagari")]),
        ("Tŷ عيادة", [("Tŷ ", "fira"), ("عيادة", "arabic")]),
    ],
)
def test_a_line_of_several_scripts_is_cut_by_the_word(words: str, found: list[tuple[str, str]]) -> None:
    assert [(span.words, span.font) for span in spans(words, "atkinson") or ()] == found


def test_a_letter_that_no_font_has_is_told() -> None:
    assert spans("Clinic ꯃ", "atkinson") is None


@pytest.mark.parametrize(
    ("about", "font"),
    [
        ("山 诊", "chinese"),
        ("山 診", "chinese-traditional"),
        ("山 さくら", "japanese"),
        ("山 渋", "japanese"),
        ("山 병", "korean"),
    ],
)
def test_all_words_of_a_clinic_tell_which_shape_a_character_has(about: str, font: str) -> None:
    assert [span.font for span in spans("山", "atkinson", about) or ()] == [font]


def test_no_font_is_opened_that_is_not_asked_for() -> None:
    code = (
        "from leaflets.l10n import fonts; opened = []; real = fonts.coverage\n"
        "fonts.coverage = lambda name: opened.append(name) or real(name)\n"
        "fonts.spans('Clinic', 'atkinson'); print(*opened)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["atkinson"]


def test_lines_end_between_words_that_no_space_parts() -> None:
    assert breakable("สุขภาพชุมชน") == ["สุขภาพ", "ชุมชน"]
    assert breakable("（東京）です。") == ["（東", "京）", "で", "す。"]
    assert breakable("Gemeinschaftspraxis") == ["Gemeinschaftspraxis"]
    assert with_breaks("គ្លីនិកសុខភាព GP") == f"គ្លីនិក{BREAK}សុខភាព GP"
    assert with_breaks("สุขภาพชุมชน") == "สุขภาพชุมชน"  # Pango knows Thai

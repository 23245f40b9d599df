"""Rules of scripts for pages on paper."""

from __future__ import annotations

import pytest

from leaflets.html.scripts.on_paper import (
    hyphenated,
    leading,
    set_for_paper,
    sheet_with_leading,
    title_size,
    with_leading,
)
from leaflets.l10n.breaks import BREAK, JOIN, with_breaks
from leaflets.l10n.languages import LOCALES

SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("tag", "least"), [("hi-GB", 1.4), ("bn-GB", 1.4), ("pa-GB", 1.4), ("th-GB", 1.4), ("ur-GB", 2.2), ("en-GB", 1.0)]
)
def test_a_script_has_its_leading_in_every_rule(tag: str, least: float) -> None:
    locale = LOCALES[tag]
    assert leading(locale) >= least
    values = with_leading({"--l-h1": "1.05", "--l-body": "1.38", "--t-h1": "29pt"}, locale)
    assert all(float(values[name]) >= min(least, 3) for name in ("--l-h1", "--l-body")) or least == 1.0
    assert values["--t-h1"] == "29pt"
    sheet = sheet_with_leading(".main { line-height: 1.22 } .n { line-height: 1 } .k { line-height: 6.6mm }", locale)
    assert "line-height: 1 }" in sheet
    assert "6.6mm" in sheet
    assert ("1.22" in sheet) == (least == 1.0)


def test_lao_khmer_and_burmese_have_their_line_breaks_and_korean_none_in_a_word() -> None:
    assert with_breaks("លាងដៃរបស់អ្នក").split(BREAK) == ["លាងដៃ", "របស់", "អ្នក"]
    assert BREAK in with_breaks("သင့်လက်များကို")
    assert with_breaks("손을 20초") == f"손{JOIN}을 20{JOIN}초"
    assert with_breaks("ล้างมือ 洗手。") == "ล้างมือ 洗手。"  # the typesetter finds these itself


def test_breaks_are_put_into_text_and_not_into_attributes() -> None:
    html = '<html><head><title>លាងដៃរបស់អ្នក</title></head><body><img alt="លាងដៃរបស់អ្នក"><p>លាងដៃរបស់អ្នក</p></body></html>'
    found = set_for_paper(html, LOCALES["km-GB"], "plain")
    assert found.count(BREAK) == 2
    assert 'alt="លាងដៃរបស់អ្នក"' in found
    assert f"<p>លាងដៃ{BREAK}" in found


def test_long_words_are_hyphenated_but_at_the_easy_level() -> None:
    word = "Händedesinfektionsmittelspender"
    assert hyphenated(word, "de").replace(SOFT, "") == word
    assert SOFT in set_for_paper(f"<body><p>{word}</p></body>", LOCALES["de-GB"], "plain")
    assert SOFT not in set_for_paper(f"<body><p>{word}</p></body>", LOCALES["de-GB"], "easy")
    assert SOFT not in set_for_paper("<body><p>Händewaschen</p></body>", LOCALES["de-GB"], "plain")
    assert SOFT not in set_for_paper(f"<body><p>{word}</p></body>", LOCALES["en-GB"], "plain")


def test_a_title_steps_down_until_its_longest_word_fits() -> None:
    tamil = LOCALES["ta-GB"]
    assert title_size("கைகள்", tamil, 29, 160) == 29
    small = title_size("கைகளைக்கழுவுங்கள்நன்றாகக்கழுவுங்கள்", tamil, 29, 100)
    assert 18 <= small < 29
    assert title_size("", tamil, 29, 100) == 29

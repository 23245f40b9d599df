"""Letters that a braille table lacks: never a code of liblouis in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Clinic, Details
from leaflets.finish.formats import alternatives, liblouis
from leaflets.finish.formats.braille_letters import CODE, BrailleLettersError, in_braille
from leaflets.l10n.braille import ARABIC_1
from leaflets.l10n.fonts import coverage
from leaflets.l10n.languages import LOCALES
from tests.tools.pages import page
from tests.tools.some import some

ENGLISH = LOCALES["en-GB"].braille
assert ENGLISH is not None
UEB_1, UEB_2 = ENGLISH.at("easy"), ENGLISH.usual


@pytest.fixture(scope="module")
def library() -> liblouis.Louis:
    found = liblouis.library()
    assert found is not None, liblouis.MISSING
    return found


@pytest.mark.parametrize(
    ("text", "table", "expected"),
    [
        ("Zoë é ñ ç ø š", UEB_1, ",ZO^3E ^/E ^]N ^&C @*O ^+S"),  # marks that the code has (UEB 4.2)
        ("Żary", UEB_1, ",Z>Y"),
        ("Őő Ąę ı", UEB_1, ",OO ,AE I"),
        ("Ștefan", UEB_1, ",^&/EFAN"),
        ("1⁄2", UEB_1, "#A_/B"),
        ("Clinic مرحبا", UEB_2, ",CL9IC MR:BA"),
        ("Zoë", ARABIC_1, ",ZOE"),
    ],
)
def test_letters_without_a_sign_are_written_another_way(
    library: liblouis.Louis, text: str, table: object, expected: str
) -> None:
    found = in_braille(library, text, table.table)  # type: ignore[attr-defined]
    assert not CODE.search(found)
    assert in_braille(library, unaccented(text, table), table.table) == found  # type: ignore[attr-defined]
    if table is UEB_1 and "Ż" not in text and "Ș" not in text and "⁄" not in text:
        assert found == expected


def unaccented(text: str, table: object) -> str:
    """The text as its braille says it."""
    swaps = {"Ż": "Z", "Ő": "O", "ő": "o", "Ą": "A", "ę": "e", "ı": "i", "Ș": "Ş", "⁄": "/"}
    if table is ARABIC_1:
        swaps["ë"] = "e"
    return "".join(swaps.get(char, char) for char in text)


def test_every_letter_of_the_text_font_has_braille_or_is_told(library: liblouis.Louis) -> None:
    told = ""
    for char in some(sorted(map(chr, coverage("atkinson")))):
        for code in (UEB_1, UEB_2):
            try:
                assert not CODE.search(in_braille(library, f"a{char}b", code.table))
            except BrailleLettersError as error:
                told += error.letters
    assert set(told) <= set("ˆ˙˛˜˝◊")


def test_letters_of_an_article_without_braille_are_an_error() -> None:
    found, diagnostics = page("overview"), Diagnostics()
    assert "braille" not in alternatives.formats(found.html.replace("</h1>", " ◊</h1>"), found.material, diagnostics)
    name = found.material.edition.name
    assert str(diagnostics.items[0]).startswith(
        f"{name}:1:1: error: there is no braille file: its code has no sign for ◊ (U+25CA) [braille]"
    )


def test_letters_of_a_clinic_without_braille_are_a_warning() -> None:
    found, diagnostics = page("overview"), Diagnostics()
    details = Details(Clinic(name="क"), None, {}, (Path("clinic.toml"),))
    material = replace(found.material, details=details)
    made = alternatives.formats(found.html.replace("</h1>", " क</h1>"), material, diagnostics)
    assert set(made) == {"epub", "text"}
    assert "warning: there is no braille file" in str(diagnostics.items[0])

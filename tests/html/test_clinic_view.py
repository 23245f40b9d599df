"""Which way a clinic's words run, and in which font they are set."""

from __future__ import annotations

import pytest

from leaflets.html.clinic_view import direction
from leaflets.l10n.fonts import font_for


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Example Clinic", "ltr"),
        ("عيادة المثال", "rtl"),
        ("1 شارع المثال", "rtl"),
        ("1 Example Street", "ltr"),
        ("8:30-18:00", "ltr"),
        ("+44 1632 960001", "ltr"),
        ("Clinic عيادة", "ltr"),
    ],
)
def test_words_run_as_their_first_letter_does(words: str, way: str) -> None:
    assert direction(words) == way


@pytest.mark.parametrize(
    ("words", "font", "found"),
    [
        ("Przychodnia", "atkinson", "atkinson"),
        ("Tŷ", "atkinson", "fira"),
        ("Клиника", "arabic", "fira"),
        ("عيادة 5", "atkinson", "arabic"),
        ("Clinic", "arabic", "arabic"),
        ("Łódź", "arabic", "atkinson"),
        ("क्लिनिक", "atkinson", "devanagari"),
        ("Tŷ عيادة", "atkinson", None),
    ],
)
def test_a_line_is_set_in_the_first_font_that_has_all_of_it(words: str, font: str, found: str | None) -> None:
    assert font_for(words, font) == found

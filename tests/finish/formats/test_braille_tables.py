"""Braille of other languages: by a table of their own, or an error that names the letters, never codes."""

from __future__ import annotations

import re

import pytest

from leaflets.finish.formats import liblouis
from leaflets.finish.formats.braille_letters import BrailleLettersError, in_braille
from leaflets.l10n.languages import LOCALES
from tests.tools.proofs import PLACES, sentences


@pytest.mark.parametrize("language", ["es", "pl", "de", "tr", "hi", "pa", "ko", "cy", "zh-Hans"])
def test_a_language_has_a_table_of_its_own(language: str) -> None:
    library, codes = liblouis.library(), LOCALES[f"{language}-GB"].braille
    assert library is not None
    assert codes is not None
    for words in sentences(language)[: len(PLACES) - 3]:
        bare = re.sub(r"\*\*|\{[a-z]+\}", "", words)
        made = in_braille(library, bare, codes.at("plain").table)
        assert made.isascii()
        assert "\\X" not in made


def test_a_sign_of_eight_dots_is_written_another_way_and_a_table_that_is_broken_is_an_error() -> None:
    """The table of German has a bullet of eight dots, which BRF has no sign for."""
    library = liblouis.library()
    assert library is not None
    assert in_braille(library, "a • b", "de-g1.ctb") == in_braille(library, "a - b", "de-g1.ctb")
    assert in_braille(library, "a · b", "es-g1.ctb") == in_braille(library, "a - b", "es-g1.ctb")
    with pytest.raises(RuntimeError, match="no-such"):
        in_braille(library, "a • b", "no-such.ctb")


def test_a_letter_that_a_table_passes_on_is_named() -> None:
    """The table of Ukrainian leaves one letter as it is."""
    library = liblouis.library()
    assert library is not None
    with pytest.raises(BrailleLettersError, match="і"):
        in_braille(library, "Добре мийте руки від", "uk.utb")

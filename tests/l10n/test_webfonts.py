"""The fonts inside web pages: their letters, their zero, their licence."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from leaflets.l10n.font_table import FONTS
from leaflets.l10n.webfonts import font_faces
from tests.l10n.test_plain_zero import contours
from tests.tools.some import some


def embedded(name: str) -> list[TTFont]:
    """The fonts in the @font-face rules of a font."""
    return [TTFont(io.BytesIO(base64.b64decode(body))) for body in re.findall("base64,([^)]+)", font_faces(name))]


def test_fonts_of_a_page_have_the_letters_of_their_script() -> None:
    assert {name for name, row in FONTS.items() if row.web} == {"atkinson", "arabic"}
    assert font_faces("arabic").count("@font-face") == 4
    assert font_faces("atkinson").count("@font-face") == 2
    assert len(font_faces("atkinson")) < 60_000


def test_they_have_a_plain_zero_and_say_their_licence() -> None:
    for font in some(embedded("atkinson")):
        assert len(contours(font, font.getBestCmap()[ord("0")])) == 2
        names = font["name"]
        assert names.getDebugName(0) == "Copyright 2020 Braille Institute of America, Inc."
        assert names.getDebugName(1) == "Leaflet Sans"
        assert "modified" in str(names.getDebugName(5))
        assert "SIL Open Font License" in str(names.getDebugName(13))
        assert names.getDebugName(14) == "https://scripts.sil.org/OFL"

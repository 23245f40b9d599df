"""The plain zero on paper: the font in the file, the glyph that is painted, and the character that is read back."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.l10n.fonts import stack
from leaflets.pdf.typesetter import Typesetter
from tests.l10n.test_plain_zero import contours

pytestmark = pytest.mark.builds


def test_a_zero_is_painted_plain_and_read_as_a_zero() -> None:
    page = '<!doctype html><html lang="en"><head><title>t</title></head><body><p>00</p><p><b>00</b></p></body></html>'
    typesetter = Typesetter(Project())
    trial = typesetter.lay_out_trial(Html(page, (f"body {{ font: 14pt {stack('atkinson')} }}",)))
    (sheet,) = PdfReader(io.BytesIO(typesetter.write(trial.document()))).pages
    assert sheet.extract_text().split() == ["00", "00"]
    fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"Leaflet-Sans", "Leaflet-Sans-Bold"}
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        body = TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
        assert 2 in {len(contours(body, name)) for name in body.getGlyphOrder()}
        assert max(len(contours(body, name)) for name in body.getGlyphOrder() if name != ".notdef") == 2

"""Web fonts: the fonts of the PDF, subset to the letters of their script and embedded in the web page.

They were chosen for legibility, which is worth 15 to 19 kB a style. Fonts without a row in CUT are left out, since
some scripts take megabytes; their text is displayed in a font of the device.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from leaflets.l10n.fonts import FONTS

_MARKS = (range(0x2010, 0x2028), range(0x2032, 0x2034), (0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2264, 0x2265))
_LATIN = (range(0x20, 0x7F), range(0xA0, 0x100), *_MARKS)
_ARABIC = (range(0x600, 0x670), (0x20, 0xA0, 0x200C, 0x200D), range(0x28, 0x30), (0x3A,))
CUT = {"atkinson": _LATIN, "arabic": _ARABIC}
"""Code points of the subsets, by font of `FONTS`."""
LICENCE = (13, 14)
"""Names of a font that say its licence; a font that is passed on carries them, and the copyright notice (0)."""


@lru_cache
def font_faces(font: str) -> str:
    """The @font-face rules of a font and of those after it in its stack, with embedded subsets."""
    rules = []
    for name in (font, *FONTS[font].then):
        for bold in (False, True) if name in CUT else ():
            body = base64.b64encode(_cut(name, bold)).decode()
            family, weight = FONTS[name].family, 700 if bold else 400
            source = f"url(data:font/woff2;base64,{body}) format('woff2')"
            rules.append(f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: {source} }}")
    return "\n".join(rules)


@lru_cache
def _cut(name: str, bold: bool) -> bytes:
    """The subset of a font as WOFF2."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    wanted = hb.SubsetInput()
    wanted.unicode_set.update({point for part in CUT[name] for point in part})
    wanted.name_id_set.update(LICENCE)
    cut = hb.subset(hb.Face(hb.Blob(FONTS[name].file(bold).read_bytes())), wanted)
    font = TTFont(io.BytesIO(bytes(cut.blob.data)), recalcTimestamp=False)
    font.flavor, packed = "woff2", io.BytesIO()
    font.save(packed)
    return packed.getvalue()

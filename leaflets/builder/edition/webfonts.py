"""Fonts of a page for screens: those of the paper, cut down to the letters of their script, inside the page.

They were chosen to be read easily, so they are worth their weight: 15 to 19 kB a style. A font that is not in the table
is left out, since some scripts weigh megabytes; they are read in the font of the reader's device.
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
"""The letters that stay, by font of `FONTS`."""


@lru_cache
def font_faces(font: str) -> str:
    """The rules that bring a font, and those after it in its stack, into a page."""
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
    """A font of the letters that stay, as WOFF2."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    wanted = hb.SubsetInput()
    wanted.unicode_set.update({point for part in CUT[name] for point in part})
    cut = hb.subset(hb.Face(hb.Blob(FONTS[name].file(bold).read_bytes())), wanted)
    font = TTFont(io.BytesIO(bytes(cut.blob.data)), recalcTimestamp=False)
    font.flavor, packed = "woff2", io.BytesIO()
    font.save(packed)
    return packed.getvalue()

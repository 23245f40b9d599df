"""Web fonts: the fonts of the PDF, subset to the letters of their script and embedded in the web page.

They were chosen for legibility, which is worth 15 to 19 kB a style. Fonts without a key `web` in fonts.yaml are
left out, since some scripts take megabytes; their text is displayed in a font of the device.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from leaflets.l10n.font_table import FONTS, Font

LICENCE = (13, 14)
"""Names of a font that say its licence; a font that is passed on carries them, and the copyright notice (0)."""


def font_faces(font: str) -> str:
    """The @font-face rules of a font and of those after it in its stack, with embedded subsets."""
    rows = (FONTS[name] for name in (font, *FONTS[font].then))
    return _faces(tuple(row for row in rows if row.web))


@lru_cache
def _faces(rows: tuple[Font, ...]) -> str:
    rules = []
    for row in rows:
        for bold in (False, True):
            body = base64.b64encode(_cut(row.file(bold).read_bytes(), row.web)).decode()
            family, weight = row.family, 700 if bold else 400
            source = f"url(data:font/woff2;base64,{body}) format('woff2')"
            rules.append(f"@font-face {{ font-family: '{family}'; font-weight: {weight}; src: {source} }}")
    return "\n".join(rules)


def _cut(font: bytes, letters: str) -> bytes:
    """The subset of a font as WOFF2; `letters` as in CSS: U+20-7E, U+A0."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    wanted = hb.SubsetInput()
    for part in letters.replace("U+", "").split(", "):
        first, _, last = part.partition("-")
        wanted.unicode_set.update(range(int(first, 16), int(last or first, 16) + 1))
    wanted.name_id_set.update(LICENCE)
    cut = hb.subset(hb.Face(hb.Blob(font)), wanted)
    made = TTFont(io.BytesIO(bytes(cut.blob.data)), recalcTimestamp=False)
    made.flavor, packed = "woff2", io.BytesIO()
    made.save(packed)
    return packed.getvalue()

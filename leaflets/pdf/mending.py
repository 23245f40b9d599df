"""What WeasyPrint 70 gets wrong in the file, mended from outside. Bound to the version: another one is refused.

Glyphs that share a cluster with the one before get an empty entry in the font's ToUnicode map, which ISO 14289-1
(7.21.7) does not allow and which makes Arabic files fail; a zero-width space says the same and is allowed. A variable
font that is set at one weight gets the time of day in its header.
"""

from __future__ import annotations

from functools import partial
from typing import Any

VERSION = "70."
ZERO_WIDTH_SPACE = "\u200b"


def mend(weasyprint: Any) -> None:
    """Mend the imported module, once. RuntimeError when it is another version than the one looked at."""
    if not weasyprint.__version__.startswith(VERSION):
        raise RuntimeError(f"WeasyPrint {weasyprint.__version__} was not looked at; install 70.*")
    import weasyprint.pdf as target
    from weasyprint.pdf import fonts as of_fonts

    original = target.build_fonts_dictionary
    if getattr(original, "mended", False):
        return

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any, **options: Any) -> Any:
        for font in fonts.values():
            for glyph, text in font.to_unicode.items():
                if not text:
                    font.to_unicode[glyph] = ZERO_WIDTH_SPACE
        return original(pdf, fonts, *rest, **options)

    build_fonts_dictionary.mended = True  # type: ignore[attr-defined]
    target.build_fonts_dictionary = build_fonts_dictionary
    of_fonts.TTFont = partial(of_fonts.TTFont, recalcTimestamp=False)

"""What WeasyPrint 70 gets wrong in the file, mended from outside. Bound to the version: another one is refused.

Glyphs that share a cluster with the one before get an empty entry in the font's ToUnicode map, which ISO 14289-1
(7.21.7) does not allow and which makes Arabic files fail; a zero-width space says the same and is allowed. A variable
font is set at one weight by HarfBuzz: fontTools, which WeasyPrint asks, takes a second for a Chinese one and writes the
time of day into its header.
"""

from __future__ import annotations

from typing import Any

VERSION = "70."
ZERO_WIDTH_SPACE = "\u200b"


def mend(weasyprint: Any) -> None:
    """Mend the imported module, once. RuntimeError when it is another version than the one looked at."""
    if not weasyprint.__version__.startswith(VERSION):
        raise RuntimeError(f"WeasyPrint {weasyprint.__version__} was not looked at; install 70.*")
    import weasyprint.pdf as target
    from weasyprint.pdf.fonts import Font

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
    Font.subset = _at_one_weight(Font.subset)


def _at_one_weight(original: Any) -> Any:
    """Cutting a font down, and setting it at its weight."""

    def subset(font: Any, to_unicode: Any, hinting: Any) -> None:
        original(font, to_unicode, hinting)
        if "fvar" not in font.tables:
            return
        import uharfbuzz

        face = uharfbuzz.Face(uharfbuzz.Blob(font.file_content))
        wanted = uharfbuzz.SubsetInput()
        wanted.keep_everything()
        wanted.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
        wanted.pin_all_axes_to_default(face)
        wanted.pin_axis_location(face, "wght", font.variations.get("wght", font.weight))
        font.file_content = bytes(uharfbuzz.subset(face, wanted).blob.data)
        font.tables.remove("fvar")  # nothing is left to be done

    return subset

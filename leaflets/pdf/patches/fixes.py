"""What WeasyPrint 70 gets wrong in the file, mended from outside. Bound to the version: another one is refused.

Glyphs that share a cluster with the one before get an empty entry in the font's ToUnicode map, which ISO 14289-1
(7.21.7) does not allow and which makes Arabic files fail; a zero-width space says the same and is allowed. A variable
font is set at one weight by HarfBuzz: fontTools, which WeasyPrint asks, takes a second for a Chinese one and writes the
time of day into its header.

Text that fits on a line but for the space at its end, as before bold words, is broken after its first word, which then
stands alone on the line.

Where a line from right to left ends with words from left to right, the blank after these goes, and what stands on
their right stays where it was: the line sticks out by a blank.

The page of a place that an attribute names (`target-counter(attr(data-section url), page)`) is written once and not
again when the place moves to another page.
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
    _mend_lines()
    _mend_targets()
    _mend_blanks()

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


def _mend_targets() -> None:
    from weasyprint.css import targets

    original, last = targets.anchor_name_from_token, [None]

    def anchor_name_from_token(token: Any) -> Any:
        """The name of a place. An attribute is not looked up here; who asks for its name has just looked it up."""
        if token[0] != "attr()":
            last[0] = original(token)
        return last[0]

    targets.anchor_name_from_token = anchor_name_from_token


def _mend_blanks() -> None:
    from weasyprint.layout import inline

    original = inline.remove_last_whitespace

    def remove_last_whitespace(context: Any, line: Any) -> None:
        if line.style["direction"] == "ltr":
            original(context, line)
            return
        beside, last = [], line
        while getattr(last, "children", None):
            if last.style["direction"] == "rtl":
                beside += last.children[:-1]
            last = last.children[-1]
        before = last.width
        original(context, line)
        layout = getattr(last, "pango_layout", None)
        if layout is not None and last.width < before and not layout.first_line_direction % 2:
            for box in beside:
                box.translate(dx=last.width - before, ignore_floats=True)

    inline.remove_last_whitespace = remove_last_whitespace


def _mend_lines() -> None:
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    original = line_break.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any
    ) -> tuple[Any, ...]:
        found: tuple[Any, ...] = original(text, style, context, max_width, *rest, **options)
        length, resume = found[1:3]
        if resume is None or max_width is None or text[-1:] != " " or style["white_space"] != "normal":
            return found
        bare = text.rstrip(" ")
        if length != len(bare.partition(" ")[0].encode()) or " " not in bare:
            return found
        _, _, rest_of_it, width, *_ = original(bare, style, context, max_width, *rest, **options)
        if rest_of_it is not None or width > max_width:
            return found
        whole: tuple[Any, ...] = original(text, style, context, None, *rest, **options)
        return whole

    for module in (line_break, inline, preferred):
        module.split_first_line = split_first_line

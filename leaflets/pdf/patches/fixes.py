"""Fixes: faults of WeasyPrint 70 that make text or files wrong, corrected in wrappers around its functions.

ToUnicode maps. A glyph in one cluster with the glyph before gets an empty entry, which ISO 14289-1 (7.21.7) forbids and
by which Arabic files fail validation. The fix writes a zero-width space.

Variable fonts. WeasyPrint has fontTools set a weight, which takes a second for a Chinese font and writes the time of
day into the font's header. The fix uses HarfBuzz.

Last blank. A text that fits on its line except for the blank at its end, as before bold words, is broken after its
first word, which then stands alone on the line.

Right-to-left line ends. When a right-to-left line ends with left-to-right words, the blank after these is removed, and
the boxes on their right keep their positions: the line exceeds its box by a blank.

Target pages. The page number of a target that an attribute names (`target-counter(attr(data-section url), page)`) is
computed once and not updated when the target moves to another page.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.replacing import Replacements

ZERO_WIDTH_SPACE = "\u200b"
LINE_BREAK, INLINE, PREFERRED = "weasyprint.text.line_break", "weasyprint.layout.inline", "weasyprint.layout.preferred"

LAST_SPACE = {"weasyprint.text.line_break:split_first_line": "39ad1016863ca34d"}
TARGET_PAGES = {"weasyprint.css.targets:anchor_name_from_token": "c690ab4e5d0e7687"}
TARGET_CALLERS = {
    "weasyprint.css.targets:TargetCollector.lookup_target": "cc606c47e1954d3b",
    "weasyprint.formatting_structure.build:compute_content_list": "3a5674cabd84f48a",
}
RTL_LINE_END = {"weasyprint.layout.inline:remove_last_whitespace": "53f0c79c9fbbda50"}
EMPTY_TEXT = {"weasyprint.pdf.fonts:build_fonts_dictionary": "fc551bef35d0d6c3"}
FONT_WEIGHT = {"weasyprint.pdf.fonts:Font.subset": "61ed6bc2e9a7e43a"}
FONT_WEIGHT_CALLER = {"weasyprint.pdf.fonts:Font.clean": "794f0211f18453f1"}


def keep_text_with_last_space(patch: Replacements) -> None:
    """Fix of the last blank."""
    patch.wrap(f"{LINE_BREAK}:split_first_line", _split_without_last_space, LINE_BREAK, INLINE, PREFERRED)


def follow_target_pages(patch: Replacements) -> None:
    """Fix of target pages."""
    patch.wrap("weasyprint.css.targets:anchor_name_from_token", _with_attributes)


def close_rtl_line_ends(patch: Replacements) -> None:
    """Fix of right-to-left line ends."""
    patch.wrap(f"{INLINE}:remove_last_whitespace", _with_boxes_moved)


def fill_empty_text(patch: Replacements) -> None:
    """Fix of ToUnicode maps."""
    patch.wrap("weasyprint.pdf.fonts:build_fonts_dictionary", _without_empty_text, "weasyprint.pdf")


def fix_font_weight(patch: Replacements) -> None:
    """Fix of variable fonts: the bytes are the same each time."""
    patch.wrap("weasyprint.pdf.fonts:Font.subset", _at_one_weight)


def _without_empty_text(original: Any) -> Any:
    """`build_fonts_dictionary` for fonts without empty entries in their ToUnicode maps."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any, **options: Any) -> Any:
        for font in fonts.values():
            for glyph, text in font.__dict__.get("cluster_texts", {}).items():
                font.to_unicode.setdefault(glyph, text)
            for glyph, text in font.to_unicode.items():
                if not text:
                    font.to_unicode[glyph] = ZERO_WIDTH_SPACE
        return original(pdf, fonts, *rest, **options)

    return build_fonts_dictionary


def _at_one_weight(original: Any) -> Any:
    """`Font.subset` that also sets the weight of a variable font."""

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
        font.tables.remove("fvar")  # so that WeasyPrint does not call fontTools

    return subset


def _with_attributes(original: Any) -> Any:
    """`anchor_name_from_token` that also answers for `attr()`."""
    last: Any = None

    def anchor_name_from_token(token: Any) -> Any:
        """The name of a target. For an attribute, the name resolved last: each caller has resolved it just before."""
        nonlocal last
        if token[0] != "attr()":
            last = original(token)
        return last

    return anchor_name_from_token


def _with_boxes_moved(original: Any) -> Any:
    """`remove_last_whitespace` that moves the boxes beside a removed blank."""

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

    return remove_last_whitespace


def _split_without_last_space(original: Any) -> Any:
    """`split_first_line` that does not count the last blank of a text."""

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any
    ) -> tuple[Any, ...]:
        line: tuple[Any, ...] = original(text, style, context, max_width, *rest, **options)
        length, resume = line[1:3]
        if resume is None or max_width is None or text[-1:] != " " or style["white_space"] != "normal":
            return line
        stripped = text.rstrip(" ")
        if length != len(stripped.partition(" ")[0].encode()) or " " not in stripped:
            return line
        _, _, remainder, width, *_ = original(stripped, style, context, max_width, *rest, **options)
        if remainder is not None or width > max_width:
            return line
        unbroken: tuple[Any, ...] = original(text, style, context, None, *rest, **options)
        return unbroken

    return split_first_line

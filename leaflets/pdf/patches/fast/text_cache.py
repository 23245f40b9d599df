"""Text that was measured once is not measured again.

A leaflet is laid out once or twice, and editions share sentences: a third of all lines to be broken were broken before,
with the same words, style and width. Two things are kept. For a style: Pango's context and font description, which
WeasyPrint makes anew for every line. For words in a style and a width: where the line ends and how tall it is; the
answer is plain numbers, since WeasyPrint lets go of Pango's objects at once and makes them again to draw.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from leaflets.pdf.patches.replacing import Replacing

AT_MOST = 30_000
"""Lines that are kept; then all are let go. The shipped article has some nine thousand."""
RESUME, WIDTH = 2, 3
"""Where in what WeasyPrint says of a line it says where the next one begins, and how wide it is."""
SPARE = 1.0
"""px that a width must have over a text for it to be sure that it holds it."""
NAMES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "line_height", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "white_space", "letter_spacing", "word_spacing", "tab_size"),
    *("overflow_wrap", "word_break", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("hyphenate_character", "text_decoration_line"),
)
"""All properties that the breaking and measuring of a line depends on (text/line_break.py)."""


def number(style: Any) -> int:
    """A number for a style: two styles have the same when text comes out the same in them."""
    found: int | None = style.__dict__.get("text_style")
    if found is None:
        kept = style.kept
        anonymous = kept is not None and not hasattr(style, "cascaded")
        if anonymous and style["white_space"] != style.parent_style["white_space"]:
            kept = None  # it was written into
        if kept is not None and kept.number is not None:
            found = style.text_style = kept.number
            return found
        if _as_its_parent(style):
            found = number(style.parent_style)
        else:
            numbers = style.font_config.__dict__.setdefault("text_styles", {})
            found = numbers.setdefault(tuple(str(style[name]) for name in NAMES), next(_numbers))
        style.text_style = found
        if kept is not None and not kept.spoiled:
            kept.number = found
    return found


def _as_its_parent(style: Any) -> bool:
    """Whether nothing was said of text here: all of `NAMES` are inherited, or propagated, from the parent."""
    parent = style.parent_style
    if parent is None or not getattr(style, "cascaded", {}).keys().isdisjoint(NAMES):
        return False
    missing = object()
    return all((value := style.get(name, missing)) is missing or value == parent[name] for name in NAMES)


_numbers = count()


REPLACES = {
    "weasyprint.text.line_break:Layout.setup": "fb227a55094f41d4",
    "weasyprint.text.line_break:split_first_line": "39ad1016863ca34d",
    "weasyprint.text.line_break:strut": "b57885b70dd08efe",
}
RELIES_ON = {"weasyprint.text.line_break:": "1f5a855ad992e0be", "weasyprint.text.fonts:": "59d74d0c161349b8"}


def install(patch: Replacing) -> None:
    line_break, inline = "weasyprint.text.line_break", "weasyprint.layout.inline"
    patch.wrap(f"{line_break}:Layout.setup", _with_kept_contexts)
    patch.wrap(f"{line_break}:split_first_line", _with_kept_lines, line_break, inline, "weasyprint.layout.preferred")
    patch.wrap(f"{line_break}:strut", _measured_once, line_break, inline)


def _measured_once(measure_strut: Any) -> Any:
    struts: dict[int, Any] = {}

    def strut(style: Any) -> Any:
        key = number(style)
        if key not in struts:
            struts[key] = measure_strut(style)
        return struts[key]

    return strut


def _with_kept_lines(original: Any) -> Any:
    from weasyprint.text.line_break import Layout

    kept: dict[object, tuple[Any, ...]] = {}
    whole: dict[object, tuple[Any, ...]] = {}
    """Texts that fitted on a line as they are: they come out the same in any width that holds them."""

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        key = (text, number(style), max_width, justification_spacing, is_line_start, minimum)
        found = kept.get(key)
        if found is None:
            alike = key[0], key[1], justification_spacing
            found = whole.get(alike)
            if found is not None and (max_width is None or found[WIDTH] + SPARE <= max_width):
                found = kept[key] = ({**found[0], "max_width": max_width}, *found[1:])
            else:
                found = None
        if found is None:
            if len(kept) >= AT_MOST:
                kept.clear()
                whole.clear()
            result: tuple[Any, ...] = original(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            found = kept[key] = (dict(result[0].__dict__), *result[1:])
            fits = max_width is None or result[WIDTH] <= max_width
            if fits and result[RESUME] is None and result[0].text == text:
                whole[alike] = found
            return result
        layout = Layout.__new__(Layout)
        layout.__dict__.update(found[0])
        return (layout, *found[1:])

    return split_first_line


def _with_kept_contexts(original: Any) -> Any:
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

    def context_of(style: Any) -> tuple[Any, Any, Any] | None:
        """Pango's context, font description and language for a style; None for one that needs more than these."""
        if style["text_decoration_line"] != "none" or line_break.font_features(
            *(style[name] for name in NAMES if name.startswith(("font_kerning", "font_variant_"))),
            style["font_feature_settings"],
        ):
            return None
        if style["font_language_override"] != "normal" or not style["lang"]:
            return None
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        name, _kept = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(context, language)
        return context, line_break.get_font_description(style), language

    def setup(self: Any, style: Any) -> None:
        contexts = style.font_config.__dict__.setdefault("text_contexts", {})
        key = number(style)
        if key not in contexts:
            contexts[key] = context_of(style)
        if contexts[key] is None:
            original(self, style)
            return
        context, description, language = contexts[key]
        self.style, self.language, self.first_line_direction = style, language, 0
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)
        self.ascent = self.underline_position = self.strikethrough_position = None

    return setup

"""Cache of measured lines of text and of Pango's contexts.

A leaflet is laid out once or twice, and editions share sentences: a third of all lines have been broken before with the
same words, style and width. Two things are cached: for a style, Pango's context and font description, which WeasyPrint
creates for every line; for words in a style and width, where the line ends, and its size. The latter are plain numbers,
since WeasyPrint frees Pango's objects after measuring and creates them again to draw.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from leaflets.pdf.patches.replacing import Replacements

CACHE_LIMIT = 30_000
"""Most lines that are cached; at the limit the cache is emptied. The shipped article has some nine thousand."""
RESUME, WIDTH = 2, 3
"""Indices, in the result of `split_first_line`, of the start of the next line and of the width."""
SPARE = 1.0
"""Least excess of the available width over that of a text, px, from which the text certainly fits."""
TEXT_PROPERTIES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "line_height", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "lang", "direction", "white_space", "letter_spacing", "word_spacing", "tab_size"),
    *("overflow_wrap", "word_break", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("hyphenate_character", "text_decoration_line"),
)
"""All properties on which breaking and measuring of a line depend (WeasyPrint's text/line_break.py)."""


def style_number(style: Any) -> int:
    """Number of a style: equal for styles in which text comes out the same."""
    number: int | None = style.__dict__.get("text_style")
    if number is None:
        cached = style.cached
        anonymous = cached is not None and not hasattr(style, "cascaded")
        if anonymous and style["white_space"] != style.parent_style["white_space"]:
            cached = None  # a layout has written into the style
        if cached is not None and cached.style_number is not None:
            number = style.text_style = cached.style_number
            return number
        if _same_as_parent(style):
            number = style_number(style.parent_style)
        else:
            numbers = style.font_config.__dict__.setdefault("text_styles", {})
            number = numbers.setdefault(tuple(str(style[name]) for name in TEXT_PROPERTIES), next(_numbers))
        style.text_style = number
        if cached is not None and not cached.invalid:
            cached.style_number = number
    return number


def _same_as_parent(style: Any) -> bool:
    """Whether the style declares none of TEXT_PROPERTIES: all are inherited, or propagated, from the parent."""
    parent = style.parent_style
    if parent is None or not getattr(style, "cascaded", {}).keys().isdisjoint(TEXT_PROPERTIES):
        return False
    missing = object()
    return all((value := style.get(name, missing)) is missing or value == parent[name] for name in TEXT_PROPERTIES)


_numbers = count()


REPLACES = {
    "weasyprint.text.line_break:Layout.setup": "fb227a55094f41d4",
    "weasyprint.text.line_break:split_first_line": "39ad1016863ca34d",
    "weasyprint.text.line_break:strut": "b57885b70dd08efe",
}
RELIES_ON = {"weasyprint.text.line_break:": "1f5a855ad992e0be", "weasyprint.text.fonts:": "59d74d0c161349b8"}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    line_break, inline = "weasyprint.text.line_break", "weasyprint.layout.inline"
    patch.wrap(f"{line_break}:Layout.setup", _with_cached_contexts)
    patch.wrap(f"{line_break}:split_first_line", _with_cached_lines, line_break, inline, "weasyprint.layout.preferred")
    patch.wrap(f"{line_break}:strut", _with_cached_struts, line_break, inline)


def _with_cached_struts(measure_strut: Any) -> Any:
    """`strut` that computes the strut of a style once."""
    struts: dict[int, Any] = {}

    def strut(style: Any) -> Any:
        key = style_number(style)
        if key not in struts:
            struts[key] = measure_strut(style)
        return struts[key]

    return strut


def _with_cached_lines(original: Any) -> Any:
    """`split_first_line` that caches its results."""
    from weasyprint.text.line_break import Layout

    cached: dict[object, tuple[Any, ...]] = {}
    fitting: dict[object, tuple[Any, ...]] = {}
    """Lines of texts that fit without a break: the result is the same in any width that holds them."""

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        key = (text, style_number(style), max_width, justification_spacing, is_line_start, minimum)
        entry = cached.get(key)
        if entry is None:
            any_width_key = key[0], key[1], justification_spacing
            entry = fitting.get(any_width_key)
            if entry is not None and (max_width is None or entry[WIDTH] + SPARE <= max_width):
                entry = cached[key] = ({**entry[0], "max_width": max_width}, *entry[1:])
            else:
                entry = None
        if entry is None:
            if len(cached) >= CACHE_LIMIT:
                cached.clear()
                fitting.clear()
            result: tuple[Any, ...] = original(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            entry = cached[key] = (dict(result[0].__dict__), *result[1:])
            fits = max_width is None or result[WIDTH] <= max_width
            if fits and result[RESUME] is None and result[0].text == text:
                fitting[any_width_key] = entry
            return result
        layout = Layout.__new__(Layout)
        layout.__dict__.update(entry[0])
        return (layout, *entry[1:])

    return split_first_line


def _with_cached_contexts(original: Any) -> Any:
    """`Layout.setup` that reuses the Pango context and font description of a style."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

    def context_of(style: Any) -> tuple[Any, Any, Any] | None:
        """Pango's context, font description and language for a style; None for a style that needs more than these."""
        if style["text_decoration_line"] != "none" or line_break.font_features(
            *(style[name] for name in TEXT_PROPERTIES if name.startswith(("font_kerning", "font_variant_"))),
            style["font_feature_settings"],
        ):
            return None
        if style["font_language_override"] != "normal" or not style["lang"]:
            return None
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
        name, _cached = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(context, language)
        return context, line_break.get_font_description(style), language

    def setup(self: Any, style: Any) -> None:
        contexts = style.font_config.__dict__.setdefault("text_contexts", {})
        key = style_number(style)
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

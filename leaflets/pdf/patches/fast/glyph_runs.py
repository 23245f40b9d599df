"""Glyphs of a line read from Pango when the line is measured, so that drawing it needs no second layout.

The last step of measuring lays out the words of the line without the rest of the text, as drawing would. The glyphs are
cached as plain numbers until the line is drawn for the first time (`line_drawing.py`); Pango's objects are freed as
before.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.text_cache import style_number
from leaflets.pdf.patches.replacing import Replacements

CACHE_LIMIT = 4_000
"""Most lines, measured and not drawn, whose glyphs are cached, 1.5 KB each; at the limit the cache is emptied. An
edition has at most 600."""

SINCE_PANGO = 14802
"""First version of Pango (1.48.2) that returns correct font sizes; WeasyPrint has a workaround for older ones."""
GLYPH, INT = 20, 4
"""Sizes of PangoGlyphInfo and of a C int, bytes."""
REPLACES = {"weasyprint.text.line_break:Layout.deactivate": "bfec3ec8406e1c82"}
RELIES_ON = {
    "weasyprint.text.line_break:first_line_metrics": "55ec5d0b58b29a8b",
    "weasyprint.text.line_break:Layout.set_text": "fe23ca9937dbf520",
}
LINE_BREAKS = frozenset("\n\r\x85\u2028\u2029")
"""Characters at which Pango breaks a line when it measures, but not when it draws."""


class GlyphRun:
    """Glyphs of one font in a line, as in a PangoGlyphItem."""

    __slots__ = ("address", "backwards", "clusters", "font", "length", "start", "values")

    def __init__(self, address: int, font: Any) -> None:
        self.address, self.font = address, font
        self.values = b""
        """Five 32-bit integers for each glyph: glyph, width, horizontal and vertical offset, flags."""
        self.clusters = b""
        """A 32-bit integer for each glyph: start of its text in the run, bytes."""
        self.start = self.length = 0
        """Start of the run in the text of the line, and its length, bytes."""
        self.backwards = False


def runs_of(layout: Any) -> tuple[GlyphRun, ...]:
    """The runs of the first line of an active layout. The font configuration keeps the layouts, and so their fonts,
    alive."""
    from weasyprint.text.ffi import ffi, pango

    layouts = layout.style.font_config.__dict__.setdefault("text_fonts", {})
    runs = []
    at = pango.pango_layout_get_line_readonly(layout.layout, 0).runs
    at = at[0]
    while at != ffi.NULL:
        glyphs, item = at.data.glyphs, at.data.item
        at = at.next
        font = item.analysis.font
        address = int(ffi.cast("uintptr_t", font))
        if address not in layouts:
            layouts[address] = layout.layout  # keeps the font alive, so that its address stays unique
        run = GlyphRun(address, font)
        count = glyphs.num_glyphs
        if count:
            run.values = bytes(ffi.buffer(glyphs.glyphs, count * GLYPH))
            run.clusters = bytes(ffi.buffer(glyphs.log_clusters, count * INT))
        run.start, run.length, run.backwards = item.offset, item.length, bool(item.analysis.level % 2)
        runs.append(run)
    return tuple(runs)


def take_runs(layout: Any, style: Any) -> tuple[GlyphRun, ...] | None:
    """Take the cached runs of a line out of the cache; None: there are none."""
    cached: dict[Any, tuple[GlyphRun, ...]] = style.font_config.__dict__.get("text_runs", {})
    return cached.pop((layout.text, style_number(style)), None) if not layout.justification_spacing else None


def pango_obstacle() -> str:
    """Reason why Pango's glyphs cannot be read on this machine; empty: they can."""
    from weasyprint.text.ffi import ffi, pango

    if pango.pango_version() < SINCE_PANGO:
        return "Pango is older than 1.48.2, and tells sizes of fonts wrongly"
    if ffi.sizeof("PangoGlyphInfo") != GLYPH:
        return "PangoGlyphInfo has another size"
    return ""


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap("weasyprint.text.line_break:Layout.deactivate", _caching_glyphs)


def _caching_glyphs(original: Any) -> Any:
    """`Layout.deactivate` that first caches the glyphs of the line."""

    def deactivate(self: Any) -> None:
        """Caches the glyphs of a line that has not been drawn yet."""
        style, text = self.style, self.text
        if not self.justification_spacing and text.strip() and LINE_BREAKS.isdisjoint(text):
            configuration = style.font_config.__dict__
            cached = configuration.setdefault("text_runs", {})
            key = text, style_number(style)
            if key not in cached and (*key, 0) not in configuration.get("text_lines", ()):
                if len(cached) >= CACHE_LIMIT:
                    cached.clear()
                cached[key] = runs_of(self)
        original(self)

    return deactivate

"""Glyphs of a line are read from Pango when the line is measured: to draw it, it need not be laid out once more.

The last thing that measuring does is to lay out the words of the line alone, as drawing would. What is kept are plain
numbers, until the line is drawn for the first time (`line_drawing.py`); Pango's objects go as before.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.text_cache import number
from leaflets.pdf.patches.replacing import Replacing

AT_MOST = 4_000
"""Lines measured and not drawn yet whose glyphs are kept, 1.5 KB each; then all are let go. An edition has 600 at the
most."""

SINCE_PANGO = 14802
"""An older Pango tells sizes of fonts wrongly, and WeasyPrint works around it."""
GLYPH, NUMBER = 20, 4
"""Bytes of Pango's PangoGlyphInfo and of an int, in C."""
REPLACES = {"weasyprint.text.line_break:Layout.deactivate": "bfec3ec8406e1c82"}
RELIES_ON = {
    "weasyprint.text.line_break:first_line_metrics": "55ec5d0b58b29a8b",
    "weasyprint.text.line_break:Layout.set_text": "fe23ca9937dbf520",
}
ENDS = frozenset("\n\r\x85\u2028\u2029")
"""Characters at which Pango ends a line, but not when it is drawn."""


class GlyphRun:
    """Glyphs of one font in a line, as Pango has them."""

    __slots__ = ("address", "backwards", "clusters", "font", "length", "start", "values")

    def __init__(self, address: int, font: Any) -> None:
        self.address, self.font = address, font
        self.values = b""
        """Five whole numbers of 32 bits for each glyph: glyph, width, offset across and up, flags."""
        self.clusters = b""
        """For each glyph a whole number of 32 bits: where in the run its text begins, bytes."""
        self.start = self.length = 0
        """Where in the text of the line the run begins, and how long it is, bytes."""
        self.backwards = False


def runs_of(layout: Any) -> tuple[GlyphRun, ...]:
    """The runs of the first line of a layout that is active. Their fonts are held by the font configuration."""
    from weasyprint.text.ffi import ffi, pango

    held = layout.style.font_config.__dict__.setdefault("text_fonts", {})
    found = []
    at = pango.pango_layout_get_line_readonly(layout.layout, 0).runs
    at = at[0]
    while at != ffi.NULL:
        glyphs, item = at.data.glyphs, at.data.item
        at = at.next
        font = item.analysis.font
        address = int(ffi.cast("uintptr_t", font))
        if address not in held:
            held[address] = layout.layout  # as long as it lives, so does its font, and no other has the address
        run = GlyphRun(address, font)
        count = glyphs.num_glyphs
        if count:
            run.values = bytes(ffi.buffer(glyphs.glyphs, count * GLYPH))
            run.clusters = bytes(ffi.buffer(glyphs.log_clusters, count * NUMBER))
        run.start, run.length, run.backwards = item.offset, item.length, bool(item.analysis.level % 2)
        found.append(run)
    return tuple(found)


def take(layout: Any, style: Any) -> tuple[GlyphRun, ...] | None:
    """The runs that were kept of a line when it was measured."""
    kept: dict[Any, tuple[GlyphRun, ...]] = style.font_config.__dict__.get("text_runs", {})
    return kept.pop((layout.text, number(style)), None) if not layout.justification_spacing else None


def usable() -> str:
    """Why Pango's glyphs cannot be read here; empty when they can."""
    from weasyprint.text.ffi import ffi, pango

    if pango.pango_version() < SINCE_PANGO:
        return "Pango is older than 1.48.2, and tells sizes of fonts wrongly"
    if ffi.sizeof("PangoGlyphInfo") != GLYPH:
        return "PangoGlyphInfo has another size"
    return ""


def install(patch: Replacing) -> None:
    patch.wrap("weasyprint.text.line_break:Layout.deactivate", _keeping_glyphs)


def _keeping_glyphs(original: Any) -> Any:
    def deactivate(self: Any) -> None:
        """Keep the glyphs of a line that has not been drawn yet."""
        style, text = self.style, self.text
        if not self.justification_spacing and text.strip() and ENDS.isdisjoint(text):
            configuration = style.font_config.__dict__
            kept = configuration.setdefault("text_runs", {})
            key = text, number(style)
            if key not in kept and (*key, 0) not in configuration.get("text_lines", ()):
                if len(kept) >= AT_MOST:
                    kept.clear()
                kept[key] = runs_of(self)
        original(self)

    return deactivate

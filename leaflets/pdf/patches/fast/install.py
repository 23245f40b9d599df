"""WeasyPrint 70's busiest functions, quicker, from outside: the same pages, the same bytes (a test compares them).

A profile of the shipped editions said where a build's time goes; each of the modules beside this one takes the common
case of a few functions itself and leaves every other case to WeasyPrint's own. What they gave is told in
docs/architecture.md. Bound to the version, like `patches/fixes.py`.
"""

from __future__ import annotations

import importlib
from typing import Any

from leaflets.pdf.patches.fixes import VERSION

PARTS = (
    "selectors",
    "styles",
    "cascade",
    "page_styles",
    "lengths",
    "boxes",
    "blocks",
    "text_cache",
    "line_cache",
    "widths",
    "glyph_runs",
    "line_drawing",
    "drawing_cache",
    "painting",
    "numbers",
    "pdf_writing",
)
"""Modules beside this one, in the order in which they are put in: later ones count on earlier ones."""


def quicken(weasyprint: Any) -> None:
    """Put the quicker functions into the imported module, once. Another version keeps its own."""
    if getattr(weasyprint, "quickened", False) or not weasyprint.__version__.startswith(VERSION):
        return
    for name in PARTS:
        importlib.import_module(f"leaflets.pdf.patches.fast.{name}").install()
    weasyprint.quickened = True

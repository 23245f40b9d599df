"""WeasyPrint 70's busiest functions, quicker, from outside: the same pages, the same bytes (a test compares them).

A profile of the shipped editions said where a build's time goes; each of the four modules beside this one takes the
common case of a few functions itself and leaves every other case to WeasyPrint's own. Together they take about
a quarter off the processor time of a cold build. Bound to the version, like `mending`.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.mending import VERSION


def quicken(weasyprint: Any) -> None:
    """Put the quicker functions into the imported module, once. Another version keeps its own."""
    if getattr(weasyprint, "quickened", False) or not weasyprint.__version__.startswith(VERSION):
        return
    from leaflets.pdf import quick_boxes, quick_cascade, quick_lengths, quick_lines, quick_pages
    from leaflets.pdf import quick_numbers, quick_pictures, quick_styles, quick_text

    styles = (quick_styles, quick_cascade, quick_pages, quick_lengths, quick_boxes)
    for part in (*styles, quick_text, quick_lines, quick_pictures, quick_numbers):
        part.install()
    weasyprint.quickened = True

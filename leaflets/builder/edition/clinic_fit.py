"""Checks that the clinic's details fit a layout; errors name the field and the excess in mm."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics
from leaflets.editions.material import Material
from leaflets.pdf.pagination.attempt import Overflow
from leaflets.pdf.pagination.measure import MeasuredPages, Overhang

RULE = "clinic-overflow"


def too_high(over: Overflow, measured: MeasuredPages, material: Material, diagnostics: Diagnostics) -> bool:
    """Report details that make a page overflow; False if it would overflow without them too."""
    if material.details is None or not any(
        marker.name == "clinic" and measured.pages[marker.page].name == over.page for marker in measured.markers
    ):
        return False
    heights = _heights(measured)
    if over.by > sum(heights.values()):
        return False
    tallest = max(heights, key=lambda field: heights[field])
    shares = ", ".join(f"{field} {height:.0f} mm" for field, height in heights.items())
    message = (
        f"the clinic's details are {over.by:.0f} mm too high for the layout {material.edition.layout} "
        f"({material.edition.name}); they take: {shares}"
    )
    hint = f"shorten “{tallest}” first, leave a field out, or build this layout without --clinic and stamp it"
    diagnostics.error(material.details.place(tallest), message, RULE, hint)
    return True


def too_wide(overhang: Overhang, measured: MeasuredPages, material: Material, diagnostics: Diagnostics) -> bool:
    """Report a field whose words exceed the text area; False if the words are not the clinic's."""
    printed = material.details.clinic.printed() if material.details else {}
    here = {marker.part for marker in measured.markers if marker.name == "field" and marker.page == overhang.page}
    words = " ".join(overhang.words.split())
    found = (key for key, lines in printed.items() if key in here and any(words in line for line in lines))
    field = next(found, "") if words else ""
    if material.details is None or not field:
        return False
    message = (
        f"{field}: “{words}” is {overhang.by:.1f} mm too wide for the layout {material.edition.layout} "
        f"({material.edition.name})"
    )
    diagnostics.error(material.details.place(field), message, RULE, "break it into words, or write it shorter")
    return True


def _heights(measured: MeasuredPages) -> dict[str, float]:
    """The height of each field, mm, from the markers of its lines."""
    tops: dict[tuple[str, int], float] = {}
    bottoms: dict[tuple[str, int], float] = {}
    for marker in measured.markers:
        if marker.name == "field":
            key = (marker.part, marker.page)
            tops[key] = min(marker.top, tops.get(key, marker.top))
            bottoms[key] = max(marker.bottom, bottoms.get(key, marker.bottom))
    heights: dict[str, float] = {}
    for key, top in tops.items():
        heights[key[0]] = heights.get(key[0], 0.0) + bottoms[key] - top
    return heights

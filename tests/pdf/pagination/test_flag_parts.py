"""Parts of the red flags: where they are longer than a page, what stands on which."""

from __future__ import annotations

import pytest

from leaflets.pdf.pagination.flag_parts import flag_parts
from leaflets.pdf.pagination.measure import Marker, MeasuredPages, PageFill

BAR, HEAD, PAGE = 10.0, 10.0, 250.0


def pages(tiers: dict[str, list[float]], top: float = 0.0) -> MeasuredPages:
    """Tiers with rows of these heights, as the block breaks by itself: below a bar, from `top` of the first page on."""
    markers, at, page = [Marker("flags", 0, top, PAGE, None)], top + BAR, 0
    for urgency, rows in tiers.items():
        start = len(markers)
        for number, height in enumerate(rows):
            first = HEAD if number == 0 else 0.0
            if at + first + height > PAGE:
                page, at = page + 1, 0.0
                markers.append(Marker("flags", page, 0, PAGE, None))
            if number == 0:
                start = len(markers)
                markers.append(Marker("tier", page, at, at + first, None, f"red-flags/{urgency}"))
            at += first
            markers.append(Marker("row", page, at, at + height, None, f"{urgency}/{number}"))
            at += height
        assert markers[start].name == "tier"
    return MeasuredPages((PageFill(PAGE, PAGE),) * (page + 1), tuple(markers), ())


@pytest.mark.parametrize(
    ("tiers", "top", "parts"),
    [
        ({"emergency": [20] * 5, "today": [20] * 3}, 0, ()),  # on one page
        ({"emergency": [20] * 8, "today": [20] * 5}, 0, ("today/0",)),  # a tier is not cut where it fits a page
        ({"emergency": [20] * 9, "today": [20] * 3, "crisis": [20] * 4}, 60, ("emergency/7",)),
        ({"emergency": [20] * 13}, 0, ("emergency/10",)),  # longer than a page
        ({"emergency": [20] * 13, "crisis": [20] * 9}, 0, ("emergency/10", "crisis/0")),  # whole though there is room
    ],
)
def test_a_tier_is_cut_only_where_it_is_longer_than_a_page(
    tiers: dict[str, list[float]], top: float, parts: tuple[str, ...]
) -> None:
    assert flag_parts(pages(tiers, top)) == parts


def test_a_part_that_ran_over_is_tried_shorter() -> None:
    long = pages({"emergency": [20] * 13})
    assert flag_parts(long, shrink=20) == ("emergency/9",)

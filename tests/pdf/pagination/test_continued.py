"""Cards that go over a page's end."""

from __future__ import annotations

from leaflets.pdf.pagination.continued import parts_on_top
from leaflets.pdf.pagination.measure import Marker, MeasuredPages, PageFill


def pages(*facts: tuple[str, int]) -> MeasuredPages:
    markers = tuple(Marker("fact", page, 0, 10, None, part) for part, page in facts)
    return MeasuredPages((PageFill(200, 200),) * 3, markers, ())


def test_a_part_on_top_of_a_page_is_found_but_not_a_card_that_begins_there() -> None:
    found = pages(
        ("t/a/what", 0), ("t/a/help", 0), ("t/a/harm", 1), ("t/a/ask", 1), ("t/b/what", 2), ("t/b/help", 2),
    )  # fmt: skip
    assert parts_on_top(found) == ("t/a/harm",)


def test_a_part_that_is_cut_itself_counts_where_it_begins() -> None:
    assert parts_on_top(pages(("t/a/help", 0), ("t/a/harm", 0), ("t/a/harm", 1))) == ()

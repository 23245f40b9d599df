"""The words of a page are painted in the order of reading: what is copied or searched reads like the structure tree."""

from __future__ import annotations

import pytest

from tests.conftest import Built
from tests.tools.copied import by_pdfium, by_poppler, by_tree, likeness, normal
from tests.tools.selection import sampled

ENOUGH = 0.98
RTL_POPPLER = 0.97
"""Poppler takes signs beside Arabic words for words of their own."""
RTL_PDFIUM = 0.85
"""In a right-to-left line pdfium sets brackets the wrong way round and takes numbers apart, whatever the file says."""
CASES = [
    ("overview", level, layout)
    for level, layouts in (
        ("plain", ("handout", "standard", "large-print", "giant-print", "booklet", "tri-fold", "summary")),
        ("easy", ("standard", "large-print", "giant-print")),
        ("detailed", ("standard", "booklet", "summary", "clinician")),
    )
    for layout in layouts
]


@pytest.mark.parametrize(
    "case", sampled(CASES, [("overview", "plain", "standard"), ("overview", "plain", "tri-fold")]), ids=str
)
@pytest.mark.parametrize("article", ["first", "second"])
def test_copied_text_reads_like_the_tree(
    article: str, case: tuple[str, str, str], request: pytest.FixtureRequest
) -> None:
    leaflet, level, layout = case
    built: Built = request.getfixturevalue("shipped" if article == "first" else "second")
    for entry in built.all(leaflet=leaflet, level=level, layout=layout, kind="read"):
        path = built.folder / entry["path"]
        wanted = by_tree(path)
        rtl = entry["locale"].startswith("ar")
        assert likeness(wanted, by_poppler(path)) >= (RTL_POPPLER if rtl else ENOUGH), path.name
        assert likeness(wanted, by_pdfium(path)) >= (RTL_PDFIUM if rtl else 0.97), path.name


def test_arabic_sentences_are_found(second: Built) -> None:
    """A ligature of lam and alef, and one of two letters, in the order in which they are read."""
    path = second.path(leaflet="overview", level="plain", layout="summary", locale="ar-GB")
    for page in (by_poppler(path), by_pdfium(path)):
        for words in ("اغسل يديك جيدا", "أهم النقاط", "تورم الشفتين أو اللسان", "صعوبة في التنفس بعد استخدام صابون"):
            assert words in " ".join(page)


def test_signs_that_stand_for_nothing_are_left_out() -> None:
    assert normal("a\u200bb\u00adc  d\u064b") == "abc d"

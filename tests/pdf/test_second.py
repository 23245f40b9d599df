"""The second article: nothing in the engine knows the first one, and right-to-left pages are mirrored."""

from __future__ import annotations

import pytest

from leaflets.check.readback.document import read_finished
from leaflets.editions.layouts import ON_PAPER, layout_for
from leaflets.l10n.fonts import missing_characters
from leaflets.pdf.pagination.flow import LONG
from tests.conftest import Built
from tests.tools.pdf import fonts, pieces, reader, text

FOOT_PT = 16 / 25.4 * 72
"""Nothing but the footer stands lower on an A4 page of the standard layout."""


def test_it_is_built_in_english_and_arabic(second: Built) -> None:
    assert {entry["locale"] for entry in second.entries} == {"en-GB", "ar-GB"}
    whole = sum(len(row.levels) for row in ON_PAPER.values() if not row.holds)
    chosen = sum(len(row.levels) for row in ON_PAPER.values() if row.holds)
    # one of the two leaflets chooses blocks for all such layouts, the other for the handout alone
    assert len(second.entries) == 2 * (2 * whole + chosen + len(ON_PAPER["handout"].levels))
    assert {entry["leaflet"] for entry in second.all(layout="tri-fold")} == {"overview"}


def test_nothing_of_the_first_article_is_in_it(second: Built) -> None:
    for entry in second.all(locale="en-GB"):
        said = text(second.folder / entry["path"]).lower()
        for word in ("fibromyalgia", "restless", "opioid", "nerve"):
            assert word not in said


@pytest.mark.parametrize(("layout", "level"), [(row.id, level) for row in ON_PAPER.values() for level in row.levels])
def test_arabic_pages_are_mirrored(second: Built, level: str, layout: str) -> None:
    """Words begin at the right margin, the page number stands at the left, and Arabic glyphs are used."""
    path = second.path(leaflet="overview", level=level, layout=layout, locale="ar-GB")
    widths = [float(page.mediabox.width) for page in reader(path).pages]
    row = layout_for(layout, level, "ukaaf")
    margins = row.margins["A4"]
    assert any("Arabic" in name for name in fonts(path))
    margin = min(margins.start, margins.end) if layout == "booklet" else margins.start
    arabic = [piece for piece in pieces(path) if any("\u0600" <= char <= "\u06ff" for char in piece.words)]
    assert arabic
    assert all(piece.x <= widths[piece.page] - margin / 25.4 * 72 + 1 for piece in arabic)
    assert reader(path).trailer["/Root"]["/Lang"] == "ar-GB"


def test_a_font_without_arabic_is_found_out() -> None:
    assert missing_characters("atkinson", "اغسل") == sorted(set("اغسل"))
    assert missing_characters("arabic", "اغسل hands 20") == []


@pytest.mark.parametrize("locale", ["en-GB", "ar-GB"])
def test_the_footer_of_a_standard_leaflet_is_one_line(second: Built, locale: str) -> None:
    for level in ("plain", "detailed"):
        for leaflet in ("overview", "options-and-diary"):
            path = second.path(leaflet=leaflet, level=level, layout="standard", locale=locale)
            for page in read_finished(path, path.name, None).pages:
                foot = {round(words.baseline) for words in page.words if words.baseline < FOOT_PT}
                assert max(foot) - min(foot) <= 1, path.name


def test_a_short_leaflet_has_no_contents(second: Built) -> None:
    for entry in (entry for entry in second.all(locale="en-GB") if entry["layout"] != "web"):
        assert entry["pages"] < LONG
        said = reader(second.folder / entry["path"]).pages[0].extract_text()
        assert "In this leaflet" not in said

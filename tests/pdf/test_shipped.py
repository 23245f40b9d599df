"""What the shipped leaflets say on paper, and what their files are like: read back from every PDF."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from leaflets.content import inline
from leaflets.content.model.section import Notes
from leaflets.content.passages import passages
from leaflets.content.traceability import printed_parts
from leaflets.editions.layouts import ON_PAPER, layout_for
from leaflets.lint.claims import red_flags
from tests.conftest import Built
from tests.tools.pdf import MM_PER_PT, body, fonts, paper, pieces, plain, reader, squeezed, text
from tests.tools.selection import always_built, sampled
from tests.tools.shipped import localised, region
from tests.tools.some import some

DATA = Path(__file__).parent.parent / "data"

LEAFLETS = ("overview", "restless-legs-self-care", "treatment-options")
EDITIONS = [
    (leaflet, level, layout, locale)
    for leaflet in LEAFLETS
    for layout in ON_PAPER
    for level in ON_PAPER[layout].levels
    for locale in ("en-GB", "en-US")
]
BUILT = [edition for edition in EDITIONS if always_built(edition[1], edition[3])]
every_edition = pytest.mark.parametrize(
    ("leaflet", "level", "layout", "locale"), sampled(EDITIONS, BUILT, several=True)
)


def wanted(heavy: bool) -> list[tuple[str, str, str, str]]:
    """The editions that are built in this run of the tests."""
    return EDITIONS if heavy else BUILT


def file(shipped: Built, leaflet: str, level: str, layout: str, locale: str):
    return shipped.path(leaflet=leaflet, level=level, layout=layout, locale=locale)


def body_of(shipped: Built, leaflet: str, level: str, layout: str, locale: str) -> str:
    place = region(locale)
    margins = layout_for(layout, level, place.large_print).margins[place.paper]
    return body(file(shipped, leaflet, level, layout, locale), margins.top, margins.bottom)


def whole(shipped: Built, leaflet: str) -> list[dict[str, str]]:
    """The entries of a leaflet in the layouts that hold all of it."""
    return [entry for entry in shipped.all(leaflet=leaflet) if not ON_PAPER[entry["layout"]].holds]


def stands_in(words: str, said: str) -> bool:
    """Whether the words are there, in one piece or parted once by the end of a page (what is drawn last on a page, such
    as the numbers of a list, comes between its parts)."""
    if squeezed(words) in said:
        return True
    each = words.split()
    return any(
        squeezed(" ".join(each[:at])) in said and squeezed(" ".join(each[at:])) in said for at in range(1, len(each))
    )


def test_there_is_a_file_for_every_edition_and_no_other(shipped: Built, heavy: bool) -> None:
    assert len(EDITIONS) == 96
    assert len(shipped.entries) == len(wanted(heavy)) > 60
    on_disk = sorted(str(path.relative_to(shipped.folder)) for path in shipped.folder.rglob("*.pdf"))
    assert on_disk == sorted(entry["path"] for entry in (*shipped.entries, *shipped.twins))


@every_edition
def test_every_sentence_of_the_content_is_on_paper(shipped: Built, leaflet, level, layout, locale) -> None:
    said = body_of(shipped, leaflet, level, layout, locale)
    place = region(locale)
    values = place.values("en")
    row = ON_PAPER[layout]
    article = localised(locale).article.with_dangers(row.short_flags)
    if row.page_map:  # short forms; the rows of its parts leave out what has no room on two sides
        article = article.in_short()
        parts = {part.name: part.lines for part in printed_parts(article, leaflet, level, place.id, values, row.holds)}
        assert set(article.leaflets[leaflet].on_handout(place.id)) <= set(parts)
        lines = [words for part in parts.values() for words in part]
    else:
        read = passages(article, leaflet, level, place.id, values, row.holds)
        lines = [line.words for passage in read for line in passage.lines if ".short." not in line.segment]  # footer
    for words in some(lines, 10):
        assert stands_in(words, said), words


@every_edition
def test_every_red_flag_is_there(shipped: Built, leaflet, level, layout, locale) -> None:
    article = localised(locale).article.with_dangers(ON_PAPER[layout].short_flags)
    place = region(locale)
    assert red_flags(article, level, place.id) == {
        "lung-clot", "stroke", "infection", "crisis", "blood-supply", "cauda-equina",
        "blood-clot", "poor-blood-supply", "joint", "weakness",
    }  # fmt: skip
    said = body_of(shipped, leaflet, level, layout, locale)
    for tier in article.red_flags.tiers:
        for item in tier.items if tier.shown(level, place.id) else ():
            if item.shown(level, place.id):
                words = inline.fill(inline.bare(item.text.at(level)), place.values("en"))
                assert squeezed(words) in said, item.id


@every_edition
def test_no_placeholder_and_no_other_regions_number(shipped: Built, leaflet, level, layout, locale) -> None:
    said = text(file(shipped, leaflet, level, layout, locale))
    assert not re.search(r"[{}]|\*\*|TODO|lorem|undefined", said)
    article = localised(locale).article
    last = article.info.origin.title if layout == "clinician" else "About this leaflet"  # sources are named as they are
    said, *rest = said.split(last)
    assert rest or layout not in ("standard", "clinician")
    here = set(region(locale).contacts.values())
    for other in ("en-GB", "en-US"):
        for number in set(region(other).contacts.values()) - here:
            assert not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", said), number
    for foreign in {"en-GB": ("acetaminophen",), "en-US": ("paracetamol", "NHS", " GP ", "A&E", "NICE")}[locale]:
        assert foreign not in said


@every_edition
def test_the_file_is_sound(shipped: Built, leaflet, level, layout, locale) -> None:
    path = file(shipped, leaflet, level, layout, locale)
    (entry,) = shipped.all(leaflet=leaflet, level=level, layout=layout, locale=locale)
    assert len(reader(path).pages) == entry["pages"]
    if not ON_PAPER[layout].panels:
        sheets, halves = (
            {"en-GB": (210.0, 297.0), "en-US": (215.9, 279.4)},
            {"en-GB": (148, 210), "en-US": (139.7, 215.9)},
        )
        width, height = (halves if layout == "booklet" else sheets)[locale]
        assert paper(path) == (pytest.approx(width, abs=0.1), pytest.approx(height, abs=0.1))
    used = fonts(path)
    assert used
    assert all(used.values()), used
    assert all(name.startswith("Leaflet-Sans") for name in used)
    catalog = reader(path).trailer["/Root"]
    assert catalog["/Lang"] == locale
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(reader(path).metadata.title).startswith(f"{entry['title']} · ")


@every_edition
def test_no_glyph_is_smaller_than_the_layout_allows(shipped: Built, leaflet, level, layout, locale) -> None:
    floor = layout_for(layout, level, region(locale).large_print).floor_pt
    smallest = min(pieces(file(shipped, leaflet, level, layout, locale)), key=lambda piece: piece.size)
    assert smallest.size >= floor - 0.01, smallest


def test_no_edition_was_built_with_a_warning(shipped: Built, heavy: bool) -> None:
    """Such as a last page that is less than a quarter full before the lines to write on."""
    state = json.loads((shipped.folder / ".state.json").read_text())
    on_paper = [made for made in state["editions"].values() if made["entry"]["layout"] != "web"]
    assert len(on_paper) == len(wanted(heavy))
    assert {name: made["warnings"] for name, made in state["editions"].items() if made["warnings"]} == {}


@every_edition
def test_no_page_ends_with_a_heading(shipped: Built, leaflet, level, layout, locale) -> None:
    path = file(shipped, leaflet, level, layout, locale)
    row = layout_for(layout, level, region(locale).large_print)
    foot = row.margins[region(locale).paper].bottom / MM_PER_PT
    blocks = [block for section in localised(locale).article.sections.values() for block in section.blocks]
    notes = [block.heading for block in blocks if isinstance(block, Notes) and block.heading]
    over_lines = {squeezed(text.at(level)) for text in notes if text.all or getattr(text, level)}
    over_lines |= {squeezed(words) for words in ("My notes", "What happens next, and when")}
    sizes = {"large-print": 18.0, "giant-print": 25.0, "booklet": 12.0, "tri-fold": 12.0}
    body_pt = sizes.get(layout, 16.0 if level == "easy" else 14.0)
    for page in range(len(reader(path).pages) - 1):
        body = [piece for piece in pieces(path) if piece.page == page and piece.y >= foot - 1]
        lowest = min(piece.y for piece in body)
        line = [piece for piece in body if piece.y < lowest + 3]
        words = "".join(piece.words for piece in line)
        ends_one = any(heading.endswith(squeezed(words)) for heading in over_lines)  # also the last line of a long one
        if ends_one:  # lines to write on are no text: there must be room for them
            assert lowest >= foot + 9 / MM_PER_PT, (page + 1, words)
        else:
            assert min(piece.size for piece in line) <= body_pt + 0.01, (page + 1, words)


@every_edition
def test_nobody_has_signed_and_the_paper_says_so(shipped: Built, leaflet, level, layout, locale) -> None:
    said = text(file(shipped, leaflet, level, layout, locale))
    assert "no clinician has signed this yet" in said
    assert "Awaits review by a clinician" in said
    if layout in ("summary", "handout", "clinician"):  # the foot of each side says which leaflet it is
        title = plain(localised(locale).article.leaflets[leaflet].title.at(level))
        feet = re.findall(rf"{re.escape(title)} · {level.capitalize()} · {locale} · draft \d", said)
        assert len(feet) == len(reader(file(shipped, leaflet, level, layout, locale)).pages)
    else:
        assert f"{leaflet}, {level}, {layout}, {locale}" in said
    assert localised(locale).article.info.version in said


def test_the_diary_has_a_row_for_each_day(shipped: Built) -> None:
    for entry in whole(shipped, "restless-legs-self-care"):
        said = text(shipped.folder / entry["path"])
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
            assert day in said


def test_the_treatments_of_the_article_are_all_there(shipped: Built) -> None:
    for entry in whole(shipped, "treatment-options"):
        said = text(shipped.folder / entry["path"]).lower()
        therapy = "physical therapy" if entry["locale"] == "en-US" else "physiotherapy"
        for option in (therapy, "opioid", "muscle relaxant", "epidural", "tens", "radiofrequency", "biofeedback"):
            assert option in said, (entry["path"], option)


def test_northern_ireland_is_not_sent_to_111(shipped: Built) -> None:
    for entry in shipped.all(locale="en-GB"):
        said = text(shipped.folder / entry["path"])
        assert "Northern Ireland" in said
        assert "out of hours" in said
        assert "Lifeline" in said


def test_the_source_is_restated_not_copied(shipped: Built) -> None:
    """No run of seven words of the source article stands on paper."""
    runs = set((DATA / "source-runs.txt").read_text().splitlines())
    origin = localised("en-GB").article.info.origin
    named = ("Journal of Clinical Sleep Medicine", origin.title, origin.address)  # as they are
    for entry in shipped.entries:
        words = text(shipped.folder / entry["path"]).replace("\ufffe", "-")  # PDFium's hyphen at the end of a line
        for name in named:
            words = words.replace(name, "")
        said = re.findall(r"[a-z]+", words.lower())
        for at in range(len(said) - 6):
            run = " ".join(said[at : at + 7])
            assert hashlib.sha256(run.encode()).hexdigest()[:12] not in runs, (entry["path"], run)

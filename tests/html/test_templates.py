"""What the templates print: all the words of an edition, and no words of their own."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from leaflets.base.project import Project, shipped_folder
from leaflets.content import inline
from leaflets.content.levels import LEVELS
from leaflets.content.passages import passages
from leaflets.content.segments import segments
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.review_status import ReviewStatus, Signer
from leaflets.html.render import Renderer
from tests.tools.articles import KEY_CONTENT, edit, material, project, read
from tests.tools.some import some

TEMPLATES = shipped_folder() / "templates"
PRINTED = sorted(
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ("site", "new")
)
STYLES = sorted(path for path in TEMPLATES.rglob("*.css*"))


def own_words(template: str) -> str:
    """What a template prints without being told to."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", template, flags=re.DOTALL)
    spoken = r'\b(?:alt|title|aria-(?!labelledby|describedby)\w+|placeholder|data-label)="([^"]*)"'
    attributes = re.findall(spoken, text)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", text), *attributes]))


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_template_holds_words(path: Path) -> None:
    assert re.findall(r"[^\W\d_]+", own_words(path.read_text(encoding="utf-8"))) == []


def test_words_in_a_template_are_seen() -> None:
    assert "Page" in own_words('<p class="x">Page {{ number }}</p>')
    assert "Leaflet" in own_words('<img alt="Leaflet">')
    assert own_words('{# Note #}<p class="big">{% if a > b %}{{ words("page") }}{% endif %}</p>').split() == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_style_sheet_holds_words(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|\{#.*?#\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    written = re.findall(r"""\bcontent:\s*[^;]*?["']([^"']*)["']""", text)
    assert [words for words in written if re.search(r"[^\W\d_]", re.sub(r"\\[0-9a-f]{1,6}", "", words))] == []


class Outline(HTMLParser):
    """The words of a page, and whether its elements are closed in order."""

    VOID = frozenset(["meta", "img", "br", "col", "link", "hr", "input"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.headings: list[str] = []
        self.feed(text)
        self.close()

    @property
    def words(self) -> str:
        return " ".join("".join(self.pieces).replace("\u00a0", " ").replace("\u2011", "-").split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
            self.pieces.append(" " if tag not in ("strong", "span") else "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def by_level(made: Project) -> dict[str, Outline]:
    """The pages of *mini* at every level."""
    renderer = Renderer(made)
    return {level: Outline(renderer.html(material(made, level=level)).text) for level in LEVELS}


def by_region(made: Project) -> dict[str, Outline]:
    """The pages of *mini* in every region."""
    renderer = Renderer(made)
    return {tag: Outline(renderer.html(material(made, locale=tag)).text) for tag in ("en-GB", "en-US")}


@pytest.mark.parametrize(("layout", "level"), [(row.id, level) for row in LAYOUTS.values() for level in row.levels])
def test_every_passage_of_an_edition_is_on_its_page(tmp_path: Path, level: str, layout: str) -> None:
    made = project(tmp_path, KEY_CONTENT, shipped=True)
    found = material(made, level=level, layout=layout)
    page = Outline(Renderer(made).html(found).text)
    assert page.open == []
    values = found.region.values("en")
    read = passages(found.article, "hands", level, "GB", values, LAYOUTS[layout].holds)
    lines = [line for passage in read for line in passage.lines if ".short." not in line.segment]  # in the footer
    for line in some(lines, 5):
        assert line.words in page.words
    assert "The front of a hand." not in page.words


def test_headings_go_down_one_step_at_a_time(tmp_path: Path) -> None:
    for page in by_level(project(tmp_path, shipped=True)).values():
        depths = [int(tag[1]) for tag in page.headings]
        assert depths[0] == 1
        assert depths.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(depths))


def test_a_level_prints_no_other_levels_words(tmp_path: Path) -> None:
    pages = by_level(project(tmp_path, shipped=True))
    said = {"easy": "hands with soap.", "plain": "to get the germs off.", "detailed": "as germs spread from hand"}
    for level, page in pages.items():
        assert [name for name, words in said.items() if words in page.words] == [level]


def test_pictures_stand_only_at_levels_with_pictures(tmp_path: Path) -> None:
    made = project(tmp_path, shipped=True)
    renderer = Renderer(made)
    count = {level: renderer.html(material(made, level=level)).text.count("asset:pictograms/") for level in LEVELS}
    assert count["easy"] > 0
    assert count["plain"] == count["detailed"] == 0


TICKS = """\
  - kind: checklist
    id: ticks
    basis: practical
    items:
      - {id: soap, picture: tap, text: {all: I have soap.}}
      - {id: water, picture: tap, text: {all: I have water.}}
"""


@pytest.mark.parametrize("layout", ["standard", "web"])
@pytest.mark.parametrize(("block", "beside"), [(TICKS, 2), (TICKS.replace("picture: tap, text", "text", 1), 0)])
def test_points_to_tick_stand_beside_their_pictures_if_each_has_one(
    tmp_path: Path, layout: str, block: str, beside: int
) -> None:
    front = "  - kind: figure\n    id: front\n"
    made = project(tmp_path, edit("sections/wash", front, block + front), shipped=True)
    without = project(tmp_path / "without", shipped=True)
    count = {
        level: Renderer(made).html(material(made, level=level, layout=layout)).text.count("tap.svg")
        - Renderer(without).html(material(without, level=level, layout=layout)).text.count("tap.svg")
        for level in LEVELS
    }
    assert count == {"easy": beside, "plain": 0, "detailed": 0}


PARTS = [
    ("sections/wash", "id: wash\n", "id: wash\n{}: [{}]\n", "How to wash"),
    ("sections/wash", "id: front\n", "id: front\n    {}: [{}]\n", "Wash the front too."),
    ("sections/wash", "id: after-play\n", "id: after-play\n        {}: [{}]\n", "After you play."),
    ("red-flags", "id: emergency\n", "id: emergency\n    {}: [{}]\n", "Call 9"),
    ("red-flags", "id: bad-cut\n", "id: bad-cut\n        {}: [{}]\n", "A cut does not stop to bleed."),
    ("leaflets/hands", "id: soap\n", "id: soap\n      {}: [{}]\n", "Use soap."),
]
"""A part of each sort, how it is given regions or levels, and what it says."""


@pytest.mark.parametrize(("file", "old", "new", "words"), PARTS, ids=[row[3] for row in PARTS])
def test_a_part_is_printed_in_its_regions(tmp_path: Path, file: str, old: str, new: str, words: str) -> None:
    made = project(tmp_path, edit(file, old, new.format("regions", "GB")), shipped=True)
    assert {tag: words in page.words for tag, page in by_region(made).items()} == {"en-GB": True, "en-US": False}


@pytest.mark.parametrize(("file", "old", "new", "words"), PARTS[1:], ids=[row[3] for row in PARTS[1:]])
def test_a_part_is_printed_at_its_levels(tmp_path: Path, file: str, old: str, new: str, words: str) -> None:
    made = project(tmp_path, edit(file, old, new.format("levels", "easy, detailed")), shipped=True)
    assert [words in page.words for page in by_level(made).values()] == [True, False, True]


def test_a_section_is_printed_at_its_levels(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("sections/wash", "id: wash\n", "id: wash\nlevels: [plain, detailed]\n"),
        edit("sections/wash", "      easy: Wash your hands with soap.\n", ""),
        shipped=True,
    )
    assert ["How to wash" in page.words for page in by_level(made).values()] == [False, True, True]


def test_a_region_prints_its_own_number(tmp_path: Path) -> None:
    pages = by_region(project(tmp_path, shipped=True))
    assert "Call 999 now" in pages["en-GB"].words
    assert "Call 911 now" in pages["en-US"].words
    assert "911" not in pages["en-GB"].words
    assert "999" not in pages["en-US"].words


SIGNER = Signer("Dr Ada Test", "nurse", date(2026, 1, 3))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("review", "said", "not_said"),
    [
        (ReviewStatus(), ["status-strip"], ["status-expired", "state-expired"]),
        (ReviewStatus(expired=True), ["status-strip", "status-expired"], []),
        (ReviewStatus("changed", SIGNER), ["status-changed"], ["status-strip", "status-withdrawn"]),
        (ReviewStatus("withdrawn", SIGNER), ["status-withdrawn"], ["status-strip", "status-changed"]),
        (ReviewStatus("signed", SIGNER), [], ["status-strip", "status-changed", "status-expired", "state-awaiting"]),
        (ReviewStatus("signed", SIGNER, expired=True), ["status-expired"], ["status-strip", "state-awaiting"]),
    ],
    ids=lambda value: f"{value.state}{' out of date' * value.expired}" if isinstance(value, ReviewStatus) else "",
)
def test_a_leaflet_says_whether_it_is_signed_by_whom_and_whether_it_is_out_of_date(
    tmp_path: Path, layout: str, review: ReviewStatus, said: list[str], not_said: list[str]
) -> None:
    made = project(tmp_path, KEY_CONTENT, shipped=True)
    of = replace(material(made, layout=layout), review=review)
    words = Outline(Renderer(made).html(of).text).words
    table = {id_: said.partition("{date}")[0].strip() for id_, said in of.words.table.items()}
    assert ("Dr Ada Test, nurse" in words) is review.signed
    assert ("3 January 2026" in words) is review.signed
    for id_ in said:
        assert table[id_] in words, id_
    for id_ in not_said:
        assert table[id_] not in words, id_
    if review.expired:
        assert "2 January 2028." in words


TWO_GROUPS = edit(
    "sections/wash",
    "  - kind: figure",
    """\
  - kind: proportion
    id: two
    facts: [soap-helps]
    caption: {all: Hands with germs}
    groups:
      - {id: soap, count: 5, label: {all: With soap}}
      - {id: none, count: 40, label: {all: Without soap}}
    text: {all: Soap took germs off.}
  - kind: figure""",
)


@pytest.mark.parametrize("layout", ["standard", "giant-print", "web"])
def test_two_groups_are_two_pictures_each_with_its_number_of_100_and_who_they_are(tmp_path: Path, layout: str) -> None:
    made = project(tmp_path, TWO_GROUPS, shipped=True)
    page = Renderer(made).html(material(made, layout=layout)).text
    arrays = re.findall(r'<div class="array">(.*?)</div>', page, flags=re.DOTALL)
    assert [" ".join(array.split()) for array in arrays] == [
        f'<img class="dots" src="dots:{count}-square" alt="{who}: {count} of 100 figures are filled."> '
        f'<p class="array-count"><strong>{count}</strong> of 100</p> <p class="array-label">{who}</p>'
        for count, who in ((5, "With soap"), (40, "Without soap"))
    ]


def test_the_same_edition_is_the_same_html(tmp_path: Path) -> None:
    made = project(tmp_path, shipped=True)
    assert Renderer(made).html(material(made)) == Renderer(made).html(material(made))


@pytest.fixture
def arabic(tmp_path: Path) -> str:
    """The HTML of *mini* in Arabic."""
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    article = project(tmp_path / "source")
    table = yaml.safe_load((TEMPLATES / "words.yaml").read_text(encoding="utf-8"))
    messages = {part.id: part.words for part in segments(read(article))}
    words = {id_: row["text"] for id_, row in table.items()}
    made = project(
        tmp_path / "made",
        files={
            "articles/mini/l10n/ar-GB.po": head + _arabic(messages),
            "templates/words/ar-GB.po": head + _arabic(words),
        },
        shipped=True,
    )
    return Renderer(made).html(material(made, locale="ar-GB")).text


def _arabic(words: dict[str, str]) -> str:
    """A message file in which every word says “ع” and keeps its placeholders."""
    entries = []
    for id_, text in words.items():
        kept = " ".join(match[0] for match in inline.PLACEHOLDER.finditer(text))
        entries.append(f'msgctxt "{id_}"\nmsgid "{text}"\nmsgstr "ع {kept}"\n\n')
    return "".join(entries)


def test_an_arabic_leaflet_runs_from_right_to_left_and_says_the_article_in_arabic(arabic: str, tmp_path: Path) -> None:
    assert '<html lang="ar-GB" dir="rtl"' in arabic
    assert '<span dir="ltr"><a class="tel" href="tel:999">999</a></span>' in arabic
    assert "2028" in arabic
    english = {part.words for part in segments(read(project(tmp_path)))}
    sentences = {words for words in english if words.count(" ") > 1 and "{" not in words}
    assert len(sentences) > 5
    assert {words for words in sentences if words in Outline(arabic).words} == set()


def test_a_translation_names_itself_in_the_footer_in_the_language_it_was_made_from(arabic: str) -> None:
    foot = re.findall(r'data-foot="([^"]*)"', arabic)
    assert len(foot) == 1
    assert foot[0].startswith("Clean hands · ")
    assert "ar-GB" in foot[0]

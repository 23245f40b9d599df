"""The running text of an edition: what it says, in which order, and where that is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.content.passages import Line, Passage, passages
from leaflets.content.segments import segments
from tests.tools.articles import KEY_CONTENT, Edit, edit, project, read
from tests.tools.some import some


def passages_of(
    folder: Path, *edits: Edit, level: str = "plain", region: str = "GB", holds: str = ""
) -> dict[str, Passage]:
    """Passages by id; none stands twice but the heading of a section whose blocks a layout parts."""
    article = read(project(folder, *edits))
    found = list(passages(article, "hands", level, region, {"emergency": "999", "urgent": "NHS 111"}, holds))
    assert holds or len({passage.id for passage in found}) == len(found)
    return {passage.id: passage for passage in found}


def read_out(folder: Path, *edits: Edit, level: str = "plain", region: str = "GB") -> list[Line]:
    found = passages_of(folder, *edits, level=level, region=region)
    return [line for passage in found.values() for line in passage.lines]


def said(folder: Path, *edits: Edit, level: str = "plain", region: str = "GB") -> list[str]:
    return [line.words for line in read_out(folder, *edits, level=level, region=region)]


def test_it_reads_from_the_title_through_the_red_flags_to_the_sections(tmp_path: Path) -> None:
    footer = "Hands"
    assert [words for words in said(tmp_path) if words != footer] == [
        "Clean hands",
        "How to keep your hands clean.",
        "Clean hands keep you well.",
        "Use soap.",
        "When to get help now",
        "Call 999 now",
        "A cut does not stop to bleed.",
        "How to wash",
        "Wash your hands with soap to get the germs off.",
        "Wash your hands:",
        "Before you eat.",
        "After you play.",
        "Wash the front too.",
    ]


def test_alternative_texts_and_the_pointer_are_not_read(tmp_path: Path) -> None:
    assert not {"The front of a hand.", "Look at page 2."} & set(said(tmp_path))


STEPS = """\
- kind: steps
    id: how
    basis: practical
    items:
      - {id: wet, picture: tap, text: {all: Use the tap.}, title: {all: Wet them.}}
  - kind: callout
    id: note
    basis: practical
    picture: tap
    text: {all: It helps.}
    title: {all: Take time.}
  - kind: list"""


def test_a_title_is_read_before_what_it_stands_over(tmp_path: Path) -> None:
    found = said(tmp_path, edit("sections/wash", "- kind: list", STEPS))
    start = found.index("Wet them.")
    assert found[start : start + 5] == ["Wet them.", "Use the tap.", "Take time.", "It helps.", "Wash your hands:"]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("easy", "Wash your hands with soap."),
        ("plain", "Wash your hands with soap to get the germs off."),
        (
            "detailed",
            "Wash your hands with soap, as germs spread from hand to hand. Rub them for a short time.",
        ),
    ],
)
def test_each_level_has_its_own_words(tmp_path: Path, level: str, words: str) -> None:
    found = [passage for passage in read_out(tmp_path, level=level) if passage.path[-1] == level]
    assert [passage.words for passage in found] == [words]


@pytest.mark.parametrize(("level", "read"), [("easy", False), ("plain", True), ("detailed", True)])
def test_a_part_is_read_at_its_levels(tmp_path: Path, level: str, read: bool) -> None:
    change = edit("sections/wash", "id: after-play", "id: after-play\n        levels: [plain, detailed]")
    assert ("After you play." in said(tmp_path, change, level=level)) is read


@pytest.mark.parametrize(("region", "read"), [("GB", True), ("US", False)])
def test_a_part_is_read_in_its_regions(tmp_path: Path, region: str, read: bool) -> None:
    change = edit("sections/wash", "id: when", "id: when\n    regions: [GB]")
    found = said(tmp_path, change, region=region)
    assert ("Wash your hands:" in found) is read
    assert ("Before you eat." in found) is read
    assert "Wash the front too." in found


def test_a_section_of_another_region_is_not_read(tmp_path: Path) -> None:
    change = edit("sections/wash", "id: wash\n", "id: wash\nregions: [GB]\n")
    assert "How to wash" in said(tmp_path, change, region="GB")
    assert "How to wash" not in said(tmp_path, change, region="US")


def test_each_line_is_without_markup_and_has_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    change = edit(
        "sections/wash",
        "easy: Wash your hands with soap.",
        "easy: |-\n        Use **soap**.\n        Or call {urgent} now.",
    )
    found = [line for line in read_out(tmp_path, change, level="easy") if line.path[-1] == "easy"]
    assert [line.words for line in found] == ["Use soap.", "Or call NHS\u00a0111 now."]
    assert {line.segment for line in found} == {"sections.wash.why.text.easy"}
    assert found[0].path == found[1].path == ("blocks", 0, "text", "easy")
    places = [str(found[1].place(word)).removeprefix("articles/mini/sections/wash.yaml:") for word in range(4)]
    assert places == ["12:9", "12:12", "12:17", "12:26"]
    assert found[1].place_at(found[1].words.index("111")) == found[1].place(2)


def test_a_passage_is_what_is_read_at_one_go_and_says_what_it_is(tmp_path: Path) -> None:
    found = passages_of(tmp_path, level="easy")
    assert {id_: (passage.kind.value, len(passage.lines)) for id_, passage in found.items()} == {
        "leaflets.hands.title.easy": ("heading", 1),
        "leaflets.hands.short.easy": ("name", 1),
        "leaflets.hands.purpose.easy": ("prose", 1),
        "leaflets.hands.key.easy": ("prose", 2),
        "red-flags.heading.easy": ("heading", 1),
        "red-flags.emergency.heading.easy": ("heading", 1),
        "red-flags.emergency.easy": ("red-flags", 1),
        "sections.wash.heading.easy": ("heading", 1),
        "sections.wash.why.easy": ("prose", 1),
        "sections.wash.when.easy": ("prose", 3),
        "sections.wash.front.easy": ("prose", 1),
    }
    assert found["sections.wash.when.easy"].lead == "sections.wash.when.lead.all"
    assert found["leaflets.hands.key.easy"].lead == ""


OTHER_KINDS = """\
- kind: options
    id: ways
    facts: [soap-helps]
    options:
      - {id: gel, picture: tap, name: {all: Gel}, what: {all: A gel.}, help: {all: It helps.}, harm: {all: It stings.},
         ask: {all: Is it good?}}
  - kind: checklist
    id: ask
    basis: practical
    lead: {all: Tick them.}
    items: [{id: one, text: {all: Is it good?}}]
  - kind: diary
    id: week
    basis: practical
    lead: {all: Fill it in.}
    first: {all: Day}
    columns: [{id: a, name: {all: How often}, width: number}]
  - kind: notes
    id: notes
    basis: practical
    heading: {all: My notes}
  - kind: proportion
    id: dots
    facts: [soap-helps]
    count: 5
    alt: {all: Dots.}
    caption: {all: Five of 100.}
    text: {all: That is few.}
  - kind: proportion
    id: two
    facts: [soap-helps]
    caption: {all: Soap and germs.}
    groups: [{id: soap, count: 5, label: {all: With soap}}, {id: none, count: 9, label: {all: Without soap}}]
    text: {all: That is fewer.}
  - kind: heading
    id: more
    basis: practical
    text: {all: More to know}
  - kind: list"""


def test_cells_points_to_tick_and_headings_are_no_running_text(tmp_path: Path) -> None:
    found = passages_of(tmp_path, edit("sections/wash", "- kind: list", OTHER_KINDS))
    kinds = {id_.removeprefix("sections.wash.").removesuffix(".plain"): part.kind.value for id_, part in found.items()}
    chosen = ("ways.gel.name", "ways.gel", "ask", "week", "notes.heading", "dots", "more.text", "two")
    assert " ".join(kinds[id_] for id_ in chosen) == "name cells ticks prose heading prose heading prose"
    assert kinds["two.groups.none.label"] == "name"
    assert [line.words for line in found["sections.wash.ways.gel.plain"].lines] == [
        "A gel.", "It helps.", "It stings.", "Is it good?",
    ]  # fmt: skip
    assert "How often" not in [line.words for passage in found.values() for line in passage.lines]


def test_lines_have_the_ids_of_the_segments_that_are_translated(tmp_path: Path) -> None:
    article = read(project(tmp_path, edit("sections/wash", "- kind: list", OTHER_KINDS)))
    known = {segment.id: segment.place for segment in segments(article)}
    read_here = list(passages(article, "hands", "plain", "GB", {"emergency": "999"}))
    for line in some((line for passage in read_here for line in passage.lines), 20):
        assert (known[line.segment].path, known[line.segment].line) == (line.place().path, line.place().line)


def test_a_block_that_stands_alone_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = passages_of(tmp_path, KEY_CONTENT, holds="fold")
    place = found["sections.wash.front.plain"].lines[0].place()
    assert str(place) == "articles/mini/sections/wash.yaml:36:12"


FOLD = "middle: [wash/front]\n  purpose: {all: What to wash.}\n"


@pytest.mark.parametrize(
    ("holds", "read", "left_out"),
    [
        ("", "How to keep your hands clean.", "What to wash."),
        ("fold", "What to wash.", "How to keep your hands clean."),
    ],
)
def test_the_tri_fold_may_have_a_purpose_of_its_own(tmp_path: Path, holds: str, read: str, left_out: str) -> None:
    own = replace(KEY_CONTENT, new=KEY_CONTENT.new.replace("middle: [wash/front]\n", FOLD))
    words = [line.words for passage in passages_of(tmp_path, own, holds=holds).values() for line in passage.lines]
    assert read in words
    assert left_out not in words


def test_a_summary_has_no_purpose(tmp_path: Path) -> None:
    assert "leaflets.hands.purpose.plain" not in passages_of(tmp_path, KEY_CONTENT, holds="summary")


def test_a_level_without_words_is_our_mistake_by_then(tmp_path: Path) -> None:
    article = read(project(tmp_path))
    with pytest.raises(KeyError):
        article.sections["wash"].blocks[0].text.model_copy(update={"easy": None}).at("easy")

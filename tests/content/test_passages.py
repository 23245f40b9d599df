"""The running text of an edition: what it says, in which order, and where that is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.content.passages import Passage, passages
from tests.tools.articles import Edit, edit, project, read


def read_out(folder: Path, *edits: Edit, level: str = "plain", region: str = "GB") -> list[Passage]:
    article = read(project(folder, *edits))
    return list(passages(article, "hands", level, region, {"emergency": "999"}))


def said(folder: Path, *edits: Edit, level: str = "plain", region: str = "GB") -> list[str]:
    return [passage.words for passage in read_out(folder, *edits, level=level, region=region)]


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


def test_each_line_is_a_passage_without_markup_and_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    change = edit(
        "sections/wash",
        "easy: Wash your hands with soap.",
        "easy: |-\n        Use **soap**.\n        Call {emergency}.",
    )
    found = [passage for passage in read_out(tmp_path, change, level="easy") if passage.path[-1] == "easy"]
    assert [passage.words for passage in found] == ["Use soap.", "Call 999."]
    assert [passage.role for passage in found] == ["text", "text"]
    assert found[0].path == found[1].path == ("blocks", 0, "text", "easy")
    assert str(found[1].source.place_of(found[1].path, "Call")) == "articles/mini/sections/wash.yaml:12:9"


def test_a_level_without_words_is_our_mistake_by_then(tmp_path: Path) -> None:
    article = read(project(tmp_path))
    with pytest.raises(KeyError):
        article.sections["wash"].blocks[0].text.model_copy(update={"easy": None}).at("easy")

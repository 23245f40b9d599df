"""What a program can tell of PEMAT-P and the CDC Index: each rule finds its fault, and none in its mended twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.content.measures.items import CDC, ITEMS, PEMAT
from leaflets.lint.measures.counted import not_met
from tests.tools.articles import FILES, edit, project, read

WORDS = "plain: Wash your hands with soap to get the germs off."
HARD = " ".join(["Antibacterial preparations necessitate meticulous administration."] * 9)
POINTS = "".join(f"      - {{id: p{n}, picture: tap, text: {{all: Wash.}}}}\n" for n in range(7))
FIGURE = FILES["sections/wash"].partition("  - kind: figure")[2]
FIGURE = f"  - kind: figure{FIGURE}"
STEPS = '    lead:\n      all: "Wash your hands:"\n    items:\n'


def found(tmp_path: Path, *edits: object, level: str = "plain") -> dict[tuple[str, int], str]:
    return not_met(read(project(tmp_path, *edits)), "hands", level, "GB", {"emergency": "999"})  # type: ignore[arg-type]


def test_the_items_are_those_of_the_official_lists() -> None:
    assert [item.number for item in PEMAT] == [*range(1, 13), *range(15, 27)]
    assert [item.number for item in PEMAT if item.scale == "actionability"] == list(range(20, 27))
    assert [item.number for item in CDC] == list(range(1, 21))
    assert {item.number for item in CDC if item.optional} == set(range(12, 21))
    assert len(PEMAT) == 24
    assert set(ITEMS) == {"pemat", "cdc"}


def test_a_leaflet_without_a_list_to_fill_in_has_no_tool(tmp_path: Path) -> None:
    assert "no checklist" in found(tmp_path)["pemat", 23]


@pytest.mark.parametrize(
    ("item", "old", "new", "says"),
    [
        (("cdc", 17), WORDS, "plain: It helps 3 of 100 people, and 2 in 10 children.", "of 10 and of 100"),
        (("cdc", 15), WORDS, "plain: It takes 1.5 minutes.", "“1.5” is no whole number"),
        (("cdc", 8), STEPS, STEPS + POINTS, "the list “when” has 9 points, and 7 are the most"),
        (("pemat", 8), WORDS, f"plain: {'Wash your hands. ' * 41}", "123 words without a break"),
        (("pemat", 3), WORDS, f"plain: {HARD}", "grade is"),
    ],
)
def test_a_fault_that_can_be_counted_is_found(
    tmp_path: Path, item: tuple[str, int], old: str, new: str, says: str
) -> None:
    assert item not in found(tmp_path / "sound")
    assert says in found(tmp_path / "faulty", edit("sections/wash", old, new))[item]


def test_a_leaflet_without_a_picture_has_none_but_at_the_easy_level(tmp_path: Path) -> None:
    change = edit("sections/wash", FIGURE, "")
    assert ("pemat", 15) not in found(tmp_path / "sound")
    assert found(tmp_path / "faulty", change)["pemat", 26] == "no picture or chart at this level"
    assert ("pemat", 15) not in found(tmp_path / "easy", change, level="easy")


def test_a_small_picture_beside_a_callout_is_a_picture(tmp_path: Path) -> None:
    callout = (
        "  - {kind: callout, id: care, levels: [plain], basis: practical%s,\n"
        "     title: {all: Hot water burns}, text: {all: Test it.}}\n"
    )
    for folder, picture, missing in (("without", "", True), ("with", ", picture: tap", False)):
        change = edit("sections/wash", FIGURE, callout % picture)
        assert (("pemat", 26) in found(tmp_path / folder, change)) == missing


def test_a_main_message_of_four_sentences_is_not_one(tmp_path: Path) -> None:
    change = edit("leaflets/hands", "all: Clean hands keep you well.", "all: Wash. Rub. Rinse. Dry.")
    assert ("cdc", 1) not in found(tmp_path / "sound")
    assert "4 sentences" in found(tmp_path / "faulty", change)["cdc", 1]

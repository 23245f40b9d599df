"""Harms of medicines: an option that names a medicine tells each of them, or its table needs a block that does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools.articles import KEY_CONTENT, Edit, edit, project, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


GRID = """\
gaps: wash/when
medicines:
  - id: rub
    names: [hand rub]
    mood: [does-not-apply]
    sleepiness: [does-not-apply]
    breathing: [soap-helps]
    stopping: [does-not-apply]
    pregnancy: [not-looked-up]
    mixing: [does-not-apply]
    caution: [cut-help]
    overdose: [does-not-apply]
"""
OPTIONS = """\
  - kind: options
    id: table
    %s
    options:
      - id: rub
        facts: [%s]
        picture: hand
        name: {all: Hand rub}
        what: {all: It is a gel.}
        help: {all: It helps.}
        harm: {all: It stings.}
        ask: {all: Is it safe?}
"""
END = "      all: Wash the front too.\n"


def told(folder: Path, *edits: Edit, grid: str = GRID) -> str:
    made = project(folder, *edits, files={"articles/mini/medicines.yaml": grid})
    return re.sub(r"^(?:\w/)?articles/mini/", "", said(made), flags=re.MULTILINE)


def table(facts: str, needs: str = "needs: [wash/when]") -> Edit:
    return edit("sections/wash", END, END + OPTIONS % (needs, facts))


def test_a_medicine_whose_harms_the_option_and_the_blocks_it_needs_tell_is_fine(tmp_path: Path) -> None:
    assert told(tmp_path, table("cut-help")) == ""


def test_a_harm_that_nobody_tells_is_an_error_at_the_option(tmp_path: Path) -> None:
    assert told(tmp_path, table("soap-helps")) == (
        "sections/wash.yaml:41:13: error: “rub” is named without its harm “caution” (cut-help) at easy, plain and "
        "detailed in GB and US [untold-harm]\n"
        "  hint: name the fact in the option, or let the table need a block that does\n"
    )


def test_what_was_not_looked_up_is_said_by_a_block_that_the_table_needs(tmp_path: Path) -> None:
    found = told(tmp_path, table("cut-help, soap-helps", "levels: [plain]"))
    assert found.count("[untold-harm]") == 1
    assert "“rub” is named without its harm “pregnancy” (wash/when) at plain in GB and US" in found


def test_a_block_that_is_needed_and_not_printed_there_tells_nothing(tmp_path: Path) -> None:
    """A tri-fold that has the table and not the block that it needs."""
    fold = edit(KEY_CONTENT.file, KEY_CONTENT.old, KEY_CONTENT.new.replace("[wash/why, wash/when]", "[wash/table]"))
    found = told(tmp_path, table("cut-help"), fold)
    assert "named without its harm “breathing” (soap-helps)" in found
    assert "[needed-block]" in found


def test_a_medicine_of_another_region_is_not_asked_for_its_harms(tmp_path: Path) -> None:
    grid = GRID.replace("names: [hand rub]", "names: [hand rub]\n    regions: [US]")
    assert "in US [untold-harm]" in told(tmp_path, table("soap-helps"), grid=grid)


def test_a_name_is_found_as_a_whole_word(tmp_path: Path) -> None:
    assert told(tmp_path, table("soap-helps"), grid=GRID.replace("[hand rub]", "[and rub]")) == ""


def test_an_untold_harm_may_be_pending(tmp_path: Path) -> None:
    pending = "pending:\n  - {rule: untold-harm, at: [sections.wash.table.rub]}\nleaflets: [hands]\n"
    found = told(tmp_path, table("soap-helps"), edit("article", "leaflets: [hands]\n", pending))
    assert ": warning: “rub” is named without its harm “caution”" in found
    assert "error" not in found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[cut-help]", "[cut-hepl]", "medicines.yaml:11:15: error: there is no fact “cut-hepl” [unknown-fact]\n"),
        (
            "breathing: [soap-helps]",
            "breathing: [soap-helps, does-not-apply]",
            "medicines.yaml:7:16: error: “does-not-apply” stands alone, without facts beside it [empty-harm]\n",
        ),
        (
            "gaps: wash/when",
            "gaps: wash/whne",
            "medicines.yaml:1:7: error: there is no block “wash/whne” [unknown-block]\n",
        ),
        (
            "gaps: wash/when\n",
            "",
            "medicines.yaml:1:1: error: “gaps” names no block that says what was not looked up [unknown-block]\n",
        ),
        ("    mood: [does-not-apply]\n", "", "medicines.yaml:3:5: error: the key “mood” is missing [missing-key]\n"),
        ("mood: [does-not-apply]", "mood: []", "[wrong-value]\n"),
    ],
)
def test_faults_of_the_grid_itself_are_told_at_their_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GRID.count(old) == 1
    assert expected in told(tmp_path, grid=GRID.replace(old, new))


def test_a_fact_that_may_not_be_printed_is_no_answer(tmp_path: Path) -> None:
    found = told(tmp_path, edit("facts", "status: safe-direction", "status: secondary"))
    assert "medicines.yaml:11:15: error: the fact “cut-help” is not confirmed and may not be printed" in found


def test_a_region_of_which_a_harm_says_nothing_is_told(tmp_path: Path) -> None:
    only = edit(
        "facts",
        "statement: Get help for a bad cut.\n    regions: [GB, US]",
        "statement: Get help for a bad cut.\n    regions: [GB]",
    )
    found = told(tmp_path, only)
    assert "medicines.yaml:11:14: error: of “rub”, “caution” has no fact that holds for US [empty-harm]" in found

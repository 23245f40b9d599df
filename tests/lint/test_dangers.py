"""What may not be left out: dangers, counter-evidence, blocks that others need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools.articles import KEY_CONTENT, Edit, edit, project, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(folder: Path, *edits: Edit) -> str:
    printed = said(project(folder, *edits))
    return re.sub(r"^(?:\w/)?articles/mini/", "", printed, flags=re.MULTILINE)


DIRT = "  - {id: dirt, statement: Dirt does harm., regions: [GB, US], status: confirmed, sources: [first-aid]%s}\n"


def with_fact(more: str, status: str = "confirmed") -> Edit:
    row = DIRT.replace("confirmed", status) % more
    return edit("facts", "  - id: soap-helps\n", f"{row}  - id: soap-helps\n")


def test_a_danger_that_no_leaflet_prints_is_told_where_it_holds(tmp_path: Path) -> None:
    assert told(tmp_path, with_fact(", flag: dirt")) == (
        "facts.yaml:2:10: error: no leaflet prints “dirt”, which tells of the danger “dirt”, in "
        "GB, US [red-flag-fact]\n"
        "  hint: name it in red-flags.yaml, or take its “flag” away if it tells of no danger\n"
    )


def test_a_danger_that_is_not_confirmed_or_is_printed_is_not_told(tmp_path: Path) -> None:
    assert told(tmp_path / "a", with_fact(", flag: dirt", "secondary")) == ""
    assert (
        told(tmp_path / "b", edit("facts", "status: safe-direction", "status: safe-direction\n    flag: bad-cut")) == ""
    )


def test_a_misspelt_danger_of_a_fact_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, edit("facts", "status: safe-direction", "status: safe-direction\n    flag: bad-cot"))
    assert found == (
        "facts.yaml:11:11: error: the red flags have no danger “bad-cot”, of which “cut-help” tells [unknown-danger]\n"
        "  hint: did you mean “bad-cut”?\n"
    )


TWO_TIERS = edit(
    "red-flags",
    "      - id: bad-cut\n        flag: bad-cut\n",
    "      - {id: burn, flag: burn, picture: hand, text: {all: It burns.}}\n"
    "      - id: cut-gb\n        flag: bad-cut\n        regions: [GB]\n        picture: hand\n"
    "        text: {all: It cuts.}\n"
    "  - id: today\n    urgency: today\n    facts: [cut-help]\n    heading: {all: See a doctor today}\n    items:\n"
    "      - id: bad-cut\n        regions: [US]\n        flag: bad-cut\n",
)


def test_a_danger_may_differ_where_a_known_fact_says_why(tmp_path: Path) -> None:
    def why(fact: str) -> str:
        differs = edit("red-flags", "regions: [US]\n", f"regions: [US]\n        differs: {fact}\n")
        return told(tmp_path / fact, TWO_TIERS, differs)

    assert why("cut-help") == ""
    assert "red-flag-urgency" in why("no-such-fact")


def test_a_danger_that_is_more_urgent_in_one_region_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, TWO_TIERS) == (
        "red-flags.yaml:6:3: error: the danger “bad-cut” is not as urgent in one region as in another "
        "(GB: emergency; US: today) [red-flag-urgency]\n"
        "  hint: put it into the same tier, or name what differs as a danger of its own\n"
    )


def test_a_danger_is_also_known_by_the_facts_of_a_sign(tmp_path: Path) -> None:
    edits = (
        Edit(
            TWO_TIERS.file,
            TWO_TIERS.old,
            TWO_TIERS.new.replace(
                "        flag: bad-cut\n        regions: [GB]",
                "        flag: bad-cut\n        facts: [cut-help]\n        regions: [GB]",
            ),
        ),
        edit("facts", "status: safe-direction", "status: safe-direction\n    flag: deep-cut"),
    )
    assert "the danger “bad-cut” is not as urgent" in told(tmp_path, *edits)


def test_a_claim_needs_what_speaks_against_it(tmp_path: Path) -> None:
    against = edit("claims", "certainty: stated", "certainty: stated\n    counter: [dirt]")
    assert told(tmp_path / "a", with_fact(""), against) == (
        "claims.yaml:6:14: error: “germs-spread” is printed without “dirt”, which speaks against it, in "
        "“hands” at easy, plain and detailed in GB and US [counter-evidence]\n"
        "  hint: let the part that prints the one name the other, and say both\n"
    )
    assert told(tmp_path / "b", with_fact("", "secondary"), against) == (
        "claims.yaml:6:14: error: “germs-spread” is printed in GB and US, and what speaks against it, “dirt”, is not "
        "confirmed [counter-evidence]\n"
        "  hint: open the source of the fact and print it, or take out what encourages\n"
    )
    printed = edit(
        "sections/wash", "claims: [germs-spread]\n    picture", "claims: [germs-spread]\n    facts: [dirt]\n    picture"
    )
    assert told(tmp_path / "c", with_fact(""), against, printed) == ""


def test_what_speaks_against_a_claim_has_to_be_a_fact(tmp_path: Path) -> None:
    against = edit("claims", "certainty: stated", "certainty: stated\n    counter: [soap-help]")
    assert told(tmp_path, against) == (
        "claims.yaml:6:15: error: there is no fact “soap-help” [unknown-fact]\n  hint: did you mean “soap-helps”?\n"
    )


def test_a_block_is_not_chosen_without_the_one_it_needs(tmp_path: Path) -> None:
    needs = edit("sections/wash", "    id: why\n", "    id: why\n    needs: [wash/front]\n")
    assert told(tmp_path / "a", KEY_CONTENT, needs) == (
        "sections/wash.yaml:7:12: error: “wash/why” is printed without “wash/front”, which it needs, in "
        "“hands” as a summary at plain and detailed in GB and US [needed-block]\n"
        "  hint: choose both, or neither\n"
    )
    both = Edit(
        KEY_CONTENT.file,
        KEY_CONTENT.old,
        KEY_CONTENT.new.replace("summary: [wash/why]", "summary: [wash/why, wash/front]"),
    )
    assert told(tmp_path / "b", both, needs) == ""
    elsewhere = edit("sections/wash", "    id: front\n", "    id: front\n    levels: [easy]\n")
    assert "needed-block" not in told(tmp_path / "c", KEY_CONTENT, needs, elsewhere)


def test_a_block_that_is_needed_has_to_exist(tmp_path: Path) -> None:
    needs = edit("sections/wash", "    id: why\n", "    id: why\n    needs: [wash/frnt]\n")
    assert told(tmp_path, needs) == (
        "sections/wash.yaml:7:13: error: there is no block “wash/frnt” [unknown-block]\n"
        "  hint: did you mean “wash/front”?\n"
    )

"""What only the evidence finds: lost words are errors, told where they are written; the rest is a warning."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.edition.losses import LOST, report_failures
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.check.evidence.schema.file import FindingMade, RuleKept
from leaflets.check.preflight.run import RULES
from leaflets.editions.material import Material
from tests.tools.articles import KEY_CONTENT, material, project

NEAREST = "what is nearest to the edge keeps only 5 mm, and 9 mm is the least"


@pytest.fixture
def made(tmp_path: Path) -> Material:
    return material(project(tmp_path, KEY_CONTENT, shipped=True), layout="standard")


def evidence(rule: str, message: str, *more: str, flags: str = "") -> Any:
    """Evidence of a file that breaks one rule."""
    finding = FindingMade(page=2, result="fail", message=message)
    kept = RuleKept(rule=rule, allows="", source="", result="fail", findings=(finding,))
    says = (f"page 2: {message}", *more, *([flags] if flags else []))
    return Evidence.model_construct(
        result="fail",
        says=says,
        preflight=(kept,),
        red_flags=SimpleNamespace(result="fail" if flags else "pass", says=flags),
        pages=SimpleNamespace(nearest_to_edge_mm=SimpleNamespace(says=NEAREST)),
    )


def said(found: Any, made: Material) -> list[str]:
    diagnostics = Diagnostics()
    report_failures(found, made, diagnostics)
    return [str(item).partition("\n")[0] for item in diagnostics]


def test_the_rules_that_lose_words_are_rules_of_the_preflight() -> None:
    assert {rule.id for rule in RULES} >= LOST


@pytest.mark.parametrize("rule", sorted(LOST))
def test_lost_words_are_an_error_at_their_place(rule: str, made: Material) -> None:
    title = made.article.leaflets[made.edition.leaflet].title.at(made.edition.level)
    (found,) = said(evidence(rule, f"“{title} · Page 2” is 0.2 mm over the edge", NEAREST), made)[:1]
    assert f"leaflets/{made.edition.leaflet}.yaml:" in found
    assert f"error: {made.edition.name}: page 2: “{title} · Page 2” is 0.2 mm over the edge [{rule}]" in found


def test_words_of_no_place_are_an_error_of_the_edition(made: Material) -> None:
    (found,) = said(evidence("overlap", "“2026” stands on “of 9”"), made)
    assert found == f"{made.edition.name}:1:1: error: page 2: “2026” stands on “of 9” [overlap]"


def test_a_consequence_is_not_told_again(made: Material) -> None:
    assert len(said(evidence("safe-margin", "“2026” is 0.2 mm over the edge", NEAREST), made)) == 1
    assert len(said(evidence("last-page", "the last page is 9% full", NEAREST), made)) == 2


def test_red_flags_that_are_left_out_are_an_error(made: Material) -> None:
    found = said(evidence("last-page", "the last page is 9% full", flags="red flags are missing"), made)
    assert found == [
        f"{made.edition.name}:1:1: error: red flags are missing [red-flags]",
        f"{made.edition.name}:1:1: warning: its evidence says: page 2: the last page is 9% full [evidence]",
    ]

"""The handouts of both articles, as they are built: one sheet, all dangers, short forms, tags, the same bytes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.units import PAPERS
from leaflets.builder.edition.make import MadeEdition, Toolchain
from leaflets.builder.materials import gather
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.check.readback.document import FinishedFile, read_body
from leaflets.content import inline
from leaflets.editions.edition import Edition
from leaflets.editions.material import Material
from tests.conftest import PROJECTS
from tests.tools.pdf import squeezed
from tests.tools.some import some

pytestmark = pytest.mark.builds

FIRST, SECOND = "fibromyalgia-leg-pain", "hand-washing"
EDITIONS = [
    *((FIRST, leaflet, tag) for leaflet in ("overview", "restless-legs-self-care", "treatment-options")
      for tag in ("en-GB", "en-US")),
    *((SECOND, leaflet, tag) for leaflet in ("overview", "options-and-diary") for tag in ("en-GB", "ar-GB")),
]  # fmt: skip

FULL = {("treatment-options", "en-US"): 6}
"""Handouts where more than two steps give way, with how many: red flags with an antidote's number fill side 1."""


@dataclass(frozen=True)
class Handout:
    """A handout with what it was made of; `file`: as it is read back."""

    material: Material
    made: MadeEdition
    file: FinishedFile
    trials: int
    """Number of trial layouts."""

    @property
    def sides(self) -> list[str]:
        return ["".join(words.text for words in page.words) for page in self.file.pages]

    @property
    def evidence(self) -> Evidence:
        (body,) = (
            body for row, body in zip(self.made.result.beside, self.made.others, strict=True) if row.kind == "evidence"
        )
        return Evidence.model_validate_json(body)


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda value: ".".join(value[1:]))
def handout(request: pytest.FixtureRequest) -> Handout:
    article, leaflet, tag = request.param
    project = Project(PROJECTS / SECOND) if article == SECOND else Project()
    diagnostics = Diagnostics()
    made_of = gather(project, [article], diagnostics, [tag]).of(Edition(article, leaflet, "plain", "handout", tag))
    toolchain, trials = Toolchain(project), []
    lay_out = toolchain.typesetter.lay_out_trial
    toolchain.typesetter.lay_out_trial = lambda *given: trials.append(1) or lay_out(*given)  # type: ignore[method-assign, func-returns-value]
    made = toolchain.make(made_of)
    assert not made.result.failed, "\n".join(map(str, made.result.diagnostics))
    return Handout(made_of, made, read_body(made.body, "handout.pdf", None), len(trials))


def test_it_is_one_sheet_with_two_sides_to_be_printed_on_both(handout: Handout) -> None:
    paper = PAPERS[handout.material.region.paper]
    assert handout.made.result.pages == len(handout.file.pages) == 2
    for page in handout.file.pages:
        assert (page.width * 25.4 / 72, page.height * 25.4 / 72) == pytest.approx((paper.width, paper.height), abs=0.1)
    assert handout.file.preferences["/Duplex"] == "/DuplexFlipLongEdge"
    assert handout.file.preferences["/PrintScaling"] == "/None"
    assert handout.file.preferences["/DisplayDocTitle"].lower() == "true"


def test_no_glyph_is_under_12_points(handout: Handout) -> None:
    assert min(some([words.size for page in handout.file.pages for words in page.words])) >= 12 - 0.01


def test_every_danger_is_on_side_1_and_its_tier_too(handout: Handout) -> None:
    """Without the words of the page's own direction: right-to-left words are compared by the evidence."""
    flags = handout.evidence.red_flags
    assert flags.result == "pass", flags.says
    assert {row.page for tier in some(flags.tiers) for row in tier.rows} == {1}
    if handout.material.localised.locale.direction == "ltr":
        values = handout.material.region.values("en")
        for tier in handout.material.article.red_flags.tiers:
            for item in tier.items if tier.shown("plain", handout.material.region.id) else ():
                if item.shown("plain", handout.material.region.id):
                    words = inline.fill(inline.bare(item.text.at("plain")), values)
                    assert squeezed(words) in squeezed(handout.sides[0])


def test_both_sides_say_that_it_is_a_draft_and_side_1_what_is_on_the_other(handout: Handout) -> None:
    words = handout.material.words
    if handout.material.localised.locale.direction == "ltr":
        assert all(squeezed(words("status-strip")) in squeezed(side) for side in handout.sides)
        assert squeezed(words("turn-over")) in squeezed(handout.sides[0])
        assert squeezed(words("other-side")) in squeezed(handout.sides[1])


def test_the_evidence_finds_all_that_is_printed_and_has_the_height_of_each_part(handout: Handout) -> None:
    evidence = handout.evidence
    assert evidence.readability.lines_not_found == ()
    assert evidence.result != "fail", evidence.says  # few sentences weigh more in a reading grade: a warning
    assert [side.side for side in evidence.sides] == [1, 2]
    for side in evidence.sides:
        assert side.used_mm <= side.height_mm
        assert side.parts[0].part == ("head" if side.side == 1 else "again")
        assert all(part.budget_mm for part in side.parts)


def test_it_is_laid_out_once_where_nothing_gives_way(handout: Handout) -> None:
    gave = max(handout.made.result.page_plan.gave.values(), default=0)
    assert handout.trials == 1 + gave
    edition = handout.material.edition
    assert gave <= FULL.get((edition.leaflet, edition.locale), 2)


def test_a_medicine_on_the_treatments_handout_has_what_it_needs_beside_it(handout: Handout) -> None:
    if handout.material.edition.leaflet != "treatment-options":
        return
    both = squeezed("".join(handout.sides))
    for words in (
        "Do not stop these suddenly",
        "Do not take two together without advice",
        "Breathing",
        "Pregnant, trying",
    ):
        assert squeezed(words) in both
    assert squeezed("very slow breathing, blue lips") in squeezed(handout.sides[0])


def test_a_second_build_gives_the_same_bytes(handout: Handout) -> None:
    project = Project(PROJECTS / SECOND) if handout.material.edition.article == SECOND else Project()
    assert Toolchain(project).make(handout.material).body == handout.made.body

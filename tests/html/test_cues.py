"""The small picture beside each step and callout, at levels where not every idea has one."""

from __future__ import annotations

from functools import cache

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.editions.choice import Choice
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.editions.plan import plan
from leaflets.html.parse import read
from leaflets.html.render import Renderer
from tests.tools.some import some

RENDERER = Renderer(Project())


@cache
def materials() -> dict[str, Material]:
    diagnostics = Diagnostics()
    found = gather(Project(), (), diagnostics)
    wanted = Choice(leaflet=["restless-legs-self-care"], locale=["en-GB"])
    return {edition.name: found.of(edition) for edition in plan(found.articles(), wanted, diagnostics)}


def page(level: str, layout: str) -> str:
    material = materials()[f"fibromyalgia-leg-pain.restless-legs-self-care.{level}.{layout}.en-GB"]
    return RENDERER.html(material, PagePlan()).text


@pytest.mark.parametrize("level", ["plain", "detailed"])
def test_a_step_has_its_number_and_its_picture(level: str) -> None:
    root = read(page(level, "standard"))
    assert root is not None
    lists = [row for row in root.iter("ol") if "cues" in (row.get("class") or "").split()]
    for steps in some(lists):
        for at, step in enumerate(steps, 1):
            assert "pictograms/" in (step.get("style") or "")
            number = next(step.iter("strong"))
            assert (number.get("class"), number.text) == ("n", str(at))


@pytest.mark.parametrize("level", ["plain", "detailed"])
def test_a_callout_has_its_picture_on_paper_and_on_the_web(level: str) -> None:
    assert page(level, "standard").count('class="cue"') == page(level, "standard").count('class="callout"') > 0
    web = page(level, "web")
    assert web.count('<img class="cue"') > web.count('class="callout"') > 0  # the steps too
    assert web.count('<img class="cue"') == web.count('alt="" width="64"')


@pytest.mark.parametrize(("level", "layout"), [("plain", "booklet"), ("plain", "giant-print"), ("easy", "standard")])
def test_there_is_none_where_a_line_would_be_shorter_for_it_or_each_idea_has_a_picture(level: str, layout: str) -> None:
    assert "cue" not in page(level, layout)

"""What the parts of a page are made of: fact rows and cards of treatments, and the red flags in parts."""

from __future__ import annotations

import re
from functools import cache

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.editions.choice import Choice
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.editions.plan import plan
from leaflets.html.blocks import BARS
from leaflets.html.parse import read
from leaflets.html.render import Renderer
from leaflets.html.views import BlockView
from tests.tools.some import some

RENDERER = Renderer(Project())


@cache
def materials() -> dict[str, Material]:
    diagnostics = Diagnostics()
    found = gather(Project(), (), diagnostics)
    wanted = Choice(leaflet=["treatment-options"], layout=["standard", "large-print"], locale=["en-GB"])
    return {edition.name: found.of(edition) for edition in plan(found.articles(), wanted, diagnostics)}


def material(level: str, layout: str) -> Material:
    return materials()[f"fibromyalgia-leg-pain.treatment-options.{level}.{layout}.en-GB"]


def tables(level: str, layout: str) -> list[BlockView]:
    view = RENDERER.view(material(level, layout), PagePlan())
    return [block for section in view.sections for block in section.blocks if block.options]


@pytest.mark.parametrize("layout", ["standard", "large-print"])
@pytest.mark.parametrize("level", ["easy", "plain", "detailed"])
def test_bars_are_never_without_words_and_their_meaning_is_told_once(level: str, layout: str) -> None:
    words = {3: "Strong support", 2: "Some support", 1: "Weak or mixed", 0: "Little or no"}
    found = [option for block in some(tables(level, layout)) for option in block.options]
    marked = [option for option in found if option.mark]
    assert len(marked) > len(found) / 2
    for option in marked:
        bars = int(re.search(r"evidence-(\d)", option.mark)[1])  # type: ignore[index]
        assert option.help[0].startswith(f"<strong>{words[bars]}"), option.name
    assert [block.marked for block in tables(level, layout)].count(True) == 1
    assert BARS == {"strong": 3, "some": 2, "weak": 1, "none": 0}


def test_a_fact_row_is_a_table_with_heads_and_a_box_before_name_and_question() -> None:
    root = read(RENDERER.html(material("plain", "standard"), PagePlan()).text)
    assert root is not None
    first = next(table for table in root.iter("table") if table.get("class") == "options")
    assert [head.text for head in first.findall("./thead/tr/th")] == ["Does it help?", "Can it harm?"]
    for group in some(first.findall("./tbody")):
        name, answers, question = group
        assert name[0].get("scope") == "rowgroup"
        assert [cell.tag for cell in answers] == ["td", "td"]
        boxes = [span for row in (name, question) for span in row.iter("span") if span.get("data-field") == "tick"]
        assert len({box.get("data-name") for box in boxes}) == 2


def test_a_part_of_a_card_that_begins_a_page_has_the_name_above_it() -> None:
    made = material("plain", "large-print")
    (block, *_) = tables("plain", "large-print")
    option = block.options[2]
    part = f"{block.name}/{option.id}/harm"
    text = RENDERER.html(made, PagePlan(continued=(part,))).text
    assert text.count(f"{option.name}, continued</p>") == 1
    assert text.index(", continued</p>") < text.index(f'data-part="{part}"')
    assert ", continued" not in RENDERER.html(made, PagePlan()).text


def test_parts_of_the_red_flags_say_which_they_are_and_that_they_go_on() -> None:
    text = RENDERER.html(material("easy", "standard"), PagePlan(flag_parts=("emergency/4", "crisis/0"))).text
    assert re.findall(r'class="of">\((\d) of (\d)\)', text) == [("1", "3"), ("2", "3"), ("3", "3")]
    assert text.count('class="goes-on"') == 2
    assert len(re.findall(r'class="again"><span class="no"><a class="tel" href="tel:999">999</a></span>', text)) == 1
    assert 'class="of"' not in RENDERER.html(material("easy", "standard"), PagePlan()).text


@pytest.mark.parametrize(("layout", "first"), [("easy", "alarm"), ("plain", "key")])
def test_beside_pictures_the_red_flags_stand_above_the_key_messages(layout: str, first: str) -> None:
    text = RENDERER.html(material(layout, "standard"), PagePlan()).text
    found = re.findall(r'<section class="(alarm|key)[ "]', text)
    assert found[0] == first

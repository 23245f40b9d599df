"""Uses of pictograms: beside which words an article prints them."""

from __future__ import annotations

from dataclasses import replace

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.uses import Use, uses
from leaflets.content.load import read_article
from leaflets.content.model.section import Checklist
from tests.conftest import PROJECTS

ARTICLE = read_article(Project(PROJECTS / "hand-washing"), "hand-washing", Diagnostics())


def test_each_use_has_its_words() -> None:
    assert ARTICLE is not None
    found = uses(ARTICLE)
    assert len(found) > 10
    assert found[0].part.startswith("red-flags#")
    assert all(use.picture and use.part and all(use.lines) for use in found)
    assert len(set(found)) == len(found)
    (germs,) = [use for use in found if use.part == "sections/why-wash#germs"]
    assert germs == Use(germs.picture, "sections/why-wash#germs", germs.lines)


def test_points_to_tick_have_pictures_if_each_has_one() -> None:
    article = read_article(Project(), "fibromyalgia-leg-pain", Diagnostics())
    assert article is not None
    assert "less-pain" in {use.picture for use in uses(article)}
    section = article.sections["treat-choose"]
    some_block = next(block for block in section.blocks if isinstance(block, Checklist))
    first = some_block.items[0].model_copy(update={"picture": None})
    bare = some_block.model_copy(update={"items": (first, *some_block.items[1:])})
    blocks = tuple(bare if block is some_block else block for block in section.blocks)
    sections = {**article.sections, "treat-choose": section.model_copy(update={"blocks": blocks})}
    assert "less-pain" not in {use.picture for use in uses(replace(article, sections=sections))}

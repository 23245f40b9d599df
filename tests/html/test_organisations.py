"""Organisations that help: printed with their sites and numbers, which are links on a web page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.html.render import Renderer
from tests.tools.articles import edit, material, project, said

BLOCK = """\
  - kind: organisations
    id: help
    facts: [soap-helps]
    organisations:
      - id: hands-uk
        regions: [GB]
        picture: hand
        name: {all: Hands UK}
        what: {all: for sore hands}
        site: www.hands.example
        phone: "0808 157 0192"
      - id: hands-us
        regions: [US]
        picture: hand
        name: {all: Hands America}
        what: {all: for clean hands}
        site: hands.example/us
"""


def with_help(folder: Path, block: str = BLOCK) -> Project:
    front = "  - kind: figure\n    id: front\n"
    return project(folder, edit("sections/wash", front, block + front), shipped=True)


@pytest.mark.parametrize("level", ["easy", "plain", "detailed"])
def test_paper_has_the_site_and_the_number_of_its_region(tmp_path: Path, level: str) -> None:
    made = with_help(tmp_path)
    found = Renderer(made).html(material(made, level=level)).text
    assert 'href="https://www.hands.example"' in found
    assert '<a class="tel" href="tel:08081570192">0808 157 0192</a></span>' in found
    assert "Hands America" not in found


@pytest.mark.parametrize("level", ["easy", "plain", "detailed"])
def test_a_web_page_dials_the_number(tmp_path: Path, level: str) -> None:
    made = with_help(tmp_path)
    found = Renderer(made).html(material(made, level=level, layout="web")).text
    assert re.search(r'<span [^>]*><a class="tel" href="tel:08081570192">0808 157 0192</a></span>', found)
    assert '<a class="site" dir="ltr" href="https://www.hands.example">www.hands.example</a>' in found


def test_an_organisation_without_a_number_has_none(tmp_path: Path) -> None:
    made = with_help(tmp_path)
    found = Renderer(made).html(material(made, layout="web", locale="en-US")).text
    part = found[found.index("Hands America") :]
    assert 'href="https://hands.example/us"' in part
    assert "tel:" not in part[: part.index("</ul>")]


def test_a_number_that_reaches_nobody_in_its_region_is_an_error(tmp_path: Path) -> None:
    made = with_help(tmp_path, BLOCK.replace("regions: [GB]", "regions: [US]"))
    assert "phone: “0808 157 0192”" in said(made)
    assert "[phone]" in said(made)

"""Our HTML read as XML gives the tree that the HTML parser gives, or is left to it."""

from __future__ import annotations

from typing import Any

import pytest
import tinyhtml5

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.editions.choice import Choice
from leaflets.editions.layouts import ON_PAPER
from leaflets.editions.page_plan import PagePlan
from leaflets.editions.plan import plan
from leaflets.html.parse import read
from leaflets.html.render import Renderer
from tests.conftest import PROJECTS

PLAN = PagePlan(flags_apart=True, contents=True, blanks=1, springs={"cover": 2.0, "foot": 3.0})


def tree(element: Any) -> Any:
    words = (element.text or "", [child.tail or "" for child in element])
    return (element.tag, list(element.attrib.items()), words, [tree(child) for child in element])


def by_the_rules(text: str) -> Any:
    return tinyhtml5.parse(text, namespace_html_elements=False)


@pytest.mark.parametrize("project", [Project(), Project(PROJECTS / "hand-washing")], ids=["shipped", "second"])
def test_every_edition_is_read_as_xml_into_the_same_tree(project: Project) -> None:
    diagnostics = Diagnostics()
    materials = gather(project, (), diagnostics)
    renderer, seen = Renderer(project), set()
    for edition in plan(materials.articles(), Choice(layout=list(ON_PAPER)), diagnostics):
        text = renderer.html(materials.of(edition), PLAN).text
        found = read(text)
        assert found is not None, edition.name
        assert tree(found) == tree(by_the_rules(text)), edition.name
        seen.add(edition.layout)
    assert len(seen) >= 5


PAGE = '<!doctype html>\n<html lang="en"><head><title>T</title></head>\n<body>{}</body>\n</html>\n'


@pytest.mark.parametrize(
    "body",
    [
        "",
        "words",
        "<p>a &amp; b &#34;c&#34;<br>d</p>\n",
        '<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul><img src="a" alt="&lt;b&gt;">',
        '<table><colgroup><col class="a"></colgroup><tbody>\n<tr><td>a</td> </tr></tbody></table>',
    ],
)
def test_plain_markup_is_read_here(body: str) -> None:
    found = read(PAGE.format(body))
    assert found is not None
    assert tree(found) == tree(by_the_rules(PAGE.format(body)))


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<p>b",
        "<p>a<div>b</div></p>",
        "<p><strong>a<p>b</p></strong></p>",
        "<ul><div><li>a</li></div></ul>",
        "<li>a</li>",
        "<table><tr><td>a</td></tr></table>",
        "<table>words<tbody></tbody></table>",
        "<h2>a<h3>b</h3></h2>",
        "<div/>after",
        "<br/>",
        "<p>a&nbsp;b</p>",
        "<p>&#150;</p>",
        "<p title='a'>b</p>",
        '<p title="a\nb">c</p>',
        '<p TITLE="a">c</p>',
        "<P>a</P>",
        "<p hidden>a</p>",
        "<!-- a --><p>b</p>",
        "<pre>\na</pre>",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "<p>a\r\nb</p>",
        "</body><body>",
    ],
)
def test_what_the_two_could_read_differently_is_left_to_the_rules_of_html(body: str) -> None:
    assert read(PAGE.format(body)) is None


def test_without_a_head_or_a_doctype_it_is_left_too() -> None:
    assert read("<p>a</p>") is None
    assert read('<html lang="en"><head></head><body></body></html>') is None
    assert read('<!doctype html><html lang="en"><body></body></html>') is None

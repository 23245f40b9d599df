"""Jinja2 as it is set up: strict, and an error in a template points into the template."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.html.environment import check_templates, environment, page_content, template_diagnostic
from leaflets.html.render import Renderer
from tests.tools.articles import material, printed, project, write

LEAFLET = '<p>{{ leaflet.title }}</p>\n{% include "parts/blocks.html" %}\n'
"""A leaflet that leaves the rest to its parts."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def failure(folder: Path, blocks: str, leaflet: str = LEAFLET) -> str:
    """What is said of a leaflet whose own templates are these."""
    files = {"templates/flow/leaflet.html": leaflet, "templates/parts/blocks.html": blocks}
    renderer = Renderer(project(folder, files=files, shipped=True))
    found = material(renderer.project)
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever a template raises is told
        renderer.html(found)
    return str(template_diagnostic(caught.value, renderer.templates))


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Page {page} of {pages}", '"Page " counter(page) " of " counter(pages)'),
        ("{page}/{pages}", 'counter(page) "/" counter(pages)'),
        ("صفحة {page}", '"صفحة " counter(page)'),
        ("no number", '"no number"'),
        ('a "quote" and a \\ {page}', '"a \\"quote\\" and a \\\\ " counter(page)'),
        ("{other} {page}", '"{other} " counter(page)'),
        ("", ""),
    ],
)
def test_footer_words_become_a_value_of_content(words: str, content: str) -> None:
    assert page_content(words) == content


def test_an_unknown_field_is_told_where_it_is_printed(tmp_path: Path) -> None:
    assert failure(tmp_path, "{# a comment #}\n<p>{{ leaflet.title }}</p>\n<p>{{ leaflet.tittle }}</p>\n") == (
        "templates/parts/blocks.html:3:1: error: 'leaflets.html.views.LeafletView object' has no attribute 'tittle'"
        " [template]\n  hint: fields are listed in leaflets/html/views.py"
    )


def test_an_unknown_name_is_told_where_it_is_printed(tmp_path: Path) -> None:
    assert failure(tmp_path, "\n\n{% if true %}\n{{ leeflet }}\n{% endif %}\n") == (
        "templates/parts/blocks.html:4:1: error: 'leeflet' is undefined [template]\n"
        "  hint: fields are listed in leaflets/html/views.py"
    )


def test_an_error_inside_a_macro_is_told_in_the_macro(tmp_path: Path) -> None:
    leaflet = '{% import "parts/blocks.html" as blocks with context %}\n\n{{ blocks.heading(leaflet) }}\n'
    assert failure(tmp_path, "{% macro heading(block) %}\n<h3>{{ block.lines }}</h3>\n{% endmacro %}\n", leaflet) == (
        "templates/parts/blocks.html:2:1: error: 'leaflets.html.views.LeafletView object' has no attribute 'lines'"
        " [template]\n  hint: fields are listed in leaflets/html/views.py"
    )


def test_a_missing_template_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    assert failure(tmp_path, '<p></p>\n{% include "parts/nowhere.html" %}\n') == (
        "templates/parts/blocks.html:2:1: error: there is no template “parts/nowhere.html” [template]\n"
        "  hint: templates are looked up below templates/, first in the project's own folder"
    )


def test_a_template_that_does_not_parse_is_told_at_its_line(tmp_path: Path) -> None:
    assert failure(tmp_path, "<p></p>\n{% for line in %}\n{% endfor %}\n") == (
        "templates/parts/blocks.html:2:1: error: Expected an expression, got 'end of statement block' [template]"
    )


def test_templates_that_do_not_parse_are_told_before_anything_is_built(tmp_path: Path) -> None:
    files = {"templates/parts/blocks.html": "{% macro %}\n", "templates/parts/closing.html": "<p>\n{% endif %}\n"}
    diagnostics = Diagnostics()
    check_templates(environment(project(tmp_path, files=files, shipped=True)), diagnostics)
    assert printed(diagnostics).splitlines() == [
        "templates/parts/blocks.html:1:1: error: expected token 'name', got 'end of statement block' [template]",
        "templates/parts/closing.html:2:1: error: Encountered unknown tag 'endif'. [template]",
    ]


def test_the_shipped_templates_all_parse(tmp_path: Path) -> None:
    made = environment(project(tmp_path, shipped=True))
    diagnostics = Diagnostics()
    check_templates(made, diagnostics)
    assert printed(diagnostics) == ""
    assert {"flow/leaflet.html", "flow/page.css.j2", "parts/blocks.html"} <= set(made.list_templates())


def test_values_are_escaped_in_html_and_not_in_css(tmp_path: Path) -> None:
    write(tmp_path, {"templates/a/a.html": "{{ value }}", "templates/a/a.css.j2": "{{ value }}"})
    made = environment(project(tmp_path))
    assert made.get_template("a/a.html").render(value='<"&') == "&lt;&#34;&amp;"
    assert made.get_template("a/a.css.j2").render(value='<"&') == '<"&'


def test_an_undefined_name_is_never_printed_as_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"templates/a/a.html": "{% if nothing %}x{% endif %}"})
    with pytest.raises(jinja2.UndefinedError, match="nothing"):
        environment(project(tmp_path)).get_template("a/a.html").render()


def test_a_template_of_the_clinic_hides_the_shipped_one(tmp_path: Path) -> None:
    made = project(tmp_path, files={"templates/flow/leaflet.html": "mine: {{ leaflet.title }}"}, shipped=True)
    assert Renderer(made).html(material(made)).text == "mine: Clean hands"

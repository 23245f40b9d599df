"""Jinja2 as it is set up: strict, and an error in a template points into the template."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import jinja2
import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.reader_limits import READERS
from leaflets.html.environment import check_templates, environment, page_content, template_diagnostic
from leaflets.html.render import Renderer
from leaflets.html.sandbox import TemplateLimitError
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


HINT = "\n  hint: templates run in a sandbox: they print the fields that are listed in leaflets/html/views.py"


GROWING = "{%% set n = namespace(x='a') %%}{%% for i in range(60) %%}{%% set n.x = %s %%}{%% endfor %%}"
PRINTS = "it prints more than 5,000,000 characters"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{{ cycler.__init__.__globals__.os.system("true") }}', "a template may not reach “__init__”"),
        ("{{ leaflet.__class__.__mro__ }}", "a template may not reach “__class__”"),
        ("{% for i in range(10**9) %}{% endfor %}", "a range has more than 100000 numbers"),
        ("{% for i in range(1000000) %}{% endfor %}", "a range has more than 100000 numbers"),
        ('{{ "x" * 1000000000 }}', "“*” would make something too large"),
        ("{{ 1000000 ** 2 }}", "“**” would make something too large"),
        ("{{ '%0299999999d' % 1 }}", "“%” would make something too large"),
        ("{{ '%0*d' % (299999999, 1) }}", "“%” would make something too large"),
        ("{{ '{:>299999999}'.format(1) }}", "“format” would make something too large"),
        ("{{ '%0299999999d' | format(1) }}", "“format” would make something too large"),
        ("{{ 'a' | center(299999999) }}", "“center” would make something too large"),
        ("{{ 'a'.ljust(299999999) }}", "“ljust” would make something too large"),
        ("{{ ('a' * 90000).replace('a', 'a' * 90000) }}", "“replace” would make something too large"),
        ("{{ (('a' * 90000,) * 90000) | join }}", "“join” would make something too large"),
        ("{{ ('a' * 90000).join(('a',) * 90000) }}", "“join” would make something too large"),
        ("{{ [['a'] * 90000, ['b']] | sum(start=[]) }}", "“sum” would make something too large"),
        (GROWING % "n.x ~ n.x", "“~” would make something too large"),
        (GROWING % "n.x + n.x", "“+” would make something too large"),
        (GROWING.replace("'a'", "9") % "n.x * n.x", "“*” would make something too large"),
        ('{% include "parts/blocks.html" %}', "templates include or call each other without an end"),
    ],
)
def test_what_the_sandbox_forbids_is_told_in_our_words(tmp_path: Path, template: str, said: str) -> None:
    assert failure(tmp_path, f"\n{template}\n") == f"templates/parts/blocks.html:2:1: error: {said} [template]{HINT}"


def test_what_prints_without_end_is_ended(tmp_path: Path) -> None:
    found = failure(tmp_path, "{% set a = 'a' * 90000 %}{% for i in range(90000) %}{{ a }}{% endfor %}")
    assert found == f"templates:1:1: error: {PRINTS} [template]{HINT}"


KEEPING = (
    "{%% set n = namespace(x=()) %%}{%% set a = 'a' * 90000 %%}"
    "{%% for i in range(90000) %%}{%% set n.x = (n.x, %s) %%}{%% endfor %%}"
)
MADE = "what it makes is longer than 100,000,000 characters in all"


@pytest.mark.parametrize("made", ["a ~ i", "a | upper", "a.upper()", "a[1:]", "a + '%s' % i", "'{}{}'.format(a, i)"])
def test_what_is_made_and_kept_out_of_sight_is_ended(tmp_path: Path, made: str) -> None:
    found = failure(tmp_path, f"\n{KEEPING % made}\n")
    assert found == f"templates/parts/blocks.html:2:1: error: {MADE} [template]{HINT}"


PRINTING = "{% for i in range(90000) %}{{ 'a' * 90000 }}{% endfor %}"


@pytest.mark.parametrize(
    "template",
    [
        f"{{% set b %}}{PRINTING}{{% endset %}}",
        f"{{% macro m() %}}{PRINTING}{{% endmacro %}}{{{{ m() }}}}",
        f"{{% filter upper %}}{PRINTING}{{% endfilter %}}",
        f"{{% macro m() %}}{{{{ caller() }}}}{{% endmacro %}}{{% call m() %}}{PRINTING}{{% endcall %}}",
    ],
)
def test_what_a_part_collects_is_ended_while_it_is_collected(tmp_path: Path, template: str) -> None:
    tracemalloc.start()
    found = failure(tmp_path, f"\n{template}\n")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == f"templates/parts/blocks.html:2:1: error: {PRINTS} [template]{HINT}"
    assert most < 50_000_000


def test_small_values_that_are_kept_are_ended_by_the_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaflets.html.sandbox.MOST_TURNS", 1_000)
    found = failure(tmp_path, f"\n{KEEPING % 'i'}\n")
    said = "its loops have more than 1,000 turns"
    assert found == f"templates/parts/blocks.html:2:1: error: {said} [template]{HINT}"


ENDLESS = [
    "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "{% for i in range(100000) %}\n{% for j in range(100000) if j < 0 %}{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
]


@pytest.mark.parametrize("template", ENDLESS)
def test_a_loop_without_an_end_ends_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    monkeypatch.setattr("leaflets.html.sandbox.SECONDS", 0.2)
    begun = time.thread_time()
    assert failure(tmp_path, f"\n{template}\n") == (
        "templates/parts/blocks.html:2:1: error: it is not rendered after 0.2 seconds: a loop is too long, or has no"
        f" end [template]{HINT}"
    )
    assert time.thread_time() - begun < 5


def test_after_one_template_without_an_end_the_others_have_less_time(tmp_path: Path) -> None:
    made = environment(project(tmp_path, files={"templates/a.html": ENDLESS[0]}))
    made.seconds = 0.1
    with pytest.raises(TemplateLimitError):
        made.get_template("a.html").render()
    assert environment(made.loader.project).seconds == READERS["template"].seconds == 20  # type: ignore[union-attr]
    assert made.seconds == 0.1


def test_what_templates_need_is_allowed(tmp_path: Path) -> None:
    text = '{% for i in range(3) %}{{ loop.index * 2 }}{{ "-" * 3 }}{% else %}none{% endfor %}{{ 2 ** 8 }}'
    write(tmp_path, {"templates/a.html": text})
    assert environment(project(tmp_path)).get_template("a.html").render() == "2---4---6---256"


def test_a_template_that_is_no_file_or_not_utf_8_is_told_with_its_path(tmp_path: Path) -> None:
    made = environment(project(tmp_path))
    write(tmp_path, {"templates/a.html": ""})
    (tmp_path / "templates/b.html").write_bytes(b"\xff")
    (tmp_path / "templates/a.html").unlink()
    os.mkfifo(tmp_path / "templates/a.html")
    said = []
    for name in ("a.html", "b.html"):
        with pytest.raises(jinja2.TemplateSyntaxError) as caught:
            made.get_template(name)
        said.append(str(template_diagnostic(caught.value, made)))
    assert said == [
        "templates/a.html:1:1: error: the file cannot be read: it is not a regular file but a pipe, a device or a "
        "socket [template]",
        "templates/b.html:1:1: error: the file is not UTF-8 [template]",
    ]

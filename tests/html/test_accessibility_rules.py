"""The lint: each rule finds what it is for, and nothing in what is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.builder.template_lint import lint, lint_whole
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from leaflets.editions.plan import plan
from leaflets.html.accessibility_rules import HTML_RULES, STYLE_RULES, lint_html, lint_style
from tests.conftest import PROJECTS

GOOD = """<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>Title</h1>
<section id="s"><h2>Part</h2><ul><li>One <strong>point</strong><ul><li>inner</li></ul></li></ul>
<p data-section="#s"><a href="https://example.org/">words</a> <span dir="ltr">5–10</span></p>
<img src="a.svg" alt="A leg">
<table><tbody><tr><th scope="row">head</th><td>cell</td></tr></tbody></table></section></main></body></html>"""
BROKEN = {
    "block-in-li": ("One <strong>", "<p>One</p><strong>"),
    "element-in-link": (">words<", "><strong>words</strong><"),
    "empty-link": (">words<", "> <"),
    "bdi": ("One <strong>point</strong>", "One <bdi>point</bdi>"),
    "headings": ("<h2>Part</h2>", "<h3>Part</h3>"),
    "table": (' scope="row"', ""),
    "id": ('"#s"', '"#t"'),
    "lang": (' lang="en"', ""),
}
MORE = [
    ("bdi", ('dir="ltr"', 'dir="auto"')),
    ("alt", (' alt="A leg"', "")),
    ("alt", ('"A leg"', '""')),
    ("alt", ('"A leg"', '"leg.svg"')),
    ("alt", ("<h2>", "<svg></svg><h2>")),
    ("headings", ("<h2>Part</h2>", "<h1>Part</h1>")),
    ("headings", ("<h1>Title</h1>", "")),
    ("table", ("<th ", "<td ")),
    ("table", ("<h2>", "<dl><div><dt>a</dt></div></dl><h2>")),
    ("id", ('<p data-section="#s">', '<p id="s" data-section="#s">')),
]


def test_good_html_has_no_fault() -> None:
    assert lint_html(GOOD) == []


@pytest.mark.parametrize(("rule", "change"), [*BROKEN.items(), *MORE])
def test_each_rule_finds_its_fault(rule: str, change: tuple[str, str]) -> None:
    assert change[0] in GOOD
    found = lint_html(GOOD.replace(*change).replace("</th>", "</td>" if change[1] == "<td " else "</th>"))
    assert [fault.rule for fault in found][:1] == [rule], found
    assert all(fault.hint for fault in found)


def test_no_rule_is_without_a_test() -> None:
    rules = {rule for rule, _ in (*BROKEN.items(), *MORE)}
    source = Path(lint_html.__code__.co_filename).read_text()
    assert rules == set(re.findall(r'Fault\(\s*"([a-z-]+)"', source))
    assert len(HTML_RULES) == 8


STYLES = {
    "opacity": "opacity: .5",
    "leader": "content: leader('.')",
    "grid": "display: inline-grid",
    "order": "order: -1",
    "fixed": "position:fixed",
    "first-letter": "} p::first-letter { color: red",
    "hyphens": "hyphens: auto",
    "italic": "font-style: italic",
    "justified": "text-align: justify",
    "capitals": "text-transform: uppercase",
}


@pytest.mark.parametrize("rule", STYLE_RULES, ids=lambda rule: rule.id)
def test_each_rule_of_style_finds_its_fault_and_its_line(rule) -> None:
    sheet = f"/* {STYLES[rule.id]}\n */ p {{ color: red;\n {STYLES[rule.id]} }}"
    assert [(fault.rule, fault.line) for fault in lint_style(sheet)] == [(rule.id, 3)]


def test_what_only_looks_alike_is_let_be() -> None:
    assert not list(
        lint_style("p { opacity: 1; fill-opacity: .5; border-order: 2; display: block; --order: 3; opacity: 1.0 }")
    )


@pytest.mark.parametrize("folder", [None, PROJECTS / "hand-washing"])
def test_nothing_that_is_shipped_has_a_fault(folder: Path | None) -> None:
    diagnostics, project = Diagnostics(), Project(folder)
    materials = gather(project, [], diagnostics)
    editions = plan(materials.articles(), Choice(), diagnostics)
    lint(project, materials, editions, diagnostics)
    assert [str(item) for item in diagnostics] == []
    assert lint_whole(project, materials, editions) == []  # also what the sample leaves out


def test_check_names_the_line_of_a_style_sheet_and_the_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "templates/css").mkdir(parents=True)
    (tmp_path / "templates/parts").mkdir()
    own = Project().read_text("templates/css/giant-print.css")
    (tmp_path / "templates/css/giant-print.css").write_text(f"{own}\np {{ opacity: .8 }}\n")
    closing = Project().read_text("templates/parts/closing.html")
    (tmp_path / "templates/parts/closing.html").write_text(f'{closing}<img src="asset:icons/box.svg" alt="">')
    choice = ["--article", "fibromyalgia-leg-pain", "--leaflet", "overview", "--layout", "standard"]
    assert main(["check", "--project", str(tmp_path), *choice]) == 1
    said = capsys.readouterr().err
    line = own.count("\n") + 2
    assert f"giant-print.css:{line}:1: error: “opacity:” is not for leaflets [opacity]" in said
    message = "the picture asset:icons/box.svg has no alternative text, and 5 more [alt]"
    assert f"overview.easy.standard.en-GB:1:1: error: {message}" in said
    assert "hint: say what it shows" in said

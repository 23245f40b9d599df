"""Style sheets and drawings of a user's project: what cannot work is told with its file, line and column."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project, shipped_folder
from leaflets.builder.template_lint import check_overrides
from leaflets.lint.overrides import drawings, style_sheets
from leaflets.pdf.sheet_faults import located
from tests.tools.some import some

CSS = "templates/css/parts.css"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def said(tmp_path: Path, **files: str) -> list[str]:
    """What is said of a project with these files; `css`, `svg`: their usual names."""
    names = {"css": CSS, "svg": "assets/pictograms/foot.svg"}
    for name, text in files.items():
        path = tmp_path / names.get(name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    diagnostics = Diagnostics()
    check_overrides(Project(tmp_path), diagnostics)
    return [str(item).replace(f"{tmp_path}/", "") for item in diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p { color: red }", ""),
        ("a{}\n.x { color: red;\n", f"{CSS}:2:4: error: “{{” is not closed [css]"),
        ("a{}\n  .x { width: calc(1mm; }", f"{CSS}:2:25: error: “}}” closes nothing [css]"),
        ("a { } }", f"{CSS}:1:7: error: “}}” closes nothing [css]"),
        ("a{}\n/* begun", f"{CSS}:2:1: error: the comment /* is not closed [css]"),
        ('a::before { content: "}" } b { }', ""),
        ("a { background: url(asset:icons/phone.svg) }", ""),
        ("a { color red; width: 1mm }", f"{CSS}:1:14: error: this cannot be read as CSS [css]"),
        ("a { width: var(--cool) }", f"{CSS}:1:16: error: there is no token --cool [unknown-token]"),
        ("a { width: var(--col) }", ""),
        ('a {\n font-family: "Comic Sans MS", serif }', f"{CSS}:2:15: warning: there is no font “Comic Sans MS” here"),
        ("a { font-family: var(--font) } b { font-family: 'Fira Sans' }", ""),
    ],
)
def test_a_style_sheet_is_held_on_its_own(text: str, expected: str, tmp_path: Path) -> None:
    found = said(tmp_path, css=text)
    assert len(found) == bool(expected)
    assert not expected or found[0].startswith(expected)


def test_a_copy_of_each_shipped_sheet_is_read_and_passes(tmp_path: Path) -> None:
    sheets = some(sorted((shipped_folder() / "templates/css").glob("*.css")))
    assert said(tmp_path, **{f"templates/css/{path.name}": path.read_text() for path in sheets}) == []


def test_a_sheet_that_no_layout_reads_is_a_warning(tmp_path: Path) -> None:
    assert said(tmp_path, **{"templates/css/bse.css": "p { }"}) == [
        "templates/css/bse.css:1:1: warning: no layout reads bse.css, so it changes nothing [unused-override]\n"
        "  hint: did you mean base.css?"
    ]


def test_tokens_that_shipped_sheets_use_may_not_be_missing(tmp_path: Path) -> None:
    folder = shipped_folder() / "templates/css"
    using = [path.name for path in some(sorted(folder.glob("*.css"))) if "var(--picto)" in path.read_text()]
    text = (folder / "tokens.css").read_text().replace("--picto:", "--pict:")
    found = said(tmp_path, **{"templates/css/tokens.css": text})
    assert [line.partition(" [")[0] for line in found] == [
        f"templates/css/tokens.css:1:1: error: the token --picto is missing, which {name} uses" for name in using
    ]


def test_what_is_shipped_passes() -> None:
    diagnostics = Diagnostics()
    shipped = shipped_folder()
    for path in some(sorted((shipped / "templates/css").glob("*.css"))):
        text = path.read_text()
        style_sheets._check_brackets(path.name, text, diagnostics)
        style_sheets._check_rules(path.name, text, diagnostics)
        style_sheets._check_fonts(path.name, text, diagnostics)
    for path in some(sorted((shipped / "assets").rglob("*.svg"))):
        drawings._check(path, path.name, diagnostics)
    assert [str(item) for item in diagnostics] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'{SVG}<path d="M0 0 L5 5z"/></svg>', ""),
        (f"{SVG}\n <text>a</text></svg>", "2:2: error: a drawing may not hold text, which needs a font (<text>)"),
        (f"{SVG}\n<script/></svg>", "2:1: error: a drawing may not hold a script (<script>)"),
        (f'{SVG}\n<use href="https://example.org/a"/></svg>', "2:1: error: a drawing may not load “https://example."),
        (f'{SVG}\n<g fill="url(https://example.org/a)"/></svg>', "2:1: error: a drawing may not load “url(https:"),
        (f'{SVG}\n<g onload="a()"/></svg>', "2:1: error: a drawing may not hold a script (onload)"),
        (f'{SVG}\n<path d="M0 0 L5 5 z;"/></svg>', "2:1: error: the path (d) holds what is no command of a path"),
        (f"{SVG}\n<g>", "2:4: error: this is not SVG that can be drawn: no element found"),
        ("<html/>", "1:1: error: this is no SVG drawing: it begins with <html>"),
        ("", "1:1: error: this is not SVG that can be drawn: no element found"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}</svg>', "1:27: error: a drawing may not define entities"),
    ],
)
def test_a_drawing_that_cannot_be_drawn_says_why(text: str, expected: str, tmp_path: Path) -> None:
    found = said(tmp_path, svg=text)
    assert len(found) == bool(expected)
    assert not expected or found[0].startswith(f"assets/pictograms/foot.svg:{expected}")


def test_a_fault_of_a_joined_sheet_is_led_back_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "templates/css").mkdir(parents=True)
    (tmp_path / CSS).write_text("a { width: var(--col); width: 1mm; width: banana }\n")
    project = Project(tmp_path)
    first = project.read_text("templates/css/base.css")
    joined = f"{first}\na {{ width: 123456mm; width: 1mm; width: banana }}\n"
    line = first.count("\n") + 2
    names = ("css/base.css", "css/parts.css")
    message = f"Ignored `width: banana ` at {line}:{34}, invalid value."
    assert located(message, joined, names, project) == (
        "“width: banana” is ignored: invalid value",
        Place(str(tmp_path / CSS), 1, 36),
    )
    assert located("Something else", joined, names, project) == ("Something else", None)


def test_a_sheet_in_another_encoding_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / CSS).parent.mkdir(parents=True)
    (tmp_path / CSS).write_bytes(b"p { }\n/* caf\xe9 */")
    assert said(tmp_path) == [
        f"{CSS}:2:7: error: the file is not UTF-8 [encoding]\n  hint: save it as UTF-8 in your editor"
    ]


def test_a_folder_or_a_pipe_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / CSS).mkdir(parents=True)
    (tmp_path / "assets/icons").mkdir(parents=True)
    os.mkfifo(tmp_path / "assets/icons/phone.svg")
    (tmp_path / "assets/icons/box.svg").symlink_to("gone.svg")
    hint = "\n  hint: put a file in its place, or take it away"
    assert said(tmp_path) == [
        f"assets/icons/box.svg:1:1: error: it is no file that can be read [unreadable]{hint}",
        f"assets/icons/phone.svg:1:1: error: it is no file that can be read [unreadable]{hint}",
        f"{CSS}:1:1: error: it is a folder [unreadable]{hint}",
    ]


def test_a_drawing_of_too_many_levels_is_told(tmp_path: Path) -> None:
    found = said(tmp_path, svg=f"{SVG}{'<g>' * 5000}{'</g>' * 5000}</svg>")
    assert len(found) == 1
    assert "error: more than 100 elements stand inside each other [drawing]" in found[0]
    assert said(tmp_path, svg=f"{SVG}{'<g>' * 99}{'</g>' * 99}{'<g></g>' * 500}</svg>") == []

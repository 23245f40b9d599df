"""docs/architecture.md is short, and what it names exists; its picture is that of the imports."""

from __future__ import annotations

import ast
import re
import runpy
from functools import cache
from pathlib import Path

import pytest

from tests.test_imports import PARTS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "leaflets"
PAGE = ROOT / "docs" / "architecture.md"
DRAWING = runpy.run_path(str(ROOT / "docs" / "draw_parts.py"))
MOST_LINES, MOST_COLUMNS, MOST_STEPS = 130, 140, 10
NAMED = re.compile(r"`([\w/]+\.py):([\w.]+)`")


@cache
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def names_in(file: Path) -> set[str]:
    """The functions and classes of a module, methods as `Class.method`."""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return found


def test_it_is_one_page() -> None:
    lines = page().splitlines()
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > MOST_COLUMNS] == []


def test_its_table_has_the_parts_in_their_order() -> None:
    assert tuple(part.name for part in DRAWING["table"](page())) == PARTS


def test_the_picture_is_in_step_with_the_imports() -> None:
    drawn = (ROOT / "docs" / "pictures" / "parts.svg").read_text(encoding="utf-8")
    assert drawn == DRAWING["picture"](), "run: python docs/draw_parts.py"


def test_the_picture_shows_each_import_once() -> None:
    table, draw = DRAWING["table"], DRAWING["draw"]
    parts = table("| `base` | below |\n| `html` | middle |\n| `cli` | above |\n")
    drawn = draw(parts, {("html", "base"), ("cli", "base"), ("cli", "html")})
    assert drawn.count("<circle") == 3
    assert drawn.count('marker-end="url(#tip)"') == 2  # into base and into html
    assert "<desc>base imports no other part. html imports base. cli imports base, html.</desc>" in drawn


@pytest.mark.parametrize(
    ("arrow", "fault"), [(("html", "cli"), "html imports cli"), (("html", "attic"), "not in the table")]
)
def test_an_import_that_runs_back_cannot_be_drawn(arrow: tuple[str, str], fault: str) -> None:
    parts = DRAWING["table"]("| `html` | middle |\n| `cli` | above |\n")
    with pytest.raises(ValueError, match=fault):
        DRAWING["draw"](parts, {arrow})


def test_late_and_typing_imports_count(tmp_path: Path) -> None:
    package = tmp_path / "leaflets"
    for part in ("base", "html", "cli"):
        (package / part).mkdir(parents=True)
    late = "def run() -> None:\n    import leaflets.html.render\n"
    typing = "if TYPE_CHECKING:\n    from leaflets.base import store\n"
    (package / "cli" / "build.py").write_text(f"from leaflets import __version__\nimport json\n{late}{typing}")
    assert DRAWING["arrows"](package) == {("cli", "html"), ("cli", "base")}


def test_the_functions_it_names_exist() -> None:
    named = NAMED.findall(page())
    assert len(named) > 20
    files = {file for file, _ in named}
    known = {file: names_in(PACKAGE / file) for file in files if (PACKAGE / file).is_file()}
    assert [f"{file}:{name}" for file, name in named if name not in known.get(file, ())] == []


def test_the_sentence_it_follows_is_in_the_article() -> None:
    quoted = re.search(r"“([^”]+)” is in `([^`]+)`", page())
    assert quoted is not None
    sentence, file = quoted.groups()
    assert sentence in (ROOT / file).read_text(encoding="utf-8")


def test_its_way_has_at_most_ten_steps() -> None:
    steps = re.findall(r"^(\d+)\. ", page(), re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    assert 5 <= len(steps) <= MOST_STEPS

"""Which part of the package imports which: read from the import statements, held to docs/architecture.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leaflets"

PARTS = (
    "base", "pdfio", "content", "l10n", "editions", "lint", "html", "pdf", "finish", "check", "finder", "publish",
    "builder", "serving", "records", "desk", "cli",
)  # fmt: skip
"""In the order in which data flows: a part imports itself and those to its left."""

HEAR_WEASYPRINT = {"leaflets.builder.edition.make", "leaflets.cli.machine.doctor"}
"""Modules outside `pdf` that may import WeasyPrint, in a function: for its errors, and to see whether it works."""


@dataclass(frozen=True)
class Import:
    """One module imported by another."""

    by: str
    target: str
    line: int
    late: bool
    """Inside a function: runs when it is called."""
    typing: bool
    """Under TYPE_CHECKING: never runs."""

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.target}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def imports_in(node: ast.AST, by: str, late: bool = False, typing: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for name in child.names:
                yield Import(by, name.name, child.lineno, late, typing)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{by}:{child.lineno} is a relative import"
            for name in child.names:
                whole = f"{child.module}.{name.name}"
                yield Import(by, whole if whole in modules() else str(child.module), child.lineno, late, typing)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports_in(child, by, late=True, typing=typing)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for inner in child.body:
                yield from imports_in(ast.Module([inner], []), by, late, typing=True)
            for inner in child.orelse:
                yield from imports_in(ast.Module([inner], []), by, late, typing)
        else:
            yield from imports_in(child, by, late, typing)


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for name, tree in modules().items() for found in imports_in(tree, name))


def ours() -> list[Import]:
    return [found for found in imports() if found.target.split(".")[0] == "leaflets"]


def part(module: str) -> str:
    """The folder of a module; empty for the package itself, which holds only its version."""
    return module.split(".")[1] if "." in module else ""


def test_every_module_is_in_a_part_with_a_place_in_the_order() -> None:
    assert {part(module) for module in modules()} - {""} <= set(PARTS)
    assert len(modules()) > 30


def test_a_part_imports_only_itself_and_those_to_its_left() -> None:
    backwards = [
        str(found)
        for found in ours()
        if part(found.target) and PARTS.index(part(found.target)) > PARTS.index(part(found.by))
    ]
    assert backwards == []


def test_the_package_itself_imports_nothing() -> None:
    assert [str(found) for found in imports() if not part(found.by)] == []


def test_only_what_is_there_is_imported() -> None:
    assert [str(found) for found in ours() if found.target not in modules()] == []


def test_no_module_leads_back_to_itself() -> None:
    """Late and typing imports count: a circle that only they close still couples its modules."""
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for found in ours():
        graph[found.by].add(found.target)
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_check_is_a_second_opinion() -> None:
    """What judges finished files imports nothing of what makes them."""
    makers = {"html", "pdf", "finish"}
    assert [str(found) for found in ours() if part(found.by) == "check" and part(found.target) in makers] == []


def weasyprint() -> list[Import]:
    return [found for found in imports() if found.target.split(".")[0] == "weasyprint" and not found.typing]


def test_weasyprint_is_used_by_pdf_and_two_that_say_why() -> None:
    elsewhere = [found for found in weasyprint() if part(found.by) != "pdf"]
    assert {found.by for found in elsewhere} <= HEAR_WEASYPRINT
    assert [str(found) for found in elsewhere if not found.late] == []


def test_weasyprint_is_imported_when_it_is_first_used() -> None:
    at_once = [str(found) for found in weasyprint() if not found.late and found.by != "leaflets.pdf.fetcher"]
    assert at_once == []


def test_the_one_module_that_imports_weasyprint_at_once_is_imported_late_itself() -> None:
    assert any(found.by == "leaflets.pdf.fetcher" and not found.late for found in weasyprint())
    users = [found for found in ours() if found.target == "leaflets.pdf.fetcher" and not found.typing]
    assert users
    assert [str(found) for found in users if not found.late] == []


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    loaded = loaded_by("import leaflets.cli.main")
    assert "leaflets.cli.main" in loaded
    assert loaded & {"pydantic", "weasyprint", "jinja2", "rich", "yaml", "babel"} == set()


def test_checking_words_needs_no_typesetter() -> None:
    loaded = loaded_by("import leaflets.cli.authors.check, leaflets.lint.article")
    assert "pydantic" in loaded
    assert loaded & {"weasyprint", "jinja2"} == set()


def test_only_what_serves_imports_a_server() -> None:
    server = {"starlette", "uvicorn", "pypdfium2"}
    users = {(found.target.split(".")[0], part(found.by)) for found in imports()}
    assert {row for row in users if row[0] in server} == {
        ("starlette", "desk"), ("starlette", "records"), ("starlette", "serving"), ("uvicorn", "desk"),
        ("uvicorn", "serving"), ("pypdfium2", "pdfio"),
    }  # fmt: skip
    assert loaded_by("import leaflets.cli.main, leaflets.cli.clinics.desk") & server == set()

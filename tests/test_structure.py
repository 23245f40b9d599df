"""The shape of the package: small folders, a name for one thing, and tests where the code is."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.test_imports import PACKAGE, ROOT, modules

MOST_MODULES = 15
"""Modules in a folder, `__init__` not counted: more than a reader takes in at a glance."""

COMMAND = "a module of cli is named after its command"
SAME_NAME = {
    "article": "lint/article checks what content/article holds",
    "braille": "l10n/braille has the tables of codes, finish/formats/braille writes the file",
    "build": COMMAND,
    "clinic": "lint/clinic checks what content/clinic holds",
    "testsheet": COMMAND,
    "verify": COMMAND,
    "watch": COMMAND,
}
"""File names that stand in two folders, with the reason; twelve at the most."""

ELSEWHERE = {"tests": "the whole package", "tests/bench": "bench/", "tests/docs": "docs/"}
"""Folders of tests that have no folder of the package, with what they test."""


def stems() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        if path.stem != "__init__":
            found[path.stem].append(path.relative_to(ROOT).as_posix())
    return found


def folders(root: Path) -> set[Path]:
    return {path.parent for path in root.rglob("*.py")}


def test_no_folder_is_crowded() -> None:
    counts = {str(folder.relative_to(ROOT)): len(list(folder.glob("[!_]*.py"))) for folder in folders(PACKAGE)}
    assert len(counts) > 20
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_every_folder_says_what_it_is_for() -> None:
    for folder in folders(PACKAGE):
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))), folder


def test_a_file_name_stands_twice_only_for_a_reason() -> None:
    twice = {name for name, paths in stems().items() if len(paths) > 1}
    assert twice == set(SAME_NAME)
    assert len(twice) <= 12
    assert not [paths for paths in stems().values() if len(paths) > 2]


def test_no_public_class_name_stands_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module)
    assert len(places) > 150
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_tests_lie_in_the_folders_of_what_they_test() -> None:
    tests = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(tests) > 20
    ours = {f"tests/{folder.relative_to(PACKAGE).as_posix()}" for folder in folders(PACKAGE)}
    assert tests - ours == set(ELSEWHERE)

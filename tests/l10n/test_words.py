"""The words of the templates: each is used, each that is used is there, each is said in the locale's language."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

import leaflets.html.blocks
from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, shipped_folder
from leaflets.content import inline
from leaflets.content.levels import LEVELS
from leaflets.content.medicines.harm_grid import HARMS
from leaflets.content.model.section import SUPPORT
from leaflets.editions.edition import FORMATS
from leaflets.editions.layouts import ON_PAPER
from leaflets.finish.press.print_jobs import KINDS
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.words import Words, read_words
from tests.tools.articles import printed, write

TABLE: dict[str, dict[str, str]] = yaml.safe_load((shipped_folder() / "templates" / "words.yaml").read_text())
HTML = Path(leaflets.html.blocks.__file__).parent
FINISH = tuple(HTML.parent / "finish" / f"{name}.py" for name in (
    "press/print_jobs", "formats/metadata", "formats/plaintext", "formats/epub_package", "formats/braille",
))  # fmt: skip
PUBLISH = (HTML.parent / "publish" / "cards.py",)

SHAPES: dict[str, tuple[str, ...]] = {
    "level-{}": tuple(LEVELS),
    "option-{}": ("what", "help", "harm", "ask"),
    "layout-{}": tuple(ON_PAPER),
    "rows-{}": SUPPORT,
    "rows-ask-{}": SUPPORT,
    "harm-{}": HARMS,
    "harms-{}": ("unread", "part", "elsewhere"),
    "index-{}": (*LEVELS, *FORMATS),
    "print-{}": (*KINDS, *(f"cut-{kind}" for kind in KINDS)),
}
"""Ids that are put together when they are asked for, and with what."""


def used_in_templates() -> set[str]:
    """Ids in `words("...")` of every template, also those that end in a value: `words("option-" ~ name)`."""
    templates = [path.read_text() for path in sorted((shipped_folder() / "templates").rglob("*.html"))]
    asked = {id_ for text in templates for id_ in re.findall(r"""\bwords\(\s*["']([^"']+)["']""", text)}
    whole = {id_ for id_ in asked if not id_.endswith("-")}
    return whole | {id_ + name for id_ in asked - whole for name in SHAPES[id_ + "{}"]}


def used_in_python() -> set[str]:
    """Ids asked for by `words(...)`, `say(...)` or `table[...]` in leaflets/html, for the notes on sheets, the other
    forms and the page of leaflets."""
    found: set[str] = set()
    for path in (*sorted(HTML.rglob("*.py")), *FINISH, *PUBLISH):
        for scope in ast.walk(ast.parse(path.read_text())):
            if isinstance(scope, ast.FunctionDef):
                for node in ast.walk(scope):
                    if (asked := _asked(node)) is not None:
                        found |= _ids(asked, scope)
    return found


def _asked(node: ast.AST) -> ast.expr | None:
    """The expression for an id, where `node` asks for words."""
    if isinstance(node, ast.Call) and node.args:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return node.args[0] if name in ("words", "say") else None
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "table":
        return node.slice
    return None


def _ids(asked: ast.expr, scope: ast.FunctionDef) -> set[str]:
    if isinstance(asked, ast.Constant):
        return {str(asked.value)}
    if isinstance(asked, ast.JoinedStr):
        shape = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in asked.values)
        return {shape.format(name) for name in SHAPES[shape]}
    assert isinstance(asked, ast.Name), ast.unparse(asked)
    return _values(asked.id, scope)


def _values(name: str, scope: ast.FunctionDef) -> set[str]:
    """What a name in a function may stand for: what is assigned to it, or what it runs over."""
    if name in {argument.arg for argument in scope.args.args}:
        return set()  # passed through; the caller is looked at
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            both = (node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else (node.value,)
            return {ast.literal_eval(value) for value in both}
        if isinstance(node, ast.comprehension) and ast.unparse(node.target) == name:
            return set(getattr(leaflets.html.blocks, ast.unparse(node.iter)))
    raise AssertionError(f"what is {name} in {scope.name}?")


def test_every_word_that_is_asked_for_is_in_the_table() -> None:
    asked = used_in_templates() | used_in_python()
    assert len(asked) > 20
    assert asked - set(TABLE) == set()


def test_every_word_in_the_table_is_asked_for() -> None:
    assert set(TABLE) - used_in_templates() - used_in_python() == set()


def test_every_word_but_a_day_has_a_note_for_the_translator() -> None:
    without = {id_ for id_, row in TABLE.items() if not row.get("note")}
    assert without <= set(leaflets.html.blocks.DAYS)


def test_the_words_are_without_faults() -> None:
    assert {id_: inline.faults(row["text"]) for id_, row in TABLE.items() if inline.faults(row["text"])} == {}


@pytest.mark.parametrize("tag", [tag for tag, row in LOCALES.items() if row.english])
def test_the_shipped_words_are_read_without_a_complaint(tag: str) -> None:
    diagnostics = Diagnostics()
    words = read_words(Project(), LOCALES[tag], diagnostics)
    assert printed(diagnostics) == ""
    assert set(words.table) == set(TABLE)
    assert words.locale == tag


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with two words, one of them changed for the US."""
    monkeypatch.chdir(tmp_path)
    us = 'msgid ""\nmsgstr ""\n\nmsgctxt "page"\nmsgid "page {page}"\nmsgstr "p. {page}"\n'
    table = 'page: {text: "page {page}", note: "In a list"}\nnotes: {text: "My notes"}\n'
    write(tmp_path, {"templates/words.yaml": table, "templates/words/en-US.po": us})
    return Project(tmp_path, tmp_path)


def read(project: Project, tag: str) -> tuple[Words, str]:
    diagnostics = Diagnostics()
    return read_words(project, LOCALES[tag], diagnostics), printed(diagnostics)


def test_words_are_filled(small: Project) -> None:
    words, said = read(small, "en-GB")
    assert said == ""
    assert words("page", page=3) == "page 3"
    assert words("notes") == "My notes"


def test_a_word_that_is_not_there_is_our_mistake(small: Project) -> None:
    words, _ = read(small, "en-GB")
    with pytest.raises(LookupError, match="nothing"):
        words("nothing")
    with pytest.raises(LookupError, match="page"):
        words("page")


def test_a_variant_lays_its_own_words_over_the_source(small: Project) -> None:
    words, said = read(small, "en-US")
    assert said == ""
    assert words.table == {"page": "p. {page}", "notes": "My notes"}


def test_a_translation_of_the_words_must_be_complete(small: Project) -> None:
    assert read(small, "ar-GB")[1] == (
        "templates/words/ar-GB.po:1:1: error: there is no templates/words/ar-GB.po: none of the templates’ 2 texts is "
        "translated [missing-message]\n"
        "  hint: write it, with an entry for each id of templates/words.yaml\n"
    )
    write(Path(), {"templates/words/ar-GB.po": 'msgctxt "page"\nmsgid "page {page}"\nmsgstr "ص {page}"\n'})
    assert read(small, "ar-GB")[1] == "templates/words.yaml:2:15: error: “notes” is not translated [missing-message]\n"


def test_a_row_that_is_not_a_word_is_told(small: Project, tmp_path: Path) -> None:
    table = 'page: {text: "page"}\nnotes: My notes\ndate: {note: "Date"}\nfoot: {text: "x", nte: "y"}\n'
    write(tmp_path, {"templates/words.yaml": table})
    words, said = read(small, "en-GB")
    assert words.table == {"page": "page"}
    assert said == (
        "templates/words.yaml:2:8: error: “notes” needs “text”, and may have “note” [words]\n"
        "templates/words.yaml:3:7: error: “date” needs “text”, and may have “note” [words]\n"
        "templates/words.yaml:4:7: error: “foot” needs “text”, and may have “note” [words]\n"
    )


def test_broken_words_are_told_and_leave_no_words(small: Project, tmp_path: Path) -> None:
    write(tmp_path, {"templates/words.yaml": "page: {text: a\n"})
    words, said = read(small, "en-GB")
    assert words.table == {}
    assert said == (
        "templates/words.yaml:2:1: error: this is not YAML: a brace that is not closed [yaml]\n"
        "  hint: close the { that opens here, or put a comma\n"
    )

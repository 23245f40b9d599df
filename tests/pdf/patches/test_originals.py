"""Every function that is replaced, and every one whose logic a part counts on, is declared, and is the one declared."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.pdf.patches.apply import PATCHES
from leaflets.pdf.patches.originals import differing, digest, source, version
from tests.conftest import ROOT

ALL = sorted({name for part in PATCHES for name in part.originals})

INSPECTED = """
import hashlib, importlib, inspect, json, sys
for name in json.load(sys.stdin):
    module, _, path = name.partition(":")
    found = importlib.import_module(module)
    for part in path.split(".") if path else ():
        found = vars(found)[part]
    print(hashlib.sha256(inspect.getsource(getattr(found, "__func__", found)).encode()).hexdigest()[:16])
"""

REPLACED = """
import inspect, json, sys
from leaflets.pdf.patches.apply import apply
from leaflets.pdf.typesetter import load

def ours(thing):
    return inspect.isfunction(thing) and thing.__module__.startswith("leaflets")

load()
found = set()
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] not in ("weasyprint", "pydyf", "tinycss2", "cssselect2"):
        continue
    for key, value in vars(module).items():
        if ours(value):
            found.add(f"{name}.{key}")
        if inspect.isclass(value) and value.__module__ == name:
            found |= {f"{name}.{key}.{inner}" for inner, member in vars(value).items() if ours(member)}
print(json.dumps([sorted(found), apply().replaced.parts]))
"""


def python(program: str, sent: object = None) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(sent), capture_output=True, text=True, check=True)
    return done.stdout


def test_the_originals_are_those_that_the_parts_were_written_for() -> None:
    """`python -m leaflets.pdf.patches` prints the digests of those that are not."""
    assert len(ALL) > 50
    assert {part.name: differing(part.originals) for part in PATCHES if differing(part.originals)} == {}


def test_the_source_of_a_function_is_that_of_inspect() -> None:
    names = [name for name in ALL if source(name)]
    assert len(ALL) - len(names) == 3  # attributes that WeasyPrint has not
    assert python(INSPECTED, names).split() == [digest(name) for name in names]


def test_every_function_that_is_replaced_is_declared_and_the_other_way_round() -> None:
    found, parts = json.loads(python(REPLACED))
    constants = {"weasyprint.css.Style.cached", "weasyprint.css.StyleFor.cascade"}
    lazy = {"weasyprint.pdf.fonts.instantiateVariableFont"}  # `lazy_imports`: the function itself, at the first call
    assert set(found) - lazy | constants == set(parts)
    declared = {name.partition(":")[2].split(".")[-1] for part in PATCHES for name in part.replaces}
    assert declared == {place.rpartition(".")[2] for place in parts}


def test_functions_wrapped_more_than_once_are_few_and_known() -> None:
    _, parts = json.loads(python(REPLACED))
    twice: dict[str, list[str]] = {}
    for place, names in parts.items():
        if len(names) > 1:
            twice.setdefault(" ".join(names), []).append(place)
    assert twice == {
        "last_space line_ends text_cache": [
            "weasyprint.text.line_break.split_first_line",
            "weasyprint.layout.inline.split_first_line",
            "weasyprint.layout.preferred.split_first_line",
        ],
        "rtl_line_end marks": ["weasyprint.layout.inline.remove_last_whitespace"],
        "line_drawing marks": ["weasyprint.draw.text.draw_first_line"],
    }


def test_the_readme_has_every_part_and_every_function_that_is_replaced() -> None:
    text = (ROOT / "leaflets" / "pdf" / "patches" / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Who replaces what")[2].partition("\n## ")[0]
    rows = {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}
    assert list(rows) == [part.name for part in PATCHES]
    for part in PATCHES:
        assert f"| {part.kind} |" in rows[part.name]
        constants = ("cached", "cascade", "__getattr__")
        functions = [name.rpartition(".")[2].rpartition(":")[2] for name in part.replaces]
        missing = [name for name in functions if name not in constants and name not in rows[part.name]]
        assert missing == [], part.name


ATTRIBUTES = r"""__dict__(?:\.(?:setdefault|get|pop)\()?\[?["'](\w+)["']|["'](\w+)["'] (?:not )?in \w[\w.]*\.__dict__"""


def test_the_readme_has_every_attribute_through_which_parts_talk() -> None:
    folder = ROOT / "leaflets" / "pdf"
    text = (folder / "patches" / "README.md").read_text(encoding="utf-8")
    found = set()
    for file in folder.rglob("*.py"):
        found |= {name for pair in re.findall(ATTRIBUTES, file.read_text(encoding="utf-8")) for name in pair if name}
    assert found >= {"continues", "dropped_blank", "artifact", "text_lines", "style_cache", "deferred_style"}
    assert {name for name in found if f"`{name}`" not in text} == set()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package that can be imported; its `code.py` is what a test writes."""
    folder = tmp_path / "someones_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("VERSION = __version__ = '1.2'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder / "code.py"


def test_the_source_of_a_function_ends_where_the_next_begins(package: Path) -> None:
    code = "@decorated\ndef one(\n    a\n):\n    # says\n\n    return a\n\n\n# about\n"
    code += "class Two:\n    def one(self):\n        x\n"
    package.write_text(code, encoding="utf-8")
    assert source("someones_package.code:one") == code[: code.index("\n\n\n#") + 1]
    assert source("someones_package.code:Two.one") == "    def one(self):\n        x\n"
    assert source("someones_package.code:") == code
    assert [digest(name) for name in ("someones_package.code:on", "someones_package.code:Two.two", "no_such:one")] == [
        "",
        "",
        "",
    ]
    assert version("someones_package") == "1.2"
    assert version("no_such") == ""

"""A later WeasyPrint in which one function has changed: a copy of the installed one, first on the path."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from leaflets.pdf.patches.apply import SPEED_PARTS
from tests.conftest import PROJECTS, ROOT

SET = """
import hashlib, json, sys
from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.pdf.patches.apply import apply
from leaflets.pdf.typesetter import Typesetter

html, styles = sys.argv[1:]
typesetter = Typesetter(Project())
trial = typesetter.lay_out_trial(Html(html, (styles,)))
import weasyprint.pdf.metadata
weasyprint.pdf.VERSION = weasyprint.pdf.metadata.__version__ = "70.0"  # it is written into the file
body = typesetter.write(trial.document())
called = getattr(weasyprint, "called", 0)
print(json.dumps([weasyprint.__version__, hashlib.sha256(body).hexdigest(), called, dict(apply().out)]))
"""
STYLE = """@page { size: A6; margin: 12mm; @bottom-left { content: counter(page) } }
body { font: 11pt "Leaflet Sans"; text-align: justify } p { margin: 2% 0 } b { border: 1px solid }"""
WORDS = "Some words that go on for a line or two, <b>and bold ones</b> after them. "
HTML = f'<!doctype html>\n<html lang="en"><head><title>t</title></head><body><p>{WORDS * 9}</p></body></html>'
EDITION = ("--leaflet", "overview", "--level", "plain", "--layout", "summary", "--locale", "en-GB", "--no-evidence")


def pretended(folder: Path, function: str, module: str) -> Path:
    """A WeasyPrint 70.1 whose `function` counts its calls; otherwise it is the installed one. Where it is."""
    spec = find_spec("weasyprint")
    assert spec is not None
    assert spec.origin is not None
    installed = Path(spec.origin).parent
    shutil.copytree(installed, folder / "weasyprint", ignore=shutil.ignore_patterns("__pycache__"))
    change(folder / "weasyprint" / "__init__.py", "VERSION = __version__ = '70.0'", "VERSION = __version__ = '70.1'")
    count = "\n    import weasyprint; weasyprint.called = getattr(weasyprint, 'called', 0) + 1"
    change(folder / "weasyprint" / module, function, function + count)
    return folder


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")


def run(*arguments: str, path: Path | None = None, fast: str = "1") -> subprocess.CompletedProcess[str]:
    """Python with another WeasyPrint, in the checkout."""
    environment = {**os.environ, "LEAFLETS_FAST": fast, "PYTHONPATH": str(path or ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def document(path: Path | None = None, fast: str = "1") -> list[object]:
    """Version, hash, calls of the changed function, and the parts that stay out with the reasons."""
    done = run("-c", SET, HTML, STYLE, path=path, fast=fast)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def test_without_speed_parts_the_bytes_are_the_same() -> None:
    _, fast, _, none = document()
    _, slow, _, out = document(fast="0")
    assert fast == slow
    assert none == {}
    assert out == dict.fromkeys(SPEED_PARTS, "LEAFLETS_FAST=0")


@pytest.mark.parametrize(
    ("function", "module", "name", "out"),
    [
        (
            "def resolve_percentages(box, containing_block):",
            "layout/percent.py",
            "weasyprint.layout.percent:resolve_percentages",
            ["lengths"],
        ),
        (
            "def strut(style):",
            "text/line_break.py",
            "weasyprint.text.line_break:strut, weasyprint.text.line_break:",
            ["text_cache", "line_drawing"],
        ),
        (
            "def text_decoration(key, value, parent_value, cascaded):",
            "css/__init__.py",
            "weasyprint.css:text_decoration",
            ["styles", "cascade", "page_styles", "lengths", "boxes", "text_cache", "line_drawing"],
        ),
    ],
)
def test_a_changed_function_is_called_and_its_part_stays_out(
    tmp_path: Path, function: str, module: str, name: str, out: list[str]
) -> None:
    _, bytes_now, _, _ = document()
    path = pretended(tmp_path, function, module)
    version, same, called, left_out = document(path)
    assert version == "70.1"
    assert same == bytes_now
    assert isinstance(left_out, dict)
    assert list(left_out) == out
    assert left_out[out[0]] == f"{name} differs in WeasyPrint 70.1"
    assert called
    doctor = run("generate.py", "doctor", path=path)
    assert doctor.returncode == 0, doctor.stderr
    assert f"{len(SPEED_PARTS) - len(out)} of {len(SPEED_PARTS)} speed parts in; out: {out[0]} ({name}" in doctor.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_fix_whose_function_changed_stops_with_one_line(tmp_path: Path, jobs: str) -> None:
    path = pretended(tmp_path, "def anchor_name_from_token(anchor_token):", "css/targets.py")
    out = tmp_path / "out"
    project = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")
    done = run("generate.py", "build", *project, "--out", str(out), "--jobs", jobs, *EDITION, path=path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "leaflets: error: WeasyPrint 70.1 has another weasyprint.css.targets:anchor_name_from_token than the part "
        "“target_pages” was written for, and text or tags would be wrong without it; install weasyprint==70.0, or a "
        "newer leaflets [patches]\n"
    )
    assert list(out.rglob("*.pdf")) == []
    doctor = run("generate.py", "doctor", path=path)
    assert doctor.returncode == 1
    assert "missing  WeasyPrint: WeasyPrint 70.1 has another weasyprint.css.targets" in doctor.stderr

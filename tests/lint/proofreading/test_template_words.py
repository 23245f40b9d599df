"""The words of the templates and of the desk are proofread as those of an article, each at its own line."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.lint.proofreading.template_words import proofread_templates
from tests.conftest import PROJECTS
from tests.tools.articles import write


def said(project: Project, *tags: str) -> list[str]:
    diagnostics = Diagnostics()
    proofread_templates(project, tags, diagnostics)
    return [str(item).partition("\n")[0] for item in diagnostics]


@pytest.mark.parametrize("folder", [None, PROJECTS / "hand-washing"])
def test_nothing_that_is_shipped_has_a_slip(folder: Path | None) -> None:
    assert said(Project(folder), "en-GB", "en-US", "ar-GB") == []


OWN = """\
key-messages: {text: "Key mesages"}
which: {text: "leaflet {n} of of {total}"}
notes: {text: "My cafÃ© notes"}
"""
DESK = 'title: "Print a leaflt"\n'
PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "notes"
msgid "My notes"
msgstr "My ntoes"
"""


def test_slips_are_told_at_their_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {"templates/words.yaml": OWN, "templates/desk/words.yaml": DESK, "templates/words/en-US.po": PO},
    )
    assert said(Project(tmp_path), "en-US") == [
        "templates/desk/words.yaml:1:17: error: “leaflt” is misspelt [spelling]",
        "templates/words.yaml:1:27: error: “mesages” is misspelt [spelling]",
        "templates/words.yaml:2:28: error: “of” stands here 2 times in a row [repeated-word]",
        "templates/words.yaml:3:22: error: the letters “Ã©” come from a wrong encoding [mojibake]",
        "templates/words/en-US.po:4:1: error: “ntoes” is misspelt [spelling]",
    ]


def test_a_build_and_check_read_them(tmp_path: Path) -> None:
    write(tmp_path, {"templates/words.yaml": OWN})
    diagnostics = Diagnostics()
    gather(Project(tmp_path), [], diagnostics, ("en-GB",))
    assert "repeated-word" in {item.rule for item in diagnostics.errors}

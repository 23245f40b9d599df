"""What `check` says of a file of search terms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.load import read_article
from tests.conftest import PROJECTS

NAME = "articles/hand-washing/finding/overview.yaml"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("code: D057189", "code: D05718", ":13:26: error: “D05718” is no code of mesh [wrong-code]"),
        ("system: mesh", "system: icd-11", ":13:14: error: "),
        ("id: overview", "id: feet", ":1:5: error: the id “feet” is not the name of the file, “overview” [wrong-id]"),
        ("topics", "topic", ":4:5: error: "),
        (
            "codes:\n",
            "codes:\n  - {system: mesh, code: D057189, match: broader}\n",
            ":14:26: error: the code D057189 of mesh stands here twice [wrong-code]",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, was: str, now: str, said: str) -> None:
    shutil.copytree(PROJECTS / "hand-washing" / "articles", tmp_path / "articles")
    file = tmp_path / NAME
    text = file.read_text(encoding="utf-8")
    assert was in text
    lines = text.replace(was, now, 1)
    file.write_text(lines, encoding="utf-8")
    diagnostics = Diagnostics()
    read_article(Project(tmp_path), "hand-washing", diagnostics)
    assert [str(item) for item in diagnostics.errors if f"{NAME}{said}" in str(item)], "\n".join(map(str, diagnostics))

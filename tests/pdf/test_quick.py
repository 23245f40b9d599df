"""The quicker functions give the bytes that WeasyPrint's own give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECTS, ROOT

BUILD = """
import sys
from pathlib import Path

import leaflets.pdf.typeset as typeset
from leaflets.base.project import Project
from leaflets.build.build import build
from leaflets.editions.plan import Choice

project, out, own = sys.argv[1:]
if own == "own":
    typeset.quicken = lambda weasyprint: None
choice = Choice(article=["hand-washing"], leaflet=["options-and-diary"], layout=["standard"], locale=["en-GB", "ar-GB"])
built = build(Project(Path(project)), choice, Path(out), 1, lambda *_: None)
assert not built.diagnostics.errors, [str(item) for item in built.diagnostics]
import weasyprint.layout.block, weasyprint.text.line_break
quick = weasyprint.layout.block.resolve_percentages.__module__.startswith("leaflets")
assert quick is (own != "own")
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folders = []
    for own in ("own", "quick"):
        out = tmp_path_factory.mktemp(own)
        command = [sys.executable, "-c", BUILD, str(PROJECTS / "hand-washing"), str(out), own]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr
        folders.append(out)
    return folders[0], folders[1]


def test_the_bytes_are_those_of_weasyprint_itself(both: tuple[Path, Path]) -> None:
    own, quick = both
    files = sorted(path.relative_to(own) for path in own.rglob("*.pdf"))
    assert len(files) == 6
    for name in files:
        assert (own / name).read_bytes() == (quick / name).read_bytes(), name

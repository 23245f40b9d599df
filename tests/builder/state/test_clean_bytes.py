"""Whatever lay in the folder before, a build leaves the bytes of a clean one: in every file of the folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from leaflets.cli.main import main
from tests.conftest import PROJECTS
from tests.tools.desk import layouts
from tests.tools.selection import sampled

pytestmark = pytest.mark.builds

ASKED = [
    "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing", "--leaflet", "overview", "--jobs", "2",
    "--level", "plain", *layouts("summary", "tri-fold", "web"), "--locale", "en-GB",
]  # fmt: skip
PDF = "en-GB/hand-washing.overview.plain.tri-fold.en-GB.pdf"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    assert main(["build", "--out", str(folder), *ASKED]) == 0
    return folder


def shuffled(folder: Path) -> None:
    """The rows of the catalogue in another order, and no state."""
    path = folder / "catalogue.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps({key: rows[::-1] for key, rows in reversed(found.items())}))
    (folder / ".state.json").unlink()


def flipped(folder: Path) -> None:
    body = (folder / PDF).read_bytes()
    (folder / PDF).write_bytes(body[:500] + bytes([body[500] ^ 1]) + body[501:])


BEFORE: dict[str, Callable[[Path], object]] = {
    "a whole build": lambda folder: None,
    "no state": lambda folder: (folder / ".state.json").unlink(),
    "no catalogue": lambda folder: (folder / "catalogue.json").unlink(),
    "another order": shuffled,
    "a broken catalogue": lambda folder: (folder / "catalogue.json").write_text("null"),
    "a broken state": lambda folder: (folder / ".state.json").write_text('{"format": 10, "offered": null}'),
    "a flipped bit": flipped,
    "a changed page": lambda folder: (folder / "index.html").write_text("changed"),
}


@pytest.mark.parametrize(
    "before", sampled(BEFORE, ("a whole build", "a broken catalogue", "a flipped bit", "no state"))
)
def test_a_forced_build_gives_the_bytes_of_a_clean_one(before: str, clean: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(clean, tmp_path / "out"))
    BEFORE[before](folder)
    assert main(["build", "--force", "--out", str(folder), *ASKED]) == 0
    assert {*files(folder)} == {*files(clean)}
    assert [name for name, body in files(clean).items() if files(folder)[name] != body] == []


@pytest.mark.parametrize(
    "before",
    sampled(["no catalogue", "a broken catalogue", "a broken state", "no state"], ("a broken state", "no catalogue")),
)
def test_the_next_build_mends_catalogue_and_state_too(
    before: str, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was broken is said once."""
    folder = Path(shutil.copytree(clean, tmp_path / "out"))
    BEFORE[before](folder)
    said = []
    for _ in range(2):
        assert main(["build", "--out", str(folder), *ASKED]) == 0
        said.append(capsys.readouterr().err)
    assert files(folder) == files(clean)
    assert ("warning: " in said[0], "warning: " in said[1]) == ("broken" in before, False)

"""Files of a project as the manifest sees them: regular files alone, and none is read that no reader takes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import leaflets
from leaflets.base.project import Project
from leaflets.builder.state.manifest import file_stamps, hashed, program


def test_a_pipe_among_the_pictures_is_no_file_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    os.mkfifo(tmp_path / "assets" / "pipe.svg")
    os.mkfifo(tmp_path / "clinic.toml")
    (tmp_path / "assets" / "zero.svg").symlink_to("/dev/zero")
    (tmp_path / "assets" / "a.svg").write_text("a")
    project = Project(tmp_path, tmp_path)
    clinic = str(tmp_path / "clinic.toml")
    found = {Path(name).name for name in file_stamps(project, [clinic]) if name.startswith(str(tmp_path))}
    assert found == {"a.svg"}
    assert str(tmp_path / "assets" / "a.svg") in hashed(project, {}, [clinic])


def test_a_file_that_no_reader_takes_is_known_by_its_size_and_time(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    large = tmp_path / "assets" / "large.svg"
    large.touch()
    os.truncate(large, 4_000_000_000)  # takes no room on the disk
    begun = time.process_time()
    project = Project(tmp_path, tmp_path)
    before = hashed(project, {})[str(large)]
    assert time.process_time() - begun < 2
    os.truncate(large, 4_000_000_001)
    assert hashed(project, {})[str(large)][2] != before[2]


def test_every_module_of_the_program_is_an_input_of_an_edition() -> None:
    """Of the evidence and of the typesetter too, not only of the build."""
    package = Path(leaflets.__file__).parent
    ours = {path for path in package.rglob("*.py") if "__pycache__" not in path.parts}
    assert len(ours) > 200
    assert ours <= {Path(name) for name in file_stamps(Project(None))}


@pytest.mark.parametrize("name", ["check/evidence/collect.py", "pdf/typesetter.py", "builder/build.py"])
def test_a_changed_module_changes_the_hash_of_the_program(name: str) -> None:
    files = hashed(Project(None), {})
    path = str(Path(leaflets.__file__).parent / name)
    assert program({**files, path: (*files[path][:2], "0" * 64)}) != program(files)

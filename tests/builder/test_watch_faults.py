"""The watch loop outlives what it cannot look at, and says so once."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder import watch
from leaflets.builder.build import Built
from leaflets.builder.watch import Watcher
from leaflets.cli.authors.watch import Lines
from leaflets.editions.choice import Choice


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watcher(tmp_path: Path, said: list[str]) -> Watcher:
    out = LocalStore(tmp_path / "out")
    return Watcher(Project(tmp_path), Choice(), out, Lines(out), say=said.append)


def test_files_that_cannot_be_looked_at_are_as_they_were(
    watcher: Watcher, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher._seen = before = watcher._file_stamps()
    find = watch.file_stamps

    def none_left(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(watch, "file_stamps", none_left)
    assert watcher._file_stamps() == watcher._file_stamps() == before
    monkeypatch.setattr(watch, "file_stamps", find)
    assert watcher._file_stamps() == before
    assert said == [
        "the files cannot be looked at (Too many open files); trying again",
        "the files can be looked at again",
    ]


def test_a_fault_of_the_program_costs_one_build(
    watcher: Watcher, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Built:
        raise ZeroDivisionError("once")

    monkeypatch.setattr(watch, "build", broken)
    (turn,) = watcher._turns(Choice(), None, watcher.progress, 1)
    assert turn.built.results == ()
    assert len(said) == 1
    assert said[0].startswith("leaflets: a fault of the program, not of your files (ZeroDivisionError: once)")

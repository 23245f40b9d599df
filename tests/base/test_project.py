"""The project handle: a stack of folders, what people see of its paths, and today."""

from __future__ import annotations

import datetime
import pickle
import time
from pathlib import Path

import pytest

from leaflets.base.project import Project, shipped_folder
from tests.tools.articles import write


@pytest.fixture
def stack(tmp_path: Path) -> Project:
    """A clinic's folder over what is shipped."""
    write(
        tmp_path / "shipped", {"regions/GB.yaml": "shipped", "regions/US.yaml": "shipped", "a/.hidden": "", "a/x": ""}
    )
    write(tmp_path / "clinic", {"regions/GB.yaml": "clinic", "regions/IE.yaml": "clinic", "a/_own": ""})
    return Project(tmp_path / "clinic", tmp_path / "shipped")


def test_a_file_of_the_clinic_hides_the_shipped_one(stack: Project) -> None:
    assert stack.read_text("regions/GB.yaml") == "clinic"
    assert stack.read_text("regions/US.yaml") == "shipped"
    assert stack.read_bytes("regions/IE.yaml") == b"clinic"


def test_names_are_those_of_all_folders_each_once_and_sorted(stack: Project) -> None:
    assert stack.names("regions") == ["GB.yaml", "IE.yaml", "US.yaml"]
    assert stack.names("regions", ".yaml") == ["GB", "IE", "US"]
    assert stack.names("regions", ".svg") == []
    assert stack.names("nowhere") == []


def test_hidden_files_have_no_name(stack: Project) -> None:
    assert stack.names("a") == ["x"]


def test_a_missing_file_names_every_folder_that_was_searched(stack: Project, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        stack.read_text("regions/XX.yaml")
    assert str(caught.value) == f"regions/XX.yaml is in none of: {tmp_path / 'clinic'}, {tmp_path / 'shipped'}"
    assert stack.find("regions/XX.yaml") is None


def test_a_path_is_shown_from_the_current_folder_where_it_is_below(
    stack: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "clinic")
    assert stack.shown("regions/GB.yaml") == str(Path("regions/GB.yaml"))
    assert stack.shown("regions/US.yaml") == str(tmp_path / "shipped" / "regions" / "US.yaml")
    assert stack.shown("regions/XX.yaml") == "regions/XX.yaml"


def test_without_a_folder_of_its_own_a_project_is_what_is_shipped() -> None:
    assert Project().roots == (shipped_folder().resolve(),)
    assert Project(shipped_folder()).roots == Project().roots
    assert Project().find("regions/GB.yaml") is not None


def test_a_project_travels_between_processes(stack: Project) -> None:
    assert stack.roots
    again = pickle.loads(pickle.dumps(stack))
    assert again == stack
    assert again.read_text("regions/GB.yaml") == "clinic"


def test_today_is_the_day_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert Project().today() == datetime.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert Project().today() == datetime.date(1970, 1, 2)


def test_source_date_epoch_is_counted_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "EAST-14")
        time.tzset()
        day = Project().today()
    time.tzset()
    assert day == datetime.date(1970, 1, 1)


@pytest.mark.parametrize("epoch", [None, ""])
def test_today_is_today_without_it(monkeypatch: pytest.MonkeyPatch, epoch: str | None) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.date.today()
    assert before <= Project().today() <= datetime.date.today()


@pytest.mark.parametrize("name", ["../victim.txt", "assets/../../victim.txt", "/victim.txt", "", "a\0b", "a\\..\\x"])
def test_no_name_leads_out_of_the_folders(tmp_path: Path, name: str) -> None:
    (tmp_path / "victim.txt").write_text("precious")
    (tmp_path / "own" / "assets").mkdir(parents=True)
    project = Project(tmp_path / "own")
    for asked in (name, str(tmp_path / "victim.txt")):
        assert project.find(asked) is None
        for read in (project.read_text, project.read_bytes):
            with pytest.raises(FileNotFoundError):
                read(asked)

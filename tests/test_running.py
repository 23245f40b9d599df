"""How tests are run: which are left out, in which order, what is made once; and helpers that must fail on nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.tools import proven, selection
from tests.tools.sharing import made_once
from tests.tools.some import some


class Item:
    """A test as the selection sees it."""

    def __init__(self, nodeid: str, *markers: str, fixtures: tuple[str, ...] = ()) -> None:
        self.nodeid, self.markers, self.fixturenames = nodeid, set(markers), fixtures

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.markers else None

    def add_marker(self, name: str) -> None:
        self.markers.add(name)


PLAIN = Item("tests/base/test_units.py::test_one")
HEAVY = Item("tests/base/test_load.py::test_two", "heavy")
BYTES = Item("tests/pdf/patches/test_quick.py::test_three", "patch_bytes")


@pytest.mark.parametrize(
    ("everything", "holds", "out"),
    [(False, True, {HEAVY, BYTES}), (False, False, {HEAVY}), (True, True, set()), (True, False, set())],
)
def test_heavy_tests_and_byte_tests_that_are_proven_are_left_out(everything: bool, holds: bool, out: set[Item]) -> None:
    assert selection.left_out([PLAIN, HEAVY, BYTES], everything, holds) == out  # type: ignore[arg-type, comparison-overlap]


def test_what_builds_is_marked_by_its_folder_its_fixtures_or_as_heavy() -> None:
    items = [
        Item("tests/base/test_units.py::test_one"),
        Item("tests/base/test_store.py::test_two", fixtures=("tmp_path", "bucket")),
        Item("tests/builder/test_build.py::test_three"),
        Item("tests/base/test_load.py::test_four", "heavy"),
        Item("tests/builders.py::test_five", fixtures=("tmp_path",)),
    ]
    selection.mark(items)  # type: ignore[arg-type]
    assert ["builds" in item.markers for item in items] == [False, True, True, True, False]


def test_the_longest_files_begin_and_a_file_stays_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "LONGEST_FIRST", ("tests/b.py", "tests/c.py"))
    items = [Item(f"tests/{file}.py::test_{number}") for file in "acb" for number in (2, 1)]
    found = [item.nodeid for item in selection.in_order(items)]  # type: ignore[arg-type]
    assert found == [f"tests/{file}.py::test_{number}" for file in "bca" for number in (2, 1)]


def test_files_and_folders_that_the_selection_names_are_there() -> None:
    for name in some((*selection.LONGEST_FIRST, *selection.BUILDING), 10):
        assert (ROOT / name).exists(), name
    assert len(set(selection.LONGEST_FIRST)) == len(selection.LONGEST_FIRST)


def test_every_pattern_of_the_proof_matches_a_file() -> None:
    for pattern in some(proven.DEPENDS_ON):
        assert list(ROOT.glob(pattern)), pattern


def test_a_proof_holds_while_its_files_and_weasyprint_are_the_same(tmp_path: Path) -> None:
    for name in ("kept", "changed", "gone"):
        path = tmp_path / "leaflets" / "pdf" / "patches" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    before = proven.state(tmp_path)
    assert list(proven.changes(before, proven.state(tmp_path))) == []
    path.unlink()
    path.with_name("changed.py").write_text("other")
    (path.parent / "fast").mkdir()
    (path.parent / "fast" / "new.py").touch()
    after = proven.state(tmp_path) | {"weasyprint": "70.1"}
    folder = "leaflets/pdf/patches"
    assert list(proven.changes(before, after)) == [
        f"WeasyPrint {before['weasyprint']} is now 70.1",
        f"{folder}/changed.py changed",
        f"{folder}/fast/new.py is new",
        f"{folder}/gone.py is gone",
    ]


def test_the_first_line_of_a_run_says_what_is_left_out_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proven, "outdated", list)
    assert selection.heading(False).endswith("left out but for a sample, as they passed for these files")
    monkeypatch.setattr(proven, "outdated", lambda: ["one changed", "two is new", "three is gone"])
    assert selection.heading(False).endswith("run, as one changed and 2 more")
    assert selection.heading(True) == "heavy tests: run; byte tests of the patches: run"


class Factory:
    """A factory of temporary folders."""

    def __init__(self, base: Path) -> None:
        self.base = base

    def getbasetemp(self) -> Path:
        return self.base


def test_a_shared_folder_is_made_by_the_first_process_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    made: list[Path] = []
    for worker in ("gw0", "gw1"):
        (tmp_path / worker).mkdir()
        found = made_once(Factory(tmp_path / worker), "build", made.append)  # type: ignore[arg-type]
        assert found == tmp_path / "once-build"
    assert made == [found]


def test_a_shared_folder_that_could_not_be_made_fails_every_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)

    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        made_once(Factory(tmp_path), "build", fails)  # type: ignore[arg-type]
    with pytest.raises(pytest.fail.Exception, match="“build” could not be made"):
        made_once(Factory(tmp_path), "build", lambda folder: None)  # type: ignore[arg-type]


def test_a_loop_over_nothing_fails() -> None:
    assert some(number for number in (1, 2)) == [1, 2]
    with pytest.raises(AssertionError, match="0 found, at least 1"):
        some([])
    with pytest.raises(AssertionError, match="2 found, at least 3"):
        some((1, 2), 3)

"""A folder, memory and a bucket are the same to a build: files by name, each there whole or not at all."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.base import remote_store
from leaflets.base.open_store import open_store
from leaflets.base.store import LocalStore, Reach, Store, StoreError
from leaflets.cli.main import main
from tests.conftest import ROOT


@pytest.fixture(params=["folder", "file", "memory", "beside", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty place of each kind; *beside* is one where a file is written beside its place and then moved."""
    name = f"{tmp_path.name}/place"
    if request.param == "folder":
        return open_store(tmp_path / "place")
    if request.param == "file":
        return open_store((tmp_path / "a place").as_uri())
    if request.param == "s3":
        return open_store(f"{request.getfixturevalue('bucket')}/{name}")
    if request.param == "beside":
        monkeypatch.setattr(remote_store, "WHOLE", frozenset())
    return open_store(f"memory://test-store/{name}")


def test_what_is_written_is_read_back(store: Store) -> None:
    store.write_whole("en-GB/a.pdf", b"a long body from before")
    store.write_whole("en-GB/a.pdf", b"new")
    assert store.read("en-GB/a.pdf") == b"new"
    assert store.sizes(["en-GB/a.pdf"]) == {"en-GB/a.pdf": 3}


def test_what_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("en-GB/a.pdf")
    assert store.sizes(["en-GB/a.pdf", "index.html"]) == {}
    store.delete("en-GB/a.pdf")
    store.write_whole("en-GB/b.pdf", b"")
    assert store.sizes(["en-GB/a.pdf", "en-GB/b.pdf", "index.html"]) == {"en-GB/b.pdf": 0}


def test_sizes_are_of_now_also_when_somebody_else_wrote(store: Store) -> None:
    other: Store = pickle.loads(pickle.dumps(store))
    assert store.sizes(["a", "b/c"]) == {}
    other.write_whole("a", b"1")
    other.write_whole("b/c", b"12")
    assert store.sizes(["a", "b/c", "b/d"]) == {"a": 1, "b/c": 2}
    other.delete("a")
    assert store.sizes(["a", "b/c"]) == {"b/c": 2}


def test_trying_a_place_out_leaves_nothing_behind(store: Store) -> None:
    store.try_out()
    assert store.sizes([".trial"]) == {}


def test_when_writing_stops_halfway_the_file_from_before_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec

    monkeypatch.setattr(remote_store, "WHOLE", frozenset())
    store = open_store(f"memory://test-store/{tmp_path.name}")
    store.write_whole("a.pdf", b"from before")
    files = fsspec.filesystem("memory")
    whole = type(files).pipe_file

    def cut(self, path, value, **more):  # type: ignore[no-untyped-def]
        whole(self, path, value[:2], **more)
        raise RuntimeError("the line went dead")

    monkeypatch.setattr(type(files), "pipe_file", cut)
    with pytest.raises(OSError, match="the line went dead"):
        store.write_whole("a.pdf", b"new")
    assert store.read("a.pdf") == b"from before"
    assert [Path(name).name for name in files.find(f"/test-store/{tmp_path.name}")] == ["a.pdf"]


def test_how_far_a_place_reaches() -> None:
    assert open_store("build").reach is Reach.MACHINE
    assert open_store("file:///srv/leaflets") == LocalStore(Path("/srv/leaflets"))
    assert open_store("memory://a").reach is Reach.PROCESS
    assert open_store("s3://a").reach is Reach.ANYWHERE


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sftp://me:secret@host/leaflets", "must not hold a password"),
        ("file://build", "three slashes before the first folder"),
        ("nosuch://bucket", "“nosuch://” is no kind of address that fsspec knows"),
    ],
)
def test_an_address_that_cannot_be_used_is_wrong_use(address: str, said: str, capsys) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(StoreError, match=said):
        open_store(address)
    with pytest.raises(SystemExit) as stop:
        main(["build", "--out", address])
    assert stop.value.code == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert "secret" not in shown


@pytest.mark.parametrize("missing", ["fsspec", "s3fs"])
def test_a_missing_package_is_told_with_what_to_install(missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from leaflets.cli.main import main\nmain(['build', '--out', 's3://bucket'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "s3:// needs more packages: pip install 'leaflets[s3]'" in done.stderr

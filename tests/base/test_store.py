"""A folder, memory and a bucket are the same to a build: files by name, each there whole or not at all."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.base import remote_store
from leaflets.base.open_store import open_store
from leaflets.base.store import LocalStore, Reach, Store, StoreError
from leaflets.base.untrusted.names import UnsafeNameError
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


@pytest.mark.parametrize(
    "name", ["../victim.txt", "/victim.txt", "a/../../victim.txt", "a\\victim.txt", "a\0b", "", "nul"]
)
def test_no_name_leads_out_of_a_store(store: Store, name: str, tmp_path: Path) -> None:
    """A folder, memory, a bucket: reading, writing and deleting are refused, and there is no such file."""
    store.write_whole("a/b.pdf", b"1")
    for use in (
        lambda: store.read(name),
        lambda: store.delete(name),
        lambda: store.write_whole(name, b"new"),
        lambda: store.write_together({"c.pdf": b"2", name: b"new"}),
    ):
        with pytest.raises(UnsafeNameError):
            use()
    assert store.sizes([name, "a/b.pdf"]) == {"a/b.pdf": 1}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A folder with a link to a file and one to a folder outside, both of which have a victim."""
    for path in (tmp_path / "out", tmp_path / "victims"):
        path.mkdir()
    (tmp_path / "victims" / "victim.txt").write_bytes(b"precious")
    (tmp_path / "out" / "a.pdf").symlink_to(tmp_path / "victims" / "victim.txt")
    (tmp_path / "out" / "en-GB").symlink_to(tmp_path / "victims")
    return tmp_path / "out"


def test_a_link_that_leads_out_is_not_read_and_counts_as_missing(linked: Path) -> None:
    store = LocalStore(linked)
    for name in ("a.pdf", "en-GB/victim.txt"):
        with pytest.raises(UnsafeNameError, match="leads out of its folder"):
            store.read(name)
    assert store.sizes(["a.pdf", "en-GB/victim.txt"]) == {}


def test_a_link_in_place_of_a_file_is_replaced_and_its_target_left_alone(linked: Path) -> None:
    store, victim = LocalStore(linked), linked.parent / "victims" / "victim.txt"
    store.write_whole("a.pdf", b"new")
    assert (linked / "a.pdf").read_bytes() == b"new"
    assert not (linked / "a.pdf").is_symlink()
    (linked / "b.pdf").symlink_to(victim)
    store.delete("b.pdf")
    assert not (linked / "b.pdf").is_symlink()
    for use in (lambda: store.write_whole("en-GB/victim.txt", b""), lambda: store.delete("en-GB/victim.txt")):
        with pytest.raises(UnsafeNameError):
            use()
    assert victim.read_bytes() == b"precious"
    assert [path.name for path in victim.parent.iterdir()] == ["victim.txt"]


def test_a_link_planted_where_a_half_written_file_will_be_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"a.pdf.{os.getpid()}.part").symlink_to(victim)
    LocalStore(tmp_path / "out").write_whole("a.pdf", b"new")
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "out" / "a.pdf").read_bytes() == b"new"


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_only_regular_files_are_read(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "a.pdf") if kind == "pipe" else (tmp_path / "a.pdf").mkdir()
    with pytest.raises(OSError, match=r"not a regular file|it is a folder"):
        LocalStore(tmp_path).read("a.pdf")
    assert LocalStore(tmp_path).sizes(["a.pdf"]) == {}

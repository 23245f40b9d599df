"""An entry of a cache brings the files that its edition makes, or it is no entry, whoever wrote it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.open_store import open_store
from leaflets.builder.edition.make import MadeEdition
from leaflets.builder.edition.sidecar import Sidecar, beside
from leaflets.builder.state.cache import Cache
from leaflets.editions.edition_files import edition_paths
from tests.builder.state.test_cache import EDITION, build_two, entries, finished, kept, pdfs
from tests.tools.json_fuzz import JSON

__all__ = ["kept"]


TOLD = json.dumps({"file": {"path": EDITION.path, "sha256": finished().result.sha256}, "result": "pass"}).encode()
"""What an entry needs of its evidence."""


def with_beside(*files: Sidecar, body: bytes = TOLD) -> MadeEdition:
    """The edition with further files beside it, each of the bytes `body`."""
    made = finished()
    return replace(made, result=replace(made.result, beside=files), others=(body,) * len(files))


def more(kind: str, path: str, body: bytes = TOLD, **values: Any) -> Sidecar:
    return replace(beside(kind, path, body)[0], **values)


def test_an_entry_brings_the_files_that_its_edition_makes(tmp_path: Path) -> None:
    cache, made = Cache(open_store(tmp_path)), with_beside(more("evidence", EDITION.evidence_path))
    cache.put(made)
    found = cache.get(EDITION, "ab12")
    assert found is not None
    assert set(found.files) == {EDITION.path, EDITION.evidence_path}


def told(**values: Any) -> bytes:
    file = {"path": EDITION.path, "sha256": finished().result.sha256}
    return json.dumps({"result": "pass", "file": {**file, **values}}).encode()


@pytest.mark.parametrize(
    "body",
    [
        told(sha256="0" * 64), told(path="en-GB/other.pdf"), TOLD.replace(b"pass", b"fail"), b"", b"{}", b"[]", b"null",
        b'{"file": []}', b'{"file": {}}', b"\xff", b"[" * 100_000,
    ],
    ids=["file", "path", "failed", "empty", "no keys", "list", "null", "row", "keys", "bytes", "deep"],
)  # fmt: skip
def test_evidence_of_another_file_makes_it_no_entry(tmp_path: Path, body: bytes) -> None:
    cache = Cache(open_store(tmp_path))
    cache.put(with_beside(more("evidence", EDITION.evidence_path, body), body=body))
    assert cache.get(EDITION, "ab12") is None


def test_an_entry_without_a_file_that_its_edition_makes_is_no_entry(tmp_path: Path) -> None:
    """A forged entry could leave the print file or the evidence out, and the build would say nothing."""
    cache = Cache(open_store(tmp_path))
    cache.put(finished())
    assert cache.get(EDITION, "ab12") is not None
    assert cache.get(EDITION, "ab12", {"evidence"}) is None


def test_a_build_makes_anew_what_an_entry_lacks(kept: tuple[Path, Path], tmp_path: Path) -> None:
    store, (first, _) = open_store(tmp_path / "cache"), entries(kept[1])
    _, row, bodies = first.read_bytes().split(b"\n", 2)
    found = json.loads(row)
    rest = json.dumps({**found, "beside": []}).encode() + b"\n" + bodies[: found["size"]]
    name = first.relative_to(kept[1]).as_posix()
    store.write_whole(name, hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
    done = build_two(tmp_path / "out", store)
    assert [result.cached for result in done.results] == [False, False]
    assert len([*(tmp_path / "out").rglob("*.evidence.json")]) == 2
    assert store.read(name) == first.read_bytes()


UNUSUAL = [
    "en-GB/hands.overview.plain.standard.en-GB\u200b.evidence.json",
    "en\u2011GB/hands.overview.plain.standard.en-GB.evidence.json",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.json\0.pth",
    "en-GB\\hands.overview.plain.standard.en-GB.evidence.json",
    "./en-GB/hands.overview.plain.standard.en-GB.evidence.json",
    "en-GB//hands.overview.plain.standard.en-GB.evidence.json",
    "en-GB/./hands.overview.plain.standard.en-GB.evidence.json",
    "en-GB/../en-GB/hands.overview.plain.standard.en-GB.evidence.json",
    "EN-GB/hands.overview.plain.standard.en-GB.evidence.json",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.json ",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.json.",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.json:x",
    "en-GB/hands.overview.plain.standard.en-GB.\u0435vidence.json",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.js\u00f6n",
    "en-GB/hands.overview.plain.standard.en-GB.evidence.jso\u0308n",
    "\u202een-GB/hands.overview.plain.standard.en-GB.evidence.json",
    "\ufeffen-GB/hands.overview.plain.standard.en-GB.evidence.json",
    "file:///etc/passwd", "s3://bucket/x", "~/x", "C:/x", "//host/x", "\\\\host\\x", "", ".", "..", "/", "con",
    "../" * 40 + "x",
    "en-GB/" + "a" * 5_000, "en-GB/\uff0e\uff0e/x", "%2e%2e/x",
]  # fmt: skip


@pytest.mark.parametrize("path", UNUSUAL, ids=range(len(UNUSUAL)))
@pytest.mark.parametrize("kind", ["evidence", "text"])
def test_an_entry_with_an_unusual_name_is_no_entry(tmp_path: Path, path: str, kind: str) -> None:
    cache = Cache(open_store(tmp_path / "cache"))
    cache.put(with_beside(more(kind, path)))
    before = sorted(tmp_path.rglob("*"))
    assert cache.get(EDITION, "ab12") is None
    assert sorted(tmp_path.rglob("*")) == before


FOREIGN = {
    "out of the folder": [more("evidence", "../victim/x.txt")],
    "absolute": [more("evidence", "/etc/cron.d/x")],
    "another kind": [more("pth", "en-GB/x.pth")],
    "of another edition": [more("evidence", EDITION.evidence_path.replace("plain", "easy"))],
    "of another layout": [more("print", EDITION.print_path)],
    "its own file again": [more("read", EDITION.path)],
    "twice": [more("evidence", EDITION.evidence_path)] * 2,
    "a size below zero": [more("evidence", EDITION.evidence_path, size=-4)],
    "a size that is no number": [more("evidence", EDITION.evidence_path, size="4")],
    "a paper with ESC": [more("evidence", EDITION.evidence_path, paper="\x1b[2J")],
    "the catalogue": [more("evidence", "catalogue.json")],
}


@pytest.mark.parametrize("name", FOREIGN)
def test_an_entry_that_names_another_file_is_no_entry(tmp_path: Path, name: str) -> None:
    """Whoever writes to the cache writes its hashes too, so they are right."""
    cache = Cache(open_store(tmp_path))
    cache.put(with_beside(*FOREIGN[name]))
    assert cache.get(EDITION, "ab12") is None


@pytest.mark.parametrize("where", ["folder", "bucket"])
def test_a_crafted_entry_writes_nothing_anywhere(
    where: str, kept: tuple[Path, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In a shared folder or bucket; the edition is built, and the entry replaced by a good one."""
    cache = tmp_path / "cache" if where == "folder" else f"{request.getfixturevalue('bucket')}/{tmp_path.name}/cache"
    store, (first, _) = open_store(cache), entries(kept[1])
    name = first.relative_to(kept[1]).as_posix()
    _, row, bodies = first.read_bytes().split(b"\n", 2)
    found = json.loads(row)
    victim = tmp_path / "victim" / "x.txt"
    for path in (str(victim), "../victim/x.txt"):
        crafted = {**found, "beside": [*found["beside"], asdict(more("text", path))]}
        rest = json.dumps(crafted).encode() + b"\n" + bodies + TOLD
        store.write_whole(name, hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
        out = tmp_path / f"out-{path.startswith('/')}"
        done = build_two(out, store)
        assert False in [result.cached for result in done.results]
        assert pdfs(out) == pdfs(kept[0])
        assert not victim.parent.exists()
        assert store.read(name) == first.read_bytes()


ROW = {
    "edition": EDITION.name, "key": "ab12", "pages": 3, "title": "Hands", "size": 4, "warnings": [["a", "b", "c"]],
    "sha256": hashlib.sha256(b"body").hexdigest(), "beside": [asdict(more("evidence", EDITION.evidence_path))],
}  # fmt: skip


@given(st.sampled_from([*ROW, "more"]), JSON)
def test_whatever_stands_in_an_entry_nothing_is_raised(key: str, value: Any) -> None:
    rest = json.dumps({**ROW, key: value}).encode() + b"\nbody" + TOLD
    store = open_store("memory://entries")
    store.write_whole("ab/ab12.edition", hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
    found = Cache(store).get(EDITION, "ab12")
    assert found is None or set(found.files) <= set(edition_paths(EDITION))

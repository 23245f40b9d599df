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


def with_beside(*files: Sidecar) -> MadeEdition:
    """The edition with further files beside it, each of the bytes “more”."""
    made = finished()
    return replace(made, result=replace(made.result, beside=files), others=(b"more",) * len(files))


def more(kind: str, path: str, **values: Any) -> Sidecar:
    return replace(beside(kind, path, b"more")[0], **values)


def test_an_entry_brings_the_files_that_its_edition_makes(tmp_path: Path) -> None:
    cache, made = Cache(open_store(tmp_path)), with_beside(more("evidence", EDITION.evidence_path))
    cache.put(made)
    found = cache.get(EDITION, "ab12")
    assert found is not None
    assert set(found.files) == {EDITION.path, EDITION.evidence_path}


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
        rest = json.dumps(crafted).encode() + b"\n" + bodies + b"more"
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
    rest = json.dumps({**ROW, key: value}).encode() + b"\nbodymore"
    store = open_store("memory://entries")
    store.write_whole("ab/ab12.edition", hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
    found = Cache(store).get(EDITION, "ab12")
    assert found is None or set(found.files) <= set(edition_paths(EDITION))

"""`.state.json` is read as it was written; a broken one is an empty manifest, and that is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.base.store import LocalStore
from leaflets.builder.state.manifest import Made, Manifest
from leaflets.builder.state.manifest_file import read_state, write_state
from leaflets.editions.edition_files import edition_paths
from tests.publish.test_catalogue import OTHERS, PAPER, READ, WEB, entry
from tests.tools.json_fuzz import JSON, WHERE, changed

MANIFEST = Manifest(
    files={"/project/articles/a/article.yaml": (12, 1_700_000_000_000_000_000, "0" * 64)},
    tools={"pango": "15600"},
    offered=[["a", "hands", "plain", "booklet", "en-GB"]],
    editions={
        PAPER.name: Made(
            {"page": "1"}, asdict(READ), [["nearly empty", "last-page"]], 100, "seen", [asdict(entry(PAPER, "print"))],
            {PAPER.print_path: 10, PAPER.evidence_path: 5}, evidence="1" * 64,
        ),
        WEB.name: Made({}, asdict(OTHERS[0]), others=[asdict(row) for row in OTHERS[1:]]),
    },
    clinic=["/clinics/leeds.toml"],
    sheet="SRA4",
    published=False,
)  # fmt: skip


def written() -> Any:
    store = open_store("memory://manifest")
    write_state(store, MANIFEST)
    return json.loads(store.read(".state.json"))


WHOLE = written()


def read(body: bytes) -> tuple[Manifest, list[str]]:
    store, diagnostics = open_store("memory://manifest"), Diagnostics()
    store.write_whole(".state.json", body)
    return read_state(store, diagnostics), [str(item) for item in diagnostics]


def test_what_is_written_is_read() -> None:
    assert read(json.dumps(WHOLE).encode()) == (MANIFEST, [])


def test_a_manifest_of_another_format_is_none_without_a_word() -> None:
    assert read(json.dumps({**WHOLE, "format": 8}).encode()) == (Manifest(), [])


MADE = f"editions.{PAPER.name}"
BROKEN: dict[str, Callable[[Any], Any]] = {
    "offered: null is not a list": lambda found: found.update(offered=None),
    "offered: 2 parts of an edition, and there are 5": lambda found: found.update(offered=[["a", "b"]]),
    "the key “files” is missing": lambda found: found.pop("files"),
    "files./project/articles/a/article.yaml: […] is not a list of 3": lambda found: found["files"].update(
        {next(iter(found["files"])): [1, 2]}
    ),
    f"{MADE}.entry: null is not keys with values": lambda found: found["editions"][PAPER.name].update(entry=None),
    f"{MADE}: a warning has a message and a rule": lambda found: found["editions"][PAPER.name].update(warnings=[["a"]]),
    f"{MADE}: it names a file of another edition": lambda found: found["editions"][PAPER.name].update(
        entry=asdict(OTHERS[0])
    ),
    "editions: a name that no edition has": lambda found: found["editions"].update(x=found["editions"][PAPER.name]),
    "path: “../victim” is not the file of such an edition": lambda found: found["editions"][PAPER.name]["entry"].update(
        path="../victim"
    ),
    "published: 1 is not true or false": lambda found: found.update(published=1),
    "the key “format” is missing": lambda found: found.pop("format"),
}


@pytest.mark.parametrize("said", BROKEN)
def test_a_broken_manifest_is_an_empty_one_and_that_is_said(said: str) -> None:
    found = json.loads(json.dumps(WHOLE))
    BROKEN[said](found)
    state, (told,) = read(json.dumps(found).encode())
    assert state == Manifest()
    assert told.startswith(
        "memory://manifest/.state.json:1:1: warning: what the last build wrote down cannot be used: "
    )
    assert f"used: {said}" in told
    assert told.endswith(" [state]\n  hint: the next build makes everything anew")


@pytest.mark.parametrize("text", ["null", '"x"', "", "[]", "{", "[" * 100_000, '{"format": 10}'])
def test_what_is_no_manifest_is_said(text: str) -> None:
    state, (told,) = read(text.encode())
    assert state == Manifest()
    assert "cannot be used: " in told


def test_a_link_to_elsewhere_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text(json.dumps(WHOLE))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".state.json").symlink_to(tmp_path / "theirs.json")
    assert read_state(LocalStore(tmp_path / "out"), said := Diagnostics()) == Manifest()
    assert "is a link that leads out of its folder [state]" in str(said.items[0])


@given(WHERE, JSON)
def test_whatever_stands_in_it_nothing_is_raised_and_no_path_leads_out(where: list[int], value: Any) -> None:
    state, said = read(json.dumps(changed(WHOLE, where, value)).encode())
    assert not said or state == Manifest()
    paths = {*edition_paths(PAPER), *edition_paths(WEB)}
    for made in state.editions.values():
        assert {*made.files, *(row["path"] for row in made.rows)} <= paths
        assert isinstance(made.measured, bool)
    assert state.snapshot
    write_state(open_store("memory://again"), state)


@given(st.binary())
def test_any_bytes_are_a_manifest(body: bytes) -> None:
    read(body)

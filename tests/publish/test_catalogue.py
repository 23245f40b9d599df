"""The catalogue is read as it was written; whatever else stands in it is told, and not followed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.base.store import LocalStore
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import edition_files
from leaflets.publish.catalogue import ALTERNATIVES, Catalogue, CatalogueEntry, catalogue_json, read_catalogue
from tests.tools.json_fuzz import JSON, WHERE, changed

SHA = "0" * 64
PAPER, WEB = (Edition("a", "hands", "plain", layout, "en-GB") for layout in ("booklet", "web"))


def entry(edition: Edition, kind: str) -> CatalogueEntry:
    path = edition_files(edition)[kind]
    return CatalogueEntry(*astuple(edition), kind, path, "Hands", 4, "A5", "1", "reviewed", SHA)


READ = entry(PAPER, "read")
OTHERS = [replace(entry(WEB, kind), pages=0, paper="") for kind in ALTERNATIVES]
BESIDE = {PAPER.evidence_path: "1" * 64, "index.html": "2" * 64}
WHOLE = json.loads(catalogue_json([READ, *OTHERS], BESIDE))


def read(text: str) -> tuple[Catalogue, list[str]]:
    """What is read of a catalogue's text, and what is said."""
    store, diagnostics = open_store("memory://catalogue"), Diagnostics()
    store.write_whole("catalogue.json", text.encode())
    return read_catalogue(store, diagnostics), [str(item) for item in diagnostics]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text(catalogue_json([*OTHERS, READ], BESIDE), encoding="utf-8")
    found = read_catalogue(LocalStore(tmp_path), said := Diagnostics())
    assert sorted(found.entries) == sorted([READ, *OTHERS])
    assert found.others == BESIDE
    assert not said.items
    assert read_catalogue(LocalStore(tmp_path / "nowhere"), said) == Catalogue()
    assert not said.items


def test_a_catalogue_of_an_earlier_version_is_read() -> None:
    found = copy.deepcopy(WHOLE)
    for row in (*found["editions"], *found["alternatives"]):
        del row["review"], row["review_due"]
    catalogue, said = read(json.dumps(found))
    assert len(catalogue.entries) == 1 + len(OTHERS)
    assert said == []


def test_other_forms_stand_apart_from_the_editions_that_other_tools_know() -> None:
    assert [row["path"] for row in WHOLE["editions"]] == [READ.path]
    assert {row["format"] for row in WHOLE["alternatives"]} == set(ALTERNATIVES)
    assert not any({"pages", "paper", "layout", "kind"} & row.keys() for row in WHOLE["alternatives"])
    assert not {"alternatives", "others"} & json.loads(catalogue_json([READ])).keys()


BROKEN: dict[str, Callable[[Any], Any]] = {
    "editions, 1: path: 5 is not text": lambda found: found["editions"][0].update(path=5),
    "editions, 1: level: {…} is not text": lambda found: found["editions"][0].update(level={}),
    "editions, 1: locale: null is not text": lambda found: found["editions"][0].update(locale=None),
    "editions, 1: pages: 1.5 is not a whole number": lambda found: found["editions"][0].update(pages=1.5),
    "editions, 1: pages: there are less than none": lambda found: found["editions"][0].update(pages=-1),
    "editions, 1: the key “kind” is missing": lambda found: found["editions"][0].pop("kind"),
    "editions, 1: the key “more” is not known": lambda found: found["editions"][0].update(more=1),
    "editions, 1: sha256: “00” cannot be meant": lambda found: found["editions"][0].update(sha256="00"),
    "editions, 1: status: “\\x1b[2J” cannot be meant": lambda found: found["editions"][0].update(status="\x1b[2J"),
    "editions, 1: status: “awaating-review” cannot be meant": lambda found: found["editions"][0].update(
        status="awaating-review"
    ),
    "editions, 1: review: “unsigned” cannot be meant": lambda found: found["editions"][0].update(review="unsigned"),
    "editions, 1: path: “../../victim.pdf” is not the file": lambda found: found["editions"][0].update(
        path="../../victim.pdf"
    ),
    "editions, 1: path: “/victim.pdf” is not the file of": lambda found: found["editions"][0].update(
        path="/victim.pdf"
    ),
    f"editions, 1: path: “{READ.path}” is not the file of": lambda found: found["editions"][0].update(level="easy"),
    f"editions, 1: path: “{READ.path}” is not": lambda found: found["editions"][0].update(kind="print"),
    "editions, 1: review_due: “soon” cannot be meant": lambda found: found["editions"][0].update(review_due="soon"),
    "editions, 1: null is not keys with values": lambda found: found.update(editions=[None]),
    "editions: null is not a list": lambda found: found.update(editions=None),
    "the key “editions” is missing": lambda found: found.pop("editions"),
    f"editions, 2: {READ.path} stands twice": lambda found: found["editions"].append(found["editions"][0]),
    "alternatives, 1: the key “layout” is missing": lambda found: found["alternatives"][0].pop("format"),
    "alternatives, 1: the key “kind” is missing": lambda found: found["alternatives"][0].update(layout="web"),
    "alternatives, 1: path: “en-GB/a.hands.plain.web.en-GB.brf” is": lambda found: found["alternatives"][0].update(
        format="web"
    ),
    "others, 1: path: “.ssh/authorized_keys” is neither a page nor": lambda found: found["others"][0].update(
        path=".ssh/authorized_keys"
    ),
    "others, 2: sha256: “” cannot be meant": lambda found: found["others"][1].update(sha256=""),
    "others: {…} is not a list": lambda found: found.update(others={}),
}


@pytest.mark.parametrize("said", BROKEN)
def test_a_row_of_another_form_is_told_and_the_others_are_read(said: str) -> None:
    found = copy.deepcopy(WHOLE)
    BROKEN[said](found)
    catalogue, (told,) = read(json.dumps(found))
    assert told.startswith(f"memory://catalogue/catalogue.json:1:1: error: this is no catalogue of leaflets: {said}")
    assert "hint: build it again; if nobody changed it on purpose, find out who did" in told
    rest = len(catalogue.entries) + len(catalogue.others)
    assert rest in range(1, 8 if "twice" in said else 7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("null", "this is no catalogue of leaflets: null is not keys with values"),
        ('"x"', 'this is no catalogue of leaflets: "x" is not keys with values'),
        ("", "this is not JSON: Expecting value"),
        ("{", "this is not JSON: Expecting property name enclosed in double quotes"),
        ("[" * 100_000, "this is not JSON that can be read: lists in lists in lists"),
    ],
)
def test_what_is_no_catalogue_is_told(text: str, said: str) -> None:
    catalogue, (told,) = read(text)
    assert catalogue == Catalogue()
    assert said in told


def test_many_faults_are_one_diagnostic() -> None:
    found = copy.deepcopy(WHOLE)
    for row in (*found["alternatives"], *found["others"]):
        row["path"] = "../victim"
    assert "(and 5 more) [catalogue]" in read(json.dumps(found))[1][0]


def test_a_catalogue_that_leads_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text(catalogue_json([READ]))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "catalogue.json").symlink_to(tmp_path / "theirs.json")
    assert read_catalogue(LocalStore(tmp_path / "out"), said := Diagnostics()) == Catalogue()
    assert "“catalogue.json” is a link that leads out of its folder [catalogue]" in str(said.items[0])


@given(WHERE, JSON)
def test_whatever_stands_in_it_nothing_is_raised_and_no_path_leads_out(where: list[int], value: Any) -> None:
    catalogue, _ = read(json.dumps(changed(WHOLE, where, value)))
    for row in catalogue.entries:
        assert row.path in edition_files(row.edition).values()
    catalogue_json(catalogue.entries, catalogue.others).encode()
    assert set(catalogue.others) <= {"index.html", "evidence.html", "find.json", PAPER.evidence_path}


@given(st.binary())
def test_any_bytes_are_a_catalogue_or_one_diagnostic(body: bytes) -> None:
    store, diagnostics = open_store("memory://catalogue"), Diagnostics()
    store.write_whole("catalogue.json", body)
    read_catalogue(store, diagnostics)
    assert len(diagnostics) <= 1

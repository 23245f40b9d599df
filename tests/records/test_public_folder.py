"""A folder for a web server: what is signed, nothing hidden, the answers as files, old files taken away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xmlschema

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.records.feed import FeedSettings
from leaflets.records.holdings import read_holdings
from leaflets.records.public_folder import PublicFolder

SETTINGS = FeedSettings("https://leaflets.example/", "2026-11-30T00:00:00Z", "")
TODAY = "2026-11-30"


def published(project: Project, source: Path, out: Path, drafts: bool = False, records: bool = False) -> set[str]:
    store = LocalStore(source)
    folder = PublicFolder(project, store, LocalStore(out), read_holdings(store, TODAY, drafts), SETTINGS)
    folder.write(records)
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_only_what_is_signed_is_there_and_nothing_hidden(
    project: Project, records_folder: Path, tmp_path: Path
) -> None:
    names = published(project, records_folder, tmp_path)
    assert {name for name in names if "/" not in name} == {
        "index.html",
        "catalogue.json",
        "find.json",
        "published.json",
    }
    assert all("restless-legs-self-care" in name for name in names if "/" in name)
    assert not [name for name in names if "clinician" in name or name.startswith(".")]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Calm your restless legs" in page
    assert "raft" not in page
    assert str(records_folder) not in "".join(path.read_text("utf-8") for path in tmp_path.glob("*.*"))


def test_drafts_are_marked_and_go_again(project: Project, records_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("of somebody else")
    names = published(project, records_folder, tmp_path, drafts=True)
    assert any("overview" in name for name in names)
    assert "Draft, not signed by a clinician" in (tmp_path / "index.html").read_text(encoding="utf-8")
    again = published(project, records_folder, tmp_path)
    assert not [name for name in again if "overview" in name]
    assert "own.txt" in again


def test_a_crafted_listing_deletes_nothing_else(project: Project, records_folder: Path, tmp_path: Path) -> None:
    victim, out = tmp_path / "victim.txt", tmp_path / "out"
    victim.write_text("kept")
    out.mkdir()
    (out / "published.json").write_text(json.dumps(["../victim.txt", str(victim), 7, "a/../../victim.txt", "own.txt"]))
    (out / "own.txt").write_text("kept")
    assert "own.txt" in published(project, records_folder, out)
    assert victim.read_text() == "kept"


def test_nothing_signed_is_said(project: Project, records_folder: Path, tmp_path: Path) -> None:
    store = LocalStore(records_folder)
    holdings = read_holdings(store, "2100-01-01", drafts=False)
    PublicFolder(project, store, LocalStore(tmp_path), holdings, SETTINGS).write(records=True)
    assert "no leaflet has been signed by a clinician" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_answers_are_there_for_every_code(project: Project, records_folder: Path, tmp_path: Path) -> None:
    names = published(project, records_folder, tmp_path, records=True)
    index = json.loads((tmp_path / "infobutton/index.json").read_text(encoding="utf-8"))
    assert {(row["system"], row["code"]) for row in index["answers"]} == {
        ("icd-10", "G25.8"),
        ("icd-10-cm", "G25.81"),
        ("icd-9-cm", "333.94"),
        ("snomed-ct", "32914008"),
        ("mesh", "D012148"),
    }
    assert {row["language"] for row in index["answers"]} == {"en", "en-GB", "en-US"}
    schema = xmlschema.XMLSchema(str(Path(__file__).parent / "knowledge-response.xsd"))
    for row in index["answers"]:
        assert {f"{row['path']}.{form}" for form in index["forms"]} <= names
        text = (tmp_path / f"{row['path']}.xml").read_text(encoding="utf-8")
        schema.validate(text)
        assert "Calm your restless legs" in text
    links = json.loads((tmp_path / "infobutton/icd-10-cm/G25.81/en.json").read_text(encoding="utf-8"))
    for link in links["feed"]["entry"][0]["link"]:
        assert link["href"].removeprefix("https://leaflets.example/") in names


@pytest.mark.parametrize("drafts", [False, True])
def test_the_same_bytes_each_time(project: Project, records_folder: Path, tmp_path: Path, drafts: bool) -> None:
    bodies = []
    for name in ("one", "two"):
        published(project, records_folder, tmp_path / name, drafts, records=True)
        files = sorted((tmp_path / name).rglob("*.*"))
        bodies.append([path.read_bytes() for path in files if path.is_file()])
    assert bodies[0] == bodies[1]

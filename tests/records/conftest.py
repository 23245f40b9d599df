"""A build folder of the two articles with files that are only stand-ins; one leaflet is signed, the others are not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.content.load import article_ids, read_article
from leaflets.editions.choice import Choice
from leaflets.editions.plan import plan
from leaflets.finder.build_index import build_index
from leaflets.finder.search_index import NAME, index_json
from leaflets.publish.catalogue import CatalogueEntry, catalogue_json
from leaflets.records.door import RecordsApp
from leaflets.records.holdings import WatchedFolder
from tests.conftest import PROJECTS, ROOT

SIGNED = "restless-legs-self-care"
BASE = "https://leaflets.example/"


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(PROJECTS / "hand-washing", ROOT)


@pytest.fixture(scope="session")
def records_folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, faults = tmp_path_factory.mktemp("records"), Diagnostics()
    read = {name: read_article(project, name, faults) for name in article_ids(project)}
    articles = {name: article for name, article in read.items() if article}
    entries = []
    for edition in plan(articles, Choice(), faults):
        kind = "web" if edition.layout == "web" else "read"
        body = f"%PDF {edition.name}".encode()
        title = articles[edition.article].leaflets[edition.leaflet].title.at(edition.level)
        status, review = ("reviewed", "signed") if edition.leaflet == SIGNED else ("awaiting-review", "draft")
        name = (edition.article, edition.leaflet, edition.level, edition.layout, edition.locale)
        about = (kind, edition.path, title, 2 * (kind == "read"), "A4" * (kind == "read"), "0.1", status)
        entries.append(CatalogueEntry(*name, *about, hashlib.sha256(body).hexdigest(), review, "2099-01-01"))
        (folder / edition.path).parent.mkdir(exist_ok=True)
        (folder / edition.path).write_bytes(body)
    assert not faults.errors
    index = build_index(project, LocalStore(folder), articles, entries, faults)
    (folder / NAME).write_text(index_json(index), encoding="utf-8")
    (folder / "catalogue.json").write_text(catalogue_json(entries), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def door(project: Project, records_folder: Path) -> Iterator[TestClient]:
    """The door over what is signed."""
    folder = WatchedFolder(project, LocalStore(records_folder))
    with TestClient(RecordsApp(project, folder, BASE).app(), base_url=BASE, raise_server_exceptions=True) as client:
        yield client


@pytest.fixture(scope="session")
def trial(project: Project, records_folder: Path) -> Iterator[TestClient]:
    """The door with drafts."""
    folder = WatchedFolder(project, LocalStore(records_folder), drafts=True)
    with TestClient(RecordsApp(project, folder, BASE).app(), base_url=BASE) as client:
        yield client

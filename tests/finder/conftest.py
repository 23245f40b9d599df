"""The search index of both articles, made without building a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.content.load import article_ids, read_article
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.plan import plan
from leaflets.finder.build_index import build_index
from leaflets.finder.search_index import NAME, SearchIndex, index_json, read_index
from tests.conftest import PROJECTS, ROOT


@dataclass(frozen=True)
class File:
    edition: Edition
    title: str


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `find.json` alone."""
    folder, faults = tmp_path_factory.mktemp("finder"), Diagnostics()
    project = Project(PROJECTS / "hand-washing", ROOT)
    read = {name: read_article(project, name, faults) for name in article_ids(project)}
    articles = {name: article for name, article in read.items() if article}
    files = [
        File(edition, article.leaflets[edition.leaflet].title.at(edition.level))
        for edition in plan(articles, Choice(), faults)
        for article in [articles[edition.article]]
    ]
    index = build_index(project, LocalStore(folder), articles, files, faults)
    assert not faults.errors
    (folder / NAME).write_text(index_json(index), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> SearchIndex:
    return read_index(LocalStore(index_folder))

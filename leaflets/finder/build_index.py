"""Making of the search index of a build folder from the articles and the files that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.base.untrusted.json_data import BrokenDataError
from leaflets.content.article import Article
from leaflets.editions.edition import Edition
from leaflets.finder.filter_words import filter_words
from leaflets.finder.search_index import TITLE, About, IndexedLeaflet, SearchIndex, indexed, made_in, read_index

PREFERRED = "plain"
"""Level whose title stands for a leaflet in a locale."""


class FileEntry(Protocol):
    """What the index needs of a row of the catalogue."""

    @property
    def edition(self) -> Edition: ...
    @property
    def title(self) -> str: ...


def build_index(
    project: Project,
    out: Store,
    articles: Mapping[str, Article],
    entries: Iterable[FileEntry],
    diagnostics: Diagnostics,
) -> SearchIndex:
    """Index of the files `entries`. Terms of articles that this build did not read are those of the index that is
    there; without one they are found by their titles."""
    there: dict[tuple[str, str], list[FileEntry]] = defaultdict(list)
    for entry in entries:
        there[entry.edition.article, entry.edition.leaflet].append(entry)
    known = {} if all(article in articles for article, _ in there) else _known(out)
    rows = []
    for (name, leaflet), files in sorted(there.items()):
        editions, titles = [file.edition for file in files], _titles(files)
        article, before = articles.get(name), known.get((name, leaflet))
        if article:
            rows.append(indexed(article, leaflet, titles, editions))
        elif before:
            rows.append(replace(before, titles=titles, made=made_in(editions)))
        else:
            phrases = tuple((title, TITLE) for title in titles.values())
            rows.append(IndexedLeaflet(name, leaflet, titles, phrases, (), About(), made_in(editions)))
    tags = {entry.edition.locale for files in there.values() for entry in files}
    return SearchIndex(tuple(rows), filter_words(project, tags, diagnostics))


def _known(out: Store) -> dict[tuple[str, str], IndexedLeaflet]:
    """Leaflets of the index that is there; nothing without one that can be read."""
    try:
        return {(row.article, row.leaflet): row for row in read_index(out).leaflets}
    except (OSError, BrokenDataError):
        return {}


def _titles(files: Iterable[FileEntry]) -> dict[str, str]:
    """Title by locale, of the preferred level where it is there."""
    found: dict[str, str] = {}
    for file in files:
        if file.edition.locale not in found or file.edition.level == PREFERRED:
            found[file.edition.locale] = file.title
    return dict(sorted(found.items()))

"""The record system's door with 1,000 leaflets: time of a code query and of a search by words, memory over 10,000."""

from __future__ import annotations

import asyncio
import hashlib
import resource
import time
from dataclasses import replace
from pathlib import Path

from bench.results import DoorRun
from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.content.load import read_article
from leaflets.editions.choice import Choice
from leaflets.editions.plan import plan
from leaflets.finder.build_index import build_index
from leaflets.finder.search_index import NAME, SearchIndex, index_json
from leaflets.publish.catalogue import CatalogueEntry, catalogue_json
from leaflets.records.door import RecordsApp
from leaflets.records.holdings import WatchedFolder

ARTICLE = "fibromyalgia-leg-pain"
LEAFLETS = 1000
QUERIES = 10_000
WORDS = 200


def measure(folder: Path) -> DoorRun:
    """Ask a door over a made-up folder, in this process, by its own interface (ASGI)."""
    _make(folder)
    app = RecordsApp(Project(), WatchedFolder(Project(), LocalStore(folder), drafts=True), "http://x/").app()
    words = ("restles leg", "fibromialgia", "jumpy legs", "iron", "asthma")
    asyncio.run(_ask(app, ["mainSearchCriteria.v.c=G25.81"] * 100))
    before = _megabytes()
    codes = ("G25.81", "M79.7", "32914008", "E11.9", "M79.605")
    by_code = asyncio.run(_ask(app, [f"mainSearchCriteria.v.c={codes[n % 5]}" for n in range(QUERIES)]))
    after = _megabytes()
    by_words = asyncio.run(_ask(app, [f"mainSearchCriteria.v.dn={words[n % 5]}" for n in range(WORDS)]))
    return DoorRun(LEAFLETS, QUERIES, _percentiles(by_code), _percentiles(by_words), (before, after))


def _make(folder: Path) -> None:
    """A folder with 1,000 leaflets: the shipped ones, and others under made-up names and codes."""
    faults = Diagnostics()
    article = read_article(Project(), ARTICLE, faults)
    assert article is not None
    entries = [
        CatalogueEntry(
            row.article, row.leaflet, row.level, row.layout, row.locale, "web" if row.layout == "web" else "read",
            row.path, article.leaflets[row.leaflet].title.at(row.level), 2, "A4", "0.1", "awaiting-review",
            hashlib.sha256(row.path.encode()).hexdigest(),
        )
        for row in plan({article.id: article}, Choice(), faults)
        if row.locale == "en-GB"
    ]  # fmt: skip
    index = build_index(Project(), LocalStore(folder), {article.id: article}, entries, faults)
    leaflets, rows = list(index.leaflets), list(entries)
    for number in range(LEAFLETS - len(leaflets)):
        name = f"other-{number}"
        like = index.leaflets[number % len(index.leaflets)]
        phrases = tuple((_renamed(text, number), weight) for text, weight in like.phrases)
        code = (("icd-10-cm", f"{chr(65 + number % 26)}{number // 26 % 100:02}.{number % 10}", "exact"),)
        leaflets.append(replace(like, article=name, phrases=phrases, codes=code))
        rows += [
            replace(row, article=name, path=row.path.replace(ARTICLE, name))
            for row in entries
            if row.leaflet == like.leaflet
        ]
    (folder / NAME).write_text(index_json(SearchIndex(tuple(leaflets), index.filter_words)), encoding="utf-8")
    (folder / "catalogue.json").write_text(catalogue_json(rows), encoding="utf-8")


def _renamed(text: str, number: int) -> str:
    """Other words of the same length, from a few thousand."""
    return " ".join(hashlib.sha256(f"{word}{number % 40}".encode()).hexdigest()[: len(word)] for word in text.split())


async def _ask(app: object, queries: list[str]) -> list[float]:
    return [taken async for taken in _taken(app, queries)]


async def _taken(app, queries: list[str]):  # type: ignore[no-untyped-def]
    for query in queries:
        scope = {
            "type": "http", "method": "GET", "path": "/infobutton", "raw_path": b"/infobutton", "headers": [],
            "query_string": query.replace(" ", "+").encode(), "scheme": "http", "server": ("x", 80), "root_path": "",
            "client": ("x", 1), "http_version": "1.1",
        }  # fmt: skip
        statuses: list[int] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, object], statuses: list[int] = statuses) -> None:
            if message["type"] == "http.response.start":
                statuses.append(int(str(message["status"])))

        begun = time.perf_counter()
        await app(scope, receive, send)
        yield (time.perf_counter() - begun) * 1000
        assert statuses == [200]


def _percentiles(values: list[float]) -> tuple[float, float]:
    rows = sorted(values)
    return round(rows[len(rows) // 2], 2), round(rows[int(len(rows) * 0.95)], 2)


def _megabytes() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)

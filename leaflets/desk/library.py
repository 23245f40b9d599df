"""Library: the finished files of a build folder, during a build too."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.store import Store
from leaflets.builder.edition.make import Result
from leaflets.builder.state.manifest_file import read_state
from leaflets.content.levels import LEVELS
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.edition_files import edition_from, edition_paths
from leaflets.editions.layouts import LAYOUTS, ON_PAPER
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.publish.catalogue import CatalogueEntry, entry_from, read_catalogue

EDITION_KEYS = ("article", "leaflet", "level", "layout", "locale")


@dataclass
class Library:
    """Finished files of a build folder that match `choice`. Thread-safe."""

    out: Store
    choice: Choice = field(default_factory=Choice)
    _entries: Mapping[str, CatalogueEntry] = field(default_factory=dict)
    """Entries by path, as read from the folder."""
    _results: dict[Edition, Result] = field(default_factory=dict)
    """Results of the running build."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> None:
        """Read catalogue and manifest again: a running build saves the manifest now and then, the catalogue last."""
        entries = {entry.path: entry for entry in read_catalogue(self.out, Diagnostics()).entries}  # a build says more
        try:
            made = read_state(self.out).editions.values()
        except OSError:  # the build reports it
            made = {}.values()
        entries.update((row["path"], entry_from(row)) for edition in made for row in edition.rows)
        there = self.out.sizes(entries)
        with self._lock:
            self._entries = {path: entry for path, entry in entries.items() if path in there and self._asked(entry)}

    def settled(self) -> None:
        """End of a build: drop its results, which the folder has now, and refresh."""
        with self._lock:
            self._results.clear()
        self.refresh()

    def built(self, result: Result) -> None:
        """Record the result of an edition that was built or failed."""
        with self._lock:
            self._results[result.edition] = result

    def entries(self) -> dict[str, CatalogueEntry]:
        """All present entries by path, with the results of the running build applied."""
        with self._lock:
            found, results = dict(self._entries), dict(self._results)
        for edition, result in results.items():
            if result.failed:
                for path in edition_paths(edition):
                    found.pop(path, None)
            elif edition.path in found:
                before = found[edition.path]
                found[edition.path] = replace(
                    before, sha256=result.sha256, pages=result.pages, title=result.title or before.title
                )
                for file in result.beside:
                    if file.path in found:
                        found[file.path] = replace(found[file.path], sha256=file.sha256, pages=file.pages)
        return found

    def body(self, path: str) -> bytes | None:
        """Bytes of a finished file; None for every path that is not in the catalogue."""
        if path not in self.entries():
            return None
        try:
            return self.out.read(path)
        except OSError:
            return None  # deleted a moment ago

    def edition(self, name: str) -> Edition | None:
        """Edition with that name, if it is on paper and present."""
        found = edition_from(name)
        return found if found and found.layout in ON_PAPER and found.path in self.entries() else None

    def _asked(self, entry: CatalogueEntry) -> bool:
        return all(not (asked := getattr(self.choice, part)) or getattr(entry, part) in asked for part in EDITION_KEYS)


def listing(entries: Mapping[str, CatalogueEntry]) -> dict[str, Any]:
    """Data for the desk's page: leaflets with their titles, editions on paper by name in the order of the tables,
    locales."""
    editions: dict[str, dict[str, Any]] = {}
    titles: dict[str, dict[str, str]] = {}
    for entry in sorted(entries.values(), key=_order):
        if entry.kind != "read":
            continue
        edition = entry.edition
        editions[edition.name] = _row(entry, edition, entries)
        of_leaflet = titles.setdefault(f"{entry.article}/{entry.leaflet}", {})
        if entry.locale not in of_leaflet or entry.level == "plain":
            of_leaflet[entry.locale] = entry.title
    leaflets = [{"id": name, "titles": words, "title": _in_english(words)} for name, words in titles.items()]
    locales = {tag: _locale(tag) for tag in sorted({entry.locale for entry in entries.values()}, key=_english_first)}
    return {"leaflets": sorted(leaflets, key=lambda row: row["title"]), "editions": editions, "locales": locales}


def _row(entry: CatalogueEntry, edition: Edition, entries: Mapping[str, CatalogueEntry]) -> dict[str, Any]:
    twin, web = entries.get(edition.print_path), entries.get(replace(edition, layout=WEB).path)
    return {
        "leaflet": f"{entry.article}/{entry.leaflet}",
        **{part: getattr(entry, part) for part in ("level", "layout", "locale", "path", "title", "pages", "paper")},
        "version": entry.version,
        "review": (entry.review, entry.review_due),
        "bytes": entry.sha256[:12],
        "twin": {"path": twin.path, "pages": twin.pages, "paper": twin.paper} if twin else None,
        "web": web.path if web else None,
    }


def _in_english(titles: Mapping[str, str]) -> str:
    """Title in English, the language of the desk, else in another language."""
    return titles[min(titles, key=_english_first)]


def _english_first(tag: str) -> tuple[bool, int]:
    return not tag.startswith("en"), list(LOCALES).index(tag) if tag in LOCALES else 99


def _locale(tag: str) -> dict[str, str]:
    row = LOCALES.get(tag) or Locale(tag, tag, tag)
    both = row.own_name if row.own_name == row.english_name else f"{row.own_name} ({row.english_name})"
    return {"name": both, "own": row.own_name, "direction": row.direction, "language": row.language}


def _order(entry: CatalogueEntry) -> tuple[str, str, str, int, int]:
    levels, layouts = list(LEVELS), list(LAYOUTS)
    return (
        entry.article,
        entry.leaflet,
        entry.locale,
        levels.index(entry.level) if entry.level in levels else 99,
        layouts.index(entry.layout) if entry.layout in layouts else 99,
    )

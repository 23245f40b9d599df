"""Holdings: what the door may hand out of a build folder, by leaflet and locale."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore, Store
from leaflets.base.untrusted.json_data import BrokenDataError
from leaflets.editions.edition import WEB
from leaflets.editions.layouts import LAYOUTS
from leaflets.finder.search import Finder
from leaflets.finder.search_index import NAME, IndexedLeaflet, SearchIndex, read_index
from leaflets.publish.catalogue import NAME as CATALOGUE
from leaflets.publish.catalogue import CatalogueEntry, read_catalogue

MEDIA_TYPES = {
    "read": "application/pdf",
    "print": "application/pdf",
    "web": "text/html",
    "epub": "application/epub+zip",
    "text": "text/plain",
    "braille": "text/x-brf",
}
"""Media type of a file by its kind in the catalogue."""
HANDED_OUT = ("read", "web", "epub", "text", "braille")
EVERY = 2.0
"""Seconds between two looks at the folder."""
LeafletId = tuple[str, str]
"""Article and leaflet."""


class ChangedFileError(OSError):
    """A file is another one than that of the catalogue."""


@dataclass(frozen=True)
class Holding:
    """A leaflet in one locale with the files that may be handed out."""

    leaflet: IndexedLeaflet
    locale: str
    title: str
    files: tuple[CatalogueEntry, ...]

    @property
    def signed(self) -> bool:
        """Whether all of its files are signed."""
        return all(entry.status == "reviewed" for entry in self.files)

    @property
    def version(self) -> str:
        """Version of the article."""
        return self.files[0].version


@dataclass(frozen=True)
class Holdings:
    """All that may be handed out, as one state of the folder has it."""

    index: SearchIndex
    by_leaflet: Mapping[LeafletId, Mapping[str, Holding]]
    """Holdings by leaflet, then by locale."""
    by_path: Mapping[str, CatalogueEntry]
    finder: Finder

    @property
    def locales(self) -> list[str]:
        """All locales, sorted."""
        return sorted({locale for rows in self.by_leaflet.values() for locale in rows})


def read_holdings(out: Store, today: str, drafts: bool) -> Holdings:
    """Read catalogue and index of a build folder.

    `today` (ISO 8601): what was signed and is past its review date is not handed out. `drafts`: what nobody has signed
    is, too.
    FileNotFoundError, OSError, BrokenDataError: the folder has no index that can be read.
    """
    index, faults = read_index(out), Diagnostics()
    catalogue = read_catalogue(out, faults)
    if faults.errors:
        raise BrokenDataError(faults.errors[0].message)
    if not catalogue.entries and CATALOGUE not in out.sizes([CATALOGUE]):
        raise FileNotFoundError(CATALOGUE)
    entries = [
        entry
        for entry in catalogue.entries
        if entry.kind in HANDED_OUT and _for_patients(entry) and _offered(entry, today, drafts)
    ]
    rows: dict[LeafletId, dict[str, list[CatalogueEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=_order):
        rows[entry.article, entry.leaflet][entry.locale].append(entry)
    kept = tuple(row for row in index.leaflets if (row.article, row.leaflet) in rows)
    known = {(row.article, row.leaflet): row for row in kept}
    index = SearchIndex(kept, index.filter_words)
    by_leaflet = {
        name: {
            locale: Holding(known[name], locale, known[name].titles.get(locale, files[0].title), tuple(files))
            for locale, files in locales.items()
        }
        for name, locales in rows.items()
        if name in known
    }
    return Holdings(index, by_leaflet, {entry.path: entry for entry in entries}, Finder(index))


def _for_patients(entry: CatalogueEntry) -> bool:
    return entry.layout == WEB or (entry.layout in LAYOUTS and entry.layout != "clinician")


def _offered(entry: CatalogueEntry, today: str, drafts: bool) -> bool:
    if entry.status != "reviewed":
        return drafts
    return not entry.review_due or entry.review_due >= today


def read_file(out: Store, entry: CatalogueEntry) -> bytes:
    """Body of a file of the catalogue. ChangedFileError when it is another one than that of the catalogue: a build is
    at work, and what it writes may be a draft. OSError."""
    body = out.read(entry.path)
    if hashlib.sha256(body).hexdigest() != entry.sha256:
        raise ChangedFileError(f"{entry.path} is not the file that the catalogue names; build again")
    return body


def _order(entry: CatalogueEntry) -> tuple[int, int, int, str]:
    levels: Sequence[str] = ("plain", "easy", "detailed")
    layouts = [WEB, *LAYOUTS]
    return (
        levels.index(entry.level) if entry.level in levels else len(levels),
        layouts.index(entry.layout) if entry.layout in layouts else len(layouts),
        HANDED_OUT.index(entry.kind),
        entry.path,
    )


@dataclass
class WatchedFolder:
    """Holdings of a folder, read again when its catalogue or index is another one."""

    project: Project
    out: Store
    drafts: bool = False
    _held: Holdings | None = None
    _state: tuple[object, ...] = ()
    _looked: float = field(default=float("-inf"))

    def holdings(self) -> Holdings:
        """The holdings as they are now. Raises as `read_holdings` does, until they can be read again."""
        now = time.monotonic()
        if self._held is None or now - self._looked >= EVERY:
            self._looked = now
            today = self.project.today().isoformat()
            state = (today, *self._changed())
            if self._held is None or state != self._state:
                self._held = None  # what cannot be read now is not handed out from memory
                self._held, self._state = read_holdings(self.out, today, self.drafts), state
        return self._held

    def _changed(self) -> tuple[object, ...]:
        """Sizes of index and catalogue, and the times of their last changes where the folder is on this machine."""
        found: tuple[object, ...] = tuple(sorted(self.out.sizes([NAME, CATALOGUE]).items()))
        if isinstance(self.out, LocalStore):
            with suppress(OSError):
                found += tuple(self.out.place(name).stat().st_mtime_ns for name in (NAME, CATALOGUE))
        return found

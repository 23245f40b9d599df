"""Record of a build: writes the manifest while it runs, and catalogue and index pages at its end.

The manifest is saved every few seconds, so that the next build continues where a killed one stopped.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath

import jinja2

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.builder.edition.make import Result
from leaflets.builder.edition.sidecar import Sidecar
from leaflets.builder.materials import Materials
from leaflets.builder.state.manifest import UNDER_WAY, Made, Manifest
from leaflets.builder.state.manifest_file import write_state
from leaflets.content.drawings.reader_tests import read_reader_tests, tried
from leaflets.content.drawings.uses import uses
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import EVIDENCE, edition_paths
from leaflets.editions.plan import plan
from leaflets.finder.build_index import build_index
from leaflets.finder.search_index import NAME as INDEX
from leaflets.finder.search_index import index_json
from leaflets.html.environment import environment, template_diagnostic
from leaflets.publish.catalogue import (
    KINDS,
    Catalogue,
    CatalogueEntry,
    catalogue_json,
    entry_from,
    read_catalogue,
)
from leaflets.publish.catalogue import NAME as CATALOGUE
from leaflets.publish.evidence_page import evidence_html, evidence_rows
from leaflets.publish.site import index_html

EVERY = 5.0
"""Least number of seconds between two savings of the manifest."""
COST = 0.03
"""Greatest share of the time that saving may take."""


@dataclass
class Record:
    """The record of one build."""

    out: Store
    state: Manifest
    materials: Materials
    release: bool = False
    """Only what may be handed out stays in the folder, also of earlier builds."""
    withheld: set[Edition] = field(default_factory=set)
    """Editions that a release refuses; their files are removed."""
    _results: list[Result] = field(default_factory=list)
    _next: float = 0.0

    def begin(self, stale: Sequence[Edition]) -> None:
        """Mark editions as under way and save: from now on their files can change at any moment."""
        there = [made for edition in stale if (made := self.state.editions.get(edition.name))]
        for made in there:
            made.size = UNDER_WAY
        if there:
            self._save()
        self._next = time.monotonic() + EVERY

    def add(self, result: Result, inputs: dict[str, str]) -> None:
        """Record the result of one edition, built or failed, with its `inputs`; save if EVERY seconds passed."""
        self._results.append(result)
        name = result.edition.name
        before = self.state.editions.pop(name, None)
        if not result.failed:
            warnings = [[item.message, item.rule] for item in result.diagnostics]
            entry, snapshot = self._entry(result), self.state.snapshot
            others = [asdict(_other(entry, file)) for file in result.beside if file.kind in KINDS]
            sizes = {file.path: file.size for file in result.beside}
            expired = self.materials.review(result.edition).expired
            evidence = next((file.sha256 for file in result.beside if file.kind == EVIDENCE), "")
            made = Made(inputs, asdict(entry), warnings, result.size, snapshot, others, sizes, expired, evidence)
            self.state.editions[name] = made
            for path in sorted(before.beside.keys() - sizes.keys() if before else ()):
                with suppress(OSError):
                    self.out.delete(path)  # a sidecar that is not made any more, or the evidence of another file
        if time.monotonic() >= self._next:
            self._save()

    def publish(self, project: Project, diagnostics: Diagnostics) -> None:
        """Write catalogue, index pages and manifest.

        Editions of earlier builds stay if they are still offered; failed editions and those no longer offered are
        removed with their files, so that nobody hands out an old leaflet for a new one, and so are, of a release, those
        that are refused. Raises OSError.
        """
        articles = self.materials.articles()
        offered = plan(articles, Choice(), Diagnostics())
        before = self._catalogue(diagnostics)
        entries = self._still_offered(before, {path for edition in offered for path in edition_paths(edition)})
        others = [row for row in self.state.offered if row[0] not in articles]
        self.state.offered = [*others, *(list(asdict(edition).values()) for edition in offered)]
        beside = self._evidence(before, entries)
        pages: dict[str, bytes] = {}
        try:
            rows = evidence_rows(self.out, entries)
            used = {use.picture for article in articles.values() for use in uses(article)}
            pictures = tried(project, used, read_reader_tests(project, diagnostics))
            named = {(entry.article, entry.locale) for entry in entries}
            shelf = self.materials.shelf(project, named, diagnostics)
            pages = {
                "index.html": index_html(project, self.out, entries, shelf, rows).encode(),
                "evidence.html": evidence_html(project, rows, pictures).encode(),
            }
        except jinja2.TemplateError as error:
            diagnostics.items.append(template_diagnostic(error, environment(project)))
        pages[INDEX] = index_json(build_index(project, self.out, articles, entries, diagnostics)).encode()
        beside |= {name: hashlib.sha256(page).hexdigest() for name, page in pages.items()}
        self.out.write_whole(CATALOGUE, catalogue_json(entries, beside).encode())
        for name, page in pages.items():
            self.out.write_whole(name, page)
        self.state.published = True
        write_state(self.out, self.state)

    def _catalogue(self, diagnostics: Diagnostics) -> Catalogue:
        """The catalogue that is there; what is wrong with it is a warning, since it is written anew."""
        said = Diagnostics()
        found = read_catalogue(self.out, said)
        for item in said:
            diagnostics.warning(item.place, item.message, item.rule, "it was written anew, without these rows")
        return found

    def _evidence(self, before: Catalogue, entries: Sequence[CatalogueEntry]) -> dict[str, str]:
        """SHA-256 of the evidence of the published files, by path: as it was when it was written."""
        known = dict(before.others)
        for made in self.state.editions.values():
            path = entry_from(made.entry).edition.evidence_path
            known.pop(path, None)
            if made.evidence:
                known[path] = made.evidence
        there = self.out.sizes({entry.edition.evidence_path for entry in entries if entry.kind == "read"})
        return {path: digest for path, digest in known.items() if path in there}

    def _still_offered(self, before: Catalogue, offered: Set[str]) -> list[CatalogueEntry]:
        """The entries that stay in the catalogue; the files of all others are deleted."""
        articles = self.materials.articles()
        failed = {path for result in self._results if result.failed for path in edition_paths(result.edition)}
        failed |= {path for edition in self.withheld for path in edition_paths(edition)}
        # the manifest comes last: it has the editions of a build that was killed before it wrote a catalogue
        known = [
            *before.entries,
            *(CatalogueEntry(**row) for made in self.state.editions.values() for row in made.rows),
        ]
        there = self.out.sizes({entry.path for entry in known})
        entries: dict[str, CatalogueEntry] = {}
        for entry in {entry.path: entry for entry in known if entry.path in there}.values():
            if entry.article in articles and entry.path not in offered:
                made = self.state.editions.pop(PurePosixPath(entry.path).stem, None)
                for path in {entry.path, entry.edition.evidence_path, *(made.files if made else ())}:
                    self.out.delete(path)
            elif self.release and not self._current(entry):
                failed |= {*edition_paths(entry.edition)}
            elif entry.path not in failed:
                entries[entry.path] = entry
        for path in sorted(failed):
            self.out.delete(path)
        if self.release:
            gone = [name for name, made in self.state.editions.items() if made.entry["path"] in failed]
            for name in gone:
                del self.state.editions[name]
        return [entry for entry in entries.values() if entry.path not in failed]

    def _current(self, entry: CatalogueEntry) -> bool:
        """Whether a file of this or an earlier build may be handed out on the day of this build."""
        day = self.materials.day
        return entry.status == "reviewed" and day is not None and entry.review_due >= day.isoformat()

    def _save(self) -> None:
        """Save the manifest. An error is ignored here; the files of editions, or the end of the build, report it."""
        begun = time.monotonic()
        self.state.published = False
        with suppress(OSError):
            write_state(self.out, self.state)
        now = time.monotonic()
        self._next = now + max(EVERY, (now - begun) / COST)

    def _entry(self, result: Result) -> CatalogueEntry:
        edition, material = result.edition, self.materials.of(result.edition)
        on_paper = material.layout.on_paper
        return CatalogueEntry(
            article=edition.article,
            leaflet=edition.leaflet,
            level=edition.level,
            layout=edition.layout,
            locale=edition.locale,
            kind="read" if on_paper else edition.layout,
            path=edition.path,
            title=result.title,
            pages=result.pages,
            paper=material.page.id if on_paper else "",
            version=material.article.info.version,
            status="reviewed" if material.review.current else "awaiting-review",
            sha256=result.sha256,
            review=material.review.state,
            review_due=material.article.info.review_due.isoformat(),
        )


def _edition(entry: CatalogueEntry) -> Edition:
    return Edition(entry.article, entry.leaflet, entry.level, entry.layout, entry.locale)


def _other(entry: CatalogueEntry, file: Sidecar) -> CatalogueEntry:
    """The catalogue entry of a sidecar."""
    return replace(entry, kind=file.kind, path=file.path, pages=file.pages, paper=file.paper, sha256=file.sha256)

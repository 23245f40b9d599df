"""Public folder: what may be handed out, copied for any web server, with a start page and the answers as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.base.untrusted.json_data import BrokenDataError, parse_json
from leaflets.base.untrusted.names import UnsafeNameError, relative_name
from leaflets.editions.edition_files import file_at
from leaflets.finder.search_index import NAME as INDEX
from leaflets.finder.search_index import index_json
from leaflets.html.environment import environment
from leaflets.l10n.languages import LOCALES
from leaflets.publish.catalogue import NAME as CATALOGUE
from leaflets.publish.catalogue import CatalogueEntry, catalogue_json
from leaflets.records import fhir
from leaflets.records.feed import DRAFT, FeedSettings
from leaflets.records.form_names import form_name
from leaflets.records.holdings import Holding, Holdings, read_file
from leaflets.records.static_export import ROOT, exported

START = "index.html"
LISTING = "published.json"
"""Names of the files of the last time, so that those no longer offered are taken away."""


@dataclass(frozen=True)
class PublicFolder:
    """A folder that is given to the public. `base`: its address with a slash at its end, or empty: not known."""

    project: Project
    source: Store
    out: Store
    holdings: Holdings
    settings: FeedSettings
    region: str = "GB"

    def write(self, records: bool) -> int:
        """Write all files, with the answers for record systems if `records`; returns the number of leaflets' files.

        Files of an earlier time that are offered no more are deleted; others in the folder stay. OSError.
        """
        before, names = self._before(), []
        for name, body in self._files(records):
            self.out.write_whole(name, body)
            names.append(name)
        for name in sorted(before - set(names)):
            self.out.delete(name)
        self.out.write_whole(LISTING, (json.dumps(sorted(names), indent=0) + "\n").encode())
        return len(self.holdings.by_path)

    def _files(self, records: bool) -> Iterator[tuple[str, bytes]]:
        entries = list(self.holdings.by_path.values())
        for entry in entries:
            yield entry.path, read_file(self.source, entry)
        yield CATALOGUE, catalogue_json(entries).encode()
        yield INDEX, index_json(self.holdings.index).encode()
        yield START, self._start().encode()
        if records:
            yield from exported(self.project, self.holdings, self.region, self.settings, self._hash)

    def _start(self) -> str:
        rows = [holding for locales in self.holdings.by_leaflet.values() for holding in locales.values()]
        tags = sorted({row.locale for row in rows})
        groups = [(tag, LOCALES[tag], [row for row in rows if row.locale == tag]) for tag in tags if tag in LOCALES]
        return (
            environment(self.project)
            .get_template("site/start.html")
            .render(
                groups=groups,
                form_name=form_name,
                drafts=any(not row.signed for row in rows),
                draft=DRAFT,
                forms=_forms,
            )
        )

    def _hash(self, file: CatalogueEntry) -> str:
        return fhir.sha1_of(read_file(self.source, file))

    def _before(self) -> set[str]:
        """Names that an earlier time wrote, as far as they are names of files in the folder."""
        try:
            found = parse_json(self.out.read(LISTING))
        except (OSError, BrokenDataError):
            return set()
        listed = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
        return {name for name in listed if _is_ours(name)}


def _is_ours(name: str) -> bool:
    """Whether a name, read back from disk, can be that of a file of this kind of folder."""
    try:
        relative_name(name)
    except UnsafeNameError:
        return False
    return file_at(name) is not None or name.split("/")[0] in (ROOT, "fhir")


def _forms(holding: Holding) -> list[tuple[str, list[CatalogueEntry]]]:
    """Files of a leaflet by level, in the order of the holding."""
    found: dict[str, list[CatalogueEntry]] = {}
    for file in holding.files:
        found.setdefault(file.level, []).append(file)
    return list(found.items())

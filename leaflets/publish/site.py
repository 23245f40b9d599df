"""`index.html`: the catalogue for people, a page that works without a server."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from leaflets.base.project import Project
from leaflets.content.levels import LEVELS
from leaflets.editions.edition import FORMATS, WEB
from leaflets.editions.layouts import LAYOUTS
from leaflets.html.environment import environment
from leaflets.l10n.languages import LOCALES
from leaflets.publish.catalogue import KINDS, CatalogueEntry
from leaflets.publish.evidence_page import EvidenceRow


def index_html(project: Project, entries: Sequence[CatalogueEntry], proofs: Sequence[EvidenceRow] = ()) -> str:
    """HTML of the page: a table for each locale and leaflet, a row for each level, a column for each layout.
    `proofs`: the evidence of the reading files, for the count of measured ones."""
    order = sorted(entries, key=_order)
    locales = []
    for tag, of_locale in groupby(order, key=lambda entry: entry.locale):
        leaflets = []
        for _, of_leaflet in groupby(of_locale, key=lambda entry: (entry.article, entry.leaflet)):
            rows = list(of_leaflet)
            title = next((row.title for row in rows if row.level == "plain"), rows[0].title)
            leaflets.append(
                {
                    "title": title,
                    "levels": _used(rows, "level"),
                    "layouts": _used(rows, "layout"),
                    "cells": {(row.level, row.layout): row for row in rows if row.kind in ("read", WEB)},
                    "twins": {(row.level, row.layout): row for row in rows if row.kind == "print"},
                    "forms": {
                        level: [row for row in rows if row.level == level and row.kind in FORMATS] for level in LEVELS
                    },
                }
            )
        locales.append({"locale": LOCALES.get(tag), "tag": tag, "leaflets": leaflets})
    return (
        environment(project)
        .get_template("site/index.html")
        .render(
            locales=locales,
            measured=sum(row.evidence is not None for row in proofs),
            files=len(proofs),
            today=project.today().isoformat(),
        )
    )


def _used(rows: Sequence[CatalogueEntry], field: str) -> list[str]:
    names = LEVELS if field == "level" else LAYOUTS
    used = {getattr(row, field) for row in rows}
    return [name for name in names if name in used]


def _order(entry: CatalogueEntry) -> tuple[str, str, str, int, int, int, str]:
    """Order on the page, of the entry alone, so that it does not depend on the order of the entries."""
    return (
        entry.locale,
        entry.article,
        entry.leaflet,
        list(LEVELS).index(entry.level) if entry.level in LEVELS else 99,
        list(LAYOUTS).index(entry.layout) if entry.layout in LAYOUTS else 99,
        KINDS.index(entry.kind) if entry.kind in KINDS else 99,
        entry.path,
    )

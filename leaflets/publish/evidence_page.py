"""`evidence.html`: the evidence of all editions on one page for reviewers, without server and scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.check.evidence.evidence_reader import read_evidence
from leaflets.check.evidence.schema.basis import ClaimLeftOut
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.content.drawings.reader_tests import ENOUGH, LEAST_READERS, Tried
from leaflets.content.levels import LEVELS
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.html.environment import environment
from leaflets.l10n.languages import LOCALES
from leaflets.publish.catalogue import CatalogueEntry


@dataclass(frozen=True)
class EvidenceRow:
    """An edition on the page. `evidence` is None when it is missing, invalid, or of another version of the file."""

    entry: CatalogueEntry
    evidence: Evidence | None

    @property
    def edition(self) -> Edition:
        return self.entry.edition


def evidence_rows(out: Store, entries: Iterable[CatalogueEntry]) -> list[EvidenceRow]:
    """Read the evidence of the reading files of a catalogue, in the order of the page."""
    rows = []
    for entry in sorted((entry for entry in entries if entry.kind == "read"), key=_order):
        found = read_evidence(out, entry.edition, Diagnostics())
        rows.append(EvidenceRow(entry, found if found and found.file.sha256 == entry.sha256 else None))
    return rows


def evidence_html(project: Project, rows: Sequence[EvidenceRow], pictures: Sequence[Tried] = ()) -> str:
    """HTML of the page: how readers took the pictures, then for each article a table for each locale and leaflet,
    claims, sources and required signatures."""
    articles = []
    for name, of_article in groupby(rows, key=lambda row: row.entry.article):
        editions = list(of_article)
        known = [row.evidence for row in editions if row.evidence]
        tables = [
            {"locale": LOCALES.get(locale), "tag": locale, "title": _title(list(group)), "rows": list(group)}
            for (locale, _), found in groupby(editions, key=lambda row: (row.entry.locale, row.entry.leaflet))
            for group in [list(found)]
        ]
        articles.append({"id": name, "tables": tables, **_basis(known), "signatures": _signatures(known)})
    results = [row.evidence.result if row.evidence else "not checked" for row in rows]
    counted = {name: results.count(name) for name in ("pass", "warning", "fail", "not checked")}
    checkers = {(item.name, item.version, item.looked_at) for row in rows if row.evidence
                for item in row.evidence.checked_by}  # fmt: skip
    return (
        environment(project)
        .get_template("site/evidence.html")
        .render(
            articles=articles,
            counted=counted,
            total=len(rows),
            checkers=sorted(checkers),
            pictures=sorted(pictures, key=lambda row: row.picture),
            enough=(LEAST_READERS, ENOUGH),
        )
    )


def _title(rows: Sequence[EvidenceRow]) -> str:
    return next((row.entry.title for row in rows if row.entry.level == "plain"), rows[0].entry.title)


def _basis(known: Sequence[Evidence]) -> dict[str, object]:
    """Claims, facts and references of an article, each with the leaflets, levels and parts that print it."""
    claims: dict[str, dict[str, object]] = {}
    facts: dict[str, dict[str, object]] = {}
    left_out: dict[str, tuple[ClaimLeftOut, dict[str, None]]] = {}
    sources = {}
    for evidence in known:
        about = evidence.about
        for printed, table in ((evidence.basis.claims, claims), (evidence.basis.facts, facts)):
            for row in printed:
                where = table.setdefault(row.id, {"row": row, "where": {}})["where"]
                assert isinstance(where, dict)
                for part in row.printed_in:
                    where.setdefault((about.leaflet, part), {})[about.level] = None
        for claim in evidence.basis.left_out:
            left_out.setdefault(claim.id, (claim, {}))[1][about.level] = None
        sources.update({source.id: source for source in evidence.basis.sources})
    origin = known[0].basis.origin if known else None
    return {
        "origin": origin,
        "claims": list(claims.values()),
        "left_out": list(left_out.values()),
        "facts": list(facts.values()),
        "sources": [{"row": row, "facts": [id_ for id_, fact in facts.items() if row.id in _of(fact)]}
                    for row in sources.values()],
    }  # fmt: skip


def _of(fact: dict[str, object]) -> tuple[str, ...]:
    return fact["row"].sources  # type: ignore[attr-defined, no-any-return]


def _signatures(known: Sequence[Evidence]) -> list[object]:
    """Required signatures, each once."""
    return list(dict.fromkeys(item for evidence in known for item in evidence.review.signatures))


def _order(entry: CatalogueEntry) -> tuple[str, str, str, int, int]:
    levels, layouts = list(LEVELS), list(LAYOUTS)
    return (
        entry.article,
        entry.locale,
        entry.leaflet,
        levels.index(entry.level) if entry.level in levels else 99,
        layouts.index(entry.layout) if entry.layout in layouts else 99,
    )

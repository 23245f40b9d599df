"""FHIR R4: one DocumentReference for each leaflet and locale, with an attachment for each form.

The resources are made as models of `fhir.resources` (R4B, which has the elements used here as R4 has them), so that a
wrong element cannot be written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.documentreference import DocumentReference
from fhir.resources.R4B.operationoutcome import OperationOutcome

from leaflets import __version__
from leaflets.content.model.search_terms import compact_code
from leaflets.publish.catalogue import CatalogueEntry
from leaflets.records.code_systems import SYSTEMS, system_of
from leaflets.records.feed import DRAFT, FeedSettings
from leaflets.records.form_names import form_name
from leaflets.records.holdings import MEDIA_TYPES, Holding, Holdings
from leaflets.records.knowledge_request import OTHER_SYSTEM, RequestError

MOST_SEARCHES, MOST_VALUES = 10, 100
"""Parameters of a search, and values of one."""
MEDIA_TYPE = "application/fhir+json"
SEARCHES = {"code": "code", "language": "language", "title": "title", "title:contains": "title", "_id": "_id"}
"""Names of search parameters, and by what they search."""
NOT_SEARCHED = {
    "authenticator", "author", "category", "contenttype", "custodian", "date", "description", "encounter", "event",
    "facility", "format", "identifier", "location", "patient", "period", "related", "relatesto", "relation",
    "relationship", "security-label", "setting", "status", "subject", "type", "_content", "_filter", "_has", "_list",
    "_lastUpdated", "_profile", "_query", "_security", "_source", "_tag", "_text",
}  # fmt: skip
"""Search parameters of R4 that narrow a search; without them somebody would be given what was not asked for."""
HashOf = Callable[[CatalogueEntry], str]
"""SHA-1 of a file in base64, as R4 has the hash of an attachment."""


def sha1_of(body: bytes) -> str:
    """SHA-1 of a file in base64 (R4, Attachment.hash)."""
    return base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def holding_id(holding: Holding) -> str:
    """Logical id of a leaflet in a locale; the same for each version (letters, digits, hyphens: FHIR id)."""
    name = f"{holding.leaflet.article}/{holding.leaflet.leaflet}/{holding.locale}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"leaflets:{name}"))


def document(holding: Holding, settings: FeedSettings, hash_of: HashOf) -> dict[str, Any]:
    """A leaflet in a locale as a DocumentReference."""
    row, about = holding.leaflet, holding.leaflet.about
    concepts = [_concept(system, code) for system, code, _ in row.codes]
    values = {
        "id": holding_id(holding),
        "language": holding.locale,
        "text": _narrative(holding),
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{holding_id(holding)}"}],
        "status": "current",
        "docStatus": "final" if holding.signed else "preliminary",
        "type": {"text": "Patient leaflet"},
        "category": concepts,
        "date": f"{about.issued}T00:00:00Z" if about.issued else None,
        "description": holding.title if holding.signed else f"{holding.title} ({DRAFT.lower()})",
        "content": [_content(holding, file, settings, hash_of(file)) for file in holding.files],
        "context": {"event": concepts} if concepts else None,
    }
    return _dump(DocumentReference(**{key: value for key, value in values.items() if value}))


def bundle(holdings: Iterable[Holding], settings: FeedSettings, hash_of: HashOf, self_link: str) -> dict[str, Any]:
    """A searchset of leaflets."""
    rows = [
        {
            "fullUrl": f"{settings.base}fhir/DocumentReference/{holding_id(holding)}",
            "resource": document(holding, settings, hash_of),
            "search": {"mode": "match"},
        }
        for holding in holdings
    ]
    values: dict[str, Any] = {
        "type": "searchset",
        "timestamp": settings.now,
        "total": len(rows),
        "link": [{"relation": "self", "url": self_link}],
    }
    return _dump(Bundle(**values, **({"entry": rows} if rows else {})))


def read_search(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Search parameters of a request with their values. RequestError for one that would narrow the search and is not
    known here, for too many, and for a modifier that is not (R4, search: such ones have to be refused)."""
    found = []
    for name, value in pairs:
        plain, colon, _ = name.partition(":")
        if name in SEARCHES:
            found += [(SEARCHES[name], value)] if value else []
        elif plain in NOT_SEARCHED or (colon and plain in SEARCHES):
            raise RequestError("leaflets can be searched by code, language, title, title:contains and _id alone")
    if len(found) > MOST_SEARCHES:
        raise RequestError(f"a search has at most {MOST_SEARCHES} parameters")
    return found


def find_documents(holdings: Holdings, query: Iterable[tuple[str, str]] = ()) -> list[Holding]:
    """Leaflets for a search by `code` (system|code or code), `language`, `title` and `_id`; all must be met. Of values
    with commas between, one must be."""
    rows = [holding for locales in holdings.by_leaflet.values() for holding in locales.values()]
    for name, value in query:
        values = value.split(",")[:MOST_VALUES]
        if name == "code":
            named = {leaflet for one in values for leaflet in _by_token(holdings, one)}
            rows = [row for row in rows if (row.leaflet.article, row.leaflet.leaflet) in named]
        elif name == "language":
            tags = {one.strip().lower() for one in values}
            rows = [row for row in rows if tags & {row.locale.lower(), row.locale.lower().split("-")[0]}]
        elif name == "title":
            found = {(row.leaflet.article, row.leaflet.leaflet) for row in holdings.finder.search(value).found}
            rows = [row for row in rows if (row.leaflet.article, row.leaflet.leaflet) in found]
        else:
            rows = [row for row in rows if holding_id(row) in values]
    return sorted(rows, key=lambda row: (row.leaflet.article, row.leaflet.leaflet, row.locale))


def capability(settings: FeedSettings) -> dict[str, Any]:
    """What this server can do."""
    searches = [
        {"name": "code", "type": "token", "documentation": "A code of the problem: system|code, or the code alone."},
        {"name": "language", "type": "token", "documentation": "A language or locale, such as en or en-GB."},
        {"name": "title", "type": "string", "documentation": "Words, abbreviations or a code, with letters wrong."},
        {"name": "_id", "type": "token"},
    ]
    values = {
        "status": "active",
        "date": settings.now,
        "kind": "instance",
        "software": {"name": "leaflets", "version": __version__},
        "implementation": {"description": "Patient leaflets", "url": f"{settings.base}fhir"},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "resource": [
                    {
                        "type": "DocumentReference",
                        "interaction": [{"code": "read"}, {"code": "search-type"}],
                        "searchParam": searches,
                    }
                ],
            }
        ],
    }
    return _dump(CapabilityStatement(**values))


def outcome(code: str, words: str) -> dict[str, Any]:
    """A fault as an OperationOutcome; `code` is one of IssueType."""
    return _dump(OperationOutcome(issue=[{"severity": "error", "code": code, "diagnostics": words}]))


def _by_token(holdings: Holdings, token: str) -> set[tuple[str, str]]:
    """Article and leaflet of what has a code: `system|code`, `|code` or `code`."""
    system, bar, code = token.rpartition("|")
    known = (system_of(system) or OTHER_SYSTEM) if bar and system else None
    return {(row.leaflet.article, row.leaflet.leaflet) for row in holdings.finder.by_code(compact_code(code), known)}


def _content(holding: Holding, file: CatalogueEntry, settings: FeedSettings, sha1: str) -> dict[str, Any]:
    return {
        "attachment": {
            "contentType": MEDIA_TYPES[file.kind],
            "language": file.locale,
            "url": settings.address(file.path),
            **({"hash": sha1} if sha1 else {}),
            "title": f"{holding.title}: {form_name(file)}",
        }
    }


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": SYSTEMS[system].uri, "code": code}]}


def _narrative(holding: Holding) -> dict[str, str]:
    draft = "" if holding.signed else f" {DRAFT}."
    said = f"{escape(holding.title)}, version {escape(holding.version)}.{draft}"
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{holding.locale}" xml:lang="{holding.locale}">'
        f"<p>{said}</p></div>",
    }


def _dump(resource: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource.model_dump_json())
    return found

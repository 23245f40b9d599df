"""CDS Hooks: one stateless service, a card with leaflets for the conditions that the record system sends along.

The record system's own server is never called; its address and its token are not read.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from leaflets.records.answer import answer_to
from leaflets.records.feed import DRAFT, FeedSettings
from leaflets.records.form_names import form_name
from leaflets.records.holdings import Holding, Holdings
from leaflets.records.request import LANGUAGES, Criterion, KnowledgeRequest, RequestError, coded

SERVICE = "leaflets"
MOST_CONDITIONS = 60
MOST_LINKS = 6
ENDED = {"resolved", "remission", "inactive"}
"""Clinical status of a condition that is over."""


def services() -> dict[str, Any]:
    """The answer to discovery."""
    service = {
        "hook": "patient-view",
        "id": SERVICE,
        "title": "Patient leaflets",
        "description": "Leaflets at several reading levels and sizes of print for the patient’s conditions.",
        "prefetch": {
            "conditions": "Condition?patient={{context.patientId}}&clinical-status=active",
            "patient": "Patient/{{context.patientId}}?_elements=communication",
        },
    }
    return {"services": [service]}


def cards(body: Any, holdings: Holdings, region: str, settings: FeedSettings) -> dict[str, Any]:
    """One card for each leaflet; none without a condition that we have a leaflet for. RequestError for what is no
    call of a hook."""
    if not isinstance(body, dict) or body.get("hook") != "patient-view":
        raise RequestError("the body is no call of the hook patient-view")
    prefetch = body.get("prefetch")
    if prefetch is not None and not isinstance(prefetch, dict):
        raise RequestError("prefetch is no object")
    criteria = list(_criteria((prefetch or {}).get("conditions")))[:MOST_CONDITIONS]
    if not criteria:
        return {"cards": []}
    request = KnowledgeRequest(tuple(dict.fromkeys(criteria)), tuple(_languages((prefetch or {}).get("patient"))))
    found = answer_to(request, holdings, region)
    return {"cards": [_card(entry.holding, found.notes, settings) for entry in found.entries]}


def _card(holding: Holding, notes: tuple[str, ...], settings: FeedSettings) -> dict[str, Any]:
    draft = "" if holding.signed else f"{DRAFT}: "
    paper = [file for file in holding.files if file.kind in ("read", "web")][:MOST_LINKS]
    links = [{"label": form_name(file), "url": settings.address(file.path), "type": "absolute"} for file in paper]
    card = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"leaflets:card/{holding.leaflet.leaflet}/{holding.locale}")),
        "summary": f"{draft}{holding.title}"[:140],
        "indicator": "info",
        "source": {"label": "Patient leaflets"},
        "links": links,
    }
    return {**card, "detail": " ".join(notes)} if notes else card


def _criteria(found: Any) -> Iterator[Criterion]:
    """Codes of the conditions in a prefetched Bundle, or in one Condition."""
    for resource in _resources(found, "Condition"):
        status = {code for _, code in _codings(resource.get("clinicalStatus"))}
        if not status & ENDED:
            yield from (coded(code, system) for system, code in _codings(resource.get("code")) if code)


def _languages(found: Any) -> Iterator[str]:
    for patient in _resources(found, "Patient"):
        rows = patient.get("communication")
        listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        for row in sorted(listed, key=lambda row: row.get("preferred") is not True):
            for _, code in _codings(row.get("language")):
                tag = code.lower().replace("_", "-")
                yield LANGUAGES.get(tag, tag)


def _resources(found: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict) and found.get("resourceType") == kind:
        yield found
    rows = found.get("entry") if isinstance(found, dict) else None
    for row in rows[:1000] if isinstance(rows, list) else ():
        resource = row.get("resource") if isinstance(row, dict) else None
        if isinstance(resource, dict) and resource.get("resourceType") == kind:
            yield resource


def _codings(concept: Any) -> Iterator[tuple[str, str]]:
    rows = concept.get("coding") if isinstance(concept, dict) else None
    for row in rows[:20] if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("code"), str):
            system = row.get("system")
            yield system if isinstance(system, str) else "", row["code"]

"""CDS Hooks: one stateless service, a card with leaflets for the conditions that the record system sends along.

The record system's own server is never called; its address and its token are not read.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from leaflets.editions.edition import WEB
from leaflets.publish.catalogue import CatalogueEntry
from leaflets.records.answer import KnowledgeAnswer, answer_to
from leaflets.records.feed import DRAFT, FeedSettings
from leaflets.records.form_names import form_name
from leaflets.records.holdings import Holding, Holdings
from leaflets.records.knowledge_request import LANGUAGES, Criterion, KnowledgeRequest, RequestError, coded

SERVICE = "leaflets"
MOST_CONDITIONS = 60
MOST_SUMMARY = 140
PAGES = ("read", "web")
ENDED = {"resolved", "remission", "inactive"}
"""Clinical status of a condition that is over."""
NOT_SO = {"refuted", "entered-in-error"}
"""Verification status of a condition that the patient has not."""
DAYS_OF_A_YEAR = 365.25


def services() -> dict[str, Any]:
    """The answer to discovery."""
    service = {
        "hook": "patient-view",
        "id": SERVICE,
        "title": "Patient leaflets",
        "description": "Leaflets at several reading levels and sizes of print for the patient’s conditions.",
        "prefetch": {
            "conditions": "Condition?patient={{context.patientId}}&clinical-status=active",
            "patient": "Patient/{{context.patientId}}?_elements=birthDate,communication",
        },
    }
    return {"services": [service]}


def cards(body: Any, holdings: Holdings, region: str, settings: FeedSettings) -> dict[str, Any]:
    """One card with all leaflets; none without a condition that we have a leaflet for. RequestError for what is no
    call of a hook."""
    if not isinstance(body, dict) or body.get("hook") != "patient-view":
        raise RequestError("the body is no call of the hook patient-view")
    prefetch = body.get("prefetch")
    if prefetch is not None and not isinstance(prefetch, dict):
        raise RequestError("prefetch is no object")
    criteria = list(_criteria((prefetch or {}).get("conditions")))[:MOST_CONDITIONS]
    if not criteria:
        return {"cards": []}
    patient = (prefetch or {}).get("patient")
    request = KnowledgeRequest(
        tuple(dict.fromkeys(criteria)), tuple(_languages(patient)), age=_age(patient, settings.now)
    )
    found = answer_to(request, holdings, region)
    return {"cards": [_card(found, settings)] if found.entries else []}


def _card(found: KnowledgeAnswer, settings: FeedSettings) -> dict[str, Any]:
    holdings = [entry.holding for entry in found.entries]
    drafts = [] if all(holding.signed for holding in holdings) else [f"{DRAFT}: for trial alone."]
    links = [
        {"label": f"{holding.title}: {form_name(file)}", "url": settings.address(file.path), "type": "absolute"}
        for holding in holdings
        for file in _offered(holding)
    ]
    titles = "; ".join(holding.title for holding in holdings)
    card = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"leaflets:card/{found.locale}/{titles}")),
        "summary": _short(f"{'Drafts of leaflets' if drafts else 'Leaflets'} for this patient: {titles}"),
        "indicator": "info",
        "source": {"label": "Patient leaflets"},
        "links": links,
    }
    said = " ".join((*drafts, *found.notes))
    return {**card, "detail": said} if said else card


def _offered(holding: Holding) -> list[CatalogueEntry]:
    """The forms that a card names: the handout or another usual one, easy read, large print, the web page."""
    found: dict[str, CatalogueEntry] = {}
    for name, levels, layouts in (
        ("usual", ("plain",), ("handout", "standard", "summary")),
        ("easy", ("easy",), ("standard", "large-print")),
        ("large", ("plain",), ("large-print", "giant-print")),
        ("web", ("plain",), (WEB,)),
    ):
        fit = [file for file in holding.files if file.level in levels and file.layout in layouts and file.kind in PAGES]
        if fit:
            found[name] = min(fit, key=lambda file: layouts.index(file.layout))
    return list(found.values()) or list(holding.files[:1])


def _short(words: str) -> str:
    """Words of a summary: at most 140 characters, as the specification asks."""
    return words if len(words) <= MOST_SUMMARY else words[: MOST_SUMMARY - 1].rstrip() + "…"


def _criteria(found: Any) -> Iterator[Criterion]:
    """Codes of the conditions in a prefetched Bundle, or in one Condition."""
    for resource in _resources(found, "Condition"):
        status = {code for _, code in _codings(resource.get("clinicalStatus"))}
        verified = {code for _, code in _codings(resource.get("verificationStatus"))}
        if not status & ENDED and not verified & NOT_SO:
            yield from (coded(code, system) for system, code in _codings(resource.get("code")) if code)


def _languages(found: Any) -> Iterator[str]:
    for patient in _resources(found, "Patient"):
        rows = patient.get("communication")
        listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        for row in sorted(listed, key=lambda row: row.get("preferred") is not True):
            for _, code in _codings(row.get("language")):
                tag = code.lower().replace("_", "-")
                yield LANGUAGES.get(tag, tag)


def _age(found: Any, now: str) -> float | None:
    """Age in years: the least that a birth date with year, month or day allows for; None when there is none."""
    for patient in _resources(found, "Patient"):
        match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(patient.get("birthDate")), re.ASCII)
        with suppress(ValueError):
            if match:
                born = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
                return max(0.0, (date.fromisoformat(now[:10]) - born).days / DAYS_OF_A_YEAR)
    return None


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

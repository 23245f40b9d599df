"""Release: which editions may be handed out, and what the others need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.builder.materials import Materials
from leaflets.builder.signing.signature_file import signature_path
from leaflets.check.evidence.evidence_reader import read_evidence
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.review_status import ReviewId
from leaflets.lint.pending import pending_in

RULE = "release"
WHY: Mapping[ReviewId, str] = {
    "draft": "is not signed",
    "changed": "has changed since it was signed",
    "withdrawn": "has a signature that was taken back",
}


def refused(
    project: Project, materials: Materials, editions: Sequence[Edition], diagnostics: Diagnostics
) -> set[Edition]:
    """Editions that are not signed as they are, whose review is overdue, or of which words are pending. One error for
    each leaflet, locale and reason says what is needed."""
    found: set[Edition] = set()
    reasons: dict[tuple[str, str, str, str, str], set[Edition]] = {}
    for edition in editions:
        for place, message, hint in _reasons(project, materials, edition):
            found.add(edition)
            key = (edition.leaflet, edition.locale, place, message, hint)
            reasons.setdefault(key, set()).add(edition)
    for (leaflet, locale, place, message, hint), of_reason in reasons.items():
        said = f"“{leaflet}” ({locale}) {message}; refused: {_named(of_reason, editions)}"
        diagnostics.error(Place(place), said, RULE, hint)
    return found


def failing(out: Store, editions: Sequence[Edition]) -> Iterator[tuple[Edition, Diagnostic]]:
    """Editions on paper whose evidence fails, or is missing, with what it says."""
    for edition in editions:
        if edition.layout == WEB:
            continue
        why = Diagnostics()
        evidence = read_evidence(out, edition, why)
        if evidence is None or evidence.result == "fail":
            says = evidence.says if evidence else [found.message for found in why]
            message = f"refused, since its evidence fails: {'; '.join(says)}"
            hint = f"mend it; “leaflets check --pdf” shows where: {edition.path}"
            yield edition, Diagnostic(Place(edition.name), Severity.ERROR, message, RULE, hint)


def _reasons(project: Project, materials: Materials, edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Place, message and hint for each reason to refuse an edition."""
    review = materials.review(edition)
    localised = materials.localised[edition.article, edition.locale]
    command = f"leaflets sign {edition.article} --leaflet {edition.leaflet} --locale"
    if not review.signed:
        place = project.shown(signature_path(edition.article, edition.locale))
        needs = [edition.locale] if review.translator is None or not localised.translated else []
        if localised.translated and review.signer is None:
            needs.insert(0, localised.original.info.language)
        typed = ", and ".join(f"{command} {tag} --by NAME --role ROLE" for tag in needs or [edition.locale])
        yield place, WHY[review.state], f"have it read and signed: {typed}"
    if review.expired or localised.article.info.review_due < project.latest_today():
        place = project.shown(f"articles/{edition.article}/article.yaml")
        due = localised.article.info.review_due
        hint = "have it reviewed, write the day of its next review under “review_due”, and have it signed"
        yield place, f"is out of date: its review was due on {due}", hint
    if localised.locale.formula:
        region = materials.regions[localised.locale.region]
        values = region.values(localised.locale.language)
        pending = pending_in(localised.article, edition.leaflet, edition.level, region.id, values)
        if pending:
            place = project.shown(f"articles/{edition.article}/article.yaml")
            hint = f"mend the words, and take them from “pending”: {', '.join(pending)}"
            yield place, "has words that are still to be rewritten", hint


def _named(some: set[Edition], editions: Sequence[Edition]) -> str:
    """Levels with their layouts, in the order of the plan; “all editions” if it is all of a leaflet and locale."""
    first = next(iter(some))
    whole = [row for row in editions if (row.article, row.leaflet, row.locale) == _which(first)]
    if len(some) == len(whole):
        return f"all {len(whole)} editions" if len(whole) > 1 else "its edition"
    levels: dict[str, list[str]] = {}
    for row in whole:
        if row in some:
            levels.setdefault(row.level, []).append(row.layout)
    return ", ".join(f"{level} ({', '.join(layouts)})" for level, layouts in levels.items())


def _which(edition: Edition) -> tuple[str, str, str]:
    return (edition.article, edition.leaflet, edition.locale)

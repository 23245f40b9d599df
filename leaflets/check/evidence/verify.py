"""Verification of evidence: it is that of the file which the catalogue lists, and the file measures the same now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import pdf_limits
from leaflets.base.store import Store
from leaflets.check.evidence.accessibility import accessibility_report
from leaflets.check.evidence.evidence_reader import RULE, read_evidence
from leaflets.check.evidence.pdf_ua import pdf_ua
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.check.preflight.run import preflight_finished
from leaflets.check.readback.document import read_body
from leaflets.editions.edition import Edition

AGAIN = "build it again; if nobody changed it on purpose, find out who did"


def verify(
    out: Store,
    edition: Edition,
    body: bytes,
    listed: Mapping[str, str],
    said: Mapping[str, str],
    diagnostics: Diagnostics,
) -> None:
    """Compare the reading file of an edition, and its print file, with the evidence beside them.

    `body`: its bytes as they are now; `listed`: SHA-256 of both files by path, as the catalogue lists them;
    `said`: what it says of the edition: version, next review, status, whether it is signed.
    Differences, and failures that the evidence records, go to `diagnostics` as errors of the rule `evidence`.
    """
    evidence = read_evidence(out, edition, diagnostics)
    if evidence is None:
        return
    place = Place.on_page(str(out.place(edition.path)), 0)
    printer = evidence.file_for_the_printer
    for file in (evidence.file, *([printer] if printer else ())):
        if listed.get(file.path) != file.sha256:
            message = "it is not the file that its evidence was measured of (SHA-256)"
            diagnostics.error(Place.on_page(str(out.place(file.path)), 0), message, RULE, AGAIN)
    about = {
        "version": evidence.about.article_version,
        "next review": str(evidence.about.review_due),
        "status": evidence.review.state.replace(" ", "-"),
        "signed": "yes" if all(row.signed for row in evidence.review.signatures) else "no",
    }
    for what, listed_as in said.items():
        if listed_as != about[what]:
            message = f"{what}: “{listed_as[:80]}” in the catalogue, “{about[what]}” in the evidence"
            diagnostics.error(place, message, RULE, AGAIN)
    same = hashlib.sha256(body).hexdigest() == evidence.file.sha256
    for message in _differences(body, edition.path, evidence):
        diagnostics.error(place, message, RULE, "build it again: the program has changed" if same else AGAIN)
    if evidence.result == "fail":
        for says in evidence.says:
            diagnostics.error(place, f"its evidence says: {says}", RULE)


def _differences(body: bytes, shown: str, evidence: Evidence) -> Iterator[str]:
    """A message for each measure that differs from the evidence."""
    limits = pdf_limits(len(body))
    outcome = run_limited(f"{__name__}:measured", body, shown, evidence.about.locale, limits=limits)
    if outcome.failure:
        yield f"it cannot be read as a PDF: {outcome.why(limits)}"
        return
    found: dict[str, object] = outcome.value
    for what, now, before in _pairs(found, evidence):
        if now != before:
            yield f"{what}: {now} now, {before} in the evidence"


def _pairs(found: dict[str, object], evidence: Evidence) -> Iterator[tuple[str, object, object]]:
    """Each measure with its value now and in the evidence; without those that were not checked in one of them."""
    told = {
        "pages": int(evidence.file.pages.value),
        "smallest letter (pt)": evidence.pages.smallest_glyph_pt.value,
        "fonts": ", ".join(font.name for font in evidence.file.fonts if font.used_for == "what is printed"),
        "headings": len(evidence.heard.headings),
        "pictures that say what they show": len(evidence.heard.pictures),
        "language": evidence.heard.language,
        "PDF/UA-1": evidence.pdf_ua.result,
    }
    for what, before in told.items():
        if "not checked" not in (found[what], before):
            yield what, found[what], before


def measured(body: bytes, shown: str, locale: str) -> dict[str, object]:
    """The measures of a file, in a child process. Raises whatever a broken file raises."""
    file = read_body(body, shown, None)
    preflight = preflight_finished(file, ())
    told = accessibility_report(file, locale)
    return {
        "pages": preflight.pages,
        "smallest letter (pt)": round(preflight.smallest_pt, 3),
        "fonts": ", ".join(preflight.fonts),
        "headings": len(told.headings),
        "pictures that say what they show": len(told.pictures),
        "language": told.language,
        "PDF/UA-1": pdf_ua(body).result,
    }

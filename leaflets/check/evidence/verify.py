"""Verification of evidence: the file has the recorded SHA-256, and measures the same now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import pdf_limits
from leaflets.check.evidence.accessibility import accessibility_report
from leaflets.check.evidence.pdf_ua import pdf_ua
from leaflets.check.evidence.schema import Evidence
from leaflets.check.preflight.run import preflight_finished
from leaflets.check.readback.document import read_body

RULE = "evidence"
AGAIN = "build it again; if nobody changed it on purpose, find out who did"


def verify(folder: Path, path: str, name: str, diagnostics: Diagnostics) -> None:
    """Compare a file at `path` in a build folder, and its print file, with the evidence in file `name`.

    Differences, and failures that the evidence records, go to `diagnostics` as errors of the rule `evidence`.
    """
    evidence = _read(folder, path, name, diagnostics)
    if evidence is None:
        return
    files = [(evidence.file.path, evidence.file.sha256)]
    if evidence.file_for_the_printer:
        files.append((evidence.file_for_the_printer.path, evidence.file_for_the_printer.sha256))
    for file, digest in files:
        place = Place.on_page(str(folder / file), 0)
        try:
            body = (folder / file).read_bytes()
        except OSError as error:
            diagnostics.error(place, f"it cannot be read: {error.strerror}", RULE, "build it again")
            continue
        same = hashlib.sha256(body).hexdigest() == digest
        if not same:
            diagnostics.error(place, "it is not the file that its evidence was measured of (SHA-256)", RULE, AGAIN)
        if file == path:
            for message in _differences(body, file, evidence):
                diagnostics.error(
                    place, message, RULE, AGAIN if not same else "build it again: the program has changed"
                )
    if evidence.result == "fail":
        for says in evidence.says:
            diagnostics.error(Place.on_page(str(folder / path), 0), f"its evidence says: {says}", RULE)


def _read(folder: Path, path: str, name: str, diagnostics: Diagnostics) -> Evidence | None:
    try:
        evidence = Evidence.model_validate_json((folder / name).read_bytes())
    except FileNotFoundError:
        place = Place.on_page(str(folder / path), 0)
        diagnostics.error(place, "it has no evidence", RULE, f"{name} is not there: build without --no-evidence")
        return None
    except (OSError, ValidationError):
        place = Place.on_page(str(folder / name), 0)
        diagnostics.error(place, "it is no evidence that this version of leaflets can read", RULE, "build it again")
        return None
    if evidence.file.path == path:
        return evidence
    diagnostics.error(Place.on_page(str(folder / name), 0), f"it is the evidence of {evidence.file.path}", RULE)
    return None


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

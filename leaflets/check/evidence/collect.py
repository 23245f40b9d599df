"""Collector of an edition's evidence: parses the file once, measures it and compares it with the article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from typing import Any

import leaflets.pdfio  # noqa: F401 (silences pypdf)
from leaflets import __version__
from leaflets.base.reference_cycles import clear_attributes
from leaflets.check.evidence.accessibility import accessibility_report
from leaflets.check.evidence.content_match import answered, basis, reading, red_flags
from leaflets.check.evidence.measures import at_most, page_measures, rules_kept, worst
from leaflets.check.evidence.pdf_ua import CHECKER, checker, pdf_ua
from leaflets.check.evidence.schema.evidence import Evidence, ReviewState, Signature
from leaflets.check.evidence.schema.file import AboutFile, File, FindingMade, FontUsed, PrinterFile
from leaflets.check.evidence.schema.result import Checker, Measured, Result, TypesetBy
from leaflets.check.evidence.text_index import TextIndex
from leaflets.check.expected import Expected, expect
from leaflets.check.preflight.rule import mm
from leaflets.check.preflight.run import preflight_finished
from leaflets.check.readback.document import FinishedFile, read_body
from leaflets.check.readback.structure_tree import Element
from leaflets.content.traceability import printed_parts
from leaflets.editions.material import Material
from leaflets.editions.review_status import Signer

CLINICIAN = "a named clinician, who types “leaflets sign”"
TRANSLATOR = "a named person who knows both languages, who types “leaflets sign” with “--locale”"

SINCE = {"changed": "it was signed, and has changed since", "withdrawn": "it was signed, and that was taken back"}
"""Why a leaflet that was signed is a draft, by its status."""


@dataclass(frozen=True)
class ForThePrinter:
    """A print file: its path in the build folder, its bytes, the paper of its sheets."""

    path: str
    body: bytes
    paper: str


def prove(
    material: Material,
    body: bytes,
    title: str,
    printer: ForThePrinter | None = None,
    typeset_by: TypesetBy | None = None,
) -> Evidence:
    """The evidence of an edition from the bytes of its reading file, and of its print file if it has one.

    `title`: the title of the leaflet. Raises what `read_body` raises for a broken file.
    """
    edition, info = material.edition, material.article.info
    file = read_body(body, edition.path, expected(material))
    measured = preflight_finished(file)
    index = TextIndex(file.structure.document if file.structure else Element("Document", "", "", 0, ()))
    values = material.region.values(material.localised.locale.language)
    parts = list(
        printed_parts(
            material.article, edition.leaflet, edition.level, material.region.id, values, material.layout.holds
        )
    )
    return _judged(
        Evidence(
            result="pass",
            says=(),
            about=AboutFile(
                article=edition.article, article_version=info.version, leaflet=edition.leaflet, title=title,
                level=edition.level, layout=edition.layout, locale=edition.locale, issued=info.issued,
                review_due=info.review_due,
            ),
            file=_file(file, body, material),
            file_for_the_printer=_printer(printer) if printer else None,
            pages=page_measures(file, measured),
            preflight=rules_kept(measured),
            pdf_ua=pdf_ua(body),
            heard=accessibility_report(file, edition.locale),
            red_flags=red_flags(index, material),
            readability=reading(index, material, parts),
            measures=answered(material),
            basis=basis(index, material, parts),
            review=review(index, material),
            checked_by=checkers(),
            typeset_by=typeset_by,
        )
    )  # fmt: skip


def as_json(evidence: Evidence) -> bytes:
    """The bytes of an evidence file; equal evidence gives equal bytes."""
    return (evidence.model_dump_json(indent=1) + "\n").encode()


def expected(material: Material) -> Expected:
    """The expected properties of an edition's reading file."""
    edition, region = material.edition, material.region
    most = material.article.leaflets[edition.leaflet].pages.most(edition.layout, edition.level)
    direction = material.localised.locale.direction
    return expect(edition, region.paper, region.large_print, direction, most_pages=most)


def review(index: TextIndex, material: Material) -> ReviewState:
    """The state of review: who has signed what, and whether the text of the file states it."""
    info, localised, status = material.article.info, material.localised, material.review
    signatures = [_signature(f"version {info.version} of the article “{info.id}”", CLINICIAN, status.signer)]
    if localised.translated:
        what = f"the translation into {localised.locale.english_name}"
        signatures.append(_signature(what, TRANSLATOR, status.translator))
    said = [status.signer.name if status.signed and status.signer else material.words("state-awaiting")]
    if status.expired:
        said.append(material.words.table["status-expired"].partition("{date}")[0])
    return ReviewState(
        state="reviewed" if status.signed else "awaiting review",
        since=SINCE.get(status.state, ""),
        expired=status.expired,
        said_on_paper=all(index.find(words) is not None for words in said),
        signatures=tuple(signatures),
    )


def _signature(what: str, who: str, signer: Signer | None) -> Signature:
    if signer is None:
        return Signature(what=what, who=who, signed=False)
    return Signature(what=what, who=who, signed=True, by=signer.name, role=signer.role, on=signer.on)


def checkers() -> tuple[Checker, ...]:
    """The programs that measured the file, with their versions."""
    found = [
        Checker(name="leaflets", version=__version__, looked_at="type, contrast, margins, page ends, structure, words"),
        Checker(name="pypdf", version=version("pypdf"), looked_at="reads the file for that"),
        Checker(name="syllapy", version=version("syllapy"), looked_at="counts syllables for the reading grades"),
    ]
    if known := checker():
        found.append(Checker(name=CHECKER, version=known[1], looked_at="PDF/UA-1, independently"))
    return tuple(found)


def _file(file: FinishedFile, body: bytes, material: Material) -> File:
    layout, edition = material.layout, material.edition
    own = material.article.leaflets[edition.leaflet].pages.most(edition.layout, edition.level)
    pages = len(file.pages)
    if layout.most_pages:
        measured = at_most("pages:", pages, layout.most_pages, "", f"the layout “{layout.id}”")
    elif own:
        measured = at_most("pages:", pages, own, "", "“pages” in the leaflet’s file", otherwise="warning")
    else:
        measured = at_most("pages:", pages, None, "", "")
    first = file.pages[0] if file.pages else None
    return File(
        path=edition.path,
        sha256=hashlib.sha256(body).hexdigest(),
        bytes=len(body),
        pages=measured,
        paper_mm=(round(mm(first.width), 2), round(mm(first.height), 2)) if first else (0.0, 0.0),
        fonts=tuple(_fonts(file)),
    )


def _fonts(file: FinishedFile) -> Iterator[FontUsed]:
    painted = {(font.name, font.embedded, font.has_unicode) for font in file.fonts}
    for name, embedded, told in sorted(painted):
        yield FontUsed(name=name, embedded=embedded, says_its_characters=told, used_for="what is printed")
    for name, embedded, told in sorted(set(file.field_fonts)):
        yield FontUsed(name=name, embedded=embedded, says_its_characters=told, used_for="what is filled in")


def _printer(printer: ForThePrinter) -> PrinterFile:
    """The evidence of a print file; it fails when the file has tags or claims PDF/UA."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(printer.body))
    root = reader.root_object
    marked = root.get("/MarkInfo", {}).get("/Marked", False)
    claims = "/StructTreeRoot" in root or bool(marked) or b"pdfuaid" in _metadata(root)
    sides = len(reader.pages)
    clear_attributes(reader)
    said = "only for the printer: not tagged and not claimed accessible; the file to read has the same words"
    return PrinterFile(
        path=printer.path,
        sha256=hashlib.sha256(printer.body).hexdigest(),
        bytes=len(printer.body),
        sides=sides,
        paper=printer.paper,
        claimed_accessible=claims,
        result="fail" if claims else "pass",
        says="the file for the printer claims to be accessible, which it is not" if claims else said,
    )


def _metadata(root: Any) -> bytes:
    stream = root.get("/Metadata")
    return bytes(stream.get_object().get_data()) if stream is not None else b""


def _judged(evidence: Evidence) -> Evidence:
    """The evidence with the worst of all results, and a sentence for each check that failed or was not made."""
    measured = [value for value in (getattr(evidence.pages, name) for name in type(evidence.pages).model_fields)
                if isinstance(value, Measured)]  # fmt: skip
    one = [*((item.result, item.says) for item in (evidence.file.pages, *measured))]
    one += [(evidence.pdf_ua.result, evidence.pdf_ua.says), (evidence.red_flags.result, evidence.red_flags.says)]
    if evidence.file_for_the_printer:
        one.append((evidence.file_for_the_printer.result, evidence.file_for_the_printer.says))
    parts: list[tuple[Result, Sequence[str]]] = [(result, [says]) for result, says in one]
    parts += [(evidence.heard.result, evidence.heard.says), (evidence.readability.result, evidence.readability.says)]
    if not evidence.review.said_on_paper:
        parts.append(("fail", ["the file does not say whether it was reviewed"]))
    told = [words for result, says in parts if result in ("fail", "not checked") for words in says]
    for rule in evidence.preflight:
        told += [_told(finding) for finding in rule.findings if finding.result == "fail"]
    # a language without a readability formula is reported, but is no fault of the file
    counted = [result for result, says in parts if says is not evidence.readability.says or result != "not checked"]
    result = worst((*counted, *(rule.result for rule in evidence.preflight)))
    return evidence.model_copy(update={"result": result, "says": tuple(dict.fromkeys(told))})


def _told(finding: FindingMade) -> str:
    return f"page {finding.page}: {finding.message}" if finding.page else finding.message

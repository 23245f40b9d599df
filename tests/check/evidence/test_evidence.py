"""The evidence of every edition is there and true: its values hold against readers that are not ours, and a file that
was tampered with has evidence that says so."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import Materials, gather
from leaflets.check.evidence import pdf_ua
from leaflets.check.evidence.collect import ForThePrinter, as_json, prove
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.content.model.sources import Reference
from leaflets.content.model.text import Text
from leaflets.content.traceability import printed, printed_parts
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import for_patients, layout_for
from leaflets.editions.material import Material
from leaflets.editions.review_status import ReviewStatus, Signer
from leaflets.lint.claims import red_flags
from tests.conftest import PROJECTS, Built
from tests.tools.pdf import pieces

Case = tuple[dict[str, Any], Path, Evidence]


@cache
def materials(article: str) -> Materials:
    found = Diagnostics()
    folder = PROJECTS / "hand-washing" if article == "hand-washing" else None
    made = gather(Project(folder), [article], found)
    assert not found.errors
    return made


def edition(entry: dict[str, Any]) -> Edition:
    return Edition(*(entry[part] for part in ("article", "leaflet", "level", "layout", "locale")))


def material(entry: dict[str, Any]) -> Material:
    return materials(entry["article"]).of(edition(entry))


@pytest.fixture(scope="module")
def cases(shipped: Built, second: Built) -> list[Case]:
    found = []
    for built in (shipped, second):
        for entry in built.entries:
            body = (built.folder / edition(entry).evidence_path).read_bytes()
            found.append((entry, built.folder / entry["path"], Evidence.model_validate_json(body)))
    return found


def test_every_edition_has_evidence_of_exactly_its_file(cases: list[Case]) -> None:
    assert len(cases) > 100
    for entry, path, evidence in cases:
        body = path.read_bytes()
        assert evidence.file.path == entry["path"]
        assert evidence.file.sha256 == entry["sha256"] == hashlib.sha256(body).hexdigest()
        assert evidence.file.bytes == len(body)
        about = evidence.about
        assert (about.leaflet, about.level, about.layout, about.locale) == (
            entry["leaflet"], entry["level"], entry["layout"], entry["locale"],
        )  # fmt: skip
        assert about.title == entry["title"]


def test_pages_paper_and_fonts_are_those_that_pdfium_and_pikepdf_see(cases: list[Case]) -> None:
    for entry, path, evidence in cases:
        document = pypdfium2.PdfDocument(path)
        assert evidence.file.pages.value == len(document) == entry["pages"]
        wide, high = (side / 72 * 25.4 for side in document[0].get_size())
        assert evidence.file.paper_mm == pytest.approx((wide, high), abs=0.05)
        document.close()
        with pikepdf.open(path) as pdf:
            names, embedded = set(), set()
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                    name = str(item.FontName).lstrip("/").split("+")[-1]
                    names.add(name)
                    if "/FontFile2" in item or "/FontFile3" in item:
                        embedded.add(name)
        assert {font.name for font in evidence.file.fonts} == names
        assert {font.name for font in evidence.file.fonts if font.embedded} == embedded == names


def test_the_smallest_letter_is_that_of_the_pages_and_is_held_to_the_layout(cases: list[Case]) -> None:
    for entry, path, evidence in cases[::5]:
        measured = evidence.pages.smallest_glyph_pt
        assert measured.value == pytest.approx(min(piece.size for piece in pieces(path)), abs=0.001)
        profile = material(entry).region.large_print
        assert measured.at_least == layout_for(entry["layout"], entry["level"], profile).floor_pt


def test_headings_pictures_and_links_are_those_in_the_structure(cases: list[Case]) -> None:
    for _, path, evidence in cases[::4]:
        with pikepdf.open(path) as pdf:
            roles = [
                (str(item.S), "/Alt" in item)
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
            ]
            assert evidence.heard.language == str(pdf.Root.Lang)
        assert len(evidence.heard.headings) == sum(re.fullmatch("/H[1-6]", role) is not None for role, _ in roles)
        assert len(evidence.heard.pictures) == sum(role == "/Figure" and alt for role, alt in roles)
        assert evidence.heard.tables == sum(role == "/Table" for role, _ in roles)
        assert evidence.heard.lists == sum(role == "/L" for role, _ in roles)


def test_every_file_is_pdf_ua_read_aloud_whole_and_has_its_red_flags(cases: list[Case]) -> None:
    for entry, path, evidence in cases:
        assert evidence.pdf_ua.result == "pass", path.name
        assert evidence.pdf_ua.checker_version == "0.11.0"
        assert evidence.heard.says == (), path.name
        assert evidence.red_flags.result == "pass", (path.name, evidence.red_flags.says)
        made = material(entry)
        dangers = {row.danger for tier in evidence.red_flags.tiers for row in tier.rows if row.found} - {""}
        assert dangers == red_flags(made.article, entry["level"], made.region.id)
        assert evidence.review.state == "awaiting review"
        assert evidence.review.said_on_paper


def test_every_line_of_the_article_is_in_the_file_and_reads_as_easily_as_it_should(cases: list[Case]) -> None:
    for entry, path, evidence in cases:
        reading = evidence.readability
        assert reading.lines_not_found == (), path.name
        assert reading.same_as_source
        assert reading.words > (40 if for_patients(entry["layout"]) else 20)
        if entry["locale"].startswith("en"):
            assert reading.result in ("pass", "warning"), path.name
            assert reading.words < reading.words_in_file
        else:
            assert reading.result == "not checked"
            assert reading.flesch_kincaid_grade is None


def test_claims_facts_and_sources_are_those_of_what_is_printed(cases: list[Case]) -> None:
    for entry, path, evidence in cases:
        made = material(entry)
        claims, facts = printed(made.article, entry["leaflet"], entry["level"], made.region.id, made.layout.holds)
        assert {row.id for row in evidence.basis.claims} == claims, path.name
        assert {row.id for row in evidence.basis.facts} == facts
        left_out = {row.id for row in evidence.basis.left_out}
        assert left_out == {claim.id for claim in made.article.claims.values() if claim.left_out(entry["level"])}
        assert left_out.isdisjoint(claims)
        wanted = {name for fact in facts for name in made.article.facts[fact].sources}
        assert {row.id for row in evidence.basis.sources} == wanted
        assert all(row.full == made.article.references[row.id].full for row in evidence.basis.sources)
        assert evidence.basis.origin.named_on_paper
        for part in evidence.basis.parts:
            assert part.found, (path.name, part.part)
            assert 1 <= part.page <= evidence.file.pages.value


def test_a_file_for_the_printer_is_in_the_evidence_and_not_claimed_accessible(
    shipped: Built, second: Built, cases: list[Case]
) -> None:
    twins = {row["path"]: (built, row) for built in (shipped, second) for row in built.twins}
    told = [evidence.file_for_the_printer for _, _, evidence in cases if evidence.file_for_the_printer]
    assert {item.path for item in told} == set(twins)
    for item in told:
        built, row = twins[item.path]
        assert item.sha256 == hashlib.sha256((built.folder / item.path).read_bytes()).hexdigest()
        assert item.sides == row["pages"]
        assert not item.claimed_accessible


def test_the_verdict_is_the_worst_of_what_was_found(cases: list[Case]) -> None:
    for _, path, evidence in cases:
        broken = [finding for rule in evidence.preflight for finding in rule.findings if finding.result == "fail"]
        assert (evidence.result == "fail") == bool(broken) == bool(evidence.says and evidence.result == "fail"), path


# a file that was tampered with


@pytest.fixture(scope="module")
def one(shipped: Built) -> tuple[Material, bytes]:
    found = {"leaflet": "overview", "level": "plain", "layout": "summary", "locale": "en-GB"}
    (entry,) = shipped.all(**found)
    return material(entry), (shipped.folder / entry["path"]).read_bytes()


def changed(body: bytes, change: Any) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(body))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_same_file_gives_the_same_bytes(one: tuple[Material, bytes]) -> None:
    made, body = one
    evidence = prove(made, body, "title")
    assert as_json(evidence) == as_json(prove(made, body, "title"))
    assert evidence.result in ("pass", "warning")
    assert json.loads(as_json(evidence))["format"] == "leaflets-evidence/2"
    assert Evidence.model_validate_json(as_json(evidence)) == evidence


def test_one_byte_more_is_another_hash(one: tuple[Material, bytes]) -> None:
    made, body = one
    assert prove(made, body + b"\n", "").file.sha256 != prove(made, body, "").file.sha256


def test_a_file_without_tags_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one

    def untag(writer: PdfWriter) -> None:
        del writer.root_object["/StructTreeRoot"]

    evidence = prove(made, changed(body, untag), "")
    assert evidence.result == evidence.heard.result == evidence.pdf_ua.result == "fail"
    assert not evidence.heard.tagged
    assert evidence.red_flags.result == "fail"
    assert any("has no tags" in words for words in evidence.says)
    assert any("PDF/UA-1" in words for words in evidence.says)


def test_a_letter_that_was_made_smaller_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one

    def shrink(writer: PdfWriter) -> None:
        contents = writer.pages[0]["/Contents"].get_object()
        data = contents.get_data()
        size = re.search(rb"(/\S+) ([\d.]+) Tf", data)
        assert size is not None
        contents.set_data(data.replace(size[0], size[1] + b" 7 Tf", 1))

    evidence = prove(made, changed(body, shrink), "")
    assert evidence.pages.smallest_glyph_pt.result == "fail"
    assert evidence.pages.smallest_glyph_pt.value < 12
    assert any(words.startswith("the smallest letter has only") for words in evidence.says)


def test_another_language_and_a_hidden_title_are_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one

    def mistake(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/Lang")] = TextStringObject("fr-FR")
        del writer.root_object["/ViewerPreferences"]

    evidence = prove(made, changed(body, mistake), "")
    assert evidence.heard.language == "fr-FR"
    assert not evidence.heard.title_is_shown
    assert len([words for words in evidence.says if "fr-FR" in words or "title" in words]) == 2


def test_a_red_flag_that_is_not_in_the_file_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one
    article = made.article
    tier = article.red_flags.tiers[0]
    other = tier.items[0].model_copy(update={"text": Text(all="You cannot feel your left elbow.")})
    flags = article.red_flags.model_copy(
        update={"tiers": (tier.model_copy(update={"items": (*tier.items, other)}), *article.red_flags.tiers[1:])}
    )
    wrong = replace(made, localised=replace(made.localised, article=replace(article, red_flags=flags)))
    evidence = prove(wrong, body, "")
    assert evidence.result == evidence.red_flags.result == "fail"
    assert "left elbow" in evidence.red_flags.says
    assert [row.found for row in evidence.red_flags.tiers[0].rows][-1] is False
    assert "You cannot feel your left elbow." in evidence.readability.lines_not_found


def test_red_flags_in_another_order_are_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one
    flags = made.article.red_flags
    turned = flags.model_copy(update={"tiers": tuple(reversed(flags.tiers))})
    wrong = replace(made, localised=replace(made.localised, article=replace(made.article, red_flags=turned)))
    found = prove(wrong, body, "").red_flags
    assert found.result == "fail"
    assert not found.in_order
    assert all(row.found for tier in found.tiers for row in tier.rows)


def test_a_signature_that_the_file_does_not_show_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one
    signed = ReviewStatus("signed", Signer("Dr Nobody", "GP", date(2026, 11, 23)))
    evidence = prove(replace(made, review=signed), body, "")
    assert evidence.review.state == "reviewed"
    assert [(row.signed, row.by, row.role, row.on) for row in evidence.review.signatures] == [
        (True, "Dr Nobody", "GP", date(2026, 11, 23))
    ]
    assert evidence.result == "fail"
    assert "the file does not say whether it was reviewed" in evidence.says


def test_an_overdue_review_that_the_file_does_not_show_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one
    evidence = prove(replace(made, review=ReviewStatus("changed", expired=True)), body, "")
    assert evidence.review.state == "awaiting review"
    assert evidence.review.since == "it was signed, and has changed since"
    assert evidence.review.expired
    assert not evidence.review.said_on_paper
    assert evidence.result == "fail"
    assert "the file does not say whether it was reviewed" in evidence.says


def test_a_tagged_file_for_the_printer_is_told_of(one: tuple[Material, bytes]) -> None:
    made, body = one
    evidence = prove(made, body, "", ForThePrinter("x.print.pdf", body, "A4"))
    assert evidence.file_for_the_printer is not None
    assert evidence.file_for_the_printer.claimed_accessible
    assert evidence.result == "fail"


def test_without_the_validator_it_is_not_checked_and_never_passes(
    one: tuple[Material, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, body = one
    monkeypatch.setattr(pdf_ua, "checker", lambda: None)
    evidence = prove(made, body, "")
    assert evidence.pdf_ua.result == evidence.result == "not checked"
    assert "is not installed" in evidence.pdf_ua.says
    assert evidence.pdf_ua.says in evidence.says


def test_what_is_no_pdf_is_not_pdf_ua() -> None:
    assert pdf_ua.pdf_ua(b"a letter").result == "fail"


def test_a_source_that_is_never_on_paper_is_in_the_evidence(cases: list[Case]) -> None:
    """Never among the sources: an organisation where to find help has its name in the text of the article."""
    ranks: dict[str, set[bool]] = {}
    for entry, _, evidence in cases:
        said = " ".join(lines_of(entry))
        for row in evidence.basis.sources:
            in_text = row.rank == "evidence" and material(entry).article.references[row.id].short in said
            ranks.setdefault(row.rank, set()).add(row.named_on_paper and not in_text)
    assert ranks["main"] == {True, False}
    assert ranks["evidence"] == {False}
    assert set(ranks) <= set(Reference.model_fields["rank"].annotation.__args__)  # type: ignore[union-attr]


def lines_of(entry: dict[str, Any]) -> list[str]:
    """Lines of the article that an edition prints."""
    made = material(entry)
    values = made.region.values(made.localised.locale.language)
    chosen = (entry["leaflet"], entry["level"], made.region.id, values, made.layout.holds)
    return [line for part in printed_parts(made.article, *chosen) for line in part.lines]


def test_pypdf_reads_as_many_pages(cases: list[Case]) -> None:
    for _, path, evidence in cases[::10]:
        assert len(PdfReader(path).pages) == evidence.file.pages.value

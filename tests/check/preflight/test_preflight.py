"""The preflight, rule by rule: a PDF that breaks exactly one rule is found, and its mended twin passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pypdf.generic import FloatObject, NameObject, NumberObject

from leaflets.base.diagnostics import Severity
from leaflets.check.evidence.schema.file import PartMeasured, SideMeasured
from leaflets.check.expected import Expected, expect
from leaflets.check.preflight.run import RULES, UNREADABLE, preflight
from leaflets.editions.edition import Edition
from tests.tools.faulty import (
    DARK_GREEN,
    DARK_RED,
    GOOD,
    PINK,
    PREFERENCES,
    SHADING,
    Make,
    booklet,
    boxes,
    broken_paragraph,
    carded,
    figured,
    flagged,
    full_to,
    gap,
    heading_at_the_foot,
    larger,
    last_page,
    last_words,
    listed,
    on,
    on_ground,
    page,
    pages,
    parameters,
    raster,
    sheets,
    small_in_drawing,
    trim,
)
from tests.tools.handmade import Handmade, Tag, code, dictionary, numbers, picture, tile

ROOT = Path(__file__).resolve().parents[3]


def expected(
    layout: str = "standard", level: str = "plain", direction: str = "ltr", printed: bool = False, sheet: str = ""
) -> Expected:
    return expect(Edition("wash", "hands", level, layout, "en-GB"), "A4", "ukaaf", direction, printed, sheet=sheet)


STANDARD, SUMMARY, BOOKLET = expected(), expected("summary"), expected("booklet")
LOOSE = replace(STANDARD, layout=replace(STANDARD.layout, id="large-print"))
BUDGET = replace(STANDARD, most_pages=6)
EASY = replace(STANDARD, edition=replace(STANDARD.edition, level="easy"), most_pages=9)
PRINTED = expected("booklet", printed=True)


def sided(part: float, used: float = 200) -> Expected:
    """A file one of whose sides has a part of so many mm, of 30, and takes so many of 260."""
    parts = (PartMeasured(part="steps/wash", used_mm=part, budget_mm=30),)
    return replace(STANDARD, sides=(SideMeasured(side=1, height_mm=260, used_mm=used, gave_way=(), parts=parts),))


@dataclass(frozen=True)
class Case:
    """A mistake: what breaks the rule, what its finding says, on which page, and the same without the mistake."""

    rule: str
    says: str
    broken: Make
    mended: Make
    expected: Expected | None = STANDARD
    page: int = 1
    severity: Severity = Severity.ERROR
    better: Expected | None = None
    """What the mended file is held to; None: the same."""


CASES = [
    Case("paper", "210.0 x 290.0 mm, it should be 210.0 x 297.0 mm", pages(1, height=290), pages(1)),
    Case("paper", "210.0 x 297.2 mm", pages(1, height=297.2), pages(1, height=297.05)),
    Case("paper", "its TrimBox is not its MediaBox", boxes(TrimBox=numbers(0, 0, 595.27, 830)),
         boxes(TrimBox=numbers(0, 0, 595.27, 841.89))),
    Case("paper", "its CropBox is not", boxes(CropBox=numbers(20, 0, 595.27, 841.89)), GOOD),
    Case("paper", "turned by 90 degrees", boxes(Rotate=NumberObject(90)), boxes(Rotate=NumberObject(0))),
    Case("paper", "its unit is 2 points", boxes(UserUnit=FloatObject(2)), boxes(UserUnit=FloatObject(1))),
    Case("printing", "PrintScaling is not there, it should be None", sheets({"Duplex": "/DuplexFlipShortEdge"}),
         sheets(PREFERENCES), PRINTED, 0),
    Case("printing", "Duplex is DuplexFlipLongEdge, it should be DuplexFlipShortEdge",
         sheets(PREFERENCES | {"Duplex": "/DuplexFlipLongEdge"}), sheets(PREFERENCES), PRINTED, 0),
    Case("page-budget", "2 pages, and a summary holds 1", pages(2), pages(1), SUMMARY, 0),
    Case("page-budget", "6 pages, a booklet has a multiple of 4", booklet(6), booklet(8), BOOKLET, 0),
    Case("page-budget", "the aim for standard at the plain level is 4", pages(5), pages(4), page=0,
         severity=Severity.WARNING),
    Case("page-budget", "7 pages, the leaflet’s budget for standard at the plain level is 6", pages(7), pages(6),
         BUDGET, 0, severity=Severity.WARNING),
    Case("blank-page", "nothing is painted", page(lambda file: (file.page(), file.good())), pages(3), page=2),
    Case("resolution", "100 x 100 pixels has 50 to an inch", raster(100), raster(600)),
    Case("resolution", "400 x 400 pixels has 200 to an inch", raster(400), raster(600), severity=Severity.WARNING),
    Case("file-size", "4.1 MB, 4 MB are the most", page(lambda file: setattr(file, "padding", 4_050_000)), GOOD,
         page=0),
    Case("file-size", "1 MB is the aim", page(lambda file: setattr(file, "padding", 1_000_000)), GOOD, page=0,
         severity=Severity.WARNING),
    Case("glyph-size", "“Soap” is set in 11.8 pt, the least is 12 pt", on(lambda it: it.words("Soap", size=11.8)),
         on(lambda it: it.words("Soap", size=12))),
    Case("glyph-size", "10.0 pt, the least is 12 pt", small_in_drawing(20), small_in_drawing(24)),
    Case("active-content", "the file holds JavaScript",
         page(lambda file: file.root.update({"/OpenAction": dictionary(S=NameObject("/JavaScript"))})),
         page(lambda file: file.root.update({"/OpenAction": dictionary(S=NameObject("/GoTo"))})), page=0),
    Case("glyph-size", "“Soap” is set in 11.2 pt", on(lambda it: it.words("Soap", size=14, before="80 Tz")),
         on(lambda it: it.words("Soap", size=15, before="80 Tz"))),
    Case("glyph-size", "set in 9.0 pt, the least is 12 pt", on(lambda it: it.words("Soap", size=9, tag="")),
         on(lambda it: it.words("Soap", size=12, tag=""))),
    Case("contrast", "4.54:1 (#767676 on #ffffff), the least is 7:1",
         on(lambda it: it.words("Soap", colour=(0.4627, 0.4627, 0.4627))),
         on(lambda it: it.words("Soap", colour=(0.4627, 0.4627, 0.4627), tag="H3"))),
    Case("contrast", "4.48:1 (#777777 on #ffffff), the least is 4.5:1",
         on(lambda it: it.words("Soap", colour=(0.4667, 0.4667, 0.4667), tag="")),
         on(lambda it: it.words("Soap", colour=(0.4627, 0.4627, 0.4627), tag=""))),
    Case("contrast", "1.00:1 (#ffffff on #ffffff)", on(lambda it: it.words("Soap", colour=(1, 1, 1))),
         on(lambda it: it.box(25, 50, 60, 20, (0.04, 0.29, 0.35)).words("Soap", colour=(1, 1, 1)))),
    Case("contrast", "on #333333", on_ground("0.2 g 85 640 300 60 re f"), on_ground("0.95 g 85 640 300 60 re f")),
    Case("contrast", "on #333333", on_ground("0.2 G 60 w 85 670 m 385 670 l S"),
         on_ground("0.2 G 2 w 85 640 m 385 640 l S")),
    Case("contrast", "on #000000", on_ground("0 0 0 1 k 85 640 300 60 re f"),
         on_ground("0 0 0 .05 k 85 640 300 60 re f")),
    Case("contrast", "on #333333",
         on_ground("/Pattern cs /T scn 85 640 300 60 re f", Pattern={"T": tile("0.2 g 0 0 600 900 re f")}),
         on_ground("/Pattern cs /T scn 85 640 300 60 re f", Pattern={"T": tile("0.95 g 0 0 600 900 re f")})),
    Case("contrast", "on #4c4c4c", on_ground("0.3 g 85 640 300 60 re 86 641 298 58 re f"),
         on_ground("0.3 g 85 640 300 60 re 86 641 298 58 re f*")),
    Case("contrast", "stands on a picture or a gradient",
         on_ground("300 0 0 60 85 640 cm /P Do", XObject={"P": picture(1300, 260)}),
         on_ground("300 0 0 60 85 240 cm /P Do", XObject={"P": picture(1300, 260)})),
    Case("contrast", "stands on a picture or a gradient",
         on_ground("85 640 300 60 re W n /S sh", Shading={"S": SHADING}),
         on_ground("85 240 300 20 re W n /S sh", Shading={"S": SHADING})),
    Case("grey", "6.9", on(lambda it: it.box(25, 50, 60, 20, PINK).words("Soap", colour=(0, 0, 0))),
         on(lambda it: it.box(25, 50, 60, 20, (1, 0.6, 0.6)).words("Soap", colour=(0, 0, 0)))),
    Case("hue", "#1a874c and #cc3333 are the same grey in print",
         on(lambda it: it.box(30, 50, 20, 20, DARK_GREEN).box(60, 50, 20, 20, DARK_RED)),
         on(lambda it: it.box(30, 50, 20, 20, (0.6, 0.9, 0.7)).box(60, 50, 20, 20, DARK_RED)), page=0,
         severity=Severity.WARNING),
    Case("hidden-text", "invisible (text rendering mode 3)", on(lambda it: it.words("Soap", before="3 Tr")),
         on(lambda it: it.words("Soap", before="0 Tr"))),
    Case("hidden-text", "transparent (90%)", parameters(ca=FloatObject(0.9)), parameters(ca=FloatObject(1))),
    Case("hidden-text", "painted over or cut off", on(lambda it: it.words("Soap").box(25, 50, 60, 20, (1, 1, 1))),
         on(lambda it: it.box(25, 50, 60, 20, (1, 1, 1)).words("Soap"))),
    Case("hidden-text", "painted over or cut off", on(lambda it: it.words("Soap", before="0 0 95 842 re W n")),
         on(lambda it: it.words("Soap", before="0 0 195 842 re W n"))),
    Case("hidden-text", "painted over or cut off",
         on(lambda it: it.words("Soap", y=60).raw("0.9 G 9 w 60 676 m 190 676 l S")),
         on(lambda it: it.words("Soap", y=60).raw("0.9 G 1 w 60 676 m 190 676 l S"))),
    Case("hidden-text", "the blend mode Multiply", parameters(BM=NameObject("/Multiply")),
         parameters(BM=NameObject("/Normal"))),
    Case("hidden-text", "a soft mask", parameters(SMask=dictionary(S=NameObject("/Alpha"))),
         parameters(SMask=NameObject("/None"))),
    Case("fonts", "the font Helvetica is not embedded", on(lambda it: it.helvetica("Soap")),
         on(lambda it: it.words("Soap")), page=0),
    Case("fonts", "has glyphs without a character", page(lambda file: setattr(file, "unmapped", "W")), GOOD),
    Case("safe-margin", "a drawing is 6.0 mm from the edge, the least is 9 mm", on(lambda it: it.box(100, 6, 30, 5)),
         on(lambda it: it.box(100, 9, 30, 5))),
    Case("safe-margin", "a drawing is 95.0 mm over the edge", on(lambda it: it.box(-95, 60, 30, 5)),
         on(lambda it: it.box(-95, 60, 30, 5, (1, 1, 1)))),
    Case("safe-margin", "“Soap” is 8.0 mm from the edge", on(lambda it: it.words("Soap", 8, 60, tag="")),
         on(lambda it: it.words("Soap", 9.1, 60, tag=""))),
    Case("safe-margin", "4.0 mm from the edge, the least is 5 mm", sheets(PREFERENCES, 4), sheets(PREFERENCES, 5),
         PRINTED),
    Case("safe-margin", "a drawing is 0.2 mm over the edge", sheets(PREFERENCES, fold_mm=7),
         sheets(PREFERENCES, fold_mm=8), PRINTED),
    Case("glyph-size", "“Fold” is set in 5.5 pt, the least is 6 pt", sheets(PREFERENCES, note=5.5),
         sheets(PREFERENCES, note=6), PRINTED),
    Case("paper", "287.0 x 200.0 mm, it should be 297.0 x 210.0 mm", sheets(PREFERENCES, 12, TrimBox=trim(5)),
         sheets(PREFERENCES, TrimBox=trim(0)), PRINTED),
    Case("paper", "the sheet is 330.0 x 225.0 mm, it should be A4 (297 x 210 mm) or SRA4 (320 x 225 mm) or",
         larger(width=330), larger(), PRINTED),
    Case("paper", "the sheet is 320.0 x 225.0 mm, it should be A3 (420 x 297 mm)", larger(), larger(420, 297),
         expected("booklet", printed=True, sheet="A3")),
    Case("paper", "what is cut out is not the middle of the sheet", larger(trim=(12, 7.5)), larger(), PRINTED),
    Case("safe-margin", "a drawing is 4.0 mm from the edge, the least is 5 mm", larger(mark=(15.5, 100)),
         larger(mark=(16.5, 100)), PRINTED),
    Case("safe-margin", "a drawing is 1.0 mm over the edge", larger(mark=(10.5, 100)), larger(mark=(9.5, 100)),
         PRINTED),
    Case("overflow", "“Soap and water” sticks out of the text area", on(lambda it: it.words("Soap and water", 164, 60)),
         on(lambda it: it.words("Soap and water", 153, 60))),
    Case("overflow", "sticks out of the text area by 3.0 mm", on(lambda it: it.words("Soap", 13, 60)),
         on(lambda it: it.words("Soap", 18, 60))),
    Case("overflow", "sticks out of the text area by 3.0 mm", on(lambda it: it.words("Soap", 30, 283)),
         on(lambda it: it.words("Soap", 30, 271))),
    Case("overlap", "“Soap” stands on “and water”",
         on(lambda it: it.words("Soap", 40, 60).words("and water", 44, 60.2, tag=Tag("P", "b"))),
         on(lambda it: it.words("Soap", 40, 60).words("and water", 60, 60.2, tag=Tag("P", "b")))),
    Case("lone-line", "a line alone at the foot of the page: “It takes twenty seconds”", broken_paragraph(1, 2),
         broken_paragraph(2, 2)),
    Case("lone-line", "a line alone on top of the page: “or a little longer than that”", broken_paragraph(2, 1),
         broken_paragraph(3, 2), page=2),
    Case("lonely-heading", "the heading “My notes” is the last thing", heading_at_the_foot(),
         heading_at_the_foot("words")),
    Case("lonely-heading", "“My notes”", heading_at_the_foot("frame"), heading_at_the_foot("frame", "lines")),
    Case("lonely-heading", "“My notes”", heading_at_the_foot("underline"), heading_at_the_foot("underline", "near")),
    Case("split", "a point of a list goes over the end of the page: “It takes", broken_paragraph(2, 2, "li", "LBody"),
         broken_paragraph(2, 2, "", "LBody")),
    Case("split", "a point of a list goes over the end of the page: “It takes", broken_paragraph(2, 3, "li", "LBody"),
         broken_paragraph(3, 3, "li", "LBody"), expected=LOOSE),
    Case("card-torn", "the page begins inside “Soap” without that name", carded(False), carded(True), page=2,
         severity=Severity.WARNING),
    Case("card-torn", "the page begins inside “Soap” without that name", carded(False, "TBody"), carded(True, "TBody"),
         page=2, severity=Severity.WARNING),
    Case("panel-closed", "the frame of “Get help 1 of 2” is closed", flagged(foot=True), flagged(),
         severity=Severity.WARNING),
    Case("panel-closed", "“Get help” go on here without their bar", flagged(bar=False, named=False), flagged(), page=2,
         severity=Severity.WARNING),
    Case("list-torn", "a list of 24 mm goes over the page’s end: “Wet them”", listed((1, 1), (1, 1)),
         listed((1,) * 6, (1,) * 6), severity=Severity.WARNING),
    Case("hole", "the page is 63% full, before “When to get help”", full_to(180), full_to(201),
         severity=Severity.WARNING),
    Case("hole", "the page is 63% full", full_to(180, round_it=True), full_to(201, round_it=True),
         severity=Severity.WARNING),
    Case("hole", "95 mm are white, 35% of the page, before “Wash your hands”", gap(95), gap(75),
         severity=Severity.WARNING),
    Case("one-word-line", "one word alone on the last line: “soap.”", last_words("soap."), last_words("soap now."),
         EASY, severity=Severity.WARNING),
    Case("one-word-line", "one word alone on the last line: “Date”", last_words("Date"), last_words("Date", blank=True),
         EASY, severity=Severity.WARNING),
    Case("budget", "“steps/wash” takes 35 mm, 5 mm over its budget of 30", GOOD, GOOD, sided(35),
         severity=Severity.WARNING, better=sided(30)),
    Case("budget", "the side takes 262 of 260 mm", GOOD, GOOD, sided(30, 262), better=sided(30)),
    Case("lonely-item", "a point of a list alone at the foot of the page: “Wet them Use soap”",
         listed((2,), (2,) * 5), listed((3,), (2,) * 5), severity=Severity.WARNING),
    Case("lonely-item", "a point of a list alone at the head of the page: “Wet them”", listed((1,) * 10, (1,)),
         listed((1,) * 10, (1, 1)), page=2, severity=Severity.WARNING),
    Case("note-apart", "stands on the page after it: “Left is the palm”", figured("P"), figured("P", note=True), page=2,
         severity=Severity.WARNING),
    Case("note-apart", "stands on the page after it", figured("Figure"), figured("Figure", "Caption"), page=2,
         severity=Severity.WARNING),
    Case("last-page", "the last page is only 14% full", last_page(50), last_page(85), page=2),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.says}")
def test_a_file_that_breaks_one_rule_is_found_and_its_mended_twin_passes(case: Case, tmp_path: Path) -> None:
    broken = preflight(case.broken().save(tmp_path / "broken.pdf"), case.expected, "broken.pdf")
    assert {item.rule for item in broken.diagnostics} == {case.rule}, list(map(str, broken.diagnostics))
    found = [item for item in broken.diagnostics if case.says in item.message]
    assert found, list(map(str, broken.diagnostics))
    assert (found[0].place.page, found[0].severity) == (case.page, case.severity)
    mended = preflight(case.mended().save(tmp_path / "mended.pdf"), case.better or case.expected, "mended.pdf")
    assert mended.diagnostics == ()


def test_each_rule_has_a_case_and_no_rule_is_named_twice() -> None:
    names = [rule.id for rule in RULES]
    assert {case.rule for case in CASES} | {"painted-order"} == set(names)  # that one: test_painted_order.py
    assert len(set(names)) == len(names)


def test_the_documentation_has_the_table_of_rules() -> None:
    said = (ROOT / "docs" / "printing.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.id} | {rule.limit} | {rule.source} |" in said


def test_what_was_measured_is_a_value(tmp_path: Path) -> None:
    found = preflight(GOOD().save(tmp_path / "good.pdf"), STANDARD)
    assert (found.pages, found.smallest_pt, found.fonts) == (1, 14, ("Leaflet-Sans",))
    assert found.paper == (pytest.approx(210), pytest.approx(297))
    assert found.least_contrast == pytest.approx(18, abs=0.3)
    assert found.nearest_edge == pytest.approx(30, abs=0.5)
    assert found.last_page == pytest.approx((159 - 11) / (297 - 28), abs=0.01)
    assert (found.least_ppi, found.same_in_grey, found.errors) == (0, (), [])
    assert found.bytes == (tmp_path / "good.pdf").stat().st_size
    assert found == preflight(tmp_path / "good.pdf", STANDARD)


def test_how_full_an_untagged_page_is_is_measured_without_its_footer(tmp_path: Path) -> None:
    shown = "".join(f"{code(char):04x}" for char in "Soap")
    file = Handmade()
    file.good()
    file.page(210, 200).raw(f"BT /F1 14 Tf 85 425.2 Td <{shown}> Tj ET").words("Footer", y=190, tag="")
    found = preflight(file.save(tmp_path / "untagged.pdf"), None)
    assert found.last_page == pytest.approx(50 / 200, abs=0.001)


def test_findings_come_page_by_page_and_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    file = Handmade()
    for first in (5, 11):
        page = file.good().box(100, 6, 30, 5)
        for number in range(8):
            page.words(f"Soap {number}", 30, 180 + 8 * number, first)
    found = preflight(file.save(tmp_path / "many.pdf"), STANDARD).diagnostics
    assert [(item.place.page, item.rule) for item in found] == [
        (page, rule) for page in (1, 2) for rule in [*["glyph-size"] * 6, "safe-margin"]
    ]
    assert "“Soap 0” is set in 5.0 pt" in found[0].message
    assert found[5].message == "3 more of these on the page"


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_bytes(b"hello")
    for name, hint in (("no.pdf", "make it again"), ("gone.pdf", "there is no such file")):
        (found,) = preflight(tmp_path / name, STANDARD, name).diagnostics
        assert (found.rule, found.hint) == (UNREADABLE, hint)
        assert str(found).startswith(f"{name}: error: it cannot be read as a PDF: ")


@pytest.mark.parametrize(
    "content", ["BT /F1 x Tf ET", "1 2 re", "q 1 0 0 cm", "m", "BT /F1 12 Tf [(a) -x] TJ ET", "BT /F9 12 Tf (a) Tj ET"]
)
def test_a_broken_content_stream_is_told(content: str, tmp_path: Path) -> None:
    file = Handmade()
    file.good().raw(content)
    found = preflight(file.save(tmp_path / "broken.pdf"), STANDARD)
    assert [item.rule for item in found.diagnostics] == [UNREADABLE]


def test_rules_stand_for_themselves(tmp_path: Path) -> None:
    """A file from elsewhere: the general rules hold; a booklet's margins change sides; Arabic ones are mirrored."""
    file = Handmade()
    file.page().words("Soap", 15, 60, 11).words("Soap", 15, 200)
    assert {item.rule for item in preflight(file.save(tmp_path / "it.pdf")).diagnostics} == {"glyph-size"}
    left = [BOOKLET.text_area(page, 400, 600)[0] for page in range(3)]
    assert left[0] == left[2] > left[1]
    mirrored = expected("booklet", direction="rtl")
    assert [mirrored.text_area(page, 400, 600)[0] for page in range(2)] == [left[1], left[0]]

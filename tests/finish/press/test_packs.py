"""Packs: one tagged file with cover, contents and bookmarks; and the printer's, each leaflet on a right-hand page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from leaflets.base.units import MM_PER_PT
from leaflets.check.preflight.run import preflight
from leaflets.cli.main import main
from leaflets.finish.press.print_pack import Pagination, paginated
from tests.conftest import PROJECTS, Built
from tests.tools.forms import answers, fill, saved, widgets
from tests.tools.pdf import page_texts, paper, pieces, plain

pytestmark = pytest.mark.builds

SECOND = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")
TWO = ("--leaflet", "overview", "--leaflet", "treatment-options", "--level", "plain", "--locale", "en-GB")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two leaflets in the standard layout."""
    path = tmp_path_factory.mktemp("pack") / "two.pdf"
    assert main(["pack", "--out", str(path), "--layout", "standard", "--title", "Your legs", *TWO]) == 0
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in large print for the US."""
    path = tmp_path_factory.mktemp("pack") / "large.pdf"
    assert main(["pack", "--out", str(path), "--layout", "large-print", *TWO[:-1], "en-US"]) == 0
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second article in English and Arabic."""
    path = tmp_path_factory.mktemp("pack") / "both.pdf"
    assert main(["pack", "--out", str(path), "--layout", "standard", "--level", "plain", *SECOND]) == 0
    return path


def titles(items: Any, deep: int = 0) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for item in items:
        found += titles(item, deep + 1) if isinstance(item, list) else [(deep, str(item.title))]
    return found


def links(reader: PdfReader) -> list[int]:
    """Where the links of the cover lead, pages counted from 0."""
    found = []
    names = reader.named_destinations
    for ref in reader.pages[0].get("/Annots", ()):
        target = ref.get_object().get("/Dest") or ref.get_object()["/A"]["/D"]
        if isinstance(target, str):
            number = reader.get_destination_page_number(names[target])
        elif isinstance(target[0], int):
            number = int(target[0])
        else:
            number = reader.get_page_number(target[0].get_object())
        found.append(number)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["two", "large", "both"])
def test_packs_are_accessible(name: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(name)
    report = page_validation.validate_pdf(str(path))
    assert report.is_compliant, [str(failure) for failure in report.failures][:3]


def test_the_contents_lead_to_the_leaflets(two: Path, shipped: Built) -> None:
    reader = PdfReader(two)
    lengths = [
        shipped.all(leaflet=leaflet, level="plain", layout="standard", locale="en-GB")[0]["pages"]
        for leaflet in ("overview", "treatment-options")
    ]
    assert len(reader.pages) == 1 + sum(lengths)
    assert links(reader) == [1, 1 + lengths[0]]
    cover = plain(reader.pages[0].extract_text())
    assert "Your legs Draft" in cover
    assert "page 1" in cover
    assert f"page {1 + lengths[0]}" in cover
    assert reader.page_labels[:3] == ["i", "1", "2"]
    assert reader.page_labels[-1] == str(sum(lengths))


def test_bookmarks_of_a_pack(two: Path) -> None:
    found = titles(PdfReader(two).outline)
    assert [title for deep, title in found if deep == 0] == [
        "Your legs", "Leg pain and fibromyalgia", "Treatments to talk about",
    ]  # fmt: skip
    assert (1, "Key messages") in found
    assert (1, "In this pack") in found


def test_leaflets_are_the_same_in_a_pack(two: Path, shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    alone, pack = PdfReader(path), PdfReader(two)
    total, count = len(pack.pages) - 1, len(alone.pages)
    assert 1 < count < total
    for page, packed in zip(alone.pages, pack.pages[1 : 1 + count], strict=True):
        said = re.sub(r"(Page \d+ of )\d+", rf"\g<1>{total}", page.extract_text())
        assert packed.extract_text() == said


def test_pages_have_one_numbering_that_contents_and_pointers_follow(large: Path, shipped: Built) -> None:
    path = shipped.path(leaflet="treatment-options", level="plain", layout="large-print", locale="en-US", kind="read")
    alone, pack = (page_texts(file) for file in (path, large))
    begin, total = len(pack) - len(alone), len(pack) - 1
    for number, said in enumerate(pack[1:], 1):
        assert re.findall(r"Page (\d+) of (\d+)", said) == [(str(number), str(total))]
    for before, after in zip(alone, pack[begin:], strict=True):  # contents, and where the red flags are
        named, wanted = (re.findall(r"page (\d+)", said) for said in (after, before))
        assert named == [str(int(page) + begin - 1) for page in wanted]
    assert len(re.findall(r"page \d+", " ".join(pack[begin:]))) > 4


def test_a_pack_for_a_clinic_has_its_details(tmp_path: Path, shipped: Built) -> None:
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('name = "Example Clinic, Leeds"\nphone = "0113 496 0000"\n')
    choice = ("--layout", "standard", "--clinic", str(clinic), *TWO)
    assert main(["pack", "--out", str(tmp_path / "pack.pdf"), *choice]) == 0
    said = plain("".join(page.extract_text() for page in PdfReader(tmp_path / "pack.pdf").pages))
    assert said.count("Example Clinic, Leeds") == 2
    assert page_validation.validate_pdf(str(tmp_path / "pack.pdf")).is_compliant
    # stamped on files that were built for no clinic, as they are on files that were built for it
    for number, source in enumerate((shipped.folder, tmp_path / "build")):
        out = tmp_path / f"{number}.print.pdf"
        assert main(["pack", "--print", "--from", str(source), "--out", str(out), *choice]) == 0
        said = plain("".join(page.extract_text() for page in PdfReader(out).pages))
        assert said.count("Example Clinic, Leeds") == 2
        assert "Clinic stamp" not in said  # the title of the empty frame
        assert main(["build", "--out", str(tmp_path / "build"), "--jobs", "1", *choice]) == 0


def test_a_pack_is_not_made_of_another_clinics_leaflets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    ours.write_text('name = "Our Clinic"\n')
    theirs.write_text('name = "Their Clinic"\n')
    choice = ("--layout", "standard", "--leaflet", "overview", "--level", "plain", "--locale", "en-GB")
    assert main(["build", "--out", str(tmp_path / "build"), "--jobs", "1", "--clinic", str(theirs), *choice]) == 0
    out = tmp_path / "pack.pdf"
    arguments = ["pack", "--print", "--from", str(tmp_path / "build"), "--out", str(out), "--clinic", str(ours)]
    assert main([*arguments, *choice]) == 1
    said = capsys.readouterr().err
    assert "the details of Our Clinic cannot be put on it: it has no empty room" in said
    assert "build --clinic" in said
    assert not out.exists()


def test_names_of_places_are_unique(both: Path) -> None:
    names = list(PdfReader(both).named_destinations)
    assert len(names) == len(set(names))
    assert {"leaflet-1", "leaflet-2", "leaflet-3", "leaflet-4"} <= set(names)
    with pikepdf.open(both) as pdf:
        ids = [
            str(item.ID)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/ID" in item
        ]
    assert len(ids) == len(set(ids))


def test_fields_have_names_of_their_own(two: Path, both: Path, shipped: Built, tmp_path: Path) -> None:
    for path in (two, both):
        names = [field.name for field in widgets(path)]
        assert {name.partition("-")[0] for name in names} == {str(at) for at in range(1, 3 if path == two else 5)}
        with pikepdf.open(path) as pdf:
            fields = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        assert len(set(fields)) == len(fields)
        filled = fill(path, answers(path, "Two lines\nof words"), tmp_path / "filled.pdf")
        assert saved(filled) == answers(path, "Two lines\nof words")
        assert page_validation.validate_pdf(str(filled)).is_compliant
    alone = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB")
    assert {f"1-{field.name}" for field in widgets(alone)} <= {field.name for field in widgets(two)}


def test_a_pack_for_the_printer_has_no_fields(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Widget"
        ]


def test_each_part_says_its_language(both: Path) -> None:
    with pikepdf.open(both) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        langs = [(str(kid.get("/Lang", "")), pages[kid.Pg.objgen]) for kid in document.K]
        assert str(pdf.Root.Lang) == "en-GB"
    arabic = [page for lang, page in langs if lang == "ar-GB"]
    assert {lang for lang, _ in langs} == {"", "ar-GB"}
    assert arabic
    assert min(arabic) > max(page for lang, page in langs if not lang)


def test_a_large_print_pack_is_large_on_its_cover(large: Path) -> None:
    assert min(piece.size for piece in pieces(large)) >= 18 - 0.05
    assert paper(large) == pytest.approx((215.9, 279.4), abs=0.1)


def test_packs_have_the_same_bytes(two: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    assert main(["pack", "--out", str(again), "--layout", "standard", "--title", "Your legs", *TWO]) == 0
    assert again.read_bytes() == two.read_bytes()


def test_pages_of_the_printers_pack() -> None:
    assert paginated(1, [6, 5, 8]) == Pagination(2, (1, 7, 13), 2)
    assert paginated(2, [3]).blanks == 0  # nothing comes after it
    assert paginated(1, [1, 1, 1]).begins == (1, 3, 5)


@pytest.fixture(scope="module")
def printed(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "printed.pdf"
    choice = ("--layout", "standard", "--level", "plain", "--locale", "en-US", "--article", "fibromyalgia-leg-pain")
    assert main(["pack", "--print", "--from", str(shipped.folder), "--out", str(path), *choice]) == 0
    return path


def test_each_leaflet_starts_on_a_right_hand_page(printed: Path, shipped: Built) -> None:
    reader = PdfReader(printed)
    rows = shipped.all(level="plain", layout="standard", locale="en-US", kind="read")
    begins = links(reader)
    assert len(begins) == len(rows)
    assert all(begin % 2 == 0 for begin in begins)
    words = [plain(page.extract_text()) for page in reader.pages]
    assert words[1] == "This page is meant to be blank."
    for begin, row in zip(begins, rows, strict=True):
        assert row["title"].split(" · ")[0] in words[begin][:300]  # the edition follows it, for whoever lists files
        assert reader.page_labels[begin] == str(begin - 1)
    with pikepdf.open(printed) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert not any("/StructParents" in page for page in pdf.pages)
        for page in pdf.pages:
            operators = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
            assert "Tj" not in operators or "BDC" not in operators


def test_printed_pages_have_the_numbers_of_the_contents(printed: Path) -> None:
    reader = PdfReader(printed)
    for number, page in enumerate(reader.pages[2:], 1):
        if "meant to be blank" not in page.extract_text():
            top = [
                piece.words.strip()
                for piece in pieces(printed)
                if piece.page == number + 1 and piece.y > float(page.mediabox.height) - 12.1 / MM_PER_PT
            ]
            assert {"Pack page", str(number)} <= set(top), (number, top)
    contents = " ".join(reader.pages[0].extract_text().split())
    assert re.findall(r"Pack page (\d+)", contents) == [str(begin - 1) for begin in links(reader)]


def test_pages_that_are_meant_to_be_blank_pass_the_preflight_and_others_do_not(printed: Path, tmp_path: Path) -> None:
    assert [item for item in preflight(printed).diagnostics if item.rule == "blank-page"] == []
    writer = PdfWriter(clone_from=printed)
    writer.pages[1][NameObject("/Contents")] = writer._add_object(DecodedStreamObject())
    writer.write(tmp_path / "blank.pdf")
    found = [item for item in preflight(tmp_path / "blank.pdf").diagnostics if item.rule == "blank-page"]
    assert [item.place.page for item in found] == [2]


def test_white_pages_and_numbers_are_in_the_leaflets_language(second: Built, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    choice = ("--layout", "standard", "--level", "plain", "--locale", "ar-GB", *SECOND)
    assert main(["pack", "--print", "--from", str(second.folder), "--out", str(out), *choice]) == 0
    assert {item.rule for item in preflight(out).diagnostics} <= {"unknown-layout"}
    reader = PdfReader(out)
    assert sum(ord(char) > 0x600 for char in reader.pages[1].extract_text()) > 15
    assert "meant" not in reader.pages[1].extract_text()


def test_a_pack_for_the_printer_has_the_same_bytes(printed: Path, shipped: Built, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    choice = ("--layout", "standard", "--level", "plain", "--locale", "en-US", "--article", "fibromyalgia-leg-pain")
    assert main(["pack", "--print", "--from", str(shipped.folder), "--out", str(again), *choice]) == 0
    assert again.read_bytes() == printed.read_bytes()


def test_a_pack_of_folded_sheets(shipped: Built, tmp_path: Path) -> None:
    path = tmp_path / "folded.pdf"
    choice = ("--layout", "tri-fold", "--locale", "en-GB", "--article", "fibromyalgia-leg-pain")
    assert main(["pack", "--print", "--from", str(shipped.folder), "--out", str(path), *choice]) == 0
    reader = PdfReader(path)
    assert paper(path) == pytest.approx((297, 210), abs=0.1)
    assert reader.root_object["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"  # type: ignore[index]
    assert len(reader.pages) == 2 + 2 * len(shipped.all(layout="tri-fold", kind="read", locale="en-GB"))


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (("--level", "plain", "--layout", "standard"), "mixed-paper"),
        (("--level", "plain", "--layout", "standard", "--layout", "booklet", "--locale", "en-GB"), "mixed-paper"),
        (("--print", "--layout", "standard", "--layout", "booklet", "--locale", "en-GB"), "mixed-duplex"),
        (("--layout", "standart"), "unknown-layout"),
        (("--layout", "standard", "--level", "plain", "--locale", "en-GB", "--title", "\u0995"), "missing-glyph"),
    ],
)
def test_what_cannot_be_packed_is_told(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], rule: str
) -> None:
    out = tmp_path / "pack.pdf"
    source = ("--from", str(shipped.folder)) if "--print" in arguments else ()
    choice = ("--article", "fibromyalgia-leg-pain", "--leaflet", "overview", *source)
    assert main(["pack", "--out", str(out), *choice, *arguments]) == 1
    said = capsys.readouterr().err
    assert f"[{rule}]" in said
    assert "nothing was written" in said
    assert not list(tmp_path.iterdir())


def test_a_leaflet_that_was_changed_is_not_joined(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "build", tmp_path / "pack.pdf"
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    (source / "en-GB").mkdir(parents=True)
    (source / "catalogue.json").write_bytes((shipped.folder / "catalogue.json").read_bytes())
    (source / "en-GB" / path.name).write_bytes(path.read_bytes() + b"%")
    choice = ("--leaflet", "overview", "--level", "plain", "--layout", "standard", "--locale", "en-GB")
    assert main(["pack", "--print", "--from", str(source), "--out", str(out), *choice]) == 1
    assert "it is not the file that the catalogue names [not-built]" in capsys.readouterr().err
    assert not out.exists()


def test_the_outline_says_what_the_leaflet_says_and_not_what_a_catalogue_says(shipped: Built, tmp_path: Path) -> None:
    source, out = tmp_path / "build", tmp_path / "pack.pdf"
    wanted = {"leaflet": "overview", "level": "plain", "layout": "tri-fold", "locale": "en-GB"}
    (twin,) = (row for row in shipped.twins if wanted.items() <= row.items())
    path = shipped.folder / twin["path"]
    (source / "en-GB").mkdir(parents=True)
    (source / "en-GB" / path.name).write_bytes(path.read_bytes())
    found = json.loads((shipped.folder / "catalogue.json").read_text())
    for row in found["editions"]:
        row["title"] = "<script>\x1b[31m"
    (source / "catalogue.json").write_text(json.dumps(found))
    choice = ("--leaflet", "overview", "--level", "plain", "--layout", "tri-fold", "--locale", "en-GB")
    choice = (*choice, "--article", "fibromyalgia-leg-pain")
    assert main(["pack", "--print", "--from", str(source), "--out", str(out), *choice]) == 0
    assert [item["/Title"] for item in PdfReader(out).outline] == ["Leg pain and fibromyalgia"]


def test_a_leaflet_that_is_not_built_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack.pdf"
    assert main(["pack", "--print", "--from", str(tmp_path), "--out", str(out), "--layout", "standard", *TWO]) == 1
    assert "this leaflet is not built [not-built]" in capsys.readouterr().err
    assert main(["pack", "--out", str(tmp_path / "pack"), *TWO]) == 2
    assert main(["pack", "--from", str(tmp_path), "--out", str(out), *TWO]) == 2
    assert "--from goes with --print" in capsys.readouterr().err

"""The clinic's website and the QR code as links in stamped files: what a screen reader and a tap on them get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from leaflets.builder import stamp_clinic
from leaflets.check.readback.document import read_finished
from leaflets.check.readback.structure_tree import Element, StructureTree, Target
from leaflets.cli.main import main
from leaflets.content.clinic import Clinic
from leaflets.editions.layouts import ON_PAPER
from leaflets.finish.stamping.label_layout import label
from leaflets.finish.stamping.label_parts import Label
from leaflets.finish.stamping.stamper import stamped
from leaflets.finish.stamping.template import StampArea, prepare
from tests.conftest import Built
from tests.tools.some import some
from tests.tools.stamping import LEEDS, chosen, entries, rows, stamp

WEBSITE = "www.example.org"
CLINICS = f"https://{WEBSITE}"
CLINIC = Clinic(name="Example", phone="0113 496 0000", website=WEBSITE, leaflets="https://www.example.org/{path}")


def spoken(path: Path) -> StructureTree:
    found = read_finished(path, path.name, None).structure
    assert found is not None
    return found


def links(path: Path) -> list[tuple[Element, Target]]:
    """What leads to the clinic; other links lead to who helps."""
    return [row for row in spoken(path).document.targets if row[1].address.startswith(CLINICS)]


def annotations(path: Path) -> list[tuple[int, Any]]:
    """Those that lead to the clinic, with their page."""
    with pikepdf.open(path) as pdf:
        return [
            (number, {key: item[key] for key in item})
            for number, page in enumerate(pdf.pages)
            for item in page.get("/Annots", [])
            if str(item.get("/A", {}).get("/URI", "")).startswith(CLINICS)
        ]


def one(built: Built, layout: str = "standard") -> Path:
    return built.path(leaflet="overview", level="plain", layout=layout, locale="en-GB", kind="read")


def test_the_website_and_the_code_are_links_in_every_file_to_read(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", leaflet="overview"):
        if entry["layout"] == "handout":  # its addresses are left out for room
            continue
        (site, web), (code, copy) = links(served / "leeds" / entry["path"])
        assert (web.contents, web.address) == (WEBSITE, f"https://{WEBSITE}"), entry["path"]
        assert copy.address == f"https://www.example.org/l/{entry['path']}"
        assert (site.role, site.text) == ("Link", WEBSITE)
        (figure,) = (kid for kid in code.kids if isinstance(kid, Element))
        assert copy.contents == figure.alt
        assert figure.alt.endswith(" www.example.org")


def test_a_build_for_the_clinic_has_the_same_words_and_targets(shipped: Built, served: Path, tmp_path: Path) -> None:
    toml = tmp_path / "clinic.toml"
    copy = "https://www.example.org/l/{path}"
    details = {"name": "Example Clinic, Leeds", "website": WEBSITE, "leaflets": copy}
    toml.write_text("".join(f'{key} = "{value}"\n' for key, value in details.items()), encoding="utf-8")
    path = one(shipped).relative_to(shipped.folder)
    choice = ("--leaflet", "overview", "--level", "plain", "--layout", "standard", "--locale", "en-GB")
    assert main(["build", "--clinic", str(toml), "--out", str(tmp_path / "out"), "--jobs", "1", *choice]) == 0
    built, put = links(tmp_path / "out" / path), links(served / "leeds" / path)
    # a build leaves the website out, since the address of the copy shows the same
    assert [target.address for _, target in built] == [put[1][1].address]
    assert built[0][0].text == put[0][0].text == put[0][1].contents == built[0][1].contents
    toml.write_text(f'name = "Example"\nwebsite = "{WEBSITE}"\n', encoding="utf-8")
    assert main(["build", "--clinic", str(toml), "--out", str(tmp_path / "out"), "--jobs", "1", *choice]) == 0
    ((element, target),) = links(tmp_path / "out" / path)
    assert (element.role, element.text, target) == (put[0][0].role, put[0][0].text, put[0][1])


def test_an_annotation_lies_on_what_it_is_of(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain"):
        if entry["layout"] == "handout":
            continue
        path = served / "leeds" / entry["path"]
        (at, site), (_, code) = annotations(path)
        page = pypdfium2.PdfDocument(path)[at]
        left, low, right, high = (float(edge) for edge in site["/Rect"])
        assert page.get_textpage().get_text_bounded(left, low, right, high).strip() == WEBSITE, entry["path"]
        for item in (site, code):
            left, low, right, high = (float(edge) for edge in item["/Rect"])
            assert 0 < left < right < page.get_width()
            assert 0 < low < high < page.get_height()
            assert (item["/F"], item["/Subtype"], item["/BS"]["/W"]) == (4, "/Link", 0)


def test_the_parent_tree_leads_back_to_the_link(served: Path) -> None:
    paths = set(served.glob("leeds/en-*/*.plain.*.pdf")) - set(served.glob("leeds/en-*/*.print.pdf"))
    paths -= set(served.glob("leeds/en-*/*.handout.*.pdf"))
    for path in some(sorted(paths), 2 * (len(ON_PAPER) - 2)):
        with pikepdf.open(path) as pdf:
            root = pdf.Root.StructTreeRoot
            tree = pikepdf.NumberTree(root.ParentTree)
            found = [item for page in pdf.pages for item in page.get("/Annots", [])]
            assert len({int(item.StructParent) for item in found}) == len(found)
            for item in some((item for item in found if "/URI" in item.get("/A", {})), 2):
                element = tree[int(item.StructParent)]
                assert element.S == "/Link"
                assert [kid.Obj.objgen for kid in element.K if _is_dictionary(kid) and "/Obj" in kid] == [item.objgen]
                assert int(item.StructParent) < root.ParentTreeNextKey
            for number, page in enumerate(pdf.pages):
                assert isinstance(tree[int(page.StructParents)], pikepdf.Array), number


def _is_dictionary(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary)


def test_files_for_the_printer_and_clinics_without_addresses_have_none(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, leaflet="overview"):
        assert not annotations(served / "lodz" / entry["path"])
        if entry["kind"] == "print":
            assert not annotations(served / "leeds" / entry["path"])


def test_annotations_that_are_there_stay(shipped: Built, tmp_path: Path) -> None:
    """The fields on the page of the room, such as those for who gave the leaflet and when."""
    source, out = one(shipped), tmp_path / "out.pdf"
    taken = prepare(source.read_bytes())
    out.write_bytes(stamped(taken, label(CLINIC, taken.area, None), "Example", "https://www.example.org/x", "x"))
    fields = [target.name for _, target in spoken(source).document.targets if target.kind == "Widget"]
    assert len(fields) > 4
    assert [target.name for _, target in spoken(out).document.targets if target.kind == "Widget"] == fields
    with pikepdf.open(out) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        (page,) = (
            page
            for page in pdf.pages
            if any(str(item.get("/A", {}).get("/URI", "")).startswith(CLINICS) for item in page.get("/Annots", []))
        )
        kinds = [str(tree[int(item.StructParent)].S) for item in page.Annots]
        assert kinds[-2:] == ["/Link", "/Link"]
        assert kinds.count("/Form") > 2
        assert pdf.check_pdf_syntax() == []


def test_in_arabic_the_words_before_a_link_are_told_and_the_link_is_one(second: Built, tmp_path: Path) -> None:
    line = "sahha,عيادة الصحة,,0113 496 0000,,www.example.org,,"
    choice = ("--locale", "ar-GB", "--leaflet", "overview", "--level", "plain")
    assert stamp(second, rows(tmp_path, line), tmp_path / "out", *choice) == 0
    for entry in chosen(second, locale="ar-GB", kind="read", leaflet="overview", level="plain"):
        if entry["layout"] == "handout":  # its addresses are left out for room
            continue
        path = tmp_path / "out" / "sahha" / entry["path"]
        ((element, target),) = links(path)
        assert (element.text, target.contents) == (WEBSITE, WEBSITE)
        (paragraph,) = (block for block in spoken(path).document.blocks if element in block.kids)
        assert paragraph.text.endswith(f": {WEBSITE}")
        assert page_validation.validate_pdf(str(path)).is_compliant


@pytest.mark.parametrize(
    ("layout", "address"),
    [("large-print", ("1 Example Street", "Leeds")), ("tri-fold", ("คลินิกสุขภาพชุมชนคลินิกสุขภาพชุมชนคลินิกสุขภา",))],
)
def test_lines_are_told_apart_by_blanks_where_they_have_one(
    shipped: Built, tmp_path: Path, layout: str, address: tuple[str, ...]
) -> None:
    taken, out = prepare(one(shipped, layout).read_bytes()), tmp_path / "out.pdf"
    found = label(Clinic(name="Example", address=address), taken.area, None)
    assert found.pieces[1].parts[0].code.count(b"BT") == 2
    out.write_bytes(stamped(taken, found, "Example"))
    assert " ".join(address) in [block.text for block in spoken(out).document.blocks]


def test_a_file_is_the_same_whatever_was_stamped_before_it(
    shipped: Built, served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels are shared by rooms of several heights."""
    made: list[float] = []

    def counted(clinic: Clinic, room: StampArea, *rest: Any) -> Label:
        made.append(room.height)
        return label(clinic, room, *rest)

    monkeypatch.setattr(stamp_clinic, "label", counted)
    csv, choice = rows(tmp_path, LEEDS), ("--leaflet", "overview", "--layout", "large-print", "--locale", "en-GB")
    for level in ("plain", "detailed"):
        assert stamp(shipped, csv, tmp_path / level, "--level", level, "--jobs", "1", *choice) == 0
        (entry,) = entries(tmp_path / level / "leeds")
        alone = tmp_path / level / "leeds" / entry["path"]
        assert alone.read_bytes() == (served / "leeds" / entry["path"]).read_bytes()
    assert len(set(made)) == len(made) == 2
    options = (*choice, "--level", "plain", "--level", "detailed", "--jobs", "1")
    assert stamp(shipped, csv, tmp_path / "both", *options) == 0
    assert len(made) <= 4  # once a room, and once for two that are alike

"""`leaflets verify`: files that are not those of the catalogue or of their evidence are told; it ends with 1."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, main
from tests.conftest import PROJECTS, Built, build
from tests.tools.desk import layouts

pytestmark = pytest.mark.builds

NAME = "en-GB/hand-washing.overview.plain.tri-fold.en-GB"
WEB = "en-GB/hand-washing.overview.plain.web.en-GB"
ARGUMENTS = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", *layouts("tri-fold", "web")]
ALL = "as the catalogue lists them, and as their evidence says"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("made")
    return build(folder, "--project", str(PROJECTS / "hand-washing"), *ARGUMENTS, "--locale", "en-GB", "--jobs", "1")


@pytest.fixture
def copied(made: Built, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "copied"))


def said(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["verify", str(folder), *more])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_what_was_copied_as_it_is_is_right(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(copied, capsys) == (DONE, f"6 files: {ALL}\n")
    assert said(copied, capsys, "--layout", "tri-fold") == (DONE, f"2 files: {ALL}\n")


def flipped(path: Path) -> None:
    """Change one bit of a file's middle."""
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


FILES = (
    f"{NAME}.pdf", f"{NAME}.print.pdf", f"{NAME}.evidence.json", "index.html", "evidence.html", "find.json",
    *(f"{WEB}.{end}" for end in ("html", "epub", "txt", "brf")),
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_told_with_the_name_of_the_file(
    copied: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flipped(copied / name)
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{copied / name}: error: it is not the file that the catalogue lists (SHA-256) [catalogue]" in told
    assert "hint: build it again" in told


def test_these_are_all_files_of_the_folder(copied: Path) -> None:
    there = {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()}
    assert there == {*FILES, "catalogue.json", ".state.json"}


@pytest.mark.parametrize(
    "name", ["en-GB/more.txt", f"{NAME.replace('plain', 'easy')}.pdf", ".hidden", "en-GB/.state.json", "a/b/c.pdf"]
)
def test_a_file_that_the_catalogue_does_not_list_is_told(
    copied: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{path}: error: the catalogue does not list it [unlisted]\n  hint: delete it" in told
    assert told.startswith("6 files: 1 error\n")
    assert said(copied, capsys, "--layout", "web")[0] == DONE


def test_half_written_files_and_links_to_folders_are_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / f"{NAME}.pdf.7.part").write_bytes(b"")
    (copied / "more").symlink_to(copied / "en-GB")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{NAME}.pdf.7.part: error: it is half-written [unlisted]" in told
    assert f"{copied / 'more'}: error: the catalogue does not list it [unlisted]" in told


def test_a_row_that_was_taken_out_leaves_files_that_are_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that was changed, with its row taken out of the catalogue: it and its evidence are not listed."""
    catalogue = copied / "catalogue.json"
    found = json.loads(catalogue.read_text())
    found["editions"] = [row for row in found["editions"] if row["kind"] == "print"]
    catalogue.write_text(json.dumps(found))
    flipped(copied / f"{NAME}.pdf")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{NAME}.pdf: error: the catalogue does not list it [unlisted]" in told


def test_a_file_changed_together_with_its_evidence_is_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = hashlib.sha256((copied / f"{NAME}.pdf").read_bytes()).hexdigest()
    with (copied / f"{NAME}.pdf").open("ab") as file:
        file.write(b"\n")
    after = hashlib.sha256((copied / f"{NAME}.pdf").read_bytes()).hexdigest()
    evidence = copied / f"{NAME}.evidence.json"
    evidence.write_text(evidence.read_text().replace(before, after))
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    for name in (f"{NAME}.pdf", f"{NAME}.evidence.json"):
        assert f"{name}: error: it is not the file that the catalogue lists (SHA-256) [catalogue]" in told
    assert f"{NAME}.pdf: error: it is not the file that its evidence was measured of (SHA-256) [evidence]" in told


def listed_as(folder: Path, table: str, end: str, **values: object) -> None:
    """Change values of the catalogue's row of a file."""
    catalogue = folder / "catalogue.json"
    found = json.loads(catalogue.read_text())
    (row,) = [row for row in found[table] if row["path"].endswith(end)]
    row.update(values)
    catalogue.write_text(json.dumps(found, ensure_ascii=False))


UNTRUE = {
    "pages": ("editions", "tri-fold.en-GB.pdf", {"pages": 7}, "pages: 6 in the file, 7 in the catalogue [catalogue]"),
    "sides to print": ("editions", ".print.pdf", {"pages": 6}, "pages: 2 in the file, 6 in the catalogue [catalogue]"),
    "title": ("editions", "fold.en-GB.pdf", {"title": "Dirty"}, "in the file, “Dirty” in the catalogue [catalogue]"),
    "title of the print file": ("editions", ".print.pdf", {"title": "Dirty"}, "in the file, “Dirty” in the catalogue"),
    "title of the web page": ("alternatives", ".html", {"title": "Dirty"}, "in the file, “Dirty” in the catalogue"),
    "a title that is cut short": (
        "editions", "fold.en-GB.pdf", {"title": "Wash"}, "in the file, “Wash” in the catalogue [catalogue]",
    ),
    "review": (
        "editions", "tri-fold.en-GB.pdf", {"review_due": "2040-01-01"},
        "next review: “2040-01-01” in the catalogue, “2028-11-22” in the evidence [evidence]",
    ),
    "status": (
        "editions", "tri-fold.en-GB.pdf", {"status": "reviewed"},
        "status: “reviewed” in the catalogue, “awaiting-review” in the evidence [evidence]",
    ),
    "signature": (
        "editions", "tri-fold.en-GB.pdf", {"review": "signed"},
        "signed: “yes” in the catalogue, “no” in the evidence [evidence]",
    ),
    "a title without end": (
        "editions", "tri-fold.en-GB.pdf", {"title": "x" * 3_000_000}, f"“{'x' * 79} in the catalogue [catalogue]",
    ),
    "version": (
        "editions", "tri-fold.en-GB.pdf", {"version": "9"}, "version: “9” in the catalogue, “0.1” in the evidence",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNTRUE)
def test_what_the_catalogue_says_of_a_file_is_held_to_the_file(
    copied: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table, end, values, message = UNTRUE[case]
    listed_as(copied, table, end, **values)
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert "6 files: 1 error\n" in told
    assert message in told


def test_a_file_in_another_language_than_its_name_says_is_told(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / f"{NAME}.pdf"
    writer = PdfWriter(clone_from=path)
    writer.root_object[NameObject("/Lang")] = TextStringObject("fr-FR")
    writer.write(path)
    page = copied / f"{WEB}.html"
    page.write_text(page.read_text().replace('<html lang="en-GB"', '<html lang="fr-FR"'))
    told = said(copied, capsys)[1]
    assert told.count("language: fr-FR in the file, en-GB in the catalogue [catalogue]") == 2


def test_a_catalogue_that_names_a_file_elsewhere_is_told_and_not_followed(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = copied.parent / "victim.pdf"
    victim.write_bytes((copied / f"{NAME}.pdf").read_bytes())
    catalogue = copied / "catalogue.json"
    catalogue.write_text(catalogue.read_text().replace(f"{NAME}.pdf", "../victim.pdf"))
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert (
        "catalogue.json:1:1: error: this is no catalogue of leaflets: editions, 1: path: “../victim.pdf” is not" in told
    )
    assert "victim.pdf: error" not in told.replace("catalogue.json:1:1: error", "")


def test_a_file_that_is_a_link_to_elsewhere_is_not_read(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / f"{WEB}.txt").rename(copied.parent / "text.txt")
    (copied / f"{WEB}.txt").symlink_to(copied.parent / "text.txt")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{WEB}.txt: error: it cannot be read: “{WEB}.txt” is a link that leads out of its folder" in told


def test_a_file_whose_tags_were_taken_out_is_told_with_what_changed(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / f"{NAME}.pdf"
    writer = PdfWriter(clone_from=path)
    del writer.root_object["/StructTreeRoot"]
    writer.write(path)
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert "PDF/UA-1: fail now, pass in the evidence" in told
    assert "headings: 0 now," in told


def test_a_file_that_is_gone_or_no_pdf_is_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / f"{NAME}.print.pdf").unlink()
    (copied / f"{NAME}.pdf").write_bytes(b"a letter")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{NAME}.print.pdf: error: it cannot be read: No such file" in told
    assert f"{NAME}.pdf: error: it cannot be read as a PDF" in told


def test_evidence_that_is_gone_broken_or_of_another_file_is_told(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / f"{NAME}.evidence.json"
    body = path.read_text()
    for change in (("tri-fold.en-GB.pdf", "tri-fold.en-US.pdf"), ('"level": "plain"', '"level": "easy"')):
        assert change[0] in body
        path.write_text(body.replace(*change))
        assert "it is the evidence of" in said(copied, capsys)[1]
    printer = f"{NAME}.print.pdf"
    path.write_text(body.replace(printer, "../../victim.pdf"))
    assert "it is the evidence of ../../victim.pdf" in said(copied, capsys)[1]
    path.write_text(body[:-20])
    assert "it is no evidence that this version" in said(copied, capsys)[1]
    path.unlink()
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{NAME}.pdf: error: it has no evidence [evidence]" in told


def test_evidence_of_something_that_fails_is_an_error(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied / f"{NAME}.evidence.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps({**found, "result": "fail", "says": ["red flags are missing"]}))
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert "its evidence says: red flags are missing [evidence]" in told


def test_nothing_to_look_at_is_wrong_use(copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(tmp_path / "nowhere", capsys)[0] == WRONG_USE
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty", capsys)[0] == WRONG_USE
    assert said(copied, capsys, "--locale", "en-US")[0] == WRONG_USE


@pytest.mark.parametrize("kind", ["epub", "text", "braille"])
@pytest.mark.parametrize(
    ("key", "value"), [("title", "Wash iour hands well"), ("version", "0.9"), ("status", "reviewed")]
)
def test_a_row_that_says_other_than_the_rows_of_its_edition_is_told(
    copied: Path, capsys: pytest.CaptureFixture[str], kind: str, key: str, value: str
) -> None:
    found = json.loads((copied / "catalogue.json").read_text())
    (row,) = [row for row in found["alternatives"] if row["format"] == kind]
    row[key] = value
    (copied / "catalogue.json").write_text(json.dumps(found))
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{key}: “" in told
    assert value in told

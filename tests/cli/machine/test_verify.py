"""`leaflets verify`: files that are not those of their evidence are told by name, and end it with status 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfWriter

from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, main
from tests.conftest import PROJECTS, Built, build

pytestmark = pytest.mark.builds

NAME = "en-GB/hand-washing.overview.plain.tri-fold.en-GB"
ARGUMENTS = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--layout", "tri-fold"]


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
    assert said(copied, capsys) == (DONE, "2 files: as their evidence says\n")


@pytest.mark.parametrize("ending", [".pdf", ".print.pdf"])
def test_a_changed_byte_is_told_with_the_name_of_the_file(
    copied: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / f"{NAME}{ending}"
    path.write_bytes(path.read_bytes() + b"\n")
    status, told = said(copied, capsys)
    assert status == PROBLEMS
    assert f"{path}: error: it is not the file that its evidence was measured of (SHA-256) [evidence]" in told
    assert "hint: build it again" in told


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
    path.write_text(body.replace("tri-fold.en-GB.pdf", "tri-fold.en-US.pdf"))
    assert "it is the evidence of" in said(copied, capsys)[1]
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
    assert said(tmp_path, capsys)[0] == WRONG_USE
    assert said(copied, capsys, "--locale", "en-US")[0] == WRONG_USE

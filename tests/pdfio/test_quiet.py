"""What pypdf logs of a broken file reaches nobody: our readers say in words what is wrong."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfWriter

import leaflets
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import pdf_limits

_READS = re.compile(r"^\s*(?:import|from) pypdf\b", re.MULTILINE)
_SILENCES = re.compile(r"^(?:import|from) leaflets\.pdfio\b", re.MULTILINE)
ONLY_LOADS = ("builder/workers/preloaded_evidence.py",)


def test_each_module_that_reads_pdf_files_loads_what_silences_pypdf() -> None:
    package = Path(leaflets.__file__).parent
    readers = [path for path in package.rglob("*.py") if _READS.search(path.read_text(encoding="utf-8"))]
    assert len(readers) > 8
    loud = [
        name
        for path in readers
        if not _SILENCES.search(path.read_text(encoding="utf-8"))
        and not (name := path.relative_to(package).as_posix()).startswith("pdfio/")
    ]
    assert loud == list(ONLY_LOADS)


def broken() -> bytes:
    """A file of which pypdf has to say much: its table of objects points at other places."""
    writer, body = PdfWriter(), io.BytesIO()
    for _ in range(40):
        writer.add_blank_page(100, 100)
    writer.write(body)
    return re.sub(rb"\n0000000(\d)", rb"\n0000001\1", body.getvalue()).replace(b"/Root", b"/R00t")


@pytest.mark.parametrize("reader", ["leaflets.check.readback.outline:read_outline"])
def test_a_broken_file_is_read_without_a_word(reader: str, capfd: pytest.CaptureFixture[str]) -> None:
    body = broken()
    run_limited(reader, body, limits=pdf_limits(len(body)))
    assert capfd.readouterr() == ("", "")

"""Every file is PDF/UA-1 (ISO 14289-1), by an independent validator; its text is in the structure tree."""

from __future__ import annotations

import page as page_validation
from pypdf import PdfWriter

from tests.conftest import Built
from tests.tools.pdf import reader


def test_every_file_of_both_articles_is_pdf_ua(second: Built, shipped: Built) -> None:
    for built in (second, shipped):
        for entry in built.entries:
            report = page_validation.validate_pdf(str(built.folder / entry["path"]))
            assert report.is_compliant, (entry["path"], [str(failure) for failure in report.failures][:3])


def test_the_validator_can_fail(shipped: Built, tmp_path) -> None:
    writer = PdfWriter(clone_from=reader(shipped.folder / shipped.entries[0]["path"]))
    del writer.root_object["/Lang"]
    writer.write(tmp_path / "no-language.pdf")
    assert not page_validation.validate_pdf(str(tmp_path / "no-language.pdf")).is_compliant

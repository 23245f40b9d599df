"""Whether a file is PDF/UA-1, by page-validation, and how many pages it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Verdict:
    """The finding on one file."""

    compliant: bool
    broken: frozenset[str]
    """The rules it breaks."""
    pages: int
    size: int
    """Bytes."""


def judge(pdf: Path) -> Verdict:
    """Look at a file."""
    import page
    from pypdf import PdfReader

    report = page.validate_pdf(str(pdf), profile=page.ValidationProfile.PDF_UA_1)
    broken = frozenset(str(failure.rule_id) for failure in report.failures)
    return Verdict(report.is_compliant, broken, len(PdfReader(pdf).pages), pdf.stat().st_size)

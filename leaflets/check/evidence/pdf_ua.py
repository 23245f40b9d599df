"""Validation of PDF/UA-1 (ISO 14289-1) by an independent program, page-validation (in Rust).

It has wheels for most systems but not for all. Where it is not installed, the result is “not checked”, never “pass”.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from leaflets.check.evidence.schema.file import PdfUa, PdfUaFailure

CHECKER = "page-validation"
MOST_LISTED = 20
"""Failures that are listed in the evidence."""


def pdf_ua(body: bytes) -> PdfUa:
    """Validate the bytes of a file; one that the validator cannot parse fails."""
    found = checker()
    if found is None:
        why = f"{CHECKER} is not installed on this machine (pip install {CHECKER}); the file was not checked"
        return PdfUa(result="not checked", says=why)
    validator, number = found
    try:
        report = validator.validate_pdf_bytes(body, profile=validator.ValidationProfile.PDF_UA_1)
    except validator.PageError as error:
        said = f"{CHECKER} cannot read the file: {error}"
        return PdfUa(result="fail", checker=CHECKER, checker_version=number, says=said)
    failures = [PdfUaFailure(rule=str(failure.rule_id), message=str(failure.message)) for failure in report.failures]
    failed = int(report.rules.failed)
    passed = bool(report.is_compliant)
    said = f"the file meets all {report.rules.total} rules that {CHECKER} {number} looks at"
    if not passed:
        said = (
            f"the file is not PDF/UA-1: {CHECKER} {number} says that {failed} of {report.rules.total} rules are broken"
        )
    return PdfUa(
        result="pass" if passed else "fail",
        checker=CHECKER,
        checker_version=number,
        rules_passed=int(report.rules.passed),
        rules_failed=failed,
        failures=tuple(dict.fromkeys(failures))[:MOST_LISTED],
        says=said,
    )


@cache
def checker() -> tuple[Any, str] | None:
    """The validator and its version; None where it is not installed."""
    try:
        import page

        return (page, version(CHECKER)) if hasattr(page, "validate_pdf_bytes") else None  # others may be called so too
    except (ImportError, PackageNotFoundError):
        return None

"""Types of the preflight: a rule with its limit and source, and its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leaflets.base.diagnostics import Severity
from leaflets.base.units import MM_PER_PT
from leaflets.check.readback.document import FinishedFile


@dataclass(frozen=True)
class Finding:
    """A fault on a page (from 1), or of the whole file (0)."""

    page: int
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Rule:
    """A rule: its id in diagnostics, its limit, the source of the limit, and the function that yields findings."""

    id: str
    limit: str
    source: str
    judge: Callable[[FinishedFile], Iterator[Finding]]


def warning(page: int, message: str, hint: str = "") -> Finding:
    """A finding with the severity of a warning."""
    return Finding(page, message, hint, Severity.WARNING)


def mm(points: float) -> float:
    """Points to millimetres."""
    return points * MM_PER_PT


def quoted(text: str, most: int = 40) -> str:
    """Words in quotation marks for a message, shortened to at most `most` characters."""
    said = " ".join(text.split())
    return f"“{said if len(said) <= most else said[: most - 1] + '…'}”"

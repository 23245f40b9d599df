"""What a rule of the preflight finds, and the limits it holds, each with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leaflets.base.diagnostics import Severity
from leaflets.base.units import MM_PER_PT
from leaflets.check.readback.document import FinishedFile


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong on a page (from 1), or with the whole file (0)."""

    page: int
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Rule:
    """A rule: its name in diagnostics, what it allows and who says so, and the function that looks."""

    id: str
    limit: str
    source: str
    judge: Callable[[FinishedFile], Iterator[Finding]]


def warning(page: int, message: str, hint: str = "") -> Finding:
    return Finding(page, message, hint, Severity.WARNING)


def mm(points: float) -> float:
    return points * MM_PER_PT


def quoted(text: str, most: int = 40) -> str:
    """Words as they are named in a message, cut where they are long."""
    said = " ".join(text.split())
    return f"“{said if len(said) <= most else said[: most - 1] + '…'}”"

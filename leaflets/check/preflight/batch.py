"""Preflight of many files, in parallel processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.limited import limited_map
from leaflets.base.reader_limits import pdf_limits
from leaflets.check.expected import Expected
from leaflets.check.preflight.run import UNREADABLE, Preflight, preflight


@dataclass(frozen=True)
class PreflightTask:
    """A file to check, its name in diagnostics, and its expected properties."""

    path: Path
    shown: str
    expected: Expected | None


def preflight_all(asked: Sequence[PreflightTask], jobs: int) -> Iterator[Preflight]:
    """Yield the preflight of each file, as they finish, from up to `jobs` processes.

    Anybody may have made the files: each has a time by its size, and a limit of memory. Beyond them it is unreadable.
    """
    limits = [pdf_limits(_size(one.path)) for one in asked]
    for number, outcome in limited_map(f"{__name__}:preflight_task", [(one,) for one in asked], limits, max(1, jobs)):
        if outcome.failure:
            yield _unreadable(asked[number].shown, outcome.why(limits[number]))
        else:
            yield outcome.value


def preflight_task(asked: PreflightTask) -> Preflight:
    """The preflight of one file, in a child process."""
    return preflight(asked.path, asked.expected, asked.shown)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _unreadable(shown: str, why: str) -> Preflight:
    message = f"it cannot be read as a PDF: {why}"
    place = Place.on_page(shown, 0)
    hint = "make it again; a leaflet takes about a second"
    return Preflight(shown, diagnostics=(Diagnostic(place, Severity.ERROR, message, UNREADABLE, hint),))

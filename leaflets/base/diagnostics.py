"""Diagnostics: a located message with severity, rule id and hint.

Readers and checks collect diagnostics and go on, so that one run reports every fault; exceptions are for programming
errors. The printed form is fixed: ``path:line:column: severity: message [rule]``, the hint on the next line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from leaflets.base.untrusted.names import printable


class Severity(StrEnum):
    """Severity of a diagnostic: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Position in a file: line and column from 1. In a finished PDF a page instead (`on_page`); then both are 0."""

    path: str
    line: int = 1
    column: int = 1
    page: int = 0

    @classmethod
    def on_page(cls, path: str, page: int) -> Place:
        """Page of a finished file, from 1; 0: the file as a whole."""
        return cls(path, 0, 0, page)

    def __str__(self) -> str:
        if not self.line:
            return f"{self.path}: page {self.page}" if self.page else self.path
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One fault: where it is, what it is, which rule found it, and what to do about it."""

    place: Place
    severity: Severity
    message: str
    rule: str
    hint: str = ""

    def __str__(self) -> str:
        """The printed form. Control characters in what was read from files are shown as codes (`printable`)."""
        line = printable(f"{self.place}: {self.severity.value}: {self.message} [{self.rule}]")
        return f"{line}\n  hint: {printable(self.hint)}" if self.hint else line


@dataclass
class Diagnostics:
    """Collection of diagnostics to which readers and checks add."""

    items: list[Diagnostic] = field(default_factory=list)

    def error(self, place: Place, message: str, rule: str, hint: str = "") -> None:
        self.items.append(Diagnostic(place, Severity.ERROR, message, rule, hint))

    def warning(self, place: Place, message: str, rule: str, hint: str = "") -> None:
        self.items.append(Diagnostic(place, Severity.WARNING, message, rule, hint))

    def extend(self, others: Iterable[Diagnostic]) -> None:
        self.items.extend(others)

    @property
    def errors(self) -> list[Diagnostic]:
        return [item for item in self.items if item.severity is Severity.ERROR]

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate in the order of files and lines, each diagnostic once."""
        return iter(sorted(set(self.items)))

    def __len__(self) -> int:
        return len(set(self.items))


def nearest(wrong: str, known: Iterable[str]) -> str:
    """The known word that is most like a misspelt one, capitals or not; empty when none is."""
    by_lower = {word.lower(): word for word in sorted(set(known))}
    near = difflib.get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else ""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Hint for a misspelt word: the nearest known word, else all known words if there are at most 12, else empty."""
    words = sorted(set(known))
    if near := nearest(wrong, words):
        return f"did you mean “{near}”?"
    return f"known here: {', '.join(words)}" if 0 < len(words) <= 12 else ""

"""Limits of all readers: the size, depth, time and memory from which a file is refused.

One row for each kind of file that people outside the program write. A reader takes its figures from here, and the table
in SECURITY.md shows them. A file beyond a limit gets a diagnostic with its place; nothing of it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

KB, MB = 1_000, 1_000_000


@dataclass(frozen=True)
class ReaderLimits:
    """Limits of one reader; 0: the limit does not apply to this kind of file, or another row rules it."""

    what: str
    """Kind of file, as messages and documentation name it."""
    bytes: int
    """Most bytes of the file."""
    depth: int = 0
    """Greatest depth of nested values."""
    digits: int = 0
    """Most digits of a number. Python itself refuses to read more than 4,300."""
    entries: int = 0
    """Most values, rows, messages, elements."""
    seconds: float = 0.0
    """Most seconds of processor time, to read a file, or to render a template."""
    memory: int = 0
    """Most memory of that child process, MB."""
    aliases: int = 0
    """Most aliases; a few lines of aliases can stand for billions of values, so no file may have any."""

    def large(self) -> str:
        """Message for a file with too many bytes."""
        shown = f"{self.bytes // MB} MB" if self.bytes >= MB else f"{self.bytes // KB} kB"
        return f"it has more than {shown}, the most that {self.what} may have"


READERS: dict[str, ReaderLimits] = {
    "yaml": ReaderLimits("a YAML file", MB, depth=50, digits=18, entries=50_000),
    "po": ReaderLimits("a message file", 5 * MB, entries=20_000),
    "toml": ReaderLimits("a clinic's file", 100 * KB, depth=10, digits=18, entries=1_000),
    "csv": ReaderLimits("a table of clinics", 20 * MB, entries=20_000),
    "template": ReaderLimits("a template", MB, seconds=20),
    "style": ReaderLimits("a style sheet or script", MB),
    "dictionary": ReaderLimits("a spelling dictionary", 10 * MB),
    "asset": ReaderLimits("a picture", 5 * MB),
    "font": ReaderLimits("a font", 30 * MB),
    "logo": ReaderLimits("a logo", 300 * KB, depth=40, digits=18, entries=3_000, seconds=5, memory=1_000),
    "json": ReaderLimits("a catalogue, a manifest or an evidence file", 50 * MB, digits=19),
    "pdf": ReaderLimits("a PDF file", 50 * MB, seconds=2, memory=1_000),
}
"""Limits by reader."""

PDF_SECONDS = 20
"""Seconds for each MB of a PDF file, in addition to those of its row; leaflets take about one."""


def pdf_limits(size: int) -> ReaderLimits:
    """Limits of a PDF file of so many bytes."""
    row = READERS["pdf"]
    return replace(row, seconds=row.seconds + round(PDF_SECONDS * min(size, row.bytes) / MB, 1))


_BY_SUFFIX = {
    ".yaml": "yaml", ".po": "po", ".toml": "toml", ".csv": "csv", ".html": "template",
    ".j2": "template", ".css": "style", ".js": "style",
    ".json": "json", ".dic": "dictionary", ".aff": "dictionary", ".ttf": "font",
}  # fmt: skip


def limits_of(name: str) -> ReaderLimits:
    """Limits of the reader of the file `name`, by its suffix; those of a picture for any other."""
    return READERS[_BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), "asset")]


LARGEST = max(row.bytes for row in READERS.values())
"""Most bytes of a file that any reader of a project accepts."""

"""Passages made by hand, for tests of how they read."""

from __future__ import annotations

from leaflets.base.source import Source
from leaflets.content.passages import Line, Passage, PassageKind


def passage(*lines: str, kind: PassageKind = PassageKind.PROSE, lead: bool = False) -> Passage:
    """A passage of a file `a.yaml` that nobody reads, so that every place is its first line. `lead`: the first line
    stands above a list."""
    source = Source("a.yaml", "")
    rows = tuple(Line(words, f"sections.a.b.{number}", source, ()) for number, words in enumerate(lines))
    return Passage("sections.a.b.plain", kind, rows, rows[0].segment if lead else "")

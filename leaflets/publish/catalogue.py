"""`catalogue.json`: the published editions. Its keys are a fixed interface (DESIGN, “Fixed interfaces”)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Entry:
    """One published file."""

    article: str
    leaflet: str
    level: str
    layout: str
    locale: str
    kind: str
    """“read”, or “print” for a file that is only for the printer."""
    path: str
    """Relative to the build folder, with forward slashes."""
    title: str
    pages: int
    paper: str
    version: str
    status: str
    """“awaiting-review” or “reviewed”."""
    sha256: str


def read_catalogue(folder: Path) -> list[Entry]:
    """The entries of a build folder whose files are still there; none when there is no catalogue."""
    try:
        rows = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))["editions"]
        entries = [Entry(**row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [entry for entry in entries if (folder / entry.path).is_file()]


def catalogue_json(entries: Iterable[Entry]) -> str:
    """The catalogue as JSON, in the order of its paths."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    return json.dumps({"editions": rows}, ensure_ascii=False, indent=1) + "\n"

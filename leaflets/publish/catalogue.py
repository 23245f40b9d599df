"""`catalogue.json`: the published editions. Its keys are a fixed interface (DESIGN, “Fixed interfaces”)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from leaflets.base.store import Store


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


def read_catalogue(out: Store) -> list[Entry]:
    """The entries of a build folder; none when there is no catalogue. Their files are not looked for."""
    try:
        rows = json.loads(out.read("catalogue.json"))["editions"]
        return [Entry(**row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def catalogue_json(entries: Iterable[Entry]) -> str:
    """The catalogue as JSON, in the order of its paths."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    return json.dumps({"editions": rows}, ensure_ascii=False, indent=1) + "\n"

"""`catalogue.json`: the published editions. Its keys are a fixed interface (DESIGN, “Fixed interfaces”).

`editions` has the PDF files, as other tools know them. `alternatives` has the same leaflets in other forms, which
have no pages and no paper: web page, EPUB, plain text, braille.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from leaflets.base.store import Store
from leaflets.editions.edition import WEB

PDF_KINDS = ("read", "print")
ALTERNATIVES = ("web", "epub", "text", "braille")
KINDS = (*PDF_KINDS, *ALTERNATIVES)


@dataclass(frozen=True, order=True)
class CatalogueEntry:
    """One published file."""

    article: str
    leaflet: str
    level: str
    layout: str
    locale: str
    kind: str
    """“read”, “print” for a file that is only for the printer, or one of `ALTERNATIVES`."""
    path: str
    """Relative to the build folder, with forward slashes."""
    title: str
    pages: int
    paper: str
    version: str
    status: str
    """“awaiting-review” or “reviewed”."""
    sha256: str


def read_catalogue(out: Store) -> list[CatalogueEntry]:
    """The entries of a build folder; none when there is no catalogue. Their files are not looked for."""
    try:
        found = json.loads(out.read("catalogue.json"))
        alternatives = [
            CatalogueEntry(kind=row.pop("format"), layout=WEB, pages=0, paper="", **row)
            for row in found.get("alternatives", [])
        ]
        return [*(CatalogueEntry(**row) for row in found["editions"]), *alternatives]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def catalogue_json(entries: Iterable[CatalogueEntry]) -> str:
    """The catalogue as JSON, in the order of its paths."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    editions = [row for row in rows if row["kind"] in PDF_KINDS]
    alternatives = [_alternative(row) for row in rows if row["kind"] in ALTERNATIVES]
    found = {"editions": editions, **({"alternatives": alternatives} if alternatives else {})}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _alternative(row: dict[str, Any]) -> dict[str, Any]:
    """The line of a file that has no pages: its kind is its format."""
    kept = {key: value for key, value in row.items() if key not in ("layout", "kind", "pages", "paper")}
    return {"format": row["kind"], **kept}

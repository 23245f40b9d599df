"""`catalogue.json`: the list of published files. Its keys are a fixed interface for other programs.

`editions` lists the PDF files. `alternatives` lists the same leaflets in formats without pages and paper: web page,
EPUB, plain text, braille.
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
    """“read” for a reading file, “print” for a print file, or one of `ALTERNATIVES`."""
    path: str
    """Relative to the build folder, with forward slashes."""
    title: str
    pages: int
    paper: str
    version: str
    status: str
    """“reviewed” if it was signed as it is and in date on the day of the build, else “awaiting-review”."""
    sha256: str
    review: str = "draft"
    """Why: “draft”, “signed”, “changed” since it was signed, or “withdrawn”."""
    review_due: str = ""
    """Day of its next review (ISO 8601); after it the leaflet is out of date."""


def read_catalogue(out: Store) -> list[CatalogueEntry]:
    """Read the entries of a build folder; empty when the catalogue is missing or broken. Files are not checked."""
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
    """Catalogue as JSON text, ordered by path."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    editions = [row for row in rows if row["kind"] in PDF_KINDS]
    alternatives = [_alternative(row) for row in rows if row["kind"] in ALTERNATIVES]
    found = {"editions": editions, **({"alternatives": alternatives} if alternatives else {})}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _alternative(row: dict[str, Any]) -> dict[str, Any]:
    """JSON row of a file without pages; its kind becomes its format."""
    kept = {key: value for key, value in row.items() if key not in ("layout", "kind", "pages", "paper")}
    return {"format": row["kind"], **kept}

"""`catalogue.json`: the list of published files. Its keys are a fixed interface for other programs.

`editions` lists the PDF files. `alternatives` lists the same leaflets in formats without pages and paper: web page,
EPUB, plain text, braille. `others` lists all other files of the folder, with their SHA-256 alone: the pages for people,
and the evidence. So `leaflets verify` can hold each file of a folder against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import Store, why
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from leaflets.base.untrusted.names import printable
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.edition_files import EVIDENCE, file_at

NAME = "catalogue.json"
RULE = "catalogue"
PAGES = ("index.html", "evidence.html", "find.json")
"""Pages for people, made of the catalogue and of the evidence, and the index by which leaflets are found."""
PDF_KINDS = ("read", "print")
ALTERNATIVES = ("web", "epub", "text", "braille")
KINDS = (*PDF_KINDS, *ALTERNATIVES)
AGAIN = "build it again; if nobody changed it on purpose, find out who did"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_STATUS = re.compile("reviewed|awaiting-review")
_REVIEW = re.compile("draft|signed|changed|withdrawn")
_DAY = re.compile(r"(?:\d{4}-\d\d-\d\d)?", re.ASCII)
_PAPER = re.compile(r"[A-Za-z0-9 ]*")
_OF_THE_WEB = ("layout", "kind", "pages", "paper")
"""Keys that rows of `alternatives` do not have."""


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

    @property
    def edition(self) -> Edition:
        """The edition whose file it is."""
        return Edition(self.article, self.leaflet, self.level, self.layout, self.locale)


_OPTIONAL = {item.name: item.default for item in fields(CatalogueEntry) if item.default is not MISSING}
"""Keys that catalogues of earlier versions do not have, with their values."""


@dataclass(frozen=True)
class Catalogue:
    """What a build folder holds: published files, and the SHA-256 of its other files by path."""

    entries: tuple[CatalogueEntry, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _OtherFile:
    path: str
    sha256: str


def is_sha256(text: str) -> bool:
    """Whether a text can be a SHA-256, in hexadecimal."""
    return bool(_SHA256.fullmatch(text))


def is_paper(text: str) -> bool:
    """Whether a text can be the id of a paper, or is empty."""
    return bool(_PAPER.fullmatch(text))


def entry_from(row: object) -> CatalogueEntry:
    """The entry of a row that was read from a file. BrokenDataError if a value is of another type, or if the path is
    not the one that the edition gives to a file of the kind."""
    row = {**_OPTIONAL, **row} if isinstance(row, dict) else row
    if said := misfit(row, CatalogueEntry):
        raise BrokenDataError(said)
    assert isinstance(row, dict)
    entry = CatalogueEntry(**row)
    if file_at(entry.path) != (entry.edition, entry.kind) or entry.kind not in KINDS:
        raise BrokenDataError(f"path: “{printable(entry.path[:80])}” is not the file of such an edition")
    checks = {"sha256": _SHA256, "status": _STATUS, "review": _REVIEW, "review_due": _DAY, "paper": _PAPER}
    for key, form in checks.items():
        if not form.fullmatch(row[key]):
            raise BrokenDataError(f"{key}: “{printable(row[key][:80])}” cannot be meant")
    if entry.pages < 0:
        raise BrokenDataError("pages: there are less than none")
    return entry


def read_catalogue(out: Store, diagnostics: Diagnostics) -> Catalogue:
    """Read the catalogue of a build folder; empty without one. Files are not looked at.

    Rows of a wrong type, or whose path is not that of a file of their edition, are left out, with one diagnostic of the
    rule `catalogue` for all of them. Nothing is raised.
    """
    place = str(out.place(NAME))
    try:
        found = parse_json(out.read(NAME))
    except FileNotFoundError:
        return Catalogue()
    except OSError as error:
        diagnostics.error(Place(place), f"the catalogue cannot be read: {why(error)}", RULE)
        return Catalogue()
    except BrokenDataError as error:
        diagnostics.error(Place(place, error.line, error.column), str(error), RULE, AGAIN)
        return Catalogue()
    entries: dict[str, CatalogueEntry] = {}
    others: dict[str, str] = {}
    faults: list[str] = []
    for name, row in _rows(found, faults):
        try:
            known = _other_from(row) if name.startswith("others") else entry_from(row)
        except BrokenDataError as error:
            faults.append(f"{name}: {error}")
            continue
        if known.path in entries or known.path in others:
            faults.append(f"{name}: {known.path} stands twice")
        elif isinstance(known, CatalogueEntry):
            entries[known.path] = known
        else:
            others[known.path] = known.sha256
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        diagnostics.error(Place(place), f"this is no catalogue of leaflets: {faults[0]}{more}", RULE, AGAIN)
    return Catalogue(tuple(entries.values()), others)


def _rows(found: object, faults: list[str]) -> Iterator[tuple[str, object]]:
    """Rows of a parsed catalogue with their names for messages; those of `alternatives` with the keys of an entry."""
    if not isinstance(found, dict):
        faults.append(misfit(found, dict[str, Any]))
        return
    for key in ("editions", "alternatives", "others"):
        rows = found.get(key, [])
        if key == "editions" and key not in found:
            faults.append(f"the key “{key}” is missing")
        elif said := misfit(rows, list[Any], key):
            faults.append(said)
        else:
            for number, row in enumerate(rows, 1):
                yield f"{key}, {number}", _as_entry(row) if key == "alternatives" else row


def _as_entry(row: object) -> object:
    """Row of `alternatives` with the keys of an entry; itself if it is no such row."""
    if not isinstance(row, dict) or "format" not in row or any(key in row for key in _OF_THE_WEB):
        return row
    kept = {key: value for key, value in row.items() if key != "format"}
    return {**kept, "kind": row["format"], "layout": WEB, "pages": 0, "paper": ""}


def _other_from(row: object) -> _OtherFile:
    if said := misfit(row, _OtherFile):
        raise BrokenDataError(said)
    assert isinstance(row, dict)
    found = _OtherFile(**row)
    edition = file_at(found.path)
    if found.path not in PAGES and (edition is None or edition[1] != EVIDENCE):
        raise BrokenDataError(f"path: “{printable(found.path[:80])}” is neither a page nor the evidence of an edition")
    if not is_sha256(found.sha256):
        raise BrokenDataError(f"sha256: “{printable(found.sha256[:80])}” cannot be meant")
    return found


def catalogue_json(entries: Iterable[CatalogueEntry], others: Mapping[str, str] | None = None) -> str:
    """Catalogue as JSON text, ordered by path. `others`: SHA-256 of the other files by path."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    editions = [row for row in rows if row["kind"] in PDF_KINDS]
    alternatives = [_alternative(row) for row in rows if row["kind"] in ALTERNATIVES]
    beside = [{"path": path, "sha256": digest} for path, digest in sorted((others or {}).items())]
    found = {
        "editions": editions,
        **({"alternatives": alternatives} if alternatives else {}),
        **({"others": beside} if beside else {}),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _alternative(row: dict[str, Any]) -> dict[str, Any]:
    """JSON row of a file without pages; its kind becomes its format."""
    kept = {key: value for key, value in row.items() if key not in _OF_THE_WEB}
    return {"format": row["kind"], **kept}

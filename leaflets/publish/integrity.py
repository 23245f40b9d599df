"""Integrity of a build folder: each file that the catalogue lists is there as it was written, and no other file is.

This finds damage, leftovers, and files that were changed or put there by hand. It is no signature: who can write the
catalogue can list any file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import LocalStore, why
from leaflets.check.evidence.verify import verify
from leaflets.editions.choice import Choice
from leaflets.editions.edition_files import READ, file_at
from leaflets.publish.catalogue import AGAIN, RULE, CatalogueEntry, read_catalogue
from leaflets.publish.catalogue import NAME as CATALOGUE
from leaflets.publish.rows import check_row

STAMPS = ".stamps.json"
"""The stamp list of a clinic's folder. Stamped files have no evidence of their own."""
OWN = (CATALOGUE, STAMPS, ".state.json", ".lock")
"""Files of the program itself, which no row of the catalogue names."""
UNLISTED = "unlisted"


def verify_folder(out: LocalStore, choice: Choice, diagnostics: Diagnostics) -> int:
    """Compare a build folder, or a clinic's folder of stamped files, with its catalogue, both ways, what the catalogue
    says of a file with the file itself, and the PDF files with their evidence. Each difference is an error. Returns
    the number of leaflets' files that were looked for.

    With a `choice` only the files of these editions are looked at, else also the pages for people.
    """
    catalogue = read_catalogue(out, diagnostics)
    if not catalogue.entries:
        return 0
    listed = {entry.path: entry.sha256 for entry in catalogue.entries} | dict(catalogue.others)
    wanted = {path: digest for path, digest in listed.items() if _asked(path, choice)}
    stamped = not catalogue.others and bool(out.sizes([STAMPS]))
    rows = {entry.path: entry for entry in catalogue.entries}
    for path, digest in wanted.items():
        body = _as_listed(out, path, digest, diagnostics)
        row = rows.get(path)
        if body is None or row is None:
            continue
        if check_row(out, row, body, diagnostics) and row.kind == READ and not stamped:
            verify(out, row.edition, body, listed, _said(row), diagnostics)
    if not diagnostics.errors:  # else it would be told twice
        _alike([entry for path, entry in rows.items() if path in wanted], out, diagnostics)
    for path in _files_below(out):
        if path not in listed and path not in OWN and _asked(path, choice):
            _unlisted(out, path, diagnostics)
    return sum(path not in catalogue.others for path in wanted)


def _alike(rows: Iterable[CatalogueEntry], out: LocalStore, diagnostics: Diagnostics) -> None:
    """Report rows that say of their edition other than the row of another of its files: one build made them all."""
    first: dict[str, CatalogueEntry] = {}
    for row in rows:
        other = first.setdefault(row.edition.name, row)
        for key in ("title", "version", "status", "review", "review_due"):
            if (here := getattr(row, key)) != (there := getattr(other, key)):
                message = f"{key}: “{here[:80]}” in the catalogue, and “{there[:80]}” of {other.path}"
                diagnostics.error(Place.on_page(str(out.place(row.path)), 0), message, RULE, AGAIN)


def _said(row: CatalogueEntry) -> dict[str, str]:
    """What a row says that the evidence says too, by the words for it."""
    return {
        "version": row.version,
        "next review": row.review_due,
        "status": row.status,
        "signed": "yes" if row.review == "signed" else "no",
    }


def _as_listed(out: LocalStore, path: str, digest: str, diagnostics: Diagnostics) -> bytes | None:
    """Bytes of a listed file, with a diagnostic if they are others than listed; None if it cannot be read."""
    place = Place.on_page(str(out.place(path)), 0)
    try:
        body = out.read(path)
    except OSError as error:
        diagnostics.error(place, f"it cannot be read: {why(error)}", RULE, "build it again")
        return None
    if hashlib.sha256(body).hexdigest() != digest:
        diagnostics.error(place, "it is not the file that the catalogue lists (SHA-256)", RULE, AGAIN)
    return body


def _unlisted(out: LocalStore, path: str, diagnostics: Diagnostics) -> None:
    place = Place.on_page(str(out.folder / path), 0)
    if path.endswith(".part"):
        message, hint = "it is half-written", "a build writes it, or was stopped at it: the next build takes it away"
    else:
        message, hint = "the catalogue does not list it", "delete it; if nobody put it there, find out who did"
    diagnostics.error(place, message, UNLISTED, hint)


def _files_below(out: LocalStore) -> Iterator[str]:
    """Names of all files in a folder, sorted; a link to another folder is one of them, and is not followed."""
    for folder, folders, files in os.walk(out.folder):
        folders.sort()
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted((*files, *links)):
            yield os.path.relpath(os.path.join(folder, name), out.folder).replace(os.sep, "/")


def _asked(path: str, choice: Choice) -> bool:
    """Whether a file is one of the chosen editions; without a choice every file is."""
    asked = {part: names for part, names in vars(choice).items() if names}
    found = file_at(path)
    return not asked or (found is not None and all(getattr(found[0], part) in names for part, names in asked.items()))

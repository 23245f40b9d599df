"""Finished editions by what they are made of, in a store that several builders share.

An entry is one file, so that it is there whole or not at all: a line with the SHA-256 of all that follows, a line of
JSON with the edition's row, the PDF, and after it the one for the printer, where there is one. What does not add up is
taken for missing, and replaced by what is built then.
Whoever can write to a cache can put out leaflets: the hash tells of damage, not of malice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.store import Store
from leaflets.build.printed import Printed
from leaflets.build.steps import Finished, Result
from leaflets.editions.edition import Edition

FORMAT = 2
"""Changes with the form of an entry."""


def key_of(parts: Mapping[str, str]) -> str:
    """The name of an edition in the cache: the hash of everything it is made of."""
    return hashlib.sha256(json.dumps([FORMAT, *sorted(parts.items())]).encode()).hexdigest()


@dataclass(frozen=True)
class Cache:
    """Finished editions in a store."""

    store: Store

    def get(self, edition: Edition, key: str) -> Finished | None:
        """The edition kept under a key; None when there is none, or only a broken one."""
        try:
            return _read(self.store.read(_name(key)), edition, key)
        except FileNotFoundError:
            return None

    def put(self, finished: Finished) -> None:
        """Keep an edition that was built."""
        self.store.write_whole(_name(finished.key), _written(finished))


def _name(key: str) -> str:
    return f"{key[:2]}/{key}.edition"


def _written(finished: Finished) -> bytes:
    result = finished.result
    row = {
        "edition": result.edition.name,
        "key": finished.key,
        "pages": result.pages,
        "title": result.title,
        "sha256": result.sha256,
        "size": len(finished.body),
        "printed": result.printed and asdict(result.printed),
        "warnings": [[item.message, item.rule, item.hint] for item in result.diagnostics],
    }
    rest = json.dumps(row, ensure_ascii=False).encode() + b"\n" + finished.body + finished.twin
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _read(entry: bytes, edition: Edition, key: str) -> Finished | None:
    whole, _, rest = entry.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != whole:
        return None
    line, _, bodies = rest.partition(b"\n")
    try:
        row = json.loads(line)
        if (row["edition"], row["key"]) != (edition.name, key):
            return None  # an entry that was copied to the place of another
        pages, digest, title = row["pages"], row["sha256"], row["title"]
        body, twin = bodies[: row["size"]], bodies[row["size"] :]
        printed = row["printed"] and Printed(**row["printed"])
        place = Place(edition.name)
        warnings = tuple(Diagnostic(place, Severity.WARNING, *words) for words in row["warnings"])
    except (ValueError, KeyError, TypeError):
        return None
    if hashlib.sha256(body).hexdigest() != digest:
        return None
    if hashlib.sha256(twin).hexdigest() != (printed.sha256 if printed else hashlib.sha256(b"").hexdigest()):
        return None
    result = Result(edition, pages, digest, title, size=len(body), diagnostics=warnings, cached=True, printed=printed)
    return Finished(result, body, key, twin)

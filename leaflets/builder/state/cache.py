"""Cache of finished editions by their inputs, in a store that several builders share.

An entry is one file, written whole or not at all: a line with the SHA-256 of the rest, a line of JSON with the
edition's row, the PDF, then its sidecars, such as the print file. A damaged entry counts as missing, and the next build
replaces it.
Whoever can write to a cache can publish leaflets: the hash detects damage, not malice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.store import Store
from leaflets.builder.edition.make import MadeEdition, Result
from leaflets.builder.edition.sidecar import Sidecar
from leaflets.editions.edition import Edition

FORMAT = 3
"""Version of the format of an entry."""


def key_of(parts: Mapping[str, str]) -> str:
    """The key of an edition in the cache: the hash of FORMAT and all its inputs."""
    return hashlib.sha256(json.dumps([FORMAT, *sorted(parts.items())]).encode()).hexdigest()


@dataclass(frozen=True)
class Cache:
    """Finished editions in a store."""

    store: Store

    def get(self, edition: Edition, key: str) -> MadeEdition | None:
        """The edition cached under a key; None when there is none, or a damaged one. Raises OSError when the store
        cannot be read."""
        try:
            return _read(self.store.read(_name(key)), edition, key)
        except FileNotFoundError:
            return None

    def put(self, finished: MadeEdition) -> None:
        """Store a built edition under its key. Raises OSError when the store cannot be written."""
        self.store.write_whole(_name(finished.key), _written(finished))


def _name(key: str) -> str:
    return f"{key[:2]}/{key}.edition"


def _written(finished: MadeEdition) -> bytes:
    result = finished.result
    row = {
        "edition": result.edition.name,
        "key": finished.key,
        "pages": result.pages,
        "title": result.title,
        "sha256": result.sha256,
        "size": len(finished.body),
        "beside": [asdict(file) for file in result.beside],
        "warnings": [[item.message, item.rule, item.hint] for item in result.diagnostics],
    }
    rest = json.dumps(row, ensure_ascii=False).encode() + b"\n" + finished.body + b"".join(finished.others)
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


def _read(entry: bytes, edition: Edition, key: str) -> MadeEdition | None:
    whole, _, rest = entry.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != whole:
        return None
    line, _, bodies = rest.partition(b"\n")
    try:
        row = json.loads(line)
        if (row["edition"], row["key"]) != (edition.name, key):
            return None  # an entry copied over another
        pages, digest, title = row["pages"], row["sha256"], row["title"]
        beside = tuple(Sidecar(**file) for file in row["beside"])
        body, *others, rest = _cut(bodies, [row["size"], *(file.size for file in beside)])
        place = Place(edition.name)
        warnings = tuple(Diagnostic(place, Severity.WARNING, *words) for words in row["warnings"])
    except (ValueError, KeyError, TypeError):
        return None
    hashes = [digest, *(file.sha256 for file in beside)]
    if rest or [hashlib.sha256(part).hexdigest() for part in (body, *others)] != hashes:
        return None
    result = Result(edition, pages, digest, title, size=len(body), diagnostics=warnings, cached=True, beside=beside)
    return MadeEdition(result, body, key, tuple(others))


def _cut(bodies: bytes, sizes: Sequence[int]) -> list[bytes]:
    """Split concatenated files by their sizes; the last part is the remainder."""
    sizes = [*sizes, len(bodies) - sum(sizes)]
    ends = list(accumulate(sizes))
    return [bodies[end - size : end] for size, end in zip(sizes, ends, strict=True)]

"""Cache of finished editions by their inputs, in a store that several builders share.

An entry is one file, written whole or not at all: a line with the SHA-256 of the rest, a line of JSON with the
edition's row, the PDF, then its sidecars, such as the print file. A damaged entry counts as missing, and the next build
replaces it.

Whoever can write to a cache can publish leaflets: the hash detects damage, not malice. But an entry can bring no other
files than its edition makes, and must bring all of them: each name in it must be that of a file of the edition, before
a byte of it is used, and its evidence must be of its file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from itertools import accumulate

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.store import Store
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from leaflets.builder.edition.make import MadeEdition, Result
from leaflets.builder.edition.sidecar import Sidecar
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import EVIDENCE, edition_files
from leaflets.publish.catalogue import is_paper

FORMAT = 3
"""Version of the format of an entry."""


def key_of(inputs: Mapping[str, str]) -> str:
    """The key of an edition in the cache: the hash of FORMAT and all its inputs."""
    return hashlib.sha256(json.dumps([FORMAT, *sorted(inputs.items())]).encode()).hexdigest()


@dataclass(frozen=True)
class Cache:
    """Finished editions in a store."""

    store: Store

    def get(self, edition: Edition, key: str, needed: Set[str] = frozenset()) -> MadeEdition | None:
        """The edition cached under a key; None when there is none, or a damaged one, or one without a sidecar of a kind
        that is `needed`. Raises OSError when the store cannot be read."""
        try:
            found = _read(self.store.read(_name(key)), edition, key)
        except FileNotFoundError:
            return None
        return found if found and needed <= {file.kind for file in found.result.beside} else None

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


@dataclass(frozen=True)
class _Row:
    """The line of JSON of an entry."""

    edition: str
    key: str
    pages: int
    title: str
    sha256: str
    size: int
    beside: list[Sidecar]
    warnings: list[tuple[str, str, str]]
    """Message, rule and hint of each warning."""


def _row(line: bytes, edition: Edition, key: str) -> _Row | None:
    """The row of an entry; None unless it is of this edition and names files of it alone."""
    try:
        found = parse_json(line)
    except BrokenDataError:
        return None
    if misfit(found, _Row) or (found["edition"], found["key"]) != (edition.name, key):
        return None  # an entry copied over another
    row = _Row(**{**found, "beside": [Sidecar(**file) for file in found["beside"]]})
    files = edition_files(edition)
    kinds = [file.kind for file in row.beside]
    ours = all(files.get(file.kind) == file.path != edition.path for file in row.beside)
    counts = [row.pages, row.size, *(count for file in row.beside for count in (file.size, file.pages))]
    meant = min(counts) >= 0 and all(is_paper(file.paper) for file in row.beside)
    return row if ours and meant and len(set(kinds)) == len(kinds) else None


def _read(entry: bytes, edition: Edition, key: str) -> MadeEdition | None:
    whole, _, rest = entry.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != whole:
        return None
    line, _, bodies = rest.partition(b"\n")
    row = _row(line, edition, key)
    if row is None:
        return None
    body, *others, rest = _cut(bodies, [row.size, *(file.size for file in row.beside)])
    hashes = [row.sha256, *(file.sha256 for file in row.beside)]
    if rest or [hashlib.sha256(part).hexdigest() for part in (body, *others)] != hashes:
        return None
    told = (part for file, part in zip(row.beside, others, strict=True) if file.kind == EVIDENCE)
    if not all(_is_evidence_of(row, edition, part) for part in told):
        return None
    place, beside = Place(edition.name), tuple(row.beside)
    warnings = tuple(Diagnostic(place, Severity.WARNING, *words) for words in row.warnings)
    result = Result(
        edition, row.pages, row.sha256, row.title, size=row.size, diagnostics=warnings, cached=True, beside=beside
    )
    return MadeEdition(result, body, key, tuple(others))


def _is_evidence_of(row: _Row, edition: Edition, part: bytes) -> bool:
    """Whether a sidecar is evidence of the file of an entry, and not that it failed: such a file is never stored."""
    try:
        found = parse_json(part)
    except BrokenDataError:
        return False
    file = found.get("file") if isinstance(found, dict) else None
    of = (file.get("path"), file.get("sha256")) if isinstance(file, dict) else None
    return of == (edition.path, row.sha256) and found.get("result") != "fail"


def _cut(bodies: bytes, sizes: Sequence[int]) -> list[bytes]:
    """Split concatenated files by their sizes; the last part is the remainder."""
    sizes = [*sizes, len(bodies) - sum(sizes)]
    ends = list(accumulate(sizes))
    return [bodies[end - size : end] for size, end in zip(sizes, ends, strict=True)]

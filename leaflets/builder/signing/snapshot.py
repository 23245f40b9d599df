"""Snapshot: the items that a signature is for, with their words and hashes, as a JSON file beside the signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.base.project import Project
from leaflets.base.reader_limits import limits_of
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json

FORMAT = 1

MOST_BYTES = limits_of("x.json").bytes
"""Most bytes of a snapshot that is read again; that of the shipped article has 0.3 MB."""
Signed = tuple[str, str]
"""Hash and words of an item."""


class SnapshotError(Exception):
    """A snapshot is missing, was changed, or is of another format."""


@dataclass(frozen=True)
class Snapshot:
    """Items by id; ids of the items of each leaflet at each level (`outline_key`), and of the templates' words and own
    templates of each layout."""

    items: Mapping[str, Signed]
    outlines: Mapping[str, tuple[str, ...]]
    layouts: Mapping[str, tuple[str, ...]]

    def of_leaflet(self, leaflet: str) -> dict[str, Signed]:
        """Items of one leaflet at all levels, and of all layouts, in the order of printing."""
        outlines = [ids for key, ids in self.outlines.items() if key.split("/")[0] == leaflet]
        return {id_: self.items[id_] for ids in (*outlines, *self.layouts.values()) for id_ in ids}


def outline_key(leaflet: str, level: str, holds: str) -> str:
    """Key of an outline; `holds`: see `Article.sections_of`."""
    return f"{leaflet}/{level}/{holds or 'whole'}"


def snapshot_path(article: str, locale: str, sha256: str) -> str:
    """Path of a snapshot in a project, by the hash of its bytes."""
    return f"articles/{article}/signatures/{locale}/{sha256[:16]}.json"


def snapshot_json(snapshot: Snapshot) -> bytes:
    """A snapshot as JSON, an item to a line, so that versions can be compared. Equal snapshots give equal bytes."""
    number = {id_: at for at, id_ in enumerate(snapshot.items)}
    rows = [_line([id_, *signed]) for id_, signed in snapshot.items.items()]
    parts = [f'"format": {FORMAT}', f'"items": [\n{_lines(rows)}\n]']
    for name in ("outlines", "layouts"):
        table: Mapping[str, tuple[str, ...]] = getattr(snapshot, name)
        found = [f"{_line(key)}: {_line([number[id_] for id_ in ids])}" for key, ids in table.items()]
        parts.append(f'"{name}": {{\n{_lines(found)}\n}}')
    return f"{{{_lines(parts)}}}\n".encode()


def read_snapshot(project: Project, article: str, locale: str, sha256: str) -> Snapshot:
    """Read a snapshot. Raises SnapshotError when it is not there, or not the one that was signed."""
    name = snapshot_path(article, locale, sha256)
    try:
        body = project.read_bytes(name)
    except FileNotFoundError as error:
        raise SnapshotError(f"the words that were signed are missing: {name}") from error
    except OSError as error:
        raise SnapshotError(f"the words that were signed are in no file that can be read: {name}") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise SnapshotError(f"the words that were signed were changed in their file: {name}")
    try:
        return _parsed(parse_json(body))
    except (BrokenDataError, IndexError) as error:
        raise SnapshotError(f"the file with the words that were signed cannot be read: {name}") from error


@dataclass(frozen=True)
class _Written:
    """The keys of a snapshot's file; outlines and layouts have the positions of items."""

    format: int
    items: list[tuple[str, str, str]]
    outlines: dict[str, list[int]]
    layouts: dict[str, list[int]]


def _parsed(found: Any) -> Snapshot:
    """The snapshot of a parsed file. BrokenDataError, or IndexError, when it is none."""
    if said := misfit(found, _Written):
        raise BrokenDataError(said)
    if found["format"] != FORMAT:
        raise BrokenDataError("another format")
    items = {id_: (sha256, text) for id_, sha256, text in found["items"]}
    ids = list(items)
    outlines, layouts = (
        {key: tuple(ids[number] for number in numbers) for key, numbers in found[name].items()}
        for name in ("outlines", "layouts")
    )
    return Snapshot(items, outlines, layouts)


def _lines(rows: Iterable[str]) -> str:
    return ",\n".join(rows)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

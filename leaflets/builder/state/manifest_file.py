"""`.state.json`, the file of a build folder's manifest: written whole, and held to its types when it is read back.

Its hashes decide what is built again, so who can write it can keep an old leaflet. Its paths cannot lead out of the
build folder: each is that of a file of its edition.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import Store
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from leaflets.base.untrusted.names import UnsafeNameError
from leaflets.builder.state.manifest import Made, Manifest
from leaflets.editions.edition_files import edition_from, edition_paths
from leaflets.publish.catalogue import entry_from

NAME = ".state.json"
FORMAT = 10


def read_state(out: Store, diagnostics: Diagnostics | None = None) -> Manifest:
    """Read the manifest of a build folder; an empty one if there is none, or one of another format.

    Also an empty one, with a warning of the rule `state`, when it is damaged or names a file of another form than an
    edition gives. Raises OSError when it exists and cannot be read: an empty manifest would lose the editions that were
    built.
    """
    try:
        found = parse_json(out.read(NAME))
        if isinstance(found, dict) and type(found.get("format")) is int and found["format"] != FORMAT:
            return Manifest()
        return _manifest(found)
    except FileNotFoundError:
        return Manifest()
    except (BrokenDataError, UnsafeNameError) as error:
        if diagnostics is not None:
            said = error.strerror if isinstance(error, UnsafeNameError) else str(error)
            place = Place(str(out.place(NAME)))
            message = f"what the last build wrote down cannot be used: {said}"
            diagnostics.warning(place, message, "state", "the next build makes everything anew")
        return Manifest()


def write_state(out: Store, state: Manifest) -> None:
    """Write the manifest of a build folder, whole or not at all; the same manifest gives the same bytes."""
    # `vars` instead of `asdict`, which copies all values and takes longer than writing them
    editions = {name: vars(made) for name, made in sorted(state.editions.items())}
    found = {"format": FORMAT, **vars(state), "editions": editions}
    out.write_whole(NAME, json.dumps(found, ensure_ascii=False).encode())


def _manifest(found: Any) -> Manifest:
    """The manifest of a parsed file. BrokenDataError when it has not the types of one."""
    if said := misfit(found, dict[str, Any]):
        raise BrokenDataError(said)
    if "format" not in found:
        raise BrokenDataError("the key “format” is missing")
    found = {key: value for key, value in found.items() if key != "format"}
    if said := misfit(found, Manifest):
        raise BrokenDataError(said)
    if wrong := [row for row in found["offered"] if len(row) != 5]:
        raise BrokenDataError(f"offered: {len(wrong[0])} parts of an edition, and there are 5")
    found["files"] = {name: tuple(row) for name, row in found["files"].items()}
    found["editions"] = {name: _made(name, row) for name, row in found["editions"].items()}
    return Manifest(**found)


def _made(name: str, row: dict[str, Any]) -> Made:
    made, edition = Made(**{item.name: row[item.name] for item in fields(Made)}), edition_from(name)
    if edition is None:
        raise BrokenDataError("editions: a name that no edition has")
    paths = edition_paths(edition)
    entries = [entry_from(entry) for entry in made.rows]
    if entries[0].path != paths[0] or {*made.files, *(entry.path for entry in entries)} - set(paths):
        raise BrokenDataError(f"editions.{name}: it names a file of another edition")
    if any(len(warning) != 2 for warning in made.warnings):
        raise BrokenDataError(f"editions.{name}: a warning has a message and a rule")
    return made

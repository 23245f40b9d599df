"""Files of an edition by their kind, and the edition of a file's path.

The only form that a path in a catalogue, a manifest, a cache or a stamp list can have: whatever else stands there
is refused by `file_at`, so that no such file leads out of the build folder.
"""

from __future__ import annotations

from leaflets.base.untrusted.names import is_relative_name
from leaflets.content.levels import LEVELS
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS

READ, PRINT, EVIDENCE = "read", "print", "evidence"
"""Kinds of the files of an edition on paper; those of a web page are WEB and the keys of `edition.FORMATS`."""
_ENDINGS = (".print.pdf", ".evidence.json")


def edition_files(edition: Edition) -> dict[str, str]:
    """Paths of all files that an edition may have, by kind: reading file, print file of a layout with imposition,
    evidence; or web page and its other formats. Its own file is the first."""
    if edition.layout == WEB:
        return {WEB: edition.path, **edition.format_paths}
    twin = {PRINT: edition.print_path} if LAYOUTS[edition.layout].imposition else {}
    return {READ: edition.path, **twin, EVIDENCE: edition.evidence_path}


def edition_paths(edition: Edition) -> list[str]:
    """Paths of all files that an edition may have, its own first."""
    return list(edition_files(edition).values())


def edition_from(name: str) -> Edition | None:
    """The edition of a name (`Edition.name`); None for text of another form, also with a level or layout that this
    version does not know."""
    parts = name.split(".")
    if len(parts) != 5 or not all(parts) or "/" in name:
        return None
    edition = Edition(*parts)
    known = edition.level in LEVELS and edition.layout in LAYOUTS
    return edition if known and is_relative_name(edition.path) else None


def file_at(path: str) -> tuple[Edition, str] | None:
    """The edition and kind of the file at a path in a build folder; None for a path that no edition gives."""
    name = path.rpartition("/")[2]
    stem = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name.rpartition(".")[0])
    edition = edition_from(stem)
    if edition is None:
        return None
    return next(((edition, kind) for kind, own in edition_files(edition).items() if own == path), None)

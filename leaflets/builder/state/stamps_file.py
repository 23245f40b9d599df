"""`.stamps.json`, the stamp list of a clinic's folder: what each stamped file was made of. It is held to its types.

Each path in it is that of a PDF file of an edition, so that what it names lies in the clinic's folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import Store, why
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from leaflets.base.untrusted.names import printable
from leaflets.editions.edition_files import file_at
from leaflets.publish.catalogue import PDF_KINDS, is_sha256

NAME = ".stamps.json"


@dataclass(frozen=True)
class StampedFile:
    """One stamped file. `of`: the hash of all its inputs."""

    of: str
    size: int
    sha256: str


def read_stamps(store: Store, folder: str, diagnostics: Diagnostics) -> dict[str, StampedFile]:
    """Stamped files of a clinic by their path in its folder. Empty without a list, and, with a warning of the rule
    `stamps`, for one that is damaged or names other files; then all is stamped anew."""
    name = f"{folder}/{NAME}"
    try:
        return _stamps(parse_json(store.read(name)))
    except FileNotFoundError:
        return {}
    except (BrokenDataError, OSError) as error:
        said = str(error) if isinstance(error, BrokenDataError) else why(error)
        message = f"what the last stamping wrote down cannot be used: {said}"
        diagnostics.warning(
            Place(str(store.place(name))), message, "stamps", "all leaflets of the clinic are made anew"
        )
        return {}


def stamps_json(made: Mapping[str, StampedFile]) -> str:
    """The list as JSON text; the same files give the same text."""
    return json.dumps({path: asdict(row) for path, row in made.items()}, indent=0, sort_keys=True)


def _stamps(found: object) -> dict[str, StampedFile]:
    if said := misfit(found, dict[str, StampedFile]):
        raise BrokenDataError(said)
    assert isinstance(found, dict)
    for path in found:
        named = file_at(path)
        if named is None or named[1] not in PDF_KINDS:
            raise BrokenDataError(f"“{printable(path[:80])}” is not the file of an edition")
        if not is_sha256(found[path]["sha256"]):
            raise BrokenDataError(f"{path}: its sha256 cannot be meant")
    return {path: StampedFile(**row) for path, row in found.items()}

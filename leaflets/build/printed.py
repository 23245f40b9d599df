"""The file for the printer of an edition whose sheets are imposed, made from its reading file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.html.material import Material


@dataclass(frozen=True)
class Printed:
    """What is to be said of a file for the printer: its sides, hash and size in bytes."""

    pages: int
    sha256: str
    size: int


def print_words(material: Material) -> str:
    """The words that the file for the printer has and the reading file has not; none where there is no such file."""
    layout = material.layout
    if not layout.imposition:
        return ""
    ids, tables = (f"print-{layout.imposition}", "print-title"), (material.source_words, material.words)
    return "\n".join(words.table[id_] for words in tables for id_ in ids)


def impose(
    material: Material, body: bytes, pages: int, title: str, diagnostics: Diagnostics
) -> tuple[Printed, bytes] | None:
    """The file for the printer; None for a layout that is printed page by page, or after a diagnostic."""
    if not material.layout.imposition:
        return None
    # loaded for these layouts alone
    from leaflets.finish.job import print_job
    from leaflets.finish.marks import NoteError
    from leaflets.finish.sheets import SheetError, print_file

    place = Place(material.edition.name)
    try:
        job = print_job(material, pages, title)
        found = print_file(body, job)
        return Printed(len(job.sides), hashlib.sha256(found).hexdigest(), len(found)), found
    except NoteError as error:
        hint = "shorten the words “print-…” in templates/words.yaml, or their translation"
        diagnostics.error(place, str(error), "print-note", hint)
    except SheetError as error:
        diagnostics.error(place, f"it cannot be imposed: {error}", "imposition")
    return None

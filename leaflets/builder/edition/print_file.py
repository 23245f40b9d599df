"""Print file of an edition in an imposed layout, made from its reading file; and the choice of its paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.units import PAPERS, SHEETS, sheets_for
from leaflets.builder.edition.sidecar import Sidecar, beside
from leaflets.builder.materials import Materials
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.material import Material
from leaflets.editions.plan import COMMAND_LINE


def print_words(material: Material) -> str:
    """Words of the print file that the reading file has not; empty for a layout without print file."""
    layout = material.layout
    if not layout.imposition:
        return ""
    how = f"print-{'cut-' if material.sheet else ''}{layout.imposition}"
    ids, tables = (how, "print-title"), (material.source_words, material.words)
    return "\n".join(words.table[id_] for words in tables for id_ in ids)


def impose(
    material: Material, body: bytes, pages: int, title: str, diagnostics: Diagnostics
) -> tuple[Sidecar, bytes] | None:
    """Make the print file of a reading file; None for a layout without imposition, or after a diagnostic.

    `pages`: number of pages of the reading file; `title`: of the reading file, which says its edition.
    """
    if not material.layout.imposition:
        return None
    # imported here, since other layouts do not need it
    from leaflets.finish.press.marks import NoteError
    from leaflets.finish.press.print_jobs import print_job
    from leaflets.finish.press.sheets import SheetError, print_file

    place = Place(material.edition.name)
    try:
        job = print_job(material, pages, title)
        found = print_file(body, job)
        paper = material.sheet or material.region.paper
        return beside("print", material.edition.print_path, found, len(job.sides), paper)
    except NoteError as error:
        hint = "shorten the words “print-…” in templates/words.yaml, or their translation"
        diagnostics.error(place, str(error), "print-note", hint)
    except SheetError as error:
        diagnostics.error(place, f"it cannot be imposed: {error}", "imposition")
    return None


def on_sheet(materials: Materials, editions: Sequence[Edition], sheet: str, diagnostics: Diagnostics) -> Materials:
    """The materials with print files on a larger sheet (empty: on the region's paper); errors for a sheet that is
    unknown, too small or of no use for the editions."""
    if not sheet:
        return materials
    folded = [edition for edition in editions if LAYOUTS[edition.layout].imposition]
    papers = sorted({materials.of(edition).region.paper for edition in folded})
    fitting = [name for name in SHEETS if all(name in sheets_for(PAPERS[paper]) for paper in papers)]
    hint = f"large enough for {' and '.join(papers) or 'a leaflet'}: {', '.join(fitting)}"
    if sheet not in SHEETS:
        diagnostics.error(COMMAND_LINE, f"there is no sheet “{sheet}” to print on", "unknown-sheet", hint)
    elif editions and not folded:
        hint = "a booklet or a tri-fold has one, see --layout"
        diagnostics.error(
            COMMAND_LINE, "nothing of what is asked for has a file for the printer", "no-print-file", hint
        )
    for paper in papers if sheet in SHEETS else ():
        if sheet not in sheets_for(PAPERS[paper]):
            message = f"{paper} with cut marks about it cannot be cut from {sheet}"
            diagnostics.error(COMMAND_LINE, message, "small-sheet", hint)
    return replace(materials, sheet=sheet)

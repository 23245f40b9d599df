"""Reader of evidence files: the evidence of an edition as it was written, or nothing.

What stands in the file may have been changed, so it is held to the schema, and to the edition whose file it is.
"""

from __future__ import annotations

from pydantic import ValidationError

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import Store, why
from leaflets.base.untrusted.json_data import BrokenDataError, parse_json
from leaflets.base.untrusted.names import printable
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.editions.edition import Edition

RULE = "evidence"


def read_evidence(out: Store, edition: Edition, diagnostics: Diagnostics) -> Evidence | None:
    """Evidence of an edition in a build folder. None, with one diagnostic of the rule `evidence`, when it is missing,
    is of another form, or is that of another edition. Nothing is raised."""
    place = Place.on_page(str(out.place(edition.evidence_path)), 0)
    try:
        evidence = Evidence.model_validate(parse_json(out.read(edition.evidence_path)))
    except FileNotFoundError:
        hint = f"{edition.evidence_path} is not there: build without --no-evidence"
        diagnostics.error(Place.on_page(str(out.place(edition.path)), 0), "it has no evidence", RULE, hint)
        return None
    except OSError as error:
        diagnostics.error(place, f"it cannot be read: {why(error)}", RULE, "build it again")
        return None
    except (BrokenDataError, ValidationError):
        diagnostics.error(place, "it is no evidence that this version of leaflets can read", RULE, "build it again")
        return None
    if (said := _of_another(evidence, edition)) is None:
        return evidence
    diagnostics.error(place, f"it is the evidence of {printable(said[:200])}", RULE, "build it again")
    return None


def _of_another(evidence: Evidence, edition: Edition) -> str | None:
    """The edition or file that the evidence names, where it is another one; else None."""
    about, printer = evidence.about, evidence.file_for_the_printer
    named = Edition(about.article, about.leaflet, about.level, about.layout, about.locale)
    if named != edition:
        return named.name
    if evidence.file.path != edition.path:
        return evidence.file.path
    return printer.path if printer and printer.path != edition.print_path else None

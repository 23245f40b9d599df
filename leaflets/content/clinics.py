"""Many clinics: the rows of a CSV file, each with its logo."""

from __future__ import annotations

from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import ClinicRow, Details, logo_path, read_clinics
from leaflets.content.logo import read_logo


def read_all_details(path: Path, diagnostics: Diagnostics) -> list[tuple[ClinicRow, Details]]:
    """The clinics of a CSV file with their logos; a row with something wrong has its diagnostics and is left out."""
    found = []
    for clinic, source in read_clinics(path, diagnostics):
        places = {key: source.place((key,)) for key in source.data}
        picture = logo_path(clinic, source)
        if picture is None:
            found.append((clinic, Details(clinic, None, places, (path,))))
        elif (logo := read_logo(picture, source.place(("logo",)), diagnostics)) is not None:
            found.append((clinic, Details(clinic, logo, places, (path, picture))))
    return found

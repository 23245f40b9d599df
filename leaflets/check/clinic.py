"""A clinic's details held against what can be printed: its letters, and the QR codes of its copies."""

from __future__ import annotations

from collections.abc import Iterable

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Details
from leaflets.editions.edition import Edition
from leaflets.l10n.fonts import FONTS, coverage, font_for

MOST_CODED = 192
"""Characters of an address that a QR code of 26 mm holds with dots that every telephone reads (0.46 mm)."""
ANY = "atkinson"


def check_clinic(details: Details, editions: Iterable[Edition], diagnostics: Diagnostics) -> None:
    """Complain of letters that no font has, and of addresses too long for a QR code."""
    for field, lines in details.clinic.printed().items():
        for line in lines:
            if font_for(line, ANY) is None:
                diagnostics.error(details.place(field), _unprinted(field, line), "missing-glyph", _FONTS)
    longest = max((details.clinic.copy_of(edition.parts) for edition in editions), key=len, default="")
    if len(longest) > MOST_CODED:
        message = f"leaflets: {longest} has {len(longest)} characters, and a QR code holds {MOST_CODED}"
        hint = "use a shorter address, such as https://www.example.org/l/{leaflet}/{level}/{locale}"
        diagnostics.error(details.place("leaflets"), message, "qr-code", hint)


_FONTS = "write it in a script that docs/clinic.md names, or leave it out and put it into the logo"


def _unprinted(field: str, line: str) -> str:
    known = frozenset().union(*(coverage(name) for name in FONTS))
    missing = sorted({char for char in line if not char.isspace() and ord(char) not in known})
    if not missing:
        return f"{field}: no font has all the letters of “{line}”; write each script on a line of its own"
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
    return f"{field}: no font has {shown}"

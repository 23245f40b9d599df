"""Checks of a clinic's details: characters that the fonts have, addresses that fit into a QR code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Details
from leaflets.editions.edition import Edition
from leaflets.l10n.fonts import CJK, FONTS, JOINERS, coverage, spans

MOST_CODED = 192
"""Most characters of an address in a QR code of 26 mm whose modules (0.46 mm) every telephone reads."""
ANY = "atkinson"


def check_clinic(details: Details, editions: Iterable[Edition], diagnostics: Diagnostics) -> None:
    """Report characters that no font has (`missing-glyph`) and addresses longer than MOST_CODED (`qr-code`)."""
    for field, lines in details.clinic.printed().items():
        for line in lines:
            if spans(line, ANY, details.clinic.words()) is None:
                missing = _missing(line)
                shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
                message = f"{field}: no font has {shown}"
                diagnostics.error(details.place(field), message, "missing-glyph", _hint(missing))
    longest = max((details.clinic.copy_of(edition.parts) for edition in editions), key=len, default="")
    if len(longest) > MOST_CODED:
        message = f"leaflets: {longest} has {len(longest)} characters, and a QR code holds {MOST_CODED}"
        hint = "use a shorter address, such as https://www.example.org/l/{leaflet}/{level}/{locale}"
        diagnostics.error(details.place("leaflets"), message, "qr-code", hint)


_OTHER = "write it in a script that docs/clinic.md names, or leave it out and put it into the logo"
_EAST = f"the fonts for Chinese, Japanese and Korean come with: pip install 'leaflets[{CJK}]'"


def _missing(line: str) -> list[str]:
    known = frozenset().union(*(coverage(name) for name in FONTS))
    return sorted({char for char in line if not (char.isspace() or char in JOINERS) and ord(char) not in known})


def _hint(missing: list[str]) -> str:
    """The hint for missing characters: install the optional East Asian fonts, or write something else."""
    east = all(unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) != "So" for char in missing)
    return _EAST if east and not all(font.installed for font in FONTS.values()) else _OTHER

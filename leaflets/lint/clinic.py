"""Checks of a clinic's details: characters that the fonts have, letters of one script in a word, telephone numbers of
the region, addresses that fit into a QR code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Details
from leaflets.content.phone import fault_in
from leaflets.editions.edition import Edition
from leaflets.l10n.font_table import CJK, FONTS
from leaflets.l10n.fonts import JOINERS, coverage, spans
from leaflets.l10n.languages import LOCALES

MOST_CODED = 192
"""Most characters of an address in a QR code of 26 mm whose modules (0.46 mm) every telephone reads."""
ANY = "atkinson"


def check_clinic(details: Details, editions: Iterable[Edition], diagnostics: Diagnostics) -> None:
    """Report characters that no font has (`missing-glyph`), words of letters that look alike in two scripts
    (`mixed-scripts`, a warning), a telephone number that is none in any region of the editions (`phone`), and addresses
    longer than MOST_CODED (`qr-code`)."""
    editions = tuple(editions)
    _check_scripts(details, diagnostics)
    _check_phone(details, editions, diagnostics)
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


def _check_phone(details: Details, editions: Iterable[Edition], diagnostics: Diagnostics) -> None:
    """A clinic is in one region, its leaflets may be for several: the number has to be one in one of them."""
    number = details.clinic.phone
    regions = sorted({LOCALES[edition.locale].region for edition in editions if edition.locale in LOCALES})
    if not number or not regions:
        return
    faults = [fault for region in regions if (fault := fault_in(number, region))]
    if len(faults) == len(regions):
        diagnostics.error(details.place("phone"), f"phone: {faults[0]}", "phone", faults[0].hint)


ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
"""Scripts with letters that look the same, by the beginning of a letter's Unicode name."""


def _check_scripts(details: Details, diagnostics: Diagnostics) -> None:
    for field, lines in details.clinic.printed().items():
        for word in re.findall(r"[^\W\d_]+", " ".join(lines)):
            names = {char: unicodedata.name(char, "").partition(" ")[0] for char in word}
            scripts = sorted({name for name in names.values() if name in ALIKE})
            if len(scripts) > 1:
                first = next(char for char in word if names[char] == scripts[0])
                shown = f"{first} (U+{ord(first):04X})"
                message = f"{field}: “{word}” mixes {' and '.join(map(str.title, scripts))} letters, such as {shown}"
                diagnostics.warning(details.place(field), message, "mixed-scripts", "type the word anew in one script")


_OTHER = "write it in a script that docs/clinic.md names, or leave it out and put it into the logo"
_EAST = f"the fonts for Chinese, Japanese and Korean come with: pip install 'leaflets[{CJK}]'"


def _missing(line: str) -> list[str]:
    known = frozenset().union(*(coverage(name) for name in FONTS))
    return sorted({char for char in line if not (char.isspace() or char in JOINERS) and ord(char) not in known})


def _hint(missing: list[str]) -> str:
    """The hint for missing characters: install the optional East Asian fonts, or write something else."""
    east = all(unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) != "So" for char in missing)
    return _EAST if east and not all(font.installed for font in FONTS.values()) else _OTHER

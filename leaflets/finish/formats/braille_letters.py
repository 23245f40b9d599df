"""Letters that a braille table lacks: their replacements, and those that have none.

liblouis writes a code such as `'\\x017b'` for a character that its table lacks, which a reader cannot read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from leaflets.finish.formats.liblouis import Louis
from leaflets.l10n.braille import ARABIC_1

CODE = re.compile(r"'\\X[0-9A-J]+'|[^\x00-\x7f]")
"""Output of liblouis for a character that its table lacks, in the signs of BRF: its code, or the character as it is."""
NAMED = {
    "\u0219": "ş", "\u0218": "Ş", "\u021b": "ţ", "\u021a": "Ţ",  # a comma below is written as the cedilla
    "‚": "’", "„": "“", "‹": "‘", "›": "’", "‰": " per mille", "⁄": "/", "∕": "/", "∙": "•", "¦": "|",
    "«": "“", "»": "”", "·": "-", "•": "-", "−": "-", "†": "*",
    "ℓ": "l", "℮": "e", "ƒ": "f", "ı": "i", "\u2011": "-", "\u2010": "-",
}  # fmt: skip
"""Replacement of a character that a table lacks. Letters with other marks lose them: Unified English Braille has signs
for ten marks (rules, 4.2), none for a dot above, an ogonek or a double acute."""
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


class BrailleLettersError(Exception):
    """A text has characters for which there is no braille. `letters` has them."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


def in_braille(library: Louis, text: str, table: str) -> str:
    """Translate a text, words in Arabic letters by the table of Arabic. Raises BrailleLettersError for characters that
    have no braille and no replacement."""
    if (made := _signs(library, text, table)) is not None:
        return made
    parts = groupby(text.split(" "), key=lambda word: table != ARABIC_1.table and bool(_ARABIC.search(word)))
    return library.braille(" ", table).join(
        _translated(library, " ".join(words), ARABIC_1.table if arabic else table) for arabic, words in parts
    )


def _translated(library: Louis, text: str, table: str) -> str:
    text = unicodedata.normalize("NFC", text)
    found = {char: _put(library, char, table) for char in text}
    if lacking := "".join(sorted(char for char, put in found.items() if put is None)):
        raise BrailleLettersError(lacking)
    written = "".join(found[char] or "" for char in text)
    made = _signs(library, written, table)
    if made is None:
        raise BrailleLettersError("".join(sorted(set(written))))
    return made


def _signs(library: Louis, text: str, table: str) -> str | None:
    """A text in the signs of BRF; None if the table lacks one of its characters, or has cells of eight dots for it.
    Raises RuntimeError for a table that cannot be used at all."""
    try:
        made = library.braille(text, table)
    except RuntimeError:
        library.braille("1", table)
        return None
    return None if CODE.search(made) else made


@lru_cache(maxsize=2_000)
def _put(library: Louis, char: str, table: str) -> str | None:
    """A character or its replacement by the table; empty for a mark alone; None: it has no replacement."""
    base = unicodedata.normalize("NFD", char)[0]
    compatible = unicodedata.normalize("NFKC", char)
    for trial in (char, NAMED.get(char, char), base, compatible):
        if _signs(library, trial, table) is not None:
            return trial
    return "" if unicodedata.category(char) == "Mn" else None

"""Unsafe abbreviations: those of the ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations that a
leaflet could have, with what they have been mistaken for.

In words that tell a dose one is an error; elsewhere it is a warning, since readers may not know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflets.base.diagnostics import Severity
from leaflets.lint.proofreading.line import PrintedLine, Slip


@dataclass(frozen=True)
class Unsafe:
    """An abbreviation: its pattern, what to write, and what it has been mistaken for."""

    pattern: re.Pattern[str]
    instead: str
    mistaken_for: str


_BEGIN, _END = r"(?<![\w.])", r"(?![\w])"
"""Beginning and end of a word."""


def _row(pattern: str, instead: str, mistaken_for: str) -> Unsafe:
    return Unsafe(re.compile(f"{_BEGIN}(?:{pattern}){_END}"), instead, mistaken_for)


def _any_of(rows: Iterable[Unsafe]) -> re.Pattern[str]:
    """A pattern that fits wherever one of the rows fits. Rows that begin and end as words do share that test, so most
    positions of a line are tested once."""
    patterns = [row.pattern.pattern for row in rows]
    words = [one for one in patterns if one.startswith(_BEGIN) and one.endswith(_END)]
    inner = "|".join(one.removeprefix(_BEGIN).removesuffix(_END) for one in words)
    return re.compile("|".join([f"{_BEGIN}(?:{inner}){_END}", *(one for one in patterns if one not in words)]))


UNSAFE: tuple[Unsafe, ...] = (
    _row(r"[bB]\.?\s?[dD]\.?", "twice a day", "“bid” or a code"),
    _row(r"(?:[bB]\.[iI]\.[dD]\.?|BID|bid)", "twice a day", "“tid”"),
    _row(r"(?:[tT]\.[dD]\.[sS]?\.?|TDS|tds)", "three times a day", "“bd”"),
    _row(r"(?:[tT]\.[iI]\.[dD]\.?|TID|tid)", "three times a day", "“bid”"),
    _row(r"(?:[qQ]\.[iI]\.[dD]\.?|QID|qid|[qQ]\.[dD]\.[sS]\.?|QDS|qds)", "four times a day", "“qd”, once a day"),
    _row(r"(?:[qQ]\.[oO]\.[dD]\.?|QOD|qod)", "every other day", "“qd”, once a day"),
    _row(r"(?:[qQ]\.[dD]\.?|QD|qd|q1d)", "every day", "“qid”, four times a day"),
    _row(r"(?:[oO]\.[dD]\.?|OD|od)", "once a day", "“right eye”, or overdose"),
    _row(r"(?:[oO]\.[nN]\.|nocte|qhs|QHS|[hH]\.[sS]\.)", "at bedtime", "“every hour”"),
    _row(r"HS", "at bedtime", "“half strength”"),
    _row(r"(?:[oO]\.[mM]\.|mane)", "in the morning", "“right eye”"),
    _row(r"(?:[pP]\.[rR]\.[nN]\.?|PRN|prn)", "when needed", "a name of a medicine"),
    _row(r"(?:[pP]\.[oO]\.|PO|per os)", "by mouth", "“left eye”"),
    _row(r"(?:[aA]\.[cC]\.|[pP]\.[cC]\.)", "before food, after food", "each other"),
    _row(r"(?:stat|STAT)", "now", "“stop” or a name"),
    _row(r"(?:SC|SQ|[sS]ub ?[qQ])", "under the skin", "“every” or “SL”, under the tongue"),
    _row(r"SL", "under the tongue", "“SC”, under the skin"),
    _row(r"(?:IJ|IN)", "injection, into the nose", "“IV”, into a vein"),
    _row(r"(?:AD|AS|AU)", "right ear, left ear, both ears", "the same of the eyes"),
    _row(r"(?:OS|OU)", "left eye, both eyes", "the same of the ears"),
    _row(r"D/C", "stop, or send home", "the other of the two"),
    _row(r"(?:IU|iu)", "units", "“IV” or the number 10"),
    Unsafe(re.compile(r"(?<=\d)\s?[uU](?![\w])"), "units", "a zero, so ten times the dose"),
    Unsafe(re.compile(r"(?<=\d)\s?cc(?![\w])"), "ml", "“u”, units"),
    Unsafe(re.compile(r"(?<=\d)\s?[µμ]g\b"), "micrograms", "“mg”, a thousand times the dose"),
    Unsafe(re.compile(r"(?<=\d)\s?mgs?\.(?=\s+[a-z])"), "mg without a full stop", "a 1 after it"),
    Unsafe(re.compile(r"(?<![\d.])\d+\.0+(?=\s?(?:mg|g|ml|mL|mcg|micrograms?|units?)\b)"), "5 mg", "50 mg"),
    Unsafe(re.compile(r"(?<![\w.])\.\d+(?=\s?(?:mg|g|ml|mL|mcg|micrograms?|units?)\b)"), "0.5 mg", "5 mg"),
    _row(r"MSO4|MS(?=\s+\d)", "morphine", "magnesium"),
    _row(r"MgSO4", "magnesium sulfate", "morphine"),
    _row(r"MTX", "methotrexate", "mitoxantrone"),
    _row(r"(?:HCTZ?|HCTZ\d+)", "hydrochlorothiazide", "hydrocortisone"),
    _row(r"AZT", "zidovudine", "azathioprine"),
    _row(r"CPZ", "the name of the medicine", "chlorpromazine or prochlorperazine"),
    _row(r"PTU", "propylthiouracil", "mercaptopurine"),
    _row(r"(?:BT|TIW|tiw|BIW|biw|SSRI?(?=\s+insulin))", "written out", "twice a day, three times a day"),
    _row(r"x\s?\d+\s?d", "for 3 days", "“for 3 doses”"),
)
_ANY = _any_of(UNSAFE)
_DOSE = re.compile(
    r"\d\s?(?:mg|g|mcg|µg|μg|ml|mL|cc|IU|[uU]|units?|milligrams?|micrograms?|grams?|millilit(?:re|er)s?|tablets?"
    r"|capsules?|drops?|puffs?|patch(?:es)?|teaspoons?)\b"
)


def unsafe_abbreviations(line: PrintedLine) -> Iterator[Slip]:
    """Unsafe abbreviations of English lines."""
    if not line.locale.startswith("en") or not _ANY.search(line.written):
        return
    dose = _DOSE.search(line.written) is not None
    taken: list[tuple[int, int]] = []
    for row in UNSAFE:
        for match in row.pattern.finditer(line.written):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            message = f"“{match[0].strip()}” has been mistaken for {row.mistaken_for}"
            severity = Severity.ERROR if dose else Severity.WARNING
            yield Slip(match[0].strip(), message, f"write: {row.instead}", severity)

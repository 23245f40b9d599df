"""Unsafe abbreviations: those of the ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations that a
leaflet could have, with what they have been mistaken for, and abbreviations of prescriptions.

The list as it is on ismp.org/recommendations/error-prone-abbreviations-list, with names of medicines as MPR prints them
of the list of 2021 (empr.com). The list of 2024 allows QHS and wants nanograms in full (psqh.com). Left out is what
leaflets have in another meaning: PCA, T3, IT. “ml” is how the NHS writes it; the list wants mL.

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
    mistaken_for: str = ""
    """Empty: it is not on the list."""


_BEGIN, _END = r"(?<![\w.])", r"(?![\w])"
"""Beginning and end of a word."""


_UNITS = "mg|g|ml|mL|mcg|micrograms?|units?"


def _row(pattern: str, instead: str, mistaken_for: str = "") -> Unsafe:
    return Unsafe(re.compile(f"{_BEGIN}(?:{pattern}){_END}"), instead, mistaken_for)


def _any_of(rows: Iterable[Unsafe]) -> re.Pattern[str]:
    """A pattern that fits wherever one of the rows fits. Rows that begin and end as words do share that test, so most
    positions of a line are tested once."""
    patterns = [row.pattern.pattern for row in rows]
    words = [one for one in patterns if one.startswith(_BEGIN) and one.endswith(_END)]
    inner = "|".join(one.removeprefix(_BEGIN).removesuffix(_END) for one in words)
    return re.compile("|".join([f"{_BEGIN}(?:{inner}){_END}", *(one for one in patterns if one not in words)]))


UNSAFE: tuple[Unsafe, ...] = (
    _row(r"(?:[qQ]\.[oO]\.[dD]\.?|QOD|qod)", "every other day", "“qd”, once a day, or “qid”, four times a day"),
    _row(r"(?:[qQ]\.[dD]\.?|QD|qd|[qQ]1[dD])", "every day", "“qid”, four times a day"),
    _row(r"[qQ]\d{1,2}\s?[aApP][mM]", "daily at 6 pm", "every 6 hours"),
    _row(r"qn", "at night", "“qh”, every hour"),
    _row(r"(?:[oO]\.[dD]\.?|OD|od)", "once a day", "“right eye”"),
    _row(r"(?:HS|hs|[hH]\.[sS]\.)", "at bedtime, or half strength", "the other of the two"),
    _row(r"BT", "at bedtime", "“BID”, twice a day"),
    _row(r"(?:TIW|tiw)", "three times a week", "three times a day, or twice a week"),
    _row(r"(?:BIW|biw)", "twice a week", "twice a day"),
    _row(r"UD", "as directed", "“unit dose”"),
    _row(r"(?:SSRI|SSI)(?=\s+insulin)", "sliding scale insulin", "a medicine for depression, or an iodine solution"),
    _row(r"per os", "by mouth", "“os”, left eye"),
    _row(r"OJ", "orange juice", "“OD” or “OS”, right or left eye"),
    _row(r"(?:SC|SQ|sq|[sS]ub ?[qQ])", "under the skin", "“SL”, under the tongue, or “every”"),
    _row(r"IJ", "injection", "“IV”, into a vein"),
    _row(r"IN", "into the nose", "“IM” or “IV”, into a muscle or a vein"),
    _row(r"(?:AD|AS|AU)", "right ear, left ear, both ears", "the same of the eyes"),
    _row(r"(?:OS|OU)", "left eye, both eyes", "the same of the ears"),
    _row(r"D/C", "stop, or send home", "the other of the two"),
    _row(r"(?:IU|iu)", "units", "“IV” or the number 10"),
    Unsafe(re.compile(r"(?<=\d)\s?[uU](?![\w])"), "units", "a zero, so ten times the dose"),
    Unsafe(re.compile(r"(?<=\d)\s?cc(?![\w])"), "ml", "“u”, units"),
    Unsafe(re.compile(r"(?<=\d)\s?[µμ]g\b"), "micrograms", "“mg”, a thousand times the dose"),
    Unsafe(re.compile(r"(?<=\d)\s?[nN]g\b(?!/)"), "nanograms", "“mg”"),
    Unsafe(re.compile(r"(?<=\d)\s?mgs?\.(?=\s+[a-z])"), "mg without a full stop", "a 1 after it"),
    Unsafe(re.compile(rf"(?<![\d.])\d+\.0+(?=\s?(?:{_UNITS})\b)"), "5 mg", "50 mg"),
    Unsafe(re.compile(rf"(?<![\w.])\.\d+(?=\s?(?:{_UNITS})\b)"), "0.5 mg", "5 mg"),
    Unsafe(
        re.compile(r"(?<![\w.,])\d{5,}(?=\s?units?\b)"), "100,000 units, with a comma", "a tenth of it, or ten times"
    ),
    Unsafe(re.compile(r"[<>](?=\s?\d)"), "less than, more than", "each other, or “<10” for 40"),
    _row(r"MSO4|MS(?=\s+\d)", "morphine", "magnesium sulfate"),
    _row(r"MgSO4", "magnesium sulfate", "morphine"),
    _row(r"ZnSO4", "zinc sulfate", "morphine"),
    _row(r"MTX", "methotrexate", "mitoxantrone"),
    _row(r"HCT", "hydrocortisone", "hydrochlorothiazide"),
    _row(r"HCTZ", "hydrochlorothiazide", "hydrocortisone"),
    _row(r"AZT", "zidovudine", "azithromycin, azathioprine or aztreonam"),
    _row(r"ARA[- ]?A", "vidarabine", "cytarabine"),
    _row(r"CPZ", "prochlorperazine", "chlorpromazine"),
    _row(r"PTU", "propylthiouracil", "mercaptopurine"),
    _row(r"APAP", "paracetamol, acetaminophen", "something else than paracetamol"),
    _row(r"N[oO]AC", "the name of the medicine", "“no anticoagulant”"),
    _row(r"x\s?\d+\s?d", "for 3 days", "“for 3 doses”"),
    _row(r"(?:[bB]\.?\s?[dD]\.?|[bB]\.[iI]\.[dD]\.?|BID|bid)", "twice a day"),
    _row(r"(?:[tT]\.[dD]\.[sS]?\.?|TDS|tds|[tT]\.[iI]\.[dD]\.?|TID|tid)", "three times a day"),
    _row(r"(?:[qQ]\.[iI]\.[dD]\.?|QID|qid|[qQ]\.[dD]\.[sS]\.?|QDS|qds)", "four times a day"),
    _row(r"(?:[oO]\.[nN]\.|nocte|qhs|QHS)", "at bedtime"),
    _row(r"(?:[oO]\.[mM]\.|mane)", "in the morning"),
    _row(r"(?:[pP]\.[rR]\.[nN]\.?|PRN|prn)", "when needed"),
    _row(r"(?:[pP]\.[oO]\.|PO)", "by mouth"),
    _row(r"SL", "under the tongue"),
    _row(r"(?:[aA]\.[cC]\.|[pP]\.[cC]\.)", "before food, after food"),
    _row(r"(?:stat|STAT)", "now"),
)
"""Those of the list, then abbreviations of prescriptions that are not on it and that readers do not know."""
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
            why = f"has been mistaken for {row.mistaken_for}" if row.mistaken_for else "is not known to most readers"
            message = f"“{match[0].strip()}” {why}"
            severity = Severity.ERROR if dose else Severity.WARNING
            yield Slip(match[0].strip(), message, f"write: {row.instead}", severity)

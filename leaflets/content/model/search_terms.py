"""Search terms of a leaflet: the words by which people look for it, and its codes in the systems of records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from leaflets.content.model.text import Id, Model

CodeSystemId = Literal["icd-10", "icd-10-cm", "icd-9-cm", "snomed-ct", "mesh"]
CodeMatch = Literal["exact", "broader"]
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
LanguageId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]

CODE_SYSTEMS: tuple[CodeSystemId, ...] = get_args(CodeSystemId)
CODE_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "icd-10": r"[A-Z]\d\d(\.\d{1,2})?",
        "icd-10-cm": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
        "icd-9-cm": r"(\d{3}|V\d\d|E\d{3})(\.\d{1,2})?",
        "snomed-ct": r"[1-9]\d{5,17}",
        "mesh": r"[DC]\d{6}(\d{3})?",
    }
)
"""Form of a code as its system prints it, with its point; the whole code has to match."""


class LanguageTerms(Model):
    """Words in one language, each list as people type them: capitals, accents and plurals do not matter."""

    topics: tuple[Term, ...] = Field((), description="What the leaflet is about, in the words of its title or near it.")
    synonyms: tuple[Term, ...] = Field((), description="Other professional names of the same.")
    lay: tuple[Term, ...] = Field((), description="What patients call it.")
    abbreviations: tuple[Term, ...] = Field((), description="Such as RLS.")
    misspellings: tuple[Term, ...] = Field((), description="Usual ones of more than two wrong letters.")
    mentions: tuple[Term, ...] = Field((), description="What stands in it besides: medicines, tests, signs.")


class ProblemCode(Model):
    """A code of a problem for which the leaflet is handed out."""

    system: CodeSystemId
    code: str = Field(description="As its system prints it, with the point. SNOMED CT: the id alone.")
    match: CodeMatch = Field(description="exact: what the leaflet is about; broader: the code is wider than that.")

    @property
    def compact(self) -> str:
        """The code as it is looked up: capitals, without its point."""
        return compact_code(self.code)


class SearchTerms(Model):
    """`finding/<leaflet>.yaml`: by which words and codes a leaflet is found. Codes are signed with the leaflet."""

    id: Id = Field(description="The leaflet.")
    words: dict[LanguageId, LanguageTerms] = Field(description="By language, such as en.")
    codes: tuple[ProblemCode, ...] = ()
    subtopics: tuple[Annotated[str, StringConstraints(pattern=r"^[DQ]\d{6}$")], ...] = Field(
        (), description="MeSH qualifiers or headings of the aspects that it tells of, such as Q000628 (therapy)."
    )
    ages_from: int | None = Field(None, ge=0, le=120, description="Least age, in years, of whom it is written for.")


def compact_code(code: str) -> str:
    """A code without blanks and points, in capitals: `g25.81` and `G2581` are the same."""
    return re.sub(r"[\s.]", "", code).upper()


def is_code(system: str, code: str) -> bool:
    """Whether a code has the form of its system; of a SNOMED CT id the check digit holds too (Verhoeff)."""
    if not re.fullmatch(CODE_FORMS[system], code):
        return False
    return system != "snomed-ct" or _verhoeff(code)


_TURNED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's permutation, applied once for each place from the right."""


def _joined(a: int, b: int) -> int:
    """Product of two elements of the dihedral group of order ten."""
    if a < 5:
        return (a + b) % 5 if b < 5 else (a + b) % 5 + 5
    return (a - b) % 5 + 5 if b < 5 else (a - b) % 5


def _verhoeff(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Verhoeff 1969; SNOMED CT Technical Guide, SCTID)."""
    sum_ = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        for _ in range(place % 8):
            value = _TURNED[value]
        sum_ = _joined(sum_, value)
    return sum_ == 0

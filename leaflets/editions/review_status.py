"""Status of review of one edition: draft, signed, changed since it was signed, or withdrawn; and whether its review is
overdue."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

ReviewId = Literal["draft", "signed", "changed", "withdrawn"]


@dataclass(frozen=True)
class Signer:
    """Who signed, in which role and when."""

    name: str
    role: str
    on: datetime.date

    def __str__(self) -> str:
        return f"{self.name} on {self.on}"


@dataclass(frozen=True)
class ReviewStatus:
    """Status of review of one edition. What a page, the catalogue and the evidence say of it comes from here."""

    state: ReviewId = "draft"
    signer: Signer | None = None
    """The clinician who signed its words as they are, of a translation those of the original. Not printed unless
    `signed`."""
    translator: Signer | None = None
    """Who signed the translation as it is."""
    expired: bool = False
    """Its review was due before the day of the build."""

    @property
    def signed(self) -> bool:
        """True if a named person has signed all that it prints."""
        return self.state == "signed"

    @property
    def current(self) -> bool:
        """True if it may be handed out: signed, and its review is not overdue."""
        return self.signed and not self.expired

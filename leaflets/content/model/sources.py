"""What the words rest on: claims of the source article, facts and references."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leaflets.content.model.text import Id, Model


class Omission(Model):
    """Why a claim does not reach some levels."""

    levels: tuple[Literal["easy", "plain"], ...] = Field(
        min_length=1, description="Levels that leave the claim out; the detailed level has every claim."
    )
    why: str = Field(min_length=1, description="The reason, for who reviews: it stands in the evidence.")


class Claim(Model):
    """One statement of the source article, restated in our words."""

    id: Id
    text: str
    where: str = Field(description="Section and paragraph of the source, such as “S3 p1 b2”.")
    certainty: Literal["stated", "may", "some", "study"] = Field(
        description="stated: the source says so; may: it says that it may be so; some: it says so of "
        "some people; study: it reports what a study found."
    )
    note: str = ""
    counter: tuple[Id, ...] = Field((), description="Facts that speak against the claim: printed with it.")
    omitted: Omission | None = Field(None, description="The levels that leave the claim out, with the reason.")

    def left_out(self, level: str) -> bool:
        """Whether a level leaves the claim out for a reason."""
        return self.omitted is not None and level in self.omitted.levels


class Fact(Model):
    """One statement beyond the article that may be printed, with its sources."""

    id: Id
    statement: str
    regions: tuple[str, ...]
    status: Literal["confirmed", "safe-direction", "secondary"] = Field(
        description="confirmed: its source was opened and says so; safe-direction: not confirmed, and can only send "
        "people to help sooner; secondary: read about elsewhere, and may not be printed."
    )
    sources: tuple[Id, ...]
    flag: Id | None = Field(
        None, description="The danger that the fact tells of, as in red-flags.yaml; then a leaflet has to print it."
    )
    counter: tuple[Id, ...] = Field((), description="Facts that speak against this one: printed with it.")
    note: str = ""


class Reference(Model):
    """A source: short as it is printed, full for the record."""

    id: Id
    short: str
    full: str
    rank: Literal["main", "other", "evidence"] = Field(
        "other",
        description="main: printed at plain and detailed; other: at detailed; evidence: never on paper "
        "(reports that only lead to the source), but in the evidence.",
    )
    address: str = Field(
        "",
        pattern=r"^(doi:10\.|[a-z0-9.-]+\.[a-z]{2,}(/|$))?\S*$",
        description="Where to read it, on the clinician's "
        "page: a DOI (doi:10.1136/bmj.n895), or an address without https:// (nice.org.uk/guidance/ng193).",
    )

    @property
    def link(self) -> str:
        """Its address as a URL; empty without one."""
        if self.address.startswith("doi:"):
            return f"https://doi.org/{self.address.removeprefix('doi:')}"
        return f"https://{self.address}" if self.address else ""


class Origin(Model):
    """The article that the leaflets restate."""

    title: str
    publisher: str
    address: str
    short: str

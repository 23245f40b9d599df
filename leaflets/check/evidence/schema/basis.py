"""The basis of the leaflet: its parts, claims, facts and sources."""

from __future__ import annotations

from pydantic import Field

from leaflets.content.model.text import Model


class PartPrinted(Model):
    """A part of the leaflet, with the claims and facts that it rests on."""

    part: str
    page: int = Field(description="Where its first words were found; 0: not found.")
    found: bool
    claims: tuple[str, ...]
    facts: tuple[str, ...]


class ClaimPrinted(Model):
    """A statement of the source article that this edition prints."""

    id: str
    says: str
    where_in_source: str
    certainty: str
    printed_in: tuple[str, ...]


class ClaimLeftOut(Model):
    """A statement of the source article that the edition's level leaves out for a reason."""

    id: str
    says: str
    where_in_source: str
    why: str


class FactPrinted(Model):
    """A statement beyond the article that this edition prints."""

    id: str
    says: str
    status: str
    sources: tuple[str, ...]
    printed_in: tuple[str, ...]


class SourceNamed(Model):
    """A source of a printed fact."""

    id: str
    full: str
    rank: str
    named_on_paper: bool = Field(description="Its short form was found in the words of the file.")


class SourceOrigin(Model):
    """The article that the leaflet restates."""

    title: str
    publisher: str
    address: str
    named_on_paper: bool


class Basis(Model):
    """The basis of the leaflet: its parts, claims, facts and sources."""

    origin: SourceOrigin
    parts: tuple[PartPrinted, ...]
    claims: tuple[ClaimPrinted, ...]
    left_out: tuple[ClaimLeftOut, ...] = Field((), description="By all leaflets of the article at this level.")
    facts: tuple[FactPrinted, ...]
    sources: tuple[SourceNamed, ...]

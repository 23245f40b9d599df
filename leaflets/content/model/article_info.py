"""`article.yaml`: what the article is, its version, locales and leaflets."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from leaflets.content.model.sources import Origin
from leaflets.content.model.text import Id, Model, Text


class Review(Model):
    """Former place of a signature: `awaiting-review` is read and may be left out, `reviewed` is refused. Signatures are
    in the article's folder `signatures`, bound to what was signed."""

    state: Literal["awaiting-review", "reviewed"] = Field(
        description="awaiting-review: every leaflet is a draft; reviewed: a named clinician has signed it off."
    )
    by: str | None = None
    role: str | None = None
    on: datetime.date | None = None


class Pending(Model):
    """A rule that some texts break until they are rewritten: a warning there, and no error."""

    rule: str = Field(description="As it stands in brackets at the end of a message, such as hard-passage.")
    at: tuple[str, ...] = Field(
        min_length=1,
        description="Segments (sections.why.nerves.text.plain), passages (sections.why.nerves.plain), whole leaflets "
        "(leaflets.overview.plain), their scores (measures.overview.plain), or what a rule of dangers is about "
        "(facts.ID, claims.ID, red-flags.DANGER, sections.why.nerves).",
    )


class ArticleInfo(Model):
    """What `article.yaml` holds: what the article is, its version and state."""

    id: Id
    topic: Text
    version: str
    issued: datetime.date
    review_due: datetime.date
    language: str = Field(description="Locale the texts are written in, such as en-GB.")
    locales: tuple[str, ...]
    review: Review | None = Field(
        None, description="Not needed: who signed is in the folder “signatures”, which “leaflets sign” writes."
    )
    origin: Origin
    leaflets: tuple[Id, ...]

    @property
    def offered_in(self) -> tuple[str, ...]:
        """Regions of the article's locales: the last part of each tag."""
        return tuple(dict.fromkeys(tag.split("-")[-1] for tag in self.locales))

    familiar: tuple[str, ...] = Field(
        (),
        description="Medical names that the leaflets explain; counted as familiar words when readability is measured.",
    )
    pending: tuple[Pending, ...] = Field(
        (),
        description="What still has to be rewritten. Until then it is a warning, and the article cannot be released; "
        "an entry that nothing matches any more is an error.",
    )
    words: tuple[str, ...] = Field(
        (),
        description="Words that are right and that no dictionary has, such as names of medicines, and abbreviations "
        "that the leaflets write out; as they are written. Familiar words need not be listed again.",
    )

"""The red-flag block: tiers by urgency, each with its dangers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leaflets.content.model.part import Item, Part
from leaflets.content.model.text import Id, Model, Text

Urgency = Literal["emergency", "today", "crisis"]
"""How soon to get help, the soonest first; a crisis line may be called at any time."""


class Danger(Item):
    """One danger, or one way to get help: a point of a tier. Layouts choose between its two forms; none drops it."""

    flag: Id | None = Field(None, description="The danger this point warns of: the same id in every region and level.")
    short: Text | None = Field(
        None,
        description="The same danger in fewer words, where a layout has little room (tri-fold, summary, booklet); at a "
        "level without it the text is printed.",
    )
    differs: Id | None = Field(
        None, description="The fact that says why this danger has another urgency here than in another region."
    )

    def form(self, short: bool) -> Danger:
        """This danger with one form of words, which is its `text`: the short one where there is one, or the full."""
        if self.short is None:
            return self
        text = self.text.or_shorter(self.short) if short else self.text
        return self.model_copy(update={"text": text, "short": None})


class Tier(Part):
    """One urgency of the red-flag block: what to do is the heading, when to do it are the items."""

    id: Id
    urgency: Urgency = Field(
        description="emergency: call an ambulance; today: be seen the same day; crisis: thoughts of suicide."
    )
    number: Text | None = Field(
        None, description="The number to call, such as “{emergency}”. It stands first and large; the heading goes on."
    )
    heading: Text
    short: Text | None = Field(None, description="The heading in fewer words, for the layouts with short forms.")
    items: tuple[Danger, ...] = Field(min_length=1)

    def form(self, short: bool) -> Tier:
        """This tier with one form of words for its heading and each danger."""
        heading = self.heading.or_shorter(self.short) if short and self.short else self.heading
        items = tuple(item.form(short) for item in self.items)
        return self.model_copy(update={"heading": heading, "short": None, "items": items})


class RedFlags(Model):
    """The block “When to get help now”, the same in every leaflet of the article."""

    heading: Text
    pointer: Text = Field(description="On page 1 when the block itself has to start on page 2.")
    tiers: tuple[Tier, ...] = Field(min_length=1)

    def form(self, short: bool) -> RedFlags:
        """The block with one form of words for each danger, the same dangers in either."""
        return self.model_copy(update={"tiers": tuple(tier.form(short) for tier in self.tiers)})

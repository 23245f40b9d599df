"""A printed part: where it is printed and what it rests on; points and steps."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field

from leaflets.content.model.text import Id, LevelId, Model, Text

SHORT = "The same in fewer words, where a page has little room (handout); at a level without it the text is printed."


class Part(Model):
    """What any printed part may say about itself."""

    levels: tuple[LevelId, ...] | None = Field(None, description="Levels that print this part; default all.")
    regions: tuple[str, ...] | None = Field(None, description="Regions that print this part (GB, US); default all.")
    claims: tuple[Id, ...] = Field((), description="Claims of the source article that this part states.")
    facts: tuple[Id, ...] = Field((), description="Facts beyond the article that this part rests on.")
    basis: Literal["practical"] | None = Field(
        None, description="“practical”: how to use the leaflet; rests on no claim or fact."
    )

    def shown(self, level: str, region: str) -> bool:
        """True if an edition of this level and region prints the part."""
        return (self.levels is None or level in self.levels) and (self.regions is None or region in self.regions)

    def in_short(self) -> Self:
        """This part with the short form of its words, and of the words in it, where there is one. `short` still says
        that there is one."""
        short = getattr(self, "short", None)
        changed: dict[str, Any] = {} if short is None else dict(short.over(self))
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Part):
                changed[name] = tuple(child.in_short() for child in value)
        return self.model_copy(update=changed) if changed else self


class Item(Part):
    """One point of a list."""

    id: Id
    text: Text
    short: Text | None = Field(None, description=SHORT)
    picture: str | None = Field(None, description="Pictogram beside the words at the easy level.")


class Step(Item):
    """One step: a bold title and a sentence or two."""

    title: Text

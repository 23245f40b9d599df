"""Answers of a person to the items of the measures: a file beside each leaflet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from leaflets.content.model.text import Id, LevelId, Model

AnswerId = Literal["met", "not-met", "not-applicable"]


class Answer(Model):
    """An answer to one item, for all levels and regions or for those that are named."""

    item: int = Field(description="Official number of the item.")
    answer: AnswerId
    reason: Annotated[str, StringConstraints(min_length=1)] = Field(description="What of the leaflet says so.")
    levels: tuple[LevelId, ...] | None = Field(None, description="Levels for which it holds; default all.")
    regions: tuple[str, ...] | None = Field(None, description="Regions for which it holds; default all.")

    def holds(self, level: str, region: str) -> bool:
        return (self.levels is None or level in self.levels) and (self.regions is None or region in self.regions)


class Measures(Model):
    """`measures/<leaflet>.yaml`: every item of PEMAT-P and of the CDC Clear Communication Index answered, with why."""

    id: Id = Field(description="The leaflet.")
    pemat: tuple[Answer, ...]
    cdc: tuple[Answer, ...]

    def of(self, measure: str, item: int, level: str, region: str) -> list[tuple[int, Answer]]:
        """Answers to an item at a level in a region, each with its row in the file."""
        rows: tuple[Answer, ...] = getattr(self, measure)
        return [(at, row) for at, row in enumerate(rows) if row.item == item and row.holds(level, region)]

"""Harm grid: `medicines.yaml`, the same harms asked of every medicine, each with facts or with why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from leaflets.content.model.text import BlockName, Id, Model

NOT_LOOKED_UP = "not-looked-up"
"""Entry of a harm of which the authors read nothing, or not all: a block says so, and tells the reader to ask."""
DOES_NOT_APPLY = "does-not-apply"
"""The only entry of a harm that the medicine is not known for, and that nobody expects of it."""

_Told = Annotated[tuple[Id, ...], Field(min_length=1)]


class Medicine(Model):
    """A medicine, or a group with the same harms. Each harm: ids of facts, `not-looked-up`, or `does-not-apply`."""

    id: Id
    names: tuple[str, ...] = Field(
        min_length=1, description="Names that people know, as options print them: “amitriptyline”, “{paracetamol}”."
    )
    regions: tuple[str, ...] | None = Field(None, description="Regions in which it is given; default all.")
    mood: _Told = Field(description="Low mood, suicide, urges.")
    sleepiness: _Told = Field(description="Sleepiness, driving, alcohol.")
    breathing: _Told
    stopping: _Told = Field(description="What follows when it is stopped suddenly.")
    pregnancy: _Told = Field(description="Pregnancy, breastfeeding.")
    mixing: _Told = Field(description="With other medicines.")
    caution: _Told = Field(description="Who must not take it or must ask first, and signs to watch for.")
    overdose: _Told

    def given_in(self, region: str) -> bool:
        """True if the medicine is given in this region."""
        return self.regions is None or region in self.regions

    def harms(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each harm of the grid with its entries."""
        for name in HARMS:
            yield name, getattr(self, name)


HARMS = ("mood", "sleepiness", "breathing", "stopping", "pregnancy", "mixing", "caution", "overdose")
"""The harms that are asked of every medicine."""


class HarmGrid(Model):
    """`medicines.yaml`."""

    gaps: BlockName | None = Field(
        None,
        description="The block, as section/block, that says what was not looked up and tells the reader to ask.",
    )
    medicines: tuple[Medicine, ...] = ()

"""The handout of a leaflet: which blocks stand on its two sides."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leaflets.content.model.text import BlockName, Id, Model, Text


class HandoutBlock(Model):
    """A block of the handout, with the height that it may take."""

    block: BlockName = Field(description="As section/block.")
    mm: int = Field(
        0,
        ge=0,
        description="The height that it may take, with the space above it; 0: it goes on with the table before it.",
    )
    only: tuple[Id, ...] | None = Field(
        None,
        description="Ids of its points, steps or options that stand there, in the order of the block; default all.",
    )
    regions: tuple[str, ...] | None = Field(None, description="Regions whose handout prints it; default all.")
    look: Literal["strip", "small", "line"] | None = Field(
        None,
        description="strip: steps side by side, a picture over each; small: in the type of the red flags and rows; "
        "line: points run on in a paragraph.",
    )
    heading: bool = Field(True, description="The heading of its section stands over it, if it is the first of it.")
    gives: Literal["second"] | None = Field(
        None, description="second: the second evidence, which is left out when its side has no room for it."
    )


class Handout(Model):
    """What stands on the handout, one sheet printed on both sides, beside the red flags and the clinic's field."""

    purpose: Text | None = Field(None, description="Under the title, where the leaflet's purpose is too long.")
    key: bool = Field(True, description="The key messages stand on side 1.")
    turn: Text = Field(description="What is on side 2, after “Turn over:”, in a few words.")
    emergency: tuple[BlockName, ...] = Field(
        (), description="Callouts whose words stand with the dangers of the emergency tier, each as section/block."
    )
    act: tuple[HandoutBlock, ...] = Field(
        (), description="Side 1, above the red flags: what to do, the first thing first."
    )
    show: tuple[HandoutBlock, ...] = Field(
        min_length=1, description="Side 2: the picture with the evidence, options or diary, questions."
    )

    def blocks(self) -> tuple[tuple[HandoutBlock, ...], tuple[HandoutBlock, ...]]:
        """The blocks of each side."""
        return self.act, self.show

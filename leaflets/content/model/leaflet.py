"""A leaflet: its sections, key messages, page budget and what short layouts choose."""

from __future__ import annotations

from typing import Self

from pydantic import Field, PositiveInt

from leaflets.content.model.handout import Handout, HandoutBlock
from leaflets.content.model.part import Item
from leaflets.content.model.text import BlockName, Id, Model, Text


class KeyMessages(Model):
    """The main message and at most four more; `claims` and `facts` hold for all that name none of their own."""

    claims: tuple[Id, ...] = ()
    facts: tuple[Id, ...] = ()
    main: Text
    picture: str | None = None
    points: tuple[Item, ...] = Field(max_length=4)


class Fold(Model):
    """What stands on the three inside panels of a tri-fold, in the order of reading; each block as section/block."""

    purpose: Text | None = Field(
        None, description="On the cover, where the leaflet's purpose promises what the tri-fold has no room for."
    )
    first: tuple[BlockName, ...] = Field((), description="Under the key messages.")
    middle: tuple[BlockName, ...] = Field(min_length=1, description="What it is: a figure, an explanation.")
    last: tuple[BlockName, ...] = Field(min_length=1, description="What to do and what to ask.")


class LevelPages(Model):
    """The most pages at each reading level, or at `all` of them."""

    easy: PositiveInt | None = None
    plain: PositiveInt | None = None
    detailed: PositiveInt | None = None
    all: PositiveInt | None = Field(None, description="At every level that is not named.")

    def at(self, level: str) -> int:
        """Maximum number of pages at `level`; 0: not set."""
        return getattr(self, level) or self.all or 0


class LargePages(LevelPages):
    """The most pages in large print; `acb`: where a region follows the ACB, whose lines and gaps are wider."""

    acb: LevelPages = Field(
        LevelPages(), description="Large print by the ACB's rules, with wider lines and gaps, where they differ."
    )


class PageBudget(Model):
    """The most pages that an editor holds a leaflet to, by layout. Those not named are held to the layout's own aim."""

    standard: LevelPages = LevelPages()
    large_print: LargePages = Field(LargePages(), alias="large-print")
    giant_print: LevelPages = Field(LevelPages(), alias="giant-print")
    booklet: LevelPages = LevelPages()

    def most(self, layout: str, level: str, profile: str = "") -> int:
        """Maximum number of pages of a layout at a level; 0: not set. `profile`: the region's large-print profile."""
        pages = getattr(self, layout.replace("-", "_"), None)
        own = getattr(pages, profile, None) if profile else None
        return (own.at(level) if own else 0) or (pages.at(level) if pages else 0)


class Leaflet(Model):
    """An ordered choice of sections, with its purpose and key messages."""

    id: Id
    title: Text
    short: Text = Field(description="A title of one or two words, for the footer where type is large.")
    stamp: str = Field(description="Name of a stamp in assets/stamps.")
    purpose: Text
    key: KeyMessages
    sections: tuple[Id, ...]
    summary: tuple[BlockName, ...] | None = Field(
        None,
        description="Blocks of the one-sided summary, under the key messages and the red flags, each as "
        "section/block; [] for none. Without this key the leaflet has no summary.",
    )
    fold: Fold | None = Field(
        None, description="Blocks of the tri-fold's inside panels. Without this key the leaflet has no tri-fold."
    )
    handout: Handout | None = Field(
        None, description="Blocks of the handout: one sheet, two sides. Without this key the leaflet has no handout."
    )
    clinician: tuple[Id, ...] | None = Field(
        None,
        description="Sections of the clinician's page, which stand nowhere else. Without this key there is none.",
    )

    pages: PageBudget = Field(
        PageBudget(),
        description="The most pages, by layout and level, such as “standard: {plain: 6}”. A leaflet that grows over "
        "them is told of by “check --pdf”. What is not named is held to the layout's aim.",
    )

    def in_short(self) -> Self:
        """This leaflet with the short form of each key message that has one."""
        key = self.key.model_copy(update={"points": tuple(point.in_short() for point in self.key.points)})
        return self.model_copy(update={"key": key})

    def purpose_in(self, holds: str) -> Text:
        """The purpose that is printed; `holds`: see `chosen`."""
        own = {"fold": self.fold, "handout": self.handout}.get(holds)
        return (own.purpose if own else None) or self.purpose

    def on_handout(self, region: str) -> dict[str, HandoutBlock]:
        """The blocks of the handout's sides in a region, by section/block."""
        rows = [row for side in self.handout.blocks() for row in side] if self.handout else []
        return {row.block: row for row in rows if row.regions is None or region in row.regions}

    def chosen(self, holds: str) -> tuple[tuple[str, ...], ...]:
        """Names of blocks (section/block) or whole sections for a layout that holds chosen ones, one tuple for each
        panel; empty when none are chosen.

        `holds` is the key that chooses them: `summary`, `clinician` (one panel each), `fold` (three panels) or
        `handout` (two sides, the first with the blocks that stand in the red flags).
        """
        if holds == "handout":
            if self.handout is None:
                return ()
            act, show = (tuple(chosen.block for chosen in side) for side in self.handout.blocks())
            return (*act, *self.handout.emergency), show
        if holds in ("summary", "clinician"):
            names = self.summary if holds == "summary" else self.clinician
            return () if names is None else (names,)
        return (self.fold.first, self.fold.middle, self.fold.last) if self.fold else ()

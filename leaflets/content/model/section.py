"""A section and its blocks: one model for each kind of block."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field

from leaflets.content.contacts.contact_fields import Site, Telephone
from leaflets.content.model.handout import HandoutBlock
from leaflets.content.model.part import SHORT, Item, Part, Step
from leaflets.content.model.text import BlockName, Id, Model, Text


class Block(Part):
    """A part of a section."""

    id: Id
    needs: tuple[BlockName, ...] = Field(
        (), description="Blocks without which this one is not printed, each as section/block: a warning beside a sign."
    )

    def on_handout(self, row: HandoutBlock | None) -> Self:
        """This block with what the handout prints of it: the chosen points, steps or options; of a step in a strip the
        title alone where it has no short form. None: all."""
        changed: dict[str, Any] = {}
        for name in ("items", "options") if row else ():
            found = [part for part in getattr(self, name, ()) if row is None or row.only is None or part.id in row.only]
            if row and row.look == "strip":
                found = [part if part.short else part.model_copy(update={"text": part.title}) for part in found]
            changed |= {name: tuple(found)} if found else {}
        return self.model_copy(update=changed) if changed else self


class Paragraph(Block):
    """Running text. At the easy level a row: a picture and one to three sentences."""

    kind: Literal["paragraph"]
    text: Text
    short: Text | None = Field(None, description=SHORT)
    picture: str | None = None


class Subheading(Block):
    """A heading inside a section."""

    kind: Literal["heading"]
    text: Text


class ListBlock(Block):
    """Points under an opening line. At the easy level, rows of picture and words."""

    kind: Literal["list"]
    lead: Text | None = None
    items: tuple[Item, ...]


class Steps(Block):
    """Things to do, in order."""

    kind: Literal["steps"]
    lead: Text | None = None
    items: tuple[Step, ...]


class Callout(Block):
    """One thing worth a second look: a title and two or three lines."""

    kind: Literal["callout"]
    title: Text
    text: Text
    short: Text | None = Field(None, description=SHORT)
    picture: str | None = None


class Figure(Block):
    """A drawing with its caption, a numbered key and a note."""

    kind: Literal["figure"]
    drawing: str = Field(description="Name of a drawing in assets/drawings.")
    alt: Text = Field(description="What the drawing shows, for people who cannot see it.")
    caption: Text
    key: tuple[Item, ...] = Field(
        (),
        description="What is at the points of the drawing, which are numbered 1, 2, ...; the id of each is that of "
        "a point, which assets/drawings/NAME.yaml declares.",
    )
    note: Text | None = None


class ComparedGroup(Model):
    """One of two groups of people that are compared: how many of 100, and who they are."""

    id: Id
    count: int = Field(ge=0, le=100, description="How many of 100.")
    label: Text = Field(description="Who they are, in two or three words: “with asthma”.")


class Proportion(Block):
    """A number of people in 100, as a field of 100 dots with the words beside it; or two groups, a field for each."""

    kind: Literal["proportion"]
    count: int | None = Field(None, ge=0, le=100, description="How many of 100, where it is one number.")
    alt: Text | None = Field(None, description="What the dots of “count” show. Those of “groups” say it themselves.")
    caption: Text
    groups: tuple[ComparedGroup, ...] = Field(
        (), min_length=2, max_length=2, description="Two groups side by side, in place of “count” and “alt”."
    )
    text: Text
    short: Text | None = Field(None, description=SHORT)


SupportId = Literal["strong", "some", "weak", "none"]


SUPPORT: tuple[SupportId, ...] = ("strong", "some", "weak", "none")
"""How sure it is that a treatment helps, the best proof first."""


class ShortOption(Model):
    """What takes the place of an option's words where a page has little room; a key that is not given stays."""

    name: Text | None = None
    what: Text | None = None
    help: Text | None = None
    harm: Text | None = None

    def over(self, part: Any) -> dict[str, Text]:
        """The option's words of which there is a short form, in that form."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: getattr(part, name).or_shorter(short) for name, short in given.items() if short is not None}


class Option(Part):
    """A treatment: what it is, what it may help, how it may harm, and a question to ask."""

    id: Id
    name: Text
    picture: str | None = None
    support: SupportId | None = Field(
        None,
        description="How sure it is that it helps, from guidance: strong: advised for most people; some: may be tried; "
        "weak: small studies, or experts disagree; none: no good proof, or advised against. “help” begins with it in "
        "bold words of your own.",
    )
    what: Text
    help: Text
    harm: Text
    ask: Text
    short: ShortOption | None = Field(None, description="Its words in short, where a page has little room (handout).")


class Options(Block):
    """Treatments side by side: a table where there is room, stacked cards where there is not."""

    kind: Literal["options"]
    options: tuple[Option, ...] = Field(min_length=1)


class Organisation(Part):
    """Who helps: a charity or society, what it is for, and how to reach it."""

    id: Id
    name: Text
    picture: str | None = Field(None, description="Pictogram beside the words at the easy level.")
    what: Text = Field(description="What to ask it for, in a few words.")
    site: Site = Field(description="Its address, such as www.example.org.")
    phone: Telephone | None = Field(
        None, description="Its telephone number as it is dialled in the regions that print it, in quotes."
    )


class Organisations(Block):
    """Where to find help and company: organisations, with links and numbers to dial on a web page."""

    kind: Literal["organisations"]
    lead: Text | None = None
    organisations: tuple[Organisation, ...] = Field(min_length=1)


class Checklist(Block):
    """Points with a box to tick, and lines to write more."""

    kind: Literal["checklist"]
    lead: Text | None = None
    items: tuple[Item, ...]
    lines: int = Field(0, ge=0, le=20, description="Lines to write on under the points.")


class Column(Model):
    """A column of the diary."""

    id: Id
    name: Text
    width: Literal["scale", "number", "words"] = Field(
        description="scale: room for a scale to mark; number: for a number; words: for a few words."
    )
    least: Text | None = Field(None, description="What 0 on a scale means, in a word: it stands above it.")
    most: Text | None = Field(None, description="What 10 on a scale means.")


class Diary(Block):
    """A week to fill in: a row a day."""

    kind: Literal["diary"]
    lead: Text
    first: Text = Field(description="Heading of the column with the days.")
    columns: tuple[Column, ...]


class Harms(Block):
    """For the clinician's page: the harms of each medicine in `medicines.yaml`, and which of them the leaflet tells."""

    kind: Literal["harms"]
    medicines: tuple[Id, ...] = Field((), description="Medicines of medicines.yaml; none: all that are given there.")


class Notes(Block):
    """Room to write."""

    kind: Literal["notes"]
    heading: Text | None = None
    lines: int = Field(4, ge=1, le=20)


AnyBlock = Annotated[
    Paragraph
    | Subheading
    | ListBlock
    | Steps
    | Callout
    | Figure
    | Proportion
    | Options
    | Organisations
    | Checklist
    | Diary
    | Harms
    | Notes,
    Field(discriminator="kind"),
]


class Section(Part):
    """A heading and its blocks."""

    id: Id
    heading: Text
    needs: tuple[BlockName, ...] = Field((), description="Blocks that each block of this section needs.")
    starts: Literal["page"] | None = Field(None, description="“page”: begins on a new page (forms and tables).")
    blocks: tuple[AnyBlock, ...] = Field(min_length=1)

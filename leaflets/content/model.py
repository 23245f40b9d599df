"""Pydantic models of an article's files; the JSON Schemas for editors are made from them, docstrings included.

An article is *claims* (statements of the source article, in our words) and *blocks* (what is printed). Each block
names the claims and facts on which it rests and has the text of every reading level side by side.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, StringConstraints

from leaflets.content.contacts.contact_fields import Site, Telephone

LevelId = Literal["easy", "plain", "detailed"]
LEVEL_IDS: tuple[LevelId, ...] = ("easy", "plain", "detailed")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
BlockName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
"""Name of a block in a section: `section/block`."""
Urgency = Literal["emergency", "today", "crisis"]
"""How soon to get help, the soonest first; a crisis line may be called at any time."""


class Model(BaseModel):
    """A frozen mapping that knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


@cache
def fields_of_models(kind: type[Model]) -> tuple[str, ...]:
    """Names of the attributes that can hold models, in the order of the class."""
    return tuple(name for name, field in kind.model_fields.items() if _holds_models(field.annotation))


def _holds_models(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return any(map(_holds_models, get_args(annotation)))


class Text(Model):
    """One thing said at each reading level, or the same words at `all` of them (labels and names only).

    Each line of a text is a paragraph of its own; at the easy level, a sentence to a line.
    """

    easy: str | None = Field(None, description="Easy read: short words, one idea a sentence, a sentence to a line.")
    plain: str | None = Field(None, description="Plain: for everyone; 6th grade or lower.")
    detailed: str | None = Field(None, description="Detailed: for people who want the evidence; 9th grade or lower.")
    all: str | None = Field(None, description="The same words at every level: labels, names, alternative text.")

    def at(self, level: str) -> str:
        """Words at `level`. KeyError when there are none, which `resolve` has reported before."""
        words: str | None = self.all if self.all is not None else getattr(self, level)
        if words is None:
            raise KeyError(level)
        return words

    def over(self, part: Any) -> dict[str, Text]:
        """This as the short form of a part: what takes the place of its `text`."""
        return {"text": part.text.or_shorter(self)}

    def or_shorter(self, short: Text) -> Text:
        """The words of `short` at the levels it has, and these at the others."""
        if short.all is not None:
            return short
        own = {level: self.all if self.all is not None else getattr(self, level) for level in LEVEL_IDS}
        return Text(**{level: getattr(short, level) or words for level, words in own.items()})


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


SHORT = "The same in fewer words, where a page has little room (handout); at a level without it the text is printed."


class Item(Part):
    """One point of a list."""

    id: Id
    text: Text
    short: Text | None = Field(None, description=SHORT)
    picture: str | None = Field(None, description="Pictogram beside the words at the easy level.")


class Step(Item):
    """One step: a bold title and a sentence or two."""

    title: Text


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


class LevelPages(Model):
    """The most pages at each reading level, or at `all` of them."""

    easy: PositiveInt | None = None
    plain: PositiveInt | None = None
    detailed: PositiveInt | None = None
    all: PositiveInt | None = Field(None, description="At every level that is not named.")

    def at(self, level: str) -> int:
        """Maximum number of pages at `level`; 0: not set."""
        return getattr(self, level) or self.all or 0


class PageBudget(Model):
    """The most pages that an editor holds a leaflet to, by layout. Those not named are held to the layout's own aim."""

    standard: LevelPages = LevelPages()
    large_print: LevelPages = Field(LevelPages(), alias="large-print")
    giant_print: LevelPages = Field(LevelPages(), alias="giant-print")
    booklet: LevelPages = LevelPages()

    def most(self, layout: str, level: str) -> int:
        """Maximum number of pages of a layout at a level; 0: not set."""
        pages = getattr(self, layout.replace("-", "_"), None)
        return pages.at(level) if pages else 0


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


class Review(Model):
    """Former place of a signature: `awaiting-review` is read and may be left out, `reviewed` is refused. Signatures are
    in the article's folder `signatures`, bound to what was signed."""

    state: Literal["awaiting-review", "reviewed"] = Field(
        description="awaiting-review: every leaflet is a draft; reviewed: a named clinician has signed it off."
    )
    by: str | None = None
    role: str | None = None
    on: datetime.date | None = None


class Origin(Model):
    """The article that the leaflets restate."""

    title: str
    publisher: str
    address: str
    short: str


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

"""Views: what templates receive, with words already chosen for level and locale and already HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

Lines = tuple[Markup, ...]
"""Lines of a text as HTML; each is a paragraph."""


@dataclass(frozen=True)
class Row:
    """A list item: its lines, and its picture at a level with pictures."""

    lines: Lines
    picture: str = ""
    """Address of the pictogram, or empty."""
    title: Lines = ()
    id: str = ""
    beside: bool = False
    """It stands beside the row before it."""
    cue: str = ""
    """Address of the small picture beside a step, or empty."""


@dataclass(frozen=True)
class OptionRow:
    """A treatment with its four answers."""

    id: str
    name: Markup
    picture: str
    mark: str
    """Address of the bars that say how sure it is that it helps, or empty."""
    what: Lines
    help: Lines
    harm: Lines
    ask: Lines


@dataclass(frozen=True)
class LinkView:
    """A link: address and printed words. It must not contain an element (PDF/UA)."""

    address: str
    words: str


@dataclass(frozen=True)
class OrganisationRow:
    """Who helps: what for, and how to reach it."""

    name: Markup
    picture: str
    what: Lines
    site: LinkView
    phone: Markup
    """A link on a web page; empty without a number."""
    beside: bool = False
    """It stands beside the row before it."""


@dataclass(frozen=True)
class DotArray:
    """One of two groups of people: how many of 100, and who they are."""

    count: Markup
    """As it is read, with the whole: “33 of 100”."""
    label: Lines
    picture: str
    alt: str


@dataclass(frozen=True)
class ColumnHead:
    """A column of the diary."""

    name: Markup
    width: str
    id: str = ""
    least: Lines = ()
    most: Lines = ()
    """What the ends of a scale mean."""


@dataclass(frozen=True)
class BlockView:
    """A block of any kind; a kind uses the fields it needs (see `templates/parts/blocks.html`)."""

    kind: str
    id: str
    lines: Lines = ()
    lead: Lines = ()
    title: Lines = ()
    picture: str = ""
    cue: str = ""
    """Address of the small picture beside a callout, or empty."""
    rows: tuple[Row, ...] = ()
    options: tuple[OptionRow, ...] = ()
    marked: bool = False
    """The first of the section's tables with bars: it says what they mean."""
    below: bool = False
    """It stands below a subheading of its section: names in it are headings one level deeper."""
    organisations: tuple[OrganisationRow, ...] = ()
    arrays: tuple[DotArray, ...] = ()
    columns: tuple[ColumnHead, ...] = ()
    days: tuple[Markup, ...] = ()
    alt: str = ""
    caption: Lines = ()
    note: Lines = ()
    line_count: int = 0
    """Lines to write on."""
    name: str = ""
    """Prefix of the names of its form fields; unique in the leaflet."""
    look: str = ""
    """Of a group: how its parts stand to each other (`html/page_maps/beside.py`)."""
    parts: tuple[BlockView, ...] = ()
    """Of a group: the blocks in it, in the order in which they are read."""
    halves: bool = False
    """Its points are short: they stand in two columns."""
    short_heads: bool = False
    """Diary: the heads of its columns are so short that each answer has a column, also in larger type."""

    @property
    def pictured(self) -> bool:
        """True if each of its rows has a picture."""
        return bool(self.rows) and all(row.picture for row in self.rows)

    @property
    def cued(self) -> bool:
        """True if one of its steps has a small picture beside it."""
        return any(row.cue for row in self.rows)

    @property
    def empty(self) -> bool:
        """True if every item of the block is hidden in this region or at this level."""
        listed = {
            "list": self.rows, "steps": self.rows, "checklist": self.rows, "options": self.options,
            "organisations": self.organisations,
        }  # fmt: skip
        return not listed.get(self.kind, self.rows or self.kind != "harms")


@dataclass(frozen=True)
class TierView:
    """One urgency of the red-flag block."""

    urgency: str
    number: Markup
    """Number to call, which stands first and large; may be empty."""
    heading: Lines
    rows: tuple[Row, ...]
    first: int = 0
    """Number, from 0, of the first of `rows` in the whole tier; over 0: the tier goes on here."""


@dataclass(frozen=True)
class SectionView:
    """A numbered section."""

    id: str
    number: int | None
    heading: Lines
    blocks: tuple[BlockView, ...]
    new_page: bool = False
    again: bool = False
    """It goes on from another panel, which has the place that links lead to."""


@dataclass(frozen=True)
class ControlRow:
    """A row of the document-control box."""

    name: str
    """`leaflet`, `version`, `review` or `state`."""
    label: str
    value: Markup
    strong: bool = False


@dataclass(frozen=True)
class ClinicView:
    """The clinic that hands the leaflet out."""

    name: Markup
    phone: Markup
    address: Markup
    hours: Markup
    website: LinkView | None
    """None also where the address of the copy prints the same."""
    copy: LinkView | None
    """The clinic's copy of this edition."""
    code: str
    """Address of the QR code's picture, or empty."""
    code_alt: str
    logo: str
    """Address of the logo, or empty."""
    logo_alt: str
    turned: frozenset[str]
    """Fields with right-to-left words in a left-to-right leaflet."""


@dataclass(frozen=True)
class ElsewhereLink:
    """A link to another file of the same article."""

    address: str
    """Relative to the page."""
    words: Markup
    lang: str = ""
    """Language of the words, if it is not that of the page."""
    direction: str = ""


@dataclass(frozen=True)
class ElsewhereView:
    """Links of a web page: all that the article offers, whether it was built or not."""

    levels: tuple[ElsewhereLink, ...] = ()
    """The same leaflet at other levels."""
    locales: tuple[ElsewhereLink, ...] = ()
    """The same in other locales."""
    leaflets: tuple[ElsewhereLink, ...] = ()
    """The other leaflets of the article."""
    papers: tuple[ElsewhereLink, ...] = ()
    """The same leaflet as PDF, one link for each layout."""


@dataclass(frozen=True)
class FactRow:
    """A treatment as a row: what it is, whether it helps, whether it harms."""

    id: str
    name: Markup
    what: Lines
    help: Lines
    harm: Lines


@dataclass(frozen=True)
class FactGroup:
    """Treatments that are supported alike, with a question to ask of each; `support`, and what names it, is empty where
    they are not graded."""

    support: str
    name: Markup
    ask: Markup
    rows: tuple[FactRow, ...]


@dataclass(frozen=True)
class SideBlock:
    """A block on a side: a block view, or treatments in groups."""

    name: str
    """As section/block."""
    block: BlockView
    heading: Lines = ()
    """Heading of its section, at the section's first block; a callout has a heading of its own."""
    look: str = ""
    gives: str = ""
    groups: tuple[FactGroup, ...] = ()


@dataclass(frozen=True)
class HandoutView:
    """What a handout prints beside what every leaflet prints."""

    key: bool
    """The key messages stand on side 1; else its first block stands on their ground."""
    turn: Markup
    emergency: tuple[Lines, ...]
    """What stands with the dangers of the emergency tier."""
    act: tuple[SideBlock, ...]
    show: tuple[SideBlock, ...]
    gave: Mapping[str, tuple[str, ...]]
    """What has given way on each side, by the name of the side."""


@dataclass(frozen=True)
class LeafletView:
    """Everything a leaflet's template prints."""

    lang: str
    direction: str
    layout: str
    level: str
    profile: str
    pictures: bool
    """Each idea has a picture beside it."""
    cards: bool
    """Options as stacked cards."""
    continued: frozenset[str]
    """Parts of cards that begin a page, as block/option/part: the name of the card is repeated above them."""
    diary_apart: bool
    """The name of a day above its scale."""
    diary_cards: bool
    """Diary with the scale of a day across the page, what is counted below it."""
    fit: str
    """“normal”, or “close” for smaller gaps."""
    description: str
    window_title: str
    """Title with level, layout and locale, which tells the editions apart."""
    subject: str
    foot: str
    """Footer of every page."""
    topic: Markup
    which: Markup
    """“leaflet 1 of 3”."""
    edition: Markup
    """Language, region and level."""
    status: Markup
    """Status line under the title: that it is a draft and why, or that its review is overdue; else empty."""
    status_original: Markup
    """Status line in the language of the original, for a translation; else empty."""
    title: Markup
    stamp: str
    purpose: Lines
    key_heading: str
    key_main: Row
    key_points: tuple[Row, ...]
    flags_heading: Lines
    flags_first: bool
    """The red flags stand above the key messages."""
    flags_apart: bool
    """The red flags begin page 2; page 1 has a pointer to them."""
    contents: tuple[SectionView, ...]
    """Sections in the contents; empty: no contents."""
    contents_late: bool
    """The contents stand after the red flags and the key messages, not on page 1."""
    pointer: Lines
    tiers: tuple[TierView, ...]
    flag_parts: tuple[tuple[TierView, ...], ...]
    """`tiers` by page, where the red flags are longer than one."""
    tiers_back: tuple[TierView, ...]
    """Tri-fold: tiers on top of the back panel, because the flap has no room for them."""
    sections: tuple[SectionView, ...]
    panels: tuple[tuple[SectionView, ...], ...]
    """Sections by panel, in a layout that holds chosen blocks; else empty."""
    clinic: ClinicView | None
    """None: an empty box to stamp or write in."""
    run_in: bool
    """Titles of steps, and addresses of who helps, stand in the line of their text."""
    columns: bool
    """What belongs together stands beside each other: the clinic's field beside the colophon, too."""
    control_apart: bool
    """Document control begins a page."""
    clinic_back: bool
    """Booklet: the clinic's box is under the red flags on the back page."""
    blanks: tuple[str, ...]
    """Booklet: names of the fill pages before the back page (`templates/booklet/fill.html`)."""
    week: tuple[Markup, ...]
    """Days of a week, if there are fill pages."""
    rest_lines: int
    """Booklet: number of lines to write on that fill the page before the clinic or document control."""
    springs: Mapping[str, str]
    """Heights of springs as CSS lengths, by name."""
    control: tuple[ControlRow, ...]
    sources: Lines
    basis: Markup
    """Clinician's page: on how many facts the leaflet rests, and how many are not confirmed; else empty."""
    signed: bool = False
    """Named persons have signed all that is printed."""
    expired: bool = False
    """Its review is overdue."""
    written: str = ""
    """Date of issue (ISO 8601) for the file's metadata."""
    foot_lang: str = ""
    """Language of the footer: that of the original."""
    foot_direction: str = "ltr"
    elsewhere: ElsewhereView = field(default_factory=ElsewhereView)
    """Links of a web page; empty on paper."""
    handout: HandoutView | None = None
    """What a handout prints beside this; None in other layouts."""

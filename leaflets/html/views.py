"""What a template receives: words already chosen for the level and locale, already HTML, with a help text per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

Lines = tuple[Markup, ...]
"""Lines of a text as HTML; each a paragraph of its own."""


@dataclass(frozen=True)
class Row:
    """One point: its lines, and the picture that stands beside it at a level with pictures."""

    lines: Lines
    picture: str = ""
    """Address of the pictogram, or empty."""
    title: Lines = ()
    id: str = ""


@dataclass(frozen=True)
class OptionRow:
    """A treatment with its four answers."""

    name: Markup
    picture: str
    cells: tuple[tuple[Markup, Lines], ...]
    """Label and lines: what it is, what it may help, how it may harm, what to ask."""


@dataclass(frozen=True)
class ColumnHead:
    """A column of the diary."""

    name: Markup
    width: str
    id: str = ""


@dataclass(frozen=True)
class BlockView:
    """A block of any kind; a kind uses the fields it needs (see `templates/parts/blocks.html`)."""

    kind: str
    id: str
    lines: Lines = ()
    lead: Lines = ()
    title: Lines = ()
    picture: str = ""
    rows: tuple[Row, ...] = ()
    options: tuple[OptionRow, ...] = ()
    columns: tuple[ColumnHead, ...] = ()
    days: tuple[Markup, ...] = ()
    alt: str = ""
    caption: Lines = ()
    note: Lines = ()
    line_count: int = 0
    """Lines to write on."""
    name: str = ""
    """What its fields are called in a file; no other block of the leaflet has it."""

    @property
    def empty(self) -> bool:
        """Whether all that the block would list is hidden in this region or at this level."""
        listed = {"list": self.rows, "steps": self.rows, "checklist": self.rows, "options": self.options}
        return not listed.get(self.kind, True)


@dataclass(frozen=True)
class TierView:
    """One urgency of the red-flag block."""

    urgency: str
    heading: Lines
    rows: tuple[Row, ...]
    again: tuple[int, ...] = ()
    """Rows, from 0, before which the heading stands once more."""


@dataclass(frozen=True)
class SectionView:
    """A numbered section."""

    id: str
    number: int | None
    heading: Lines
    blocks: tuple[BlockView, ...]
    new_page: bool = False


@dataclass(frozen=True)
class ControlRow:
    """A line of the document-control box."""

    name: str
    """`leaflet`, `version`, `review` or `state`."""
    label: str
    value: Markup
    strong: bool = False


@dataclass(frozen=True)
class LinkView:
    """A link: where it leads, and what is printed. No element may stand inside it (PDF/UA)."""

    address: str
    words: str


@dataclass(frozen=True)
class ClinicView:
    """The clinic that hands the leaflet out."""

    name: Markup
    phone: Markup
    address: Markup
    hours: Markup
    website: LinkView | None
    """None also where the address of the copy says the same."""
    copy: LinkView | None
    """The clinic's copy of this edition."""
    code: str
    """Address of the QR code's picture, or empty."""
    code_alt: str
    logo: str
    """Address of the logo, or empty."""
    logo_alt: str
    turned: frozenset[str]
    """Fields with words from right to left in a leaflet from left to right."""


@dataclass(frozen=True)
class ElsewhereLink:
    """A link to another file of the same article."""

    address: str
    """Relative to the page."""
    words: Markup
    lang: str = ""
    """Of the words, where it is another than the page's."""
    direction: str = ""


@dataclass(frozen=True)
class ElsewhereView:
    """What a page for screens links to: all that the article offers, whether or not it was built with it."""

    levels: tuple[ElsewhereLink, ...] = ()
    """The same leaflet at other levels."""
    locales: tuple[ElsewhereLink, ...] = ()
    """The same in other locales."""
    leaflets: tuple[ElsewhereLink, ...] = ()
    """The other leaflets of the article."""
    papers: tuple[ElsewhereLink, ...] = ()
    """The same leaflet as PDF files, a layout each."""


@dataclass(frozen=True)
class LeafletView:
    """Everything a leaflet's template prints."""

    lang: str
    direction: str
    layout: str
    level: str
    profile: str
    pictures: bool
    """The level pairs each idea with a picture."""
    cards: bool
    """Options are set as stacked cards."""
    diary_cards: bool
    """The diary is set as a card a day."""
    fit: str
    """“normal”, or “close”: the second, closer try of a page plan."""
    description: str
    subject: str
    foot: str
    """The footer of every page."""
    topic: Markup
    which: Markup
    """“leaflet 1 of 3”."""
    edition: Markup
    """Language, region and level."""
    status: Markup
    """Shown under the title while nobody has signed the leaflet off; empty after."""
    status_original: Markup
    """The same in the language a translation was made from; empty where there is none."""
    title: Markup
    stamp: str
    purpose: Lines
    key_heading: str
    key_main: Row
    key_points: tuple[Row, ...]
    flags_heading: Lines
    flags_apart: bool
    """The red-flag block starts on page 2; a pointer stands on page 1."""
    contents: tuple[SectionView, ...]
    """Sections named in the contents on page 1; none: no contents."""
    pointer: Lines
    tiers: tuple[TierView, ...]
    tiers_back: tuple[TierView, ...]
    """Tri-fold: tiers for which the flap has no room; on top of the back panel."""
    sections: tuple[SectionView, ...]
    panels: tuple[tuple[SectionView, ...], ...]
    """The same panel by panel, in a layout that holds key content; else empty."""
    clinic: ClinicView | None
    """None: an empty box, to stamp or write in."""
    control_apart: bool
    """Document control begins a new page."""
    clinic_back: bool
    """Booklet: the clinic stands under the red flags on the back page."""
    blanks: tuple[str, ...]
    """Booklet: pages to fill in before the back page, by name (`templates/booklet/fill.html`)."""
    week: tuple[Markup, ...]
    """The days of a week."""
    rest_lines: int
    """Booklet: lines to write on that fill the page before the clinic or document control."""
    springs: Mapping[str, str]
    """Heights (CSS lengths) of the gaps that bring what follows to the foot of its page, by the gap's name."""
    control: tuple[ControlRow, ...]
    sources: Lines
    sources_run_on: bool
    """Sources are set as one paragraph."""
    written: str = ""
    """Date of issue, ISO, for the file's metadata."""
    foot_lang: str = ""
    """The language of the footer, which is that of the original."""
    foot_direction: str = "ltr"
    elsewhere: ElsewhereView = field(default_factory=ElsewhereView)
    """Links of a page for screens; paper has none."""

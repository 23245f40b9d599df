"""Table of layouts: one row for each layout, with variants by level and large-print profile.

Sizes of type are in `templates/css/tokens.css`, selected by `data-layout`, `data-level` and `data-profile`. The rows
have what the program must know: levels, content, pages and margins, footer, smallest glyph, form of tables, and
imposition. The numbers come from docs/standards.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from leaflets.base.units import HALVES, PAPERS, Margins, Paper
from leaflets.content.levels import HANDOUT_LEVELS
from leaflets.editions.edition import WEB
from leaflets.editions.page_map import HANDOUT, PageMap

ALL_LEVELS = ("easy", "plain", "detailed")


@dataclass(frozen=True)
class Panel:
    """A panel of a folded sheet, a page of its own in the reading file; lengths in mm."""

    name: str
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """A way to set a leaflet.

    `margins`: mm, by paper of the region; of a booklet, `start` is the inner and `end` the outer margin. `floor_pt`:
    smallest glyph. `footer_pt`: size of the footer. `running`: edge of the page with footer and page number.
    `running_width`: shares of footer words and page number in the width. `cards`: options are stacked cards, not a
    table. `style`: style sheets after the common ones, in order.
    """

    id: str
    template: str
    """Folder below `templates/` with `leaflet.html` and `page.css.j2`."""
    margins: dict[str, Margins]
    floor_pt: float
    footer_pt: float
    levels: tuple[str, ...] = ALL_LEVELS
    """Levels that the layout offers."""
    reader: Literal["patient", "clinician"] = "patient"
    """Who reads it. A clinician's page has no reading limits and no room for a clinic's details, and no web page for
    patients leads to it."""
    holds: Literal["", "summary", "fold", "handout", "clinician"] = ""
    """Key of the leaflet's file that chooses the printed blocks; empty: the whole leaflet."""
    most_pages: int = 0
    """Maximum number of pages; 0: no limit."""
    page_map: PageMap | None = None
    """What stands on each side, and what gives way there; None: the pages of the layout are filled as they come."""
    multiple: int = 1
    """Divisor of the number of pages."""
    imposition: Literal["", "booklet", "tri-fold"] = ""
    """How pages are imposed on sheets; empty: each page is printed by itself."""
    pages: dict[str, Paper] = field(default_factory=lambda: PAPERS)
    """Size of a page by paper of the region; empty: a web page."""
    panels: dict[str, tuple[Panel, ...]] = field(default_factory=dict)
    """Panels of a folded sheet in reading order, by paper of the region; empty: all pages are alike."""
    profile: str = ""
    running: str = "bottom"
    running_width: tuple[float, float] = (0.8, 0.2)
    footer_gap: float = 0.0
    """Gap between the last line of a full page and the rule of the footer, mm."""
    faint_footer: bool = True
    """Footer in the second grey."""
    footer: Literal["full", "short", "least"] = "full"
    """Content of the footer: all, short title with locale and version, or locale and version only."""
    cards: bool = False
    diary_cards: bool = False
    """Diary with the scale of a day across the page, not a table with a column for each answer."""
    diary_apart: bool = False
    """The name of a day above its scale, where there is no room beside it."""
    run_in: bool = False
    """Titles of steps, and addresses of who helps, stand in the line of their text."""
    columns: bool = False
    """Blocks that belong together stand beside each other (`html/page_maps/beside.py`)."""
    cues: bool = False
    """A small picture beside each step and callout, at levels where not every idea has one."""
    style: tuple[str, ...] = ()
    alone: bool = False
    """Its style sheets stand alone, without those of the parts that other layouts share."""
    both_sides: bool = False
    """The reading file asks for printing on both sides, flipped on the long edge, at its own size."""
    short_blocks: bool = False
    """The blocks in their short form, where they have one."""
    sources: Literal["five", "detailed", "count", "all", "addresses"] = "five"
    """Sources that are named beside the source article: five main ones at the plain and detailed levels, or at the
    detailed level only, none, or all; the others are counted. `addresses`: the main ones of its own sections, each with
    its address."""
    flags: Literal["page-1", "page-2", "first"] = "page-1"
    """Where the red flags are tried first: below the key messages on page 1, or on page 2. `first`: they stand above
    the key messages, in large type and beside pictures longer than a page; on page 2, if page 1 has no room for their
    first urgency."""
    whole_compounds: bool = False
    """No line ends at the hyphen of a compound."""
    long_contents: bool = False
    """A long leaflet has contents even where they take a page more; else only where page 1 has room for them."""
    least_last_page: float = 0.25
    """With a last page filled less than this share (0 to 1) the flow tries closer gaps, which may save the page."""
    short_flags: bool = True
    """The red flags in their short form, where a danger has one: on paper their page or panel does not grow."""

    @property
    def on_paper(self) -> bool:
        """True for a PDF with pages; false for a web page, which has no paper, margins or sizes in pt."""
        return bool(self.pages)

    def page(self, paper: str) -> Paper:
        """Size of a page on a region's paper, mm; of panels, that of the first."""
        first = next(iter(self.panels.get(paper, ())), None)
        return Paper(paper, first.width, first.height) if first else self.pages[paper]


_STANDARD = Layout(
    id="standard",
    template="flow",
    margins={"A4": Margins(11, 17, 16, 16), "Letter": Margins(11, 17, 16, 16)},
    floor_pt=12,
    footer_pt=12,
    running_width=(0.84, 0.16),
    footer_gap=1.0,
    least_last_page=0.5,
    run_in=True,
    columns=True,
    style=("composed.css",),
    cues=True,
)
_LARGE = Layout(
    id="large-print",
    template="flow",
    margins={"A4": Margins(11, 20, 16, 16), "Letter": Margins(11, 20, 16, 16)},
    floor_pt=16,
    footer_pt=18,
    profile="ukaaf",
    running_width=(0.72, 0.28),
    faint_footer=False,
    footer="short",
    cards=True,
    diary_cards=True,
    style=("large-print.css",),
    sources="detailed",
    flags="first",
    whole_compounds=True,
    long_contents=True,
    least_last_page=0.5,
)
_ACB_MARGINS = Margins(25.4, 25.4, 25.4, 25.4)
_GIANT = replace(
    _LARGE,
    id="giant-print",
    margins={"A4": Margins(10, 22, 12, 12), "Letter": Margins(10, 22, 12, 12)},
    floor_pt=24,
    footer_pt=24,
    profile="",
    running_width=(0.58, 0.42),
    footer="least",
    diary_apart=True,
    sources="count",
    style=("large-print.css", "giant-print.css"),
)
_BOOKLET = Layout(
    id="booklet",
    template="booklet",
    margins={"A4": Margins(10, 18, 14, 11), "Letter": Margins(10, 18, 14, 11)},
    floor_pt=12,
    footer_pt=12,
    levels=("plain", "detailed"),
    most_pages=24,
    multiple=4,
    imposition="booklet",
    pages=HALVES,
    footer_gap=1.5,
    footer="short",
    diary_cards=True,
    run_in=True,
    columns=True,
    style=("composed.css", "cover.css", "booklet.css"),
    sources="detailed",
)


def _c_fold(flap: float, others: float, height: float) -> tuple[Panel, ...]:
    """Panels of a C-fold, mm. The flap, which is folded in first, and the panel behind it have the width `flap`."""
    narrow = ("flap", "inside-3")
    names = ("cover", "flap", "inside-1", "inside-2", "inside-3", "back")
    return tuple(Panel(name, flap if name in narrow else others, height) for name in names)


_FOLD_MARGINS = Margins(12, 10, 9, 9)
_TRI_FOLD = Layout(
    id="tri-fold",
    template="tri-fold",
    margins={"A4": _FOLD_MARGINS, "Letter": _FOLD_MARGINS},
    floor_pt=12,
    footer_pt=12,
    levels=("plain",),
    holds="fold",
    most_pages=6,
    multiple=6,
    imposition="tri-fold",
    panels={"A4": _c_fold(97, 100, 210), "Letter": _c_fold(92.075, 93.6625, 215.9)},
    footer="short",
    cards=True,
    diary_cards=True,
    style=("cover.css", "key-content.css", "tri-fold.css"),
    sources="count",
)
_SUMMARY = Layout(
    id="summary",
    template="summary",
    margins={"A4": Margins(11, 17, 16, 16), "Letter": Margins(10, 17, 16, 16)},
    floor_pt=12,
    footer_pt=12,
    levels=("plain", "detailed"),
    holds="summary",
    most_pages=1,
    cards=True,
    diary_cards=True,
    style=("key-content.css", "summary.css"),
    sources="count",
)
_HANDOUT_MARGINS = Margins(10, 16, 16, 16)
_HANDOUT = Layout(
    id="handout",
    short_flags=True,
    short_blocks=True,
    template="handout",
    margins={"A4": _HANDOUT_MARGINS, "Letter": _HANDOUT_MARGINS},
    floor_pt=12,
    footer_pt=12,
    levels=HANDOUT_LEVELS,
    holds="handout",
    most_pages=2,
    multiple=2,
    page_map=HANDOUT,
    running_width=(0.82, 0.18),
    style=("handout.css",),
    alone=True,
    both_sides=True,
    sources="count",
)
_CLINICIAN = Layout(
    id="clinician",
    reader="clinician",
    short_flags=True,
    template="clinician",
    margins={"A4": Margins(10, 17, 12, 12), "Letter": Margins(10, 17, 12.95, 12.95)},
    floor_pt=11,
    footer_pt=11,
    levels=("detailed",),
    holds="clinician",
    most_pages=1,
    cards=True,
    diary_cards=True,
    style=("key-content.css", "clinician.css"),
    sources="addresses",
)

_WEB = Layout(
    id=WEB,
    template="web",
    margins={},
    floor_pt=0,
    footer_pt=0,
    pages={},
    sources="all",
    short_flags=False,
    cues=True,
    style=("web.css", "web-forms.css", "web-modes.css"),
)

_ROWS = (_HANDOUT, _STANDARD, _LARGE, _GIANT, _BOOKLET, _TRI_FOLD, _SUMMARY, _CLINICIAN, _WEB)
LAYOUTS: dict[str, Layout] = {row.id: row for row in _ROWS}
ON_PAPER: dict[str, Layout] = {name: row for name, row in LAYOUTS.items() if row.on_paper}
"""Layouts that are PDF files."""

_VARIANTS: dict[tuple[str, str], Layout] = {
    ("standard", "easy"): replace(
        _STANDARD,
        margins={paper: Margins(11, 19, 16, 16) for paper in _STANDARD.margins},
        floor_pt=16,
        footer_pt=16,
        cards=True,
        diary_cards=True,
        running_width=(0.8, 0.2),
        footer="short",
        flags="first",
        run_in=False,
        style=("composed.css", "easy-rows.css"),
    ),
    (WEB, "easy"): replace(_WEB, cards=True, diary_cards=True),
}
_PROFILES: dict[tuple[str, str], dict[str, object]] = {
    ("large-print", "acb"): {
        "profile": "acb",
        "floor_pt": 18,
        "running": "top",
        "margins": {"A4": _ACB_MARGINS, "Letter": _ACB_MARGINS},
        "running_width": (0.7, 0.3),
    },
}


def layout_for(layout: str, level: str, profile: str) -> Layout:
    """Row of a layout for a level and a region's large-print profile (`ukaaf` or `acb`)."""
    row = _VARIANTS.get((layout, level), LAYOUTS[layout])
    return replace(row, **_PROFILES.get((layout, profile), {}))  # type: ignore[arg-type]


def sheets_of(layout: str) -> tuple[str, ...]:
    """File names of the style sheets that a layout reads at any level."""
    rows = (LAYOUTS[layout], *(row for (name, _), row in _VARIANTS.items() if name == layout))
    return tuple(dict.fromkeys(name for row in rows for name in row.style))


def for_patients(layout: str) -> bool:
    """True if patients get a layout; of an unknown one, which a catalogue may name, they are taken to."""
    return layout not in LAYOUTS or LAYOUTS[layout].reader == "patient"

"""Layouts: one row for each layout and large-print profile. The numbers are those of STANDARDS and the design guide.

Sizes of type stand in `templates/css/tokens.css`, chosen by `data-layout`, `data-level` and `data-profile`; here stands
what the rest of the program must know: paper margins, footer, the smallest glyph, and what form the parts take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from leaflets.base.units import Margins


@dataclass(frozen=True)
class Layout:
    """A way of setting a leaflet on paper.

    `floor_pt`: no glyph is smaller. `footer_pt`: size of the footer. `running`: where footer words and page number
    stand. `cards`: options of a table are stacked cards. `style`: the style sheets after tokens and components, in
    order.
    """

    id: str
    family: str
    margins: dict[str, Margins]
    floor_pt: float
    footer_pt: float
    profile: str = ""
    running: str = "bottom"
    running_width: tuple[float, float] = (0.8, 0.2)
    cards: bool = False
    diary_cards: bool = False
    """The diary is set as a card a day."""
    style: tuple[str, ...] = ()
    short_footer: bool = False
    few_sources: bool = False
    """Sources are named at the detailed level only, and counted elsewhere."""
    contents: bool = True
    """Page 1 has room for a list of contents, as a rule, when the red flags stand on page 2."""


_STANDARD = Layout(
    id="standard",
    family="flow",
    margins={"A4": Margins(15, 25, 18, 22), "Letter": Margins(13, 23, 18, 27.9)},
    floor_pt=12,
    footer_pt=12,
    running_width=(0.8, 0.2),
)
_LARGE = Layout(
    id="large-print",
    family="flow",
    margins={"A4": Margins(18, 30, 20, 20), "Letter": Margins(18, 30, 22.95, 22.95)},
    floor_pt=16,
    footer_pt=18,
    profile="ukaaf",
    running_width=(0.72, 0.28),
    cards=True,
    diary_cards=True,
    style=("large-print.css",),
    short_footer=True,
    few_sources=True,
    contents=False,
)
_ACB_MARGINS = Margins(25.4, 25.4, 25.4, 25.4)

LAYOUTS: dict[str, Layout] = {row.id: row for row in (_STANDARD, _LARGE)}

_VARIANTS: dict[tuple[str, str], Layout] = {
    ("standard", "detailed"): replace(_STANDARD, cards=True),
    ("standard", "easy"): replace(
        _STANDARD,
        floor_pt=16,
        footer_pt=16,
        cards=True,
        diary_cards=True,
        short_footer=True,
        contents=False,
    ),
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
    """The row that holds for a level and for a region's large-print profile (`ukaaf` or `acb`)."""
    row = _VARIANTS.get((layout, level), LAYOUTS[layout])
    return replace(row, **_PROFILES.get((layout, profile), {}))  # type: ignore[arg-type]

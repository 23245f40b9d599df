"""Measurements of typeset pages: the filled share of each, the positions of markers, words outside the text area.

They are read from WeasyPrint's laid-out boxes, which are not public: the version is pinned, and `tests/pdf` fails when
the boxes change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leaflets.base.units import MM_PER_PX

TOLERANCE = 2.0
"""Excess of a line over the text area that is not reported, px (0.5 mm): trailing blanks, rounding."""


@dataclass(frozen=True)
class Marker:
    """Position of an element with a `data-measure` attribute on a page."""

    name: str
    """Value of `data-measure`."""
    page: int
    """Number of the page, from 0."""
    top: float
    bottom: float
    """Distances from the top of the text area, mm."""
    element: Any
    part: str = ""
    """Name of the part of the leaflet (`data-part`): of a block, section/block."""


@dataclass(frozen=True)
class PageFill:
    """Fill of the text area of a page."""

    height: float
    """Height of the text area, mm."""
    used: float
    """Distance from its top to the foot of the last line or picture, mm."""
    name: str = ""
    """Name of the page in the style sheet; empty: the page has none."""

    @property
    def share(self) -> float:
        """Filled share of the page, 0 to 1."""
        return self.used / self.height

    @property
    def white(self) -> float:
        """White at the foot of the page, mm."""
        return self.height - self.used


@dataclass(frozen=True)
class Overhang:
    """Words that exceed the text area of a page."""

    page: int
    """Number of the page, from 0."""
    words: str
    by: float
    """Excess, mm."""


@dataclass(frozen=True)
class MeasuredPages:
    """Measurements of a typeset document."""

    pages: tuple[PageFill, ...]
    markers: tuple[Marker, ...]
    overhangs: tuple[Overhang, ...]

    @property
    def last_share(self) -> float:
        """Filled share of the last page, lines to write on not counted, 0 to 1."""
        last = self.first("last")
        return (
            last.bottom / self.pages[-1].height if last and last.page == len(self.pages) - 1 else self.pages[-1].share
        )

    def first(self, name: str) -> Marker | None:
        """The first marker with this name; None when there is none."""
        return next((marker for marker in self.markers if marker.name == name), None)


def measure(pages: Sequence[Any]) -> MeasuredPages:
    """Measure page boxes of WeasyPrint, with or without their margin boxes."""
    fills, markers, overhangs = [], [], []
    for number, box in enumerate(pages):
        top = box.content_box_y()
        bottom = top
        for child in _descendants(box.children[0]):  # the text area; footnotes and margin boxes follow it
            if not getattr(child, "children", ()) or type(child).__name__ == "LineBox":
                bottom = max(bottom, child.position_y + _height(child))
            if (by := _excess(child, box)) > TOLERANCE:
                overhangs.append(Overhang(number, _text(child), by * MM_PER_PX))
            element = child.element
            if element is not None and element.get("data-measure") and child.element_tag == element.tag:
                start = (child.position_y - top) * MM_PER_PX
                end = start + _height(child) * MM_PER_PX
                part = element.get("data-part", "")
                markers.append(Marker(element.get("data-measure"), number, start, end, element, part))
        name = str(box.page_type.name or "")
        fills.append(PageFill(box.height * MM_PER_PX, min(bottom - top, box.height) * MM_PER_PX, name))
    return MeasuredPages(tuple(fills), tuple(markers), tuple(overhangs))


def _excess(box: Any, page: Any) -> float:
    """Excess of a text box over a side, or of a line over the foot, of its page's text area, px; 0 for other boxes.

    Text boxes are not compared with the foot: their height is that of the font, which may exceed that of the line.
    """
    kind = type(box).__name__
    if kind == "LineBox":
        return float(box.position_y + box.height - page.content_box_y() - page.height)
    if kind != "TextBox" or not box.text.strip():
        return 0.0
    left = page.content_box_x()
    inked = box.width * len(box.text.rstrip()) / len(box.text)
    return float(max(left - box.position_x, box.position_x + inked - left - page.width))


def _text(box: Any) -> str:
    """The text of all text boxes in a box."""
    return " ".join(child.text for child in _descendants(box) if type(child).__name__ == "TextBox").strip()


def _descendants(box: Any) -> Iterator[Any]:
    """A box and all boxes in it; placeholders of absolute boxes are followed."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _descendants(child)


def _height(box: Any) -> float:
    """Height of a box with its padding and borders, px."""
    if hasattr(box, "border_height"):
        return float(box.border_height())
    return float(box.height)

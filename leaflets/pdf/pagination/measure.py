"""What the typeset pages look like: how full each is, and on which page the marked parts begin.

Reads WeasyPrint's laid-out boxes, which are not public: the version is pinned, and `tests/pdf` fails when they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leaflets.base.units import MM_PER_PX

TOLERANCE = 2.0
"""px that a line may reach over its area (0.5 mm): a trailing space, rounding."""


@dataclass(frozen=True)
class MeasuredMark:
    """The beginning of an element with a `data-measure` attribute on a page; `top` and `bottom` in mm."""

    name: str
    page: int
    top: float
    bottom: float
    element: Any
    part: str = ""
    """What the leaflet calls it (`data-part`): a block as section/block."""


@dataclass(frozen=True)
class PageFill:
    """The text area of a page in mm from its top: its height, and where the last thing on it ends."""

    height: float
    used: float
    name: str = ""
    """The page's name in the style sheet; empty where pages are alike."""

    @property
    def share(self) -> float:
        """How much of the page is used, 0 to 1."""
        return self.used / self.height

    @property
    def white(self) -> float:
        """What is left at its end, mm."""
        return self.height - self.used


@dataclass(frozen=True)
class Outside:
    """Words that stick out of the text area of a page, by how many mm."""

    page: int
    words: str
    by: float


@dataclass(frozen=True)
class MeasuredPages:
    """Pages and marks of a typeset document."""

    pages: tuple[PageFill, ...]
    marks: tuple[MeasuredMark, ...]
    outside: tuple[Outside, ...]

    @property
    def last_share(self) -> float:
        """How full the last page is before the lines to write on, 0 to 1."""
        last = self.first("last")
        return (
            last.bottom / self.pages[-1].height if last and last.page == len(self.pages) - 1 else self.pages[-1].share
        )

    def first(self, name: str) -> MeasuredMark | None:
        """Where the part called `name` begins."""
        return next((mark for mark in self.marks if mark.name == name), None)


def measure(pages: Sequence[Any]) -> MeasuredPages:
    """Measure pages (WeasyPrint's boxes), with or without their margin boxes."""
    fills, marks, outside = [], [], []
    for number, box in enumerate(pages):
        top = box.content_box_y()
        bottom = top
        for child in _below(box.children[0]):  # the text area; notes and margin boxes come after it
            if not getattr(child, "children", ()) or type(child).__name__ == "LineBox":
                bottom = max(bottom, child.position_y + _height(child))
            if (by := _beyond(child, box)) > TOLERANCE:
                outside.append(Outside(number, _text(child), by * MM_PER_PX))
            element = child.element
            if element is not None and element.get("data-measure") and child.element_tag == element.tag:
                start = (child.position_y - top) * MM_PER_PX
                end = start + _height(child) * MM_PER_PX
                part = element.get("data-part", "")
                marks.append(MeasuredMark(element.get("data-measure"), number, start, end, element, part))
        name = str(box.page_type.name or "")
        fills.append(PageFill(box.height * MM_PER_PX, min(bottom - top, box.height) * MM_PER_PX, name))
    return MeasuredPages(tuple(fills), tuple(marks), tuple(outside))


def _beyond(box: Any, page: Any) -> float:
    """How far a piece of text reaches over a side, or a line over the foot, of its page's text area, px.

    The height of a text box is that of its font, which may be far more than the line it stands in.
    """
    kind = type(box).__name__
    if kind == "LineBox":
        return float(box.position_y + box.height - page.content_box_y() - page.height)
    if kind != "TextBox" or not box.text.strip():
        return 0.0
    left = page.content_box_x()
    seen = box.width * len(box.text.rstrip()) / len(box.text)
    return float(max(left - box.position_x, box.position_x + seen - left - page.width))


def _text(box: Any) -> str:
    return " ".join(child.text for child in _below(box) if type(child).__name__ == "TextBox").strip()


def _below(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _below(child)


def _height(box: Any) -> float:
    if hasattr(box, "border_height"):
        return float(box.border_height())
    return float(box.height)

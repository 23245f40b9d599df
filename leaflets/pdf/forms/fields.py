"""Form fields read from WeasyPrint's laid-out boxes: positions, names and labels.

Templates declare them with `data-field`, `data-name` and `data-label`; the printed page does not depend on these. Kinds
of `data-field`: `tick` (the box of a list item), `lines` (rules to write on; adjacent ones are one field), `scale`
(numbers of which one is circled), `number` and `words` (a table cell, or a blank to fill in within a line of text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom in px from the upper left corner of the page."""
TOLERANCE = 1.0
"""Largest distance of the edges of two blocks of lines that are one field, px."""
PART = 0.15
"""Height, in lines, that a block may lack for its last line: the rule is above the foot of its line."""
INSET = 1.5
"""Distance between the rules of a cell and its field, px."""
BELOW, ABOVE = 0.16, 1.19
"""Distances from the rule of a blank to the foot and top of its field, in units of the type size: descenders reach
below the rule."""


@dataclass
class Field:
    """A form field on a page, or one number of a scale."""

    kind: str
    name: str
    """Name, unique in the file except for the numbers of one scale."""
    label: str
    """Name for assistive technology (TU)."""
    page: int
    """Number of the page, from 0."""
    edges: Edges
    size: float
    """Type size of the text around it, used for typed text, px."""
    family: str
    """Font family of the text around it."""
    rtl: bool
    line: float = 0.0
    """Distance of the lines, px; 0: that of the font."""
    flows: bool = False
    """Typed text continues on a second line."""
    value: str = ""
    """The number, of a scale."""
    dictionary: Any = field(default_factory=pydyf.Dictionary)
    """The widget annotation."""


class FieldReader:
    """Reads the form fields of a file, in the order of reading."""

    def __init__(self) -> None:
        self.all: list[Field] = []
        self._seen: set[int] = set()
        """Ids of the HTML elements read."""
        self._names: dict[str, int] = {}
        """Name in the template -> number of fields with it."""
        self._lines: tuple[str, str] = "lines", ""
        """Name and label of the last lines to write on."""

    def read(self, box: Any, element: Any, page: int) -> list[Field]:
        """Read the fields in the box of an element with `data-field` on page `page`, from 0. None for a second box of
        the same element, after a page end."""
        if id(element) in self._seen:
            return []
        self._seen.add(id(element))
        fields = list(_KINDS[element.get("data-field")](self, box, element, page))
        self.all += fields
        return fields

    def _field(self, box: Any, page: int, edges: Edges, kind: str, name: str, label: str, **more: Any) -> Field:
        """A field with the type and direction of the box's style."""
        style = box.style
        rtl = style["direction"] == "rtl"
        return Field(kind, name, label, page, edges, style["font_size"], style["font_family"][0], rtl, **more)

    def _unique(self, name: str) -> tuple[str, int]:
        """Make a name unique in the file; returns it with the number of fields that have had the name, this one
        included."""
        count = self._names[name] = self._names.get(name, 0) + 1
        return (name, 1) if count == 1 else (f"{name}-{count}", count)

    def _tick(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """A tick box, which is drawn as the background picture of its list item."""
        left, top, width, height = background_tile(box)
        name, _ = self._unique(element.get("data-name"))
        edges = (left, top, left + width, top + height)
        yield self._field(box, page, edges, "tick", name, element.get("data-label"))

    def _lines_of(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """Lines to write on. Lines right below the last ones extend the last field."""
        left, top, width, line = background_tile(box)
        count = int(box.height / line + PART)
        if not count:
            return
        right, bottom = left + width, top + count * line
        last = self.all[-1] if self.all else None
        if last is not None and last.kind == "lines" and last.page == page and _adjoins(last, left, top, right, line):
            last.edges = (*last.edges[:3], bottom)
            return
        if element.get("data-name"):
            self._lines = element.get("data-name"), element.get("data-label")
        name, count = self._unique(self._lines[0])
        label = self._lines[1] if count == 1 else f"{self._lines[1]} {count}"
        yield self._field(box, page, (left, top, right, bottom), "lines", name, label, line=line, flows=True)

    def _answer(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """A table cell, or a blank to fill in within a line of text."""
        kind, (name, _) = element.get("data-field"), self._unique(element.get("data-name"))
        left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
        if element.tag == "td":
            top = box.padding_box_y()
            edges = (left + INSET, top + INSET, right - INSET, top + box.padding_height() - INSET)
        else:  # a blank: an inline box with a rule at its foot
            rule, size = box.padding_box_y() + box.padding_height(), box.style["font_size"]
            edges = (left, rule - ABOVE * size, right, rule + BELOW * size)
        flows = kind == "words" and element.tag == "td"
        yield self._field(box, page, edges, kind, name, element.get("data-label"), flows=flows)

    def _scale(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """The numbers of a scale, each in a ring."""
        name, _ = self._unique(element.get("data-name"))
        for ring in (child for child in box.descendants() if child.element is not None and _is_ring(child)):
            left, top = ring.border_box_x(), ring.border_box_y()
            edges = (left, top, left + ring.border_width(), top + ring.border_height())
            label = element.get("data-label")
            yield self._field(ring, page, edges, "scale", name, label, value=element_words(ring.element))


_KINDS = {
    "tick": FieldReader._tick,
    "lines": FieldReader._lines_of,
    "scale": FieldReader._scale,
    "number": FieldReader._answer,
    "words": FieldReader._answer,
}


def background_tile(box: Any) -> Edges:
    """Left, top, width and height of the first tile of a box's background picture, px."""
    layer = box.background.layers[0]
    left, top = layer.positioning_area[:2]
    return left + layer.position[0], top + layer.position[1], *layer.size


def element_words(element: Any) -> str:
    """The text of an HTML element with single blanks, also where a line is broken."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    yield " " if element.tag == "br" else element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _is_ring(box: Any) -> bool:
    """Whether a box is that of a number to circle, not one inside it."""
    return box.element.get("class") == "ring" and type(box).__name__ == "InlineBlockBox"


def _adjoins(last: Field, left: float, top: float, right: float, line: float) -> bool:
    """Whether lines with these edges are right below a field and have its distance of lines (all px)."""
    differences = (last.edges[0] - left, last.edges[2] - right, last.edges[3] - top, last.line - line)
    return all(abs(difference) < TOLERANCE for difference in differences)

"""What people fill in, read from WeasyPrint's laid-out boxes: where it is on its page, and what it is called.

Templates mark it with `data-field`, `data-name` and `data-label`; on paper it is drawn as ever. The kinds:
`tick` (the box of a point), `lines` (rules to write on, those below each other are one field), `scale` (numbers of
which one is circled), `number` and `words` (a cell, or a blank in a line of text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pydyf

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom in px from the upper left corner of the page."""
NEAR = 1.0
"""px; lines that are no further from each other are one field."""
PART = 0.15
"""Of a line: what a block may lack for one more line; the rule stands above the end of its line."""
INSET = 1.5
"""px between the rules of a cell and its field."""
BELOW, ABOVE = 0.16, 1.19
"""From the rule of a blank to the edges of its field, in sizes of type: descenders stand below the rule."""
RING = 1.6
"""Height of a number to circle, in sizes of type."""


@dataclass
class Field:
    """A field on a page, or a number of a scale."""

    kind: str
    name: str
    label: str
    page: int
    """From 0."""
    edges: Edges
    size: float
    """px; of the type round it, and so of what is typed."""
    family: str
    """Of the font round it."""
    rtl: bool
    line: float = 0.0
    """px from line to line; 0: as the font has it."""
    flows: bool = False
    """What is typed goes on in a second line."""
    value: str = ""
    """Of a scale: the number."""
    dictionary: Any = field(default_factory=pydyf.Dictionary)
    """The annotation."""


class FieldReader:
    """The fields of a file, in the order of reading."""

    def __init__(self) -> None:
        self.all: list[Field] = []
        self._seen: set[int] = set()
        self._names: dict[str, int] = {}
        self._places: dict[tuple[str, float, float], list[tuple[str, float, float]]] = {}
        """Of numbers in a line, by its words and style: the same each day."""
        self._lines: tuple[str, str] = "lines", ""
        """Name and label of the lines that came last."""

    def read(self, box: Any, element: Any, page: int) -> list[Field]:
        """The new fields in the box of an element with `data-field`. An element that a page's end parts has one."""
        if id(element) in self._seen:
            return []
        self._seen.add(id(element))
        found = list(_KINDS[element.get("data-field")](self, box, element, page))
        self.all += found
        return found

    def _field(self, box: Any, page: int, edges: Edges, kind: str, name: str, label: str, **more: Any) -> Field:
        style = box.style
        rtl = style["direction"] == "rtl"
        return Field(kind, name, label, page, edges, style["font_size"], style["font_family"][0], rtl, **more)

    def _unique(self, name: str) -> tuple[str, int]:
        """A name that no other field has, and the how many of its name this is."""
        count = self._names[name] = self._names.get(name, 0) + 1
        return (name, 1) if count == 1 else (f"{name}-{count}", count)

    def _tick(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """The box is drawn as the background of its point."""
        left, top, width, height = drawn(box)
        name, _ = self._unique(element.get("data-name"))
        edges = (left, top, left + width, top + height)
        yield self._field(box, page, edges, "tick", name, words(element))

    def _lines_of(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        left, top, width, line = drawn(box)
        count = int(box.height / line + PART)
        if not count:
            return
        right, bottom = left + width, top + count * line
        last = self.all[-1] if self.all else None
        if last is not None and last.kind == "lines" and last.page == page and _goes_on(last, left, top, right, line):
            last.edges = (*last.edges[:3], bottom)
            return
        if element.get("data-name"):
            self._lines = element.get("data-name"), element.get("data-label")
        name, count = self._unique(self._lines[0])
        label = self._lines[1] if count == 1 else f"{self._lines[1]} {count}"
        yield self._field(box, page, (left, top, right, bottom), "lines", name, label, line=line, flows=True)

    def _answer(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        kind, (name, _) = element.get("data-field"), self._unique(element.get("data-name"))
        left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
        if element.tag == "td":
            top = box.padding_box_y()
            edges = (left + INSET, top + INSET, right - INSET, top + box.padding_height() - INSET)
        else:  # nothing but a rule
            rule, size = box.padding_box_y() + box.padding_height(), box.style["font_size"]
            edges = (left, rule - ABOVE * size, right, rule + BELOW * size)
        flows = kind == "words" and element.tag == "td"
        yield self._field(box, page, edges, kind, name, element.get("data-label"), flows=flows)

    def _scale(self, box: Any, element: Any, page: int) -> Iterator[Field]:
        """The numbers, each with half of the white to the next."""
        name, _ = self._unique(element.get("data-name"))
        label = element.get("data-label")
        for row in (child for child in box.descendants() if hasattr(child, "text")):
            key = row.text, row.style["font_size"], row.width
            if key not in self._places:
                self._places[key] = list(numbers(row.text, row.style))
            places = self._places[key]
            gaps = [(after - end) / 2 for (_, _, end), (_, after, _) in pairwise(places)] or [0.0]
            gaps = [gaps[0], *gaps, gaps[-1]]
            half = RING * row.style["font_size"] / 2
            middle = row.position_y + row.height / 2
            for (value, start, end), (before, after) in zip(places, pairwise(gaps), strict=False):
                left, right = row.position_x + start - before, row.position_x + end + after
                edges = (left, middle - half, right, middle + half)
                yield self._field(row, page, edges, "scale", name, label, value=value)


_KINDS = {
    "tick": FieldReader._tick,
    "lines": FieldReader._lines_of,
    "scale": FieldReader._scale,
    "number": FieldReader._answer,
    "words": FieldReader._answer,
}


def drawn(box: Any) -> Edges:
    """Left, top, width and height of a box's background picture, of its first tile, in px."""
    layer = box.background.layers[0]
    left, top = layer.positioning_area[:2]
    return left + layer.position[0], top + layer.position[1], *layer.size


def words(element: Any) -> str:
    """The words of an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def numbers(text: str, style: Any) -> Iterator[tuple[str, float, float]]:
    """The numbers of a line with where each begins and ends, px from the start of the line."""
    from weasyprint.text.line_break import split_first_line

    def width(part: str) -> float:
        return float(split_first_line(part, style, None, None, 0)[3])

    for match in re.finditer(r"\d+", text):
        end = width(text[: match.end()])
        yield match[0], end - width(match[0]), end


def _goes_on(last: Field, left: float, top: float, right: float, line: float) -> bool:
    """Whether lines stand right below those of a field."""
    apart = (last.edges[0] - left, last.edges[2] - right, last.edges[3] - top, last.line - line)
    return all(abs(value) < NEAR for value in apart)

"""A leaflet as a sequence of lines, the source of plain text and braille.

Cells of tables follow the names of their columns (“What it is: ...”), since columns are of no use by ear or touch;
pictures become their alternative texts; boxes to tick and lines to write on become signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from leaflets.finish.formats import web_page

Kind = Literal["heading", "paragraph", "status", "item", "answer", "picture"]
LINE = "____"
"""Line to write on."""
BOX = "[ ]"
"""Box to tick."""
BULLET = "-"
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
_BREAK = "\u2028"
"""A line break within a text, until `tidy` has turned the line ends of the HTML into spaces."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SCALE = re.compile(r"(\d+)(?: \d+)+ (\d+)")
_EDGE = re.compile(r"^\W|\W$")
_MIXED = re.compile(r"\d.*\W|\W.*\d")


@dataclass(frozen=True)
class SpokenLine:
    """One line: a heading, paragraph, list item, answer or picture."""

    kind: Kind
    text: str
    """Words, with `\\n` at line breaks; numbers and words of another direction with directional marks."""
    depth: int = 0
    """Rank of a heading, 1 to 6; nesting depth of an item, from 0."""
    mark: str = ""
    """Marker of an item: `-`, `1.` or a box to tick."""
    joined: bool = False
    """It belongs to the line before it: no empty line between them."""


def outline(main: Element) -> tuple[SpokenLine, ...]:
    """The lines of a leaflet: its title first, then its status, then the rest in the order of reading."""
    lines = list(_once(_Walk().block(main)))
    titles = [line for line in lines if line.kind == "heading" and line.depth == 1][:1]
    states = [line for line in lines if line.kind == "status"]
    rest = [line for line in lines if line not in titles and line not in states]
    return (*titles, *states, *rest)


def _once(lines: Iterator[SpokenLine]) -> Iterator[SpokenLine]:
    """Keep only the first of several lines to write on, since typed answers need no more; join a question with the line
    or the scale for its answer."""
    last: SpokenLine | None = None
    for line in lines:
        empty = line.kind == "answer" and not line.text
        if last and last.text.endswith(":") and _SCALE.fullmatch(unmarked(line.text)):
            last = _question(last.text.removesuffix(":"), line.text)
        elif last and last.text.endswith(":") and empty:
            last = SpokenLine("answer", last.text.removesuffix(":"), joined=True)
        elif not (last and last.kind == "answer" and empty and not last.text):
            if last:
                yield last
            last = line
    if last:
        yield last


def _question(question: str, scale: str) -> SpokenLine:
    return SpokenLine("answer", f"{question} ({_SCALE.sub(_ends, scale)})", joined=True)


class _Walk:
    """Traversal of elements into lines; `rank` is that of the last heading."""

    def __init__(self) -> None:
        self.rank = 1

    def block(self, element: Element) -> Iterator[SpokenLine]:
        """The lines of a container; words between its block-level children are paragraphs."""
        loose: list[str] = [element.text or ""]
        direction = element.get("dir")
        for child in element:
            if web_page.flows(child) or child.tag in ("svg", f"{web_page.SVG}svg", "img") or web_page.holds_flow(child):
                yield from _paragraph(loose, direction)
                loose = []
                yield from self.one(child)
            else:
                loose.append(inline(child))
            loose.append(child.tail or "")
        yield from _paragraph(loose, direction)

    def one(self, element: Element) -> Iterator[SpokenLine]:
        """The lines of one element, by its tag and classes."""
        tag, names = element.tag.removeprefix(web_page.SVG), web_page.classes(element)
        if re.fullmatch("h[1-6]", tag):
            yield from self._heading(element)
        elif tag in ("img", "svg"):
            if said := web_page.named(element):
                yield SpokenLine("picture", tidy(said))
        elif tag in ("ul", "ol"):
            yield from self._list(element, 0)
        elif tag == "table":
            yield from self._table(element)
        elif "lines" in names or "stamp-room" in names:
            yield SpokenLine("answer", "")
        elif tag == "p" and "status" in names:
            yield from (replace(line, kind="status") for line in self.block(element))
        elif "er" in names or tag == "figure":
            yield from _together(self.block(element))
        else:
            yield from self.block(element)

    def _heading(self, element: Element) -> Iterator[SpokenLine]:
        self.rank = int(element.tag[1])
        if words := tidy(inside(element)):
            yield SpokenLine("heading", words.replace("\n", " "), self.rank)

    def _list(self, element: Element, depth: int) -> Iterator[SpokenLine]:
        start = int(element.get("start") or 1)
        for number, item in enumerate((child for child in element if child.tag == "li"), start):
            mark = f"{number}." if element.tag == "ol" else BULLET
            yield from self._item(item, depth, BOX if "ticks" in web_page.classes(element) else mark)

    def _item(self, item: Element, depth: int, mark: str) -> Iterator[SpokenLine]:
        for counter in item.findall("span"):
            if "n" in web_page.classes(counter) and mark.endswith("."):
                counter.text = ""
        for index, line in enumerate(self._within(item, depth)):
            if line.kind == "item":
                yield line
            elif index == 0:
                text = line.text.removeprefix(BOX).removeprefix(mark).strip()
                yield SpokenLine("item", text, depth, BOX if line.text.startswith(BOX) else mark)
            else:
                yield replace(line, kind="item", depth=depth, mark=mark, joined=True)

    def _within(self, item: Element, depth: int) -> Iterator[SpokenLine]:
        """The lines of a list item; nested lists are one deeper."""
        loose = [item.text or ""]
        for child in item:
            if child.tag in ("ul", "ol") or web_page.flows(child) or web_page.holds_flow(child):
                yield from _paragraph(loose)
                loose = []
                yield from self._list(child, depth + 1) if child.tag in ("ul", "ol") else self.one(child)
            else:
                loose.append(inline(child))
            loose.append(child.tail or "")
        yield from _paragraph(loose)

    def _table(self, table: Element) -> Iterator[SpokenLine]:
        """The lines of a table: each row below its name, each cell after the name of its column; an empty cell is a
        line for an answer."""
        if (caption := table.find("caption")) is not None:
            yield from _paragraph([inside(caption)])
        heads = [_flat(cell) for cell in table.findall("./thead/tr[last()]/*")]
        for row in [row for row in table.iter("tr") if row not in table.findall("./thead/tr")]:
            cells = list(row)
            name = _flat(cells[0]) if cells and cells[0].tag == "th" else ""
            values = [_flat(cell) for cell in cells if cell.tag == "td"]
            yield from self._row(name, heads[len(heads) - len(values) :], values)

    def _row(self, name: str, heads: list[str], values: list[str]) -> Iterator[SpokenLine]:
        if name and (heads or not values):
            yield SpokenLine("heading", name, min(self.rank + 1, 6))
        elif name and len(values) == 1:
            heads = [name]
        for head, value in zip(heads or [""] * len(values), values, strict=False):
            if _SCALE.fullmatch(unmarked(value)):
                yield _question(head, value)
            elif value.strip("_ "):
                yield SpokenLine("paragraph", f"{label(head)} {value}" if head else value, joined=True)
            else:
                yield SpokenLine("answer", head, joined=True)


def label(words: str) -> str:
    """Words before a value, with a colon unless they are a question."""
    return words if words.endswith(("?", "؟")) else f"{words}:"


def _ends(scale: re.Match[str]) -> str:
    return f"{scale[1]}–{scale[2]}"


def _together(lines: Iterator[SpokenLine]) -> Iterator[SpokenLine]:
    """Join all paragraphs but the first line to the line before them."""
    for index, line in enumerate(lines):
        yield replace(line, joined=True) if index and line.kind == "paragraph" else line


def _paragraph(pieces: list[str], direction: str | None = None) -> Iterator[SpokenLine]:
    text = tidy("".join(pieces))
    text = _isolated(text, direction) if text else text
    if text == LINE:
        yield SpokenLine("answer", "")
    elif text.endswith(f" {LINE}") and text.count(LINE) == 1:
        yield SpokenLine("answer", text.removesuffix(LINE).rstrip().rstrip(":"))
    elif text:
        yield SpokenLine("paragraph", text)


def _flat(cell: Element) -> str:
    """The words of a table cell as one line."""
    return tidy(inside(cell)).replace("\n", " ")


def inside(element: Element) -> str:
    """The words of an element without its own tag, with _BREAK around block-level children."""
    pieces = [element.text or ""]
    for child in element:
        between = _BREAK if web_page.flows(child) else ""
        pieces += [between, inline(child), between, child.tail or ""]
    return "".join(pieces)


def inline(element: Element) -> str:
    """The words of an inline element; fields become BOX or LINE, pictures their alternative texts."""
    tag, names = element.tag.removeprefix(web_page.SVG), web_page.classes(element)
    if tag == "br":
        return _BREAK
    if tag in ("img", "svg"):
        return web_page.named(element)
    if tag in ("input", "textarea", "select"):
        return f"{BOX} " if element.get("type") in ("checkbox", "radio") else f" {LINE}"
    if "blank" in names:
        return f" {LINE}"
    if tag == "a":
        return _link(element)
    words = inside(element)
    if "n" in names and words.strip():
        return f"{words.strip().rstrip('.')}. "
    return _isolated(words, element.get("dir"))


def _link(element: Element) -> str:
    """The words of a link, followed by its address unless it is the same, a telephone number or in the page."""
    words, address, direction = inside(element), element.get("href") or "", element.get("dir")
    if address.startswith(("#", "tel:")) or not address or _bare(address) == _bare(words.strip()):
        return _isolated(words, direction)
    return f"{_isolated(words, direction)} ({_isolated(address.removeprefix('mailto:'), direction)})"


def _bare(address: str) -> str:
    return re.sub(r"^(mailto:|(https?://)?(www\.)?)|/$", "", address)


def _isolated(words: str, direction: str | None) -> str:
    """Words with a direction of their own between directional marks, where letters do not determine it: numbers with
    signs in them, and words that begin or end with a sign."""
    if not direction or not (_MIXED.search(words.strip()) or _EDGE.search(words.strip())):
        return words
    mark = LEFT_TO_RIGHT if direction == "ltr" else RIGHT_TO_LEFT
    return f"{mark}{words}{mark}"


def tidy(text: str) -> str:
    """Normalise text: NFC, single spaces, no invisible characters, line breaks as `\\n`, no empty lines."""
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", text).split(_BREAK))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def unmarked(text: str) -> str:
    """Remove directional marks, for output that has only one direction."""
    return text.replace(LEFT_TO_RIGHT, "").replace(RIGHT_TO_LEFT, "")

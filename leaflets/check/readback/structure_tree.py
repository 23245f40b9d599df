"""The structure tree of a finished file with its words, parsed from the bytes: the content a screen reader gets.

It shares no code with `pdf/tags`, which writes the tree, so it is a second opinion on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leaflets.check.readback.display_list import DisplayList

GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"))
"""Roles of elements that hold other elements and no words of their own (ISO 32000-1, 14.8.4)."""
INLINE = frozenset(("Span", "Link", "Form", "Em", "Strong", "Quote", "Reference", "Code", "Annot", "NonStruct"))
_SECTIONS = frozenset(("Document", "Part", "Sect", "Div"))
_RUNNING = frozenset(("Span", "Link", "NonStruct", "Em", "Strong", "Quote", "Reference", "Code", "Annot"))
WHOLE = {"LI": "a point of a list", "TR": "a row of a table", "Figure": "a figure"}
"""Elements that a page break must not divide, by role, with their names in messages."""


@dataclass(frozen=True)
class TaggedBlock:
    """A block-level element, such as a paragraph or heading; `number` is its place in reading order."""

    number: int
    role: str
    inside: tuple[tuple[int, str], ...] = ()
    """Its ancestors (and itself) with a role in WHOLE, by number and role."""
    above: tuple[tuple[int, str], ...] = ()
    """All its ancestors and itself, outermost first, by number and role. A NonStruct directly in a section counts as
    one of them: WeasyPrint tags a figure with its caption so."""

    @property
    def heading(self) -> bool:
        """Whether the role is H1, H2 and so on."""
        return self.role[:1] == "H" and self.role[1:].isdigit()


Tags = dict[tuple[int, int], TaggedBlock]
"""Blocks by page (from 0) and MCID."""


ROOT = TaggedBlock(0, "Document")
"""The block that words outside any element belong to."""


class BlockCounter:
    """Counter of blocks in reading order. `roles`: the file's role map, from its own roles to standard ones."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.count = 0

    def block_of(self, block: TaggedBlock, role: str) -> TaggedBlock:
        """The block to which the words of an element belong: a new one, or `block`, its parent's, if it is inline.

        `role` is the element's role as in the file.
        """
        role = self.roles.get(role, role).lstrip("/")
        if role not in _RUNNING:
            self.count += 1
            inside = (*block.inside, (self.count, role)) if role in WHOLE else block.inside
            return TaggedBlock(self.count, role, inside, (*block.above, (self.count, role)))
        if role == "NonStruct" and block.role in _SECTIONS:
            self.count += 1
            return replace(block, above=(*block.above, (self.count, role)))
        return block


@dataclass(frozen=True)
class Target:
    """An annotation that belongs to an element: a link or a form field."""

    kind: str
    """Subtype of the annotation: “Link” or “Widget”."""
    contents: str
    address: str = ""
    name: str = ""
    """Name of a field (T)."""
    label: str = ""
    """Alternate name of a field (TU), which screen readers read out."""
    field: str = ""
    """Kind of a field: “check box”, “radio button”, “edit”, “edit, multi-line”; empty for a link."""
    group: str = ""
    """Alternate name of the group of a radio button."""
    on: bool = False
    """A check box or radio button is chosen."""


@dataclass(frozen=True)
class Element:
    """A structure element. `kids`: elements, words, links and fields, in reading order."""

    role: str
    lang: str
    """Language of its words: its own, or the nearest ancestor's."""
    alt: str
    page: int
    """The page on which it begins, from 0; -1 where the file names none."""
    kids: tuple[Element | Target | str, ...]
    scope: str = ""
    """Scope of a header cell: Row, Column or Both."""
    heads: int = 0
    """Number of header cells that a cell names (Headers)."""
    columns: int = 1
    """Number of columns that a cell spans (ColSpan)."""

    @property
    def text(self) -> str:
        """Its words and those of its descendants, with single spaces."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for kid in self.kids:
            if isinstance(kid, str):
                yield kid
            elif isinstance(kid, Element):
                apart = kid.role not in INLINE
                yield from (" ", *kid._words(), " ") if apart else kid._words()

    def walk(self) -> Iterator[Element]:
        """Yield the element and its descendants in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    @property
    def blocks(self) -> Iterator[Element]:
        """Block-level elements: paragraphs, headings, bodies of list items, cells, captions, figures."""
        for element in self.walk():
            if element.role not in GROUPS and element.role not in INLINE:
                yield element

    @property
    def targets(self) -> Iterator[tuple[Element, Target]]:
        """Links and fields, each with its element."""
        for element in self.walk():
            for kid in element.kids:
                if isinstance(kid, Target):
                    yield element, kid


@dataclass(frozen=True)
class StructureTree:
    """The structure tree of a file with its faults. Pages count from 0."""

    document: Element
    orphans: tuple[tuple[int, str], ...]
    """Words in marked content that no element refers to, with their page."""
    twice: tuple[tuple[int, str], ...]
    """Words in marked content that several elements refer to, with their page."""


def read_structure(
    root: Any, pages: Mapping[int, int], painted: Sequence[DisplayList]
) -> tuple[StructureTree | None, Tags]:
    """Parse the structure tree (None for an untagged file), and the block of each marked-content sequence.

    `root`: the file's catalog; `pages`: page index (from 0) by object number; `painted`: display lists of the pages.
    """
    tree = root.get("/StructTreeRoot")
    if tree is None or "/K" not in tree.get_object():
        return None, {}
    tree = tree.get_object()
    roles = {str(key): str(value) for key, value in (tree.get("/RoleMap") or {}).items()}
    reading = _Reading(pages, [dict(page.marked_text) for page in painted], BlockCounter(roles))
    kids = list(reading.kids(tree, -1, str(root.get("/Lang", "")), ROOT))
    document = kids[0] if len(kids) == 1 and isinstance(kids[0], Element) else Element("Document", "", "", 0, (*kids,))
    return StructureTree(document, tuple(reading.left()), tuple(reading.twice)), reading.tags


class _Reading:
    def __init__(self, pages: Mapping[int, int], marks: list[dict[int, str]], blocks: BlockCounter) -> None:
        self.pages, self.marks, self.blocks = pages, marks, blocks
        self.tags: Tags = {}
        self.twice: list[tuple[int, str]] = []

    def kids(self, element: Any, page: int, lang: str, block: TaggedBlock) -> Iterator[Element | Target | str]:
        found = element.get("/K")
        for kid in found if isinstance(found, list) else [found]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(kid, int):
                yield self._mark(page, int(kid), block)
            elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
                yield self._mark(self._page(kid, page), int(kid["/MCID"]), block)
            elif isinstance(kid, dict) and kid.get("/Type") == "/OBJR":
                yield _target(kid["/Obj"].get_object())
            elif isinstance(kid, dict) and "/S" in kid:
                yield self._element(kid, page, lang, block)

    def _element(self, element: Any, page: int, lang: str, block: TaggedBlock) -> Element:
        page = self._page(element, page)
        lang = str(element.get("/Lang", lang))
        role = str(element["/S"])
        kids = tuple(self.kids(element, page, lang, self.blocks.block_of(block, role)))
        if "/ActualText" in element:
            kids = (str(element["/ActualText"]), *(kid for kid in kids if isinstance(kid, Target)))
        attributes = _attributes(element)
        return Element(
            role=role.lstrip("/"),
            lang=lang,
            alt=str(element.get("/Alt", "")),
            page=page,
            kids=kids,
            scope=str(attributes.get("/Scope", "")).lstrip("/"),
            heads=len(attributes.get("/Headers", ())),
            columns=int(attributes.get("/ColSpan", 1)),
        )

    def _mark(self, page: int, number: int, block: TaggedBlock) -> str:
        words = self.marks[page].get(number, "") if 0 <= page < len(self.marks) else ""
        if (page, number) in self.tags:
            self.twice.append((page, words))
        self.tags[page, number] = block
        return words

    def _page(self, element: Any, otherwise: int) -> int:
        reference = element.raw_get("/Pg") if "/Pg" in element else None
        return self.pages.get(getattr(reference, "idnum", -1), otherwise)

    def left(self) -> Iterator[tuple[int, str]]:
        """Words in marked content that no element refers to, with their page (from 0)."""
        for page, marks in enumerate(self.marks):
            for number, words in marks.items():
                if (page, number) not in self.tags and words.strip():
                    yield page, words


def _attributes(element: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    attributes = element.get("/A") or []
    for part in attributes if isinstance(attributes, list) else [attributes]:
        found.update(part.get_object() if hasattr(part, "get_object") else part)
    return found


RADIO, MULTILINE = 1 << 15, 1 << 12
"""Field flags (ISO 32000-1, tables 226 and 228)."""


def _field(annotation: Any, parent: Any) -> str:
    kind = str(annotation.get("/FT") or parent.get("/FT") or "")
    flags = int(annotation.get("/Ff") or parent.get("/Ff") or 0)
    if kind == "/Btn":
        return "radio button" if flags & RADIO else "check box"
    return ("edit, multi-line" if flags & MULTILINE else "edit") if kind == "/Tx" else ""


def _target(annotation: Any) -> Target:
    action = annotation.get("/A", {})
    address = action.get("/URI") or annotation.get("/Dest") or ""
    parent = annotation["/Parent"].get_object() if "/Parent" in annotation else {}
    return Target(
        kind=str(annotation.get("/Subtype", "")).lstrip("/"),
        contents=str(annotation.get("/Contents", "")),
        address=str(address),
        name=str(annotation.get("/T", "")),
        label=str(annotation.get("/TU", "")),
        field=_field(annotation, parent),
        group=str(parent.get("/TU", "")),
        on=str(annotation.get("/AS", "/Off")) != "/Off",
    )

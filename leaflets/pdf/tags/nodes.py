"""Nodes of the structure tree, and the structure type of each HTML element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leaflets.pdf.tags.reading_order import early_place, is_early

ROLES = {
    "main": "Part", "section": "Sect", "figure": "Div", "p": "P", "figcaption": "Caption", "img": "Figure", "a": "Link",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
}  # fmt: skip
"""HTML element -> structure type (ISO 32000-1, 14.8.4). Other HTML elements (div, span, strong) get a structure element
only if they change the language or have a `data-measure` or `data-group` attribute."""
GROUPS = frozenset(("Document", "Part", "Sect", "Div"))
"""Grouping elements (ISO 32000-1, 14.8.4.2): they hold blocks. Words directly in one get a paragraph."""


@dataclass
class Node:
    """A structure element (ISO 32000-1, 14.7.2)."""

    role: str
    """Structure type."""
    parent: Node | None
    page: int
    """Number of the page, from 0, on which it begins."""
    element: Any = None
    """The HTML element; None: made here."""
    lang: str = ""
    """Locale tag of its language."""
    text: str = ""
    """ActualText."""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Any] = field(default_factory=list)
    """Nodes, marked content as (page, MCID), and annotations, in the order of reading."""
    body: Node | None = None
    """Of a list item: its LBody. Of a grouping element: the paragraph that collects words directly in it."""
    pdf: Any = None
    """The PDF dictionary, once it is written."""

    def add(self, role: str, page: int, element: Any = None) -> Node:
        """Add a new node to the kids: the last one, or before the first section that is not read early."""
        node = Node(role, self, page, element, self.lang)
        place = early_place(self.kids) if is_early(element) else None
        self.kids.insert(len(self.kids) if place is None else place, node)
        return node

    def release(self) -> None:
        """Break the reference cycles of the tree below; it must not be used afterwards (why: `TrialLayout.release`)."""
        for kid in self.kids:
            if isinstance(kid, Node):
                kid.parent = None
                kid.release()
        self.kids.clear()
        self.body = None


@dataclass(frozen=True)
class Annotation:
    """The annotation of a link or field."""

    page: int
    """Number of the page, from 0."""
    dictionary: Any

"""The nodes of the structure tree, and the structure type of each HTML element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ROLES = {
    "main": "Part", "section": "Sect", "figure": "Div", "p": "P", "figcaption": "Caption", "img": "Figure", "a": "Link",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
}  # fmt: skip
"""HTML element -> structure type (14.8.4). What is not named here (div, span, strong) leaves no element of its own,
unless it changes the language or is a measured part of the page."""
GROUPS = frozenset(("Document", "Part", "Sect", "Div"))
"""What holds blocks, not words: words that stand in one get a paragraph."""


@dataclass
class Node:
    """An element of the structure. `kids`: nodes, marks (page, number) and annotations (page, dictionary)."""

    role: str
    parent: Node | None
    page: int
    element: Any = None
    lang: str = ""
    text: str = ""
    """ActualText."""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Any] = field(default_factory=list)
    body: Node | None = None
    """Of a point of a list: what holds its words. Of a group: the paragraph for words of its own."""
    pdf: Any = None

    def add(self, role: str, page: int, element: Any = None) -> Node:
        node = Node(role, self, page, element, self.lang)
        self.kids.append(node)
        return node

    def release(self) -> None:
        """Let go of all below, so that memory is free at once (why: `TrialLayout.release`). It is not used any more."""
        for kid in self.kids:
            if isinstance(kid, Node):
                kid.parent = None
                kid.release()
        self.kids.clear()
        self.body = None


@dataclass(frozen=True)
class Annotation:
    """A link or a field on a page."""

    page: int
    dictionary: Any

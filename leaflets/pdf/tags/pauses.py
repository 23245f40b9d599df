"""Pauses that are heard and not printed: points of lists without punctuation end with one.

A screen reader pauses at punctuation. Points run together where one element follows another in its braille line or in
what it reads in one go. The comma or full stop is ActualText of a Span (ISO 32000-1, 14.9.4): search and copy, which
read the page, find the printed words.
"""

from __future__ import annotations

from leaflets.pdf.tags.nodes import Node

ENDS = (*".,;:!?…", "،", "؛", "؟", "۔", "。", "、", "।")
"""A text that ends with one of these has a pause."""
_CLOSING = "”’»\"')]"
_ARABIC = frozenset(("ar", "fa", "ur", "ps", "ckb"))
"""Languages whose comma is U+060C."""


def add_pauses(root: Node, words: dict[tuple[int, int], str]) -> None:
    """End each point of a list with a pause, the last one with a full stop. `words`: text of each marked content."""
    for node in list(_lists(root)):
        items = [kid for kid in node.kids if isinstance(kid, Node) and kid.role == "LI"]
        for item in items:
            body = item.body
            if body is not None and not any(isinstance(kid, Node) and kid.role == "L" for kid in body.kids):
                comma = "،" if body.lang.split("-")[0] in _ARABIC else ","
                _end(body, words, "." if item is items[-1] else comma)


def _lists(node: Node) -> list[Node]:
    found = [node] if node.role == "L" else []
    for kid in node.kids:
        if isinstance(kid, Node):
            found += _lists(kid)
    return found


def _end(node: Node, words: dict[tuple[int, int], str], pause: str) -> None:
    """End the words of a node with a pause, if they have none."""
    at = next((at for at in range(len(node.kids) - 1, -1, -1) if isinstance(node.kids[at], (Node, tuple))), None)
    if at is None:
        return
    last = node.kids[at]
    text = last.text if isinstance(last, Node) else words.get(last, "")
    if isinstance(last, Node) and last.role == "Link":
        return  # it is announced, and has its words as description
    if isinstance(last, Node) and not text:
        _end(last, words, pause)
    elif text.strip() and not text.rstrip().rstrip(_CLOSING).endswith(ENDS):
        if isinstance(last, tuple):
            span = Node("Span", node, last[0], lang=node.lang, kids=[last])
            node.kids[at] = last = span
        last.text = text.rstrip() + pause

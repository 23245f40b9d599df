"""Tree traversal in a PDF: number trees, the outline, and the ancestors of a structure element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import IndirectObject


def number_tree_entry(node: Any, key: int) -> tuple[Any, int]:
    """Find the value of `key` in a number tree (ISO 32000-1, 7.9.7): the /Nums array, and the index of the value in it.

    Raises KeyError when the tree has no such key.
    """
    for nums in _leaves(node):
        for index in range(0, len(nums), 2):
            if int(nums[index]) == key:
                return nums, index + 1
    raise KeyError(f"there is no {key} in the number tree")


def number_tree_keys(node: Any) -> list[int]:
    """All keys of a number tree, in the order of the file."""
    return [int(nums[index]) for nums in _leaves(node) for index in range(0, len(nums), 2)]


def _leaves(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if "/Nums" in node:
        yield node["/Nums"]
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid)


def bookmarks(parent: Any) -> Iterator[Any]:
    """Yield the outline items below `parent` (None: none), each before its children (ISO 32000-1, 12.3.3)."""
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        item = item.get_object()
        yield item
        yield from bookmarks(item)
        item = item.get("/Next")


def ancestors(ref: Any) -> list[IndirectObject]:
    """References to a structure element and its ancestors, the nearest first; the tree root is not one of them."""
    found: list[IndirectObject] = []
    element: Any = ref.get_object()
    while isinstance(ref, IndirectObject) and "/S" in element:
        found.append(ref)
        ref = element.raw_get("/P")
        element = ref.get_object()
    return found

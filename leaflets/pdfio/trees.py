"""The trees of a PDF walked: number trees, bookmarks, the structure from an element upwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import IndirectObject


def number_tree_entry(node: Any, key: int) -> tuple[Any, int]:
    """Where in a number tree the value of `key` stands: the array, and the index in it. KeyError when it has none."""
    for nums in _leaves(node):
        for index in range(0, len(nums), 2):
            if int(nums[index]) == key:
                return nums, index + 1
    raise KeyError(f"there is no {key} in the number tree")


def number_tree_keys(node: Any) -> list[int]:
    return [int(nums[index]) for nums in _leaves(node) for index in range(0, len(nums), 2)]


def _leaves(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if "/Nums" in node:
        yield node["/Nums"]
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid)


def bookmarks(parent: Any) -> Iterator[Any]:
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        item = item.get_object()
        yield item
        yield from bookmarks(item)
        item = item.get("/Next")


def ancestors(ref: Any) -> list[IndirectObject]:
    """An element and those it is in, the nearest first."""
    found: list[IndirectObject] = []
    element: Any = ref.get_object()
    while isinstance(ref, IndirectObject) and "/S" in element:
        found.append(ref)
        ref = element.raw_get("/P")
        element = ref.get_object()
    return found

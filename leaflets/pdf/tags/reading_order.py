"""Order of reading where paper has another: a part with `data-read="early"` comes before the first section.

The red flags of a booklet are on its back, those of a tri-fold on two panels. Paper is turned over; a screen reader and
the bookmarks meet them in their turn. Pages stay as they are printed.
"""

from __future__ import annotations

import weakref
from typing import Any

EARLY = "\ue010"
"""Before the bookmark of a heading in such a part, set by the style sheet; never shown."""

JOINER = "\u2060"
"""Holds compounds together on a line; a bookmark has no lines."""


def is_early(element: Any) -> bool:
    """Whether an HTML element is read before the first section."""
    return element is not None and element.get("data-read") == "early"


def early_place(kids: list[Any]) -> int | None:
    """Index among the kids of a node before which an early part is read; None: last, there is no section yet."""
    return next(
        (at for at, kid in enumerate(kids) if getattr(kid, "role", "") == "Sect" and not is_early(kid.element)), None
    )


def read_bookmarks_early(document: Any) -> None:
    """Have the bookmarks of a document in the order of reading. Must be called before it is written."""
    original, known = document.make_bookmark_tree.__func__, weakref.ref(document)  # no cycle: pages are let go at once

    def make_bookmark_tree(*rest: Any, **options: Any) -> list[Any]:
        return _in_order(original(known(), *rest, **options))

    document.make_bookmark_tree = make_bookmark_tree


def _in_order(tree: list[Any]) -> list[Any]:
    """Bookmarks with those of early parts first, without their mark."""
    early = [row for row in tree if str(row[0]).startswith(EARLY)]
    return [
        (str(label).removeprefix(EARLY).replace(JOINER, ""), target, _in_order(children), state)
        for label, target, children, state in [*early, *(row for row in tree if row not in early)]
    ]

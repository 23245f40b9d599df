"""What is known of a style from the layouts before: the values that were computed, and the lengths they came to.

A leaflet is laid out once or twice and editions share templates and style sheets, so that most elements have had the
same cascade under the same ancestors before. The style itself is made anew for each document, since a layout may write
into it; only what was computed is kept, and not what was written. What was said (a warning), or depends on the page
(`vw`), is computed again each time.
"""

from __future__ import annotations

import logging
from typing import Any

AT_MOST = 8_000
"""Styles that are kept; then all are let go. The shipped article has some five thousand over all its layouts."""


class CachedValues:
    """Of one cascade under one ancestry. `None` in a style's `kept`: a style of which nothing may be kept."""

    __slots__ = (
        *("anonymous", "bare", "children", "heir", "lengths", "number", "specified", "spoiled"),
        "values",
    )

    def __init__(self, heir: CachedValues | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.specified: dict[str, Any] = {}
        self.lengths: dict[Any, dict[str, Any]] = {}
        self.number: int | None = None
        self.bare: bool | None = None
        """Whether nothing is painted behind a box of the style."""
        self.spoiled = False
        self.heir: CachedValues = heir or self
        """Who hands down the same to its children: the nearest ancestor that says something of what is inherited."""
        self.anonymous: CachedValues | None = None
        self.children: dict[Any, CachedValues] = {}

    def spoil(self) -> None:
        """Something was said, or the page was asked for: neither this nor what is under it is kept from now on."""
        self.spoiled = True
        self.values, self.specified, self.lengths, self.children = {}, {}, {}, {}


class StyleCache:
    """All that is kept for one font configuration: the styles by their ancestry, and the cascades by what matches."""

    def __init__(self) -> None:
        self.roots: dict[Any, CachedValues] = {}
        self.cascades: dict[Any, Any] = {}
        self.count = 0

    def root(self, key: Any) -> CachedValues:
        """For a new document, with room made if there is too much."""
        if self.count + len(self.cascades) >= AT_MOST:
            self.roots, self.cascades, self.count = {}, {}, 0
        return self.roots.setdefault(key, CachedValues())

    def under(self, parent: CachedValues | None, key: Any, own: bool, hands_down: bool) -> CachedValues | None:
        """What is kept of a style. `own`: it takes nothing from its parent but what is inherited; `hands_down`: it says
        something of what is inherited."""
        if parent is None or parent.spoiled or parent.heir.spoiled:
            return None
        above = parent.heir if own else parent
        found = above.children.get(key)
        if found is None:
            found = above.children[key] = CachedValues(None if hands_down else parent.heir)
            self.count += 1
        return None if found.spoiled else found


class Watch(logging.Filter):
    """Counts what must not be kept: what WeasyPrint says, and looks at the size of the page."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        self.count += 1
        return True


WATCH = Watch()


class Sizes(dict[str, Any]):
    """Sizes of the first page; who asks for them is noticed."""

    def __getitem__(self, key: str) -> Any:
        WATCH.count += 1
        return super().__getitem__(key)

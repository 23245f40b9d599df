"""Cache of style values across layouts: computed values, and the used lengths they resolve to.

A leaflet is laid out once or twice, and editions share templates and style sheets, so that most elements have had the
same cascade below the same ancestors before. Each document gets new style objects, since a layout may write into them;
only values that were computed are cached, never values that were written. A value whose computation logged a warning or
read the page size (`vw`) is not cached.
"""

from __future__ import annotations

import logging
from typing import Any

CACHE_LIMIT = 8_000
"""Most styles that are cached; at the limit the cache is emptied. The shipped article has some five thousand over all
its layouts."""


class CachedValues:
    """Cached values of one cascade below one chain of ancestors. None as a style's `cached`: nothing of the style may
    be cached."""

    __slots__ = (
        *("anonymous", "unpainted", "children", "inheritance_root", "lengths", "style_number", "specified", "invalid"),
        "values",
    )

    def __init__(self, inheritance_root: CachedValues | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.specified: dict[str, Any] = {}
        self.lengths: dict[Any, dict[str, Any]] = {}
        self.style_number: int | None = None
        self.unpainted: bool | None = None
        """Whether a box of the style paints nothing of its own; None: not known."""
        self.invalid = False
        self.inheritance_root: CachedValues = inheritance_root or self
        """The nearest node, this one included, that declares an inherited property: all nodes with the same one inherit
        the same values."""
        self.anonymous: CachedValues | None = None
        self.children: dict[Any, CachedValues] = {}

    def invalidate(self) -> None:
        """Drop the values for good: a warning was logged, or the page size was read. Nothing below this node is cached
        either."""
        self.invalid = True
        self.values, self.specified, self.lengths, self.children = {}, {}, {}, {}


class StyleCache:
    """All cached values of one font configuration: styles as trees by ancestry, and cascaded values by matching
    selectors."""

    def __init__(self) -> None:
        self.roots: dict[Any, CachedValues] = {}
        self.cascades: dict[Any, Any] = {}
        self.count = 0

    def root(self, key: Any) -> CachedValues:
        """The root node for a new document, by its base URL; empties a full cache first."""
        if self.count + len(self.cascades) >= CACHE_LIMIT:
            self.roots, self.cascades, self.count = {}, {}, 0
        return self.roots.setdefault(key, CachedValues())

    def child(
        self, parent: CachedValues | None, key: Any, parent_independent: bool, changes_inherited: bool
    ) -> CachedValues | None:
        """The cached values of a style below `parent`; None: nothing may be cached. `parent_independent`: it reads
        nothing of the parent but inherited properties; `changes_inherited`: it declares an inherited property."""
        if parent is None or parent.invalid or parent.inheritance_root.invalid:
            return None
        above = parent.inheritance_root if parent_independent else parent
        node = above.children.get(key)
        if node is None:
            node = above.children[key] = CachedValues(None if changes_inherited else parent.inheritance_root)
            self.count += 1
        return None if node.invalid else node


class UncacheableEvents(logging.Filter):
    """Counts events that make a value uncacheable: warnings of WeasyPrint, and reads of the page size."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Count a log record and let it pass."""
        self.count += 1
        return True


UNCACHEABLE = UncacheableEvents()


class FirstPageSizes(dict[str, Any]):
    """Sizes of the first page; each read counts as an uncacheable event."""

    def __getitem__(self, key: str) -> Any:
        UNCACHEABLE.count += 1
        return super().__getitem__(key)

"""Computed styles with fewer calls for each property.

WeasyPrint computes a property when it is first read. Four of five are initial or inherited: initial values are put into
a new style together; an inherited value is copied from the parent style without WeasyPrint's function.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.style_cache import UNCACHEABLE, CachedValues
from leaflets.pdf.patches.replacing import Replacements

OVERLAID = ("first-line", "first-letter")
"""Pseudo-elements whose styles WeasyPrint merges into others property by property; they must contain declared
properties only."""
SPECIFIED = frozenset(("position", "float", "display"))
"""Properties whose specified value is stored as well."""
REPLACES = {
    "weasyprint.css:Style.cached": "",
    "weasyprint.css:ComputedStyle.__init__": "ffbc48647d0d85e2",
    "weasyprint.css:ComputedStyle.__missing__": "b318d8efc8ac79d7",
    "weasyprint.css:ComputedStyle.copy": "4398a49b631bf992",
    "weasyprint.css:AnonymousStyle.__init__": "9fbdd74c1ad0945a",
    "weasyprint.css:AnonymousStyle.__missing__": "d392527077647306",
    "weasyprint.css:AnonymousStyle.copy": "2490632fa445a0d8",
}
RELIES_ON = {
    "weasyprint.css:InitialStyle": "a552b6e6072b9801",
    "weasyprint.css:text_decoration": "4fa9ec3b45ef2fc6",
    "weasyprint.css.functions:check_math": "4f8e6a21258e09ba",
    "weasyprint.css.properties:": "872a2e5602b5f52d",
    "weasyprint.css.computed_values:": "0dec45caf60428b1",
}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    from weasyprint.css import LOGGER, AnonymousStyle, ComputedStyle
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    def special(name: str) -> bool:
        return name.startswith("text_decoration_") or name in ("page", "position", "float", "display")

    initial = {
        name: value
        for name, value in INITIAL_VALUES.items()
        if name not in INHERITED and name not in INITIAL_NOT_COMPUTED and not special(name) and not check_math(value)
    }
    logical: dict[str, set[str]] = {}  # logical property -> physical properties that it may set
    for name, function in PHYSICAL_FUNCTIONS.items():
        for direction in ("ltr", "rtl"):
            logical.setdefault(function(block="ttb", inline=direction), set()).add(name)
    inherited = frozenset(
        name for name in INITIAL_VALUES if name in INHERITED and not special(name) and name not in PHYSICAL_FUNCTIONS
    )
    make, compute = ComputedStyle.__init__, ComputedStyle.__missing__
    make_anonymous, compute_anonymous = AnonymousStyle.__init__, AnonymousStyle.__missing__

    def make_filled(self: Any, parent_style: Any, cascaded: Any, pseudo_type: Any, *rest: Any) -> None:
        make(self, parent_style, cascaded, pseudo_type, *rest)
        if pseudo_type not in OVERLAID:
            self.update(initial)
            for name in cascaded:
                self.pop(name, None)
                for other in logical.get(name, ()):
                    self.pop(other, None)

    def compute_uncached(self: Any, name: str) -> Any:
        if name in inherited and name not in self.cascaded and self.parent_style is not None:
            value = self.parent_style[name]
            if value.__class__ is str or not check_math(value):
                self[name] = value
                return value
        if name == "anchor" and name not in self.cascaded:  # read for every pseudo-element, also those without a box
            value = self[name] = initial[name]
            return value
        return compute(self, name)

    def compute_and_cache(self: Any, name: str) -> Any:
        cached = self.cached
        if cached is None or name == "anchor":
            return compute_uncached(self, name)
        before = UNCACHEABLE.count
        value = compute_uncached(self, name)
        if UNCACHEABLE.count != before:
            cached.invalidate()
        elif not cached.invalid:
            cached.values[name] = value
            if name in SPECIFIED:
                cached.specified[name] = self.specified[name]
        return value

    def make_anonymous_filled(self: Any, parent_style: Any) -> None:
        self.update(initial)
        make_anonymous(self, parent_style)
        above = parent_style.cached
        if above is not None and not above.invalid and parent_style.__class__ is ComputedStyle:
            inheritance_root = above.inheritance_root
            cached = inheritance_root.anonymous = inheritance_root.anonymous or CachedValues()
            self.update(cached.values)
            self.cached = cached

    def compute_anonymous_and_cache(self: Any, name: str) -> Any:
        value = compute_anonymous(self, name)
        if self.cached is not None and name not in INITIAL_NOT_COMPUTED:
            self.cached.values[name] = value
        return value

    def copy(self: Any) -> Any:
        """A copy of the style to write into; nothing of it is cached."""
        other = self.__class__.__new__(self.__class__)
        other.__dict__.update(self.__dict__)
        for name in ("anonymous_style", "text_style", "cached"):
            other.__dict__.pop(name, None)
        other.specified = other if self.specified is self else self.specified.copy()
        other.update(self)
        return other

    patch.put("weasyprint.css:Style.cached", None)
    patch.put("weasyprint.css:ComputedStyle.__init__", make_filled)
    patch.put("weasyprint.css:ComputedStyle.__missing__", compute_and_cache)
    patch.put("weasyprint.css:ComputedStyle.copy", copy)
    patch.put("weasyprint.css:AnonymousStyle.__init__", make_anonymous_filled)
    patch.put("weasyprint.css:AnonymousStyle.__missing__", compute_anonymous_and_cache)
    patch.put("weasyprint.css:AnonymousStyle.copy", copy)
    LOGGER.addFilter(UNCACHEABLE)


def prefill(style: Any, cached: CachedValues) -> None:
    """Put the cached values into a new style."""
    style.update(cached.values)
    style.specified.update(cached.specified)
    style.cached = cached

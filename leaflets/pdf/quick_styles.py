"""Computed styles without a look-up function for each property.

WeasyPrint computes a property when it is first asked for. Four out of five are initial or inherited: the initial ones
are put in when a style is made, in one go; an inherited one is taken from the parent at once.
"""

from __future__ import annotations

from typing import Any

BOXES = (None, "before", "after")
"""Styles of boxes of their own. Those of `::first-line` and the like are laid over others property by property, so
nothing may be in them that was not said."""


def install() -> None:
    from weasyprint.css import AnonymousStyle, ComputedStyle
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
    logical: dict[str, set[str]] = {}  # a logical property -> the physical ones it may stand for
    for name, function in PHYSICAL_FUNCTIONS.items():
        for direction in ("ltr", "rtl"):
            logical.setdefault(function(block="ttb", inline=direction), set()).add(name)
    inherited = frozenset(
        name for name in INITIAL_VALUES if name in INHERITED and not special(name) and name not in PHYSICAL_FUNCTIONS
    )
    make, compute, compute_anonymous = ComputedStyle.__init__, ComputedStyle.__missing__, AnonymousStyle.__missing__

    def make_filled(self: Any, parent_style: Any, cascaded: Any, pseudo_type: Any, *rest: Any) -> None:
        make(self, parent_style, cascaded, pseudo_type, *rest)
        if pseudo_type in BOXES:
            self.update(initial)
            for name in cascaded:
                self.pop(name, None)
                for other in logical.get(name, ()):
                    self.pop(other, None)

    def compute_quickly(self: Any, name: str) -> Any:
        if name in inherited and name not in self.cascaded and self.parent_style is not None:
            value = self.parent_style[name]
            if value.__class__ is str or not check_math(value):
                self[name] = value
                return value
        if name == "anchor" and name not in self.cascaded:  # asked of every pseudo-element, whether there is one or not
            value = self[name] = initial[name]
            return value
        return compute(self, name)

    def compute_anonymous_quickly(self: Any, name: str) -> Any:
        if name in initial:
            value = self[name] = initial[name]
            return value
        return compute_anonymous(self, name)

    ComputedStyle.__init__ = make_filled
    ComputedStyle.__missing__ = compute_quickly
    AnonymousStyle.__missing__ = compute_anonymous_quickly

"""Computed styles without a look-up function for each property.

WeasyPrint computes a property when it is first asked for. Four out of five are initial or inherited: the initial ones
are put in when a style is made, in one go; an inherited one is taken from the parent at once.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.style_cache import WATCH, CachedValues
from leaflets.pdf.patches.replacing import Replacing

OVERLAID = ("first-line", "first-letter")
"""Pseudo-elements whose styles are laid over others property by property: nothing may be in them that was not said."""
SPECIFIED = frozenset(("position", "float", "display"))
"""Properties of which a style holds the specified value as well."""
REPLACES = {
    "weasyprint.css:Style.kept": "",
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


def install(patch: Replacing) -> None:
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
    logical: dict[str, set[str]] = {}  # a logical property -> the physical ones it may stand for
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

    def compute_and_keep(self: Any, name: str) -> Any:
        kept = self.kept
        if kept is None or name == "anchor":
            return compute_quickly(self, name)
        before = WATCH.count
        value = compute_quickly(self, name)
        if WATCH.count != before:
            kept.spoil()
        elif not kept.spoiled:
            kept.values[name] = value
            if name in SPECIFIED:
                kept.specified[name] = self.specified[name]
        return value

    def make_anonymous_filled(self: Any, parent_style: Any) -> None:
        self.update(initial)
        make_anonymous(self, parent_style)
        above = parent_style.kept
        if above is not None and not above.spoiled and parent_style.__class__ is ComputedStyle:
            heir = above.heir
            kept = heir.anonymous = heir.anonymous or CachedValues()
            self.update(kept.values)
            self.kept = kept

    def compute_anonymous_and_keep(self: Any, name: str) -> Any:
        value = compute_anonymous(self, name)
        if self.kept is not None and name not in INITIAL_NOT_COMPUTED:
            self.kept.values[name] = value
        return value

    def copy(self: Any) -> Any:
        """Another style to write into: nothing is kept of it."""
        other = self.__class__.__new__(self.__class__)
        other.__dict__.update(self.__dict__)
        for name in ("anonymous_style", "text_style", "kept"):
            other.__dict__.pop(name, None)
        other.specified = other if self.specified is self else self.specified.copy()
        other.update(self)
        return other

    patch.put("weasyprint.css:Style.kept", None)
    patch.put("weasyprint.css:ComputedStyle.__init__", make_filled)
    patch.put("weasyprint.css:ComputedStyle.__missing__", compute_and_keep)
    patch.put("weasyprint.css:ComputedStyle.copy", copy)
    patch.put("weasyprint.css:AnonymousStyle.__init__", make_anonymous_filled)
    patch.put("weasyprint.css:AnonymousStyle.__missing__", compute_anonymous_and_keep)
    patch.put("weasyprint.css:AnonymousStyle.copy", copy)
    LOGGER.addFilter(WATCH)


def begin(style: Any, kept: CachedValues) -> None:
    """Start a new style with what is known of it."""
    style.update(kept.values)
    style.specified.update(kept.specified)
    style.kept = kept

"""Which declarations apply to which element: merged once for each set of selectors that match, not for each element.

Takes the place of `StyleFor.__init__`, which merges the declarations of each element one by one. It also says of each
style whether the same was there before (`style_cache.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from leaflets.pdf.patches.fast.style_cache import CachedValues, Sizes, StyleCache
from leaflets.pdf.patches.fast.styles import OVERLAID, begin
from leaflets.pdf.patches.replacing import Replacing

SELDOM = frozenset(("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
"""Pseudo-elements that every element has by WeasyPrint's own style sheet; their styles are made when asked for."""
SVG = "{http://www.w3.org/2000/svg}svg"
REPLACES = {
    "weasyprint.css:StyleFor.__init__": "b1e725a7552502aa",
    "weasyprint.css:StyleFor.__call__": "96b91915ae7c344a",
    "weasyprint.css:StyleFor.cascade": "",
}
RELIES_ON = {
    "weasyprint.css:StyleFor.set_computed_styles": "b5b15856b8beff3f",
    "weasyprint.css:find_style_attributes": "c5b4eb4d3c008b07",
}


def install(patch: Replacing) -> None:
    patch.wrap("weasyprint.css:StyleFor.__init__", _merged_together)
    patch.wrap("weasyprint.css:StyleFor.__call__", _made_when_asked_for)
    patch.put("weasyprint.css:StyleFor.cascade", None)


def _merged_together(original: Any) -> Any:
    from weasyprint.css import PROGRESS_LOGGER

    def make(self: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any) -> None:
        if hints:
            original(self, html, sheets, hints, font_config, target_collector)
            return
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes = Sizes(box=None, area=None)
        self._sheets, self.font_config = sheets, font_config
        PROGRESS_LOGGER.info("Step 3 - Applying CSS")
        self.cascade = _Cascade(self, html, target_collector)
        self.cascade.run()

    return make


def _made_when_asked_for(original_call: Any) -> Any:
    def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
        if pseudo_type in SELDOM and self.cascade is not None:
            self.cascade.make_late(element, pseudo_type)
        return original_call(self, element, pseudo_type)

    return call


@dataclass(frozen=True)
class Cascaded:
    """What was said of an element or pseudo-element; the weightiest for each property."""

    values: dict[str, Any]
    alone: bool = True
    """It takes nothing from the parent but what is always inherited."""
    hands_down: bool = False
    """It says something that children inherit."""

    @classmethod
    def of(cls, values: dict[str, Any]) -> Cascaded:
        from weasyprint.css.properties import INHERITED
        from weasyprint.css.tokens import Pending

        alone = not any(
            isinstance(value, Pending) or (value.__class__ is str and value == "inherit" and name not in INHERITED)
            for name, (value, _weight) in values.items()
        )
        hands_down = any(
            name in INHERITED or name == "page" or name.startswith(("__", "text_decoration")) for name in values
        )
        return cls(values, alone, hands_down)


EMPTY = Cascaded({})


class _Cascade:
    """One document's elements on their way to their styles."""

    def __init__(self, style_for: Any, html: Any, target_collector: Any) -> None:
        from weasyprint import css

        self.css, self.html, self.collector = css, html, target_collector
        self.sheets, self.sizes, self.fonts = style_for._sheets, style_for.initial_page_sizes, style_for.font_config
        self.late: dict[Any, tuple[dict[Any, Cascaded], Any]] = {}
        """Elements with pseudo-elements whose styles nobody has asked for."""
        self.cascaded, self.computed = style_for._cascaded_styles, style_for._computed_styles
        self.store: StyleCache = self.fonts.__dict__.setdefault("kept_styles", StyleCache())
        self.own: dict[Any, dict[str, Any]] = {}
        """What elements say of themselves, as cascaded values."""
        self.said: dict[Any, tuple[Any, ...]] = {}

    def run(self) -> None:
        self._read_attributes()
        start = self.store.root(self.html.base_url)
        shared: dict[Any, Any] = {}
        pseudo_elements = []
        for element in self.html.wrapper_element.iter_subtree():
            node = element.etree_element
            above = self.computed[element.parent.etree_element, None] if element.parent else None
            matches, key = self._match(element)
            styles = self._merged(node, matches, key)
            own = styles.get(None, EMPTY)
            said = self.said.get(node)
            alike = (None if above is None else id(above), said, tuple(item[0] for item in matches))
            if alike in shared:
                self.computed[node, None] = shared[alike]
            else:  # the same elements share a style object as in WeasyPrint
                kept = self._kept(start if above is None else above.kept, (key, said and _attributes(node)), own)
                shared[alike] = self._style(node, above, own.values, None, kept)
            for pseudo, style in styles.items():
                if pseudo in SELDOM and "anchor" not in style.values:
                    self.late[node] = styles, key
                elif pseudo:
                    pseudo_elements.append((node, pseudo, style, key))
        for node, pseudo, style, key in pseudo_elements:
            self._pseudo_style(node, pseudo, style, key)
        self.cascaded.clear()

    def make_late(self, node: Any, pseudo: str) -> None:
        """The style of a pseudo-element that somebody asks for, if there is one and it is not made yet."""
        styles, key = self.late.get(node, ({}, None))
        if pseudo in styles and (node, pseudo) not in self.computed:
            self._pseudo_style(node, pseudo, styles[pseudo], key)

    def _pseudo_style(self, node: Any, pseudo: str, style: Cascaded, key: Any) -> None:
        above = self.computed[node, None]
        self._style(node, above, style.values, pseudo, self._kept(above.kept, (key, pseudo), style))

    def _read_attributes(self) -> None:
        """Styles of elements' own: `style`, `lang`, `id`, and the size of a drawing."""
        for specificity, node, declarations, base_url in self.css.find_style_attributes(
            self.html.etree_element, False, self.html.base_url
        ):
            self.said[node] = tuple(declarations)
            values = self.css.preprocess_declarations(base_url, declarations)
            self._merge(self.own.setdefault(node, {}), values, "author", inf, specificity)

    def _match(self, element: Any) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
        """The selectors that match, first how WeasyPrint tells styles apart by them; and a key for them all."""
        matches, key = [], []
        for of_sheet in self.sheets:
            sheet, origin, sheet_specificity = of_sheet
            found = sheet.matcher.match(element)
            if found:
                key.append(of_sheet)
            for specificity, order, pseudo, (declarations, layer) in found:
                layer_order = inf if layer is None else sheet.layers.index(layer)
                apart = (sheet, specificity, id(declarations), layer_order)
                matches.append((apart, pseudo, declarations, origin, layer_order, sheet_specificity or specificity))
                key += [order, layer_order]
        return matches, tuple(key)

    def _merged(self, node: Any, matches: list[tuple[Any, ...]], key: tuple[Any, ...]) -> dict[Any, Cascaded]:
        """The cascaded values of an element and its pseudo-elements."""
        own = self.own.get(node)
        if own is None:
            found: dict[Any, Cascaded] | None = self.store.cascades.get(key)
            if found is not None:
                return found
        styles: dict[Any, dict[str, Any]] = {} if own is None else {None: own}
        for _apart, pseudo, declarations, origin, layer_order, specificity in matches:
            self._merge(styles.setdefault(pseudo, {}), declarations, origin, layer_order, specificity)
        merged = {pseudo: Cascaded.of(style) for pseudo, style in styles.items()}
        if own is None:
            self.store.cascades[key] = merged
        return merged

    def _kept(self, parent: CachedValues | None, key: Any, style: Cascaded) -> CachedValues | None:
        return self.store.under(parent, key, style.alone, style.hands_down)

    def _merge(
        self, style: dict[str, Any], declarations: Any, origin: str, layer_order: float, specificity: Any
    ) -> None:
        for name, values, importance in declarations:
            weight = (self.css.declaration_precedence(origin, importance), layer_order, specificity)
            before = style.get(name)
            if before is None or before[1] <= weight:
                style[name] = values, weight

    def _style(
        self, node: Any, above: Any, cascaded: dict[str, Any], pseudo: str | None, kept: CachedValues | None
    ) -> Any:
        """`StyleFor.set_computed_styles`, with what is kept of the style."""
        root = self.css.InitialStyle(self.fonts) if above is None else self.computed[self.html.etree_element, None]
        style = self.css.ComputedStyle(above, cascaded, pseudo, root, self.html.base_url, self.fonts, self.sizes)
        self.computed[node, pseudo] = style
        if kept is not None and pseudo not in OVERLAID:
            begin(style, kept)
        if self.collector and style["anchor"]:
            self.collector.collect_anchor(style["anchor"])
        return style


def _attributes(node: Any) -> tuple[str | None, ...]:
    """What an element says of itself, but for its name: that makes no difference to other values."""
    size = (node.get("width"), node.get("height")) if node.tag == SVG else ()
    return node.get("style"), node.get("lang"), *size

"""Cascade: declarations merged once for each combination of matching selectors, instead of once for each element.

Replaces `StyleFor.__init__`. It also finds the values that are cached for each style (`style_cache.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from leaflets.pdf.patches.fast.style_cache import CachedValues, FirstPageSizes, StyleCache
from leaflets.pdf.patches.fast.styles import OVERLAID, prefill
from leaflets.pdf.patches.replacing import Replacements

LAZY_PSEUDO_ELEMENTS = frozenset(
    ("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")
)
"""Pseudo-elements that WeasyPrint's own style sheet gives every element; their styles are computed when first used."""
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


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap("weasyprint.css:StyleFor.__init__", _init_with_cascade)
    patch.wrap("weasyprint.css:StyleFor.__call__", _call_with_lazy_styles)
    patch.put("weasyprint.css:StyleFor.cascade", None)


def _init_with_cascade(original: Any) -> Any:
    """`StyleFor.__init__` that uses `_Cascade`; the original runs where presentational hints are on."""
    from weasyprint.css import PROGRESS_LOGGER

    def make(self: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any) -> None:
        if hints:
            original(self, html, sheets, hints, font_config, target_collector)
            return
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes = FirstPageSizes(box=None, area=None)
        self._sheets, self.font_config = sheets, font_config
        PROGRESS_LOGGER.info("Step 3 - Applying CSS")
        self.cascade = _Cascade(self, html, target_collector)
        self.cascade.run()

    return make


def _call_with_lazy_styles(original_call: Any) -> Any:
    """`StyleFor.__call__` that first computes the style of a lazy pseudo-element."""

    def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
        if pseudo_type in LAZY_PSEUDO_ELEMENTS and self.cascade is not None:
            self.cascade.compute_lazily(element, pseudo_type)
        return original_call(self, element, pseudo_type)

    return call


@dataclass(frozen=True)
class Cascaded:
    """The cascaded values of an element or pseudo-element: for each property the declaration with the highest weight
    (CSS Cascading and Inheritance, 6)."""

    values: dict[str, Any]
    parent_independent: bool = True
    """It reads nothing of the parent style except inherited properties."""
    changes_inherited: bool = False
    """It declares a property that children inherit."""

    @classmethod
    def of(cls, values: dict[str, Any]) -> Cascaded:
        """Cascaded values with the two flags worked out."""
        from weasyprint.css.properties import INHERITED
        from weasyprint.css.tokens import Pending

        parent_independent = not any(
            isinstance(value, Pending) or (value.__class__ is str and value == "inherit" and name not in INHERITED)
            for name, (value, _weight) in values.items()
        )
        changes_inherited = any(
            name in INHERITED or name == "page" or name.startswith(("__", "text_decoration")) for name in values
        )
        return cls(values, parent_independent, changes_inherited)


EMPTY = Cascaded({})


class _Cascade:
    """Computes the styles of all elements of one document."""

    def __init__(self, style_for: Any, html: Any, target_collector: Any) -> None:
        from weasyprint import css

        self.css, self.html, self.collector = css, html, target_collector
        self.sheets, self.sizes, self.fonts = style_for._sheets, style_for.initial_page_sizes, style_for.font_config
        self.pending: dict[Any, tuple[dict[Any, Cascaded], Any]] = {}
        """Elements with pseudo-elements whose styles are not computed yet: their cascaded values and their key."""
        self.cascaded, self.computed = style_for._cascaded_styles, style_for._computed_styles
        self.store: StyleCache = self.fonts.__dict__.setdefault("style_cache", StyleCache())
        self.own: dict[Any, dict[str, Any]] = {}
        """Cascaded values from attributes of elements: `style` and presentational ones."""
        self.declared: dict[Any, tuple[Any, ...]] = {}

    def run(self) -> None:
        """Compute the styles of all elements, then of their pseudo-elements except the lazy ones."""
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
            declared = self.declared.get(node)
            shared_key = (None if above is None else id(above), declared, tuple(item[0] for item in matches))
            if shared_key in shared:
                self.computed[node, None] = shared[shared_key]
            else:  # the same elements share one style object as in WeasyPrint
                cached = self._cached(
                    start if above is None else above.cached, (key, declared and _attributes(node)), own
                )
                shared[shared_key] = self._style(node, above, own.values, None, cached)
            for pseudo, style in styles.items():
                if pseudo in LAZY_PSEUDO_ELEMENTS and "anchor" not in style.values:
                    self.pending[node] = styles, key
                elif pseudo:
                    pseudo_elements.append((node, pseudo, style, key))
        for node, pseudo, style, key in pseudo_elements:
            self._pseudo_style(node, pseudo, style, key)
        self.cascaded.clear()

    def compute_lazily(self, node: Any, pseudo: str) -> None:
        """Compute the style of a pseudo-element, if the element has one and it is not computed yet."""
        styles, key = self.pending.get(node, ({}, None))
        if pseudo in styles and (node, pseudo) not in self.computed:
            self._pseudo_style(node, pseudo, styles[pseudo], key)

    def _pseudo_style(self, node: Any, pseudo: str, style: Cascaded, key: Any) -> None:
        """Compute the style of a pseudo-element."""
        above = self.computed[node, None]
        self._style(node, above, style.values, pseudo, self._cached(above.cached, (key, pseudo), style))

    def _read_attributes(self) -> None:
        """Read the declarations in attributes of elements: `style`, `lang`, `id`, and the size of an SVG drawing."""
        for specificity, node, declarations, base_url in self.css.find_style_attributes(
            self.html.etree_element, False, self.html.base_url
        ):
            self.declared[node] = tuple(declarations)
            values = self.css.preprocess_declarations(base_url, declarations)
            self._merge(self.own.setdefault(node, {}), values, "author", inf, specificity)

    def _match(self, element: Any) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
        """The matching selectors, each with the identity by which WeasyPrint distinguishes them, and a key of the
        combination."""
        matches, key = [], []
        for of_sheet in self.sheets:
            sheet, origin, sheet_specificity = of_sheet
            matched = sheet.matcher.match(element)
            if matched:
                key.append(of_sheet)
            for specificity, order, pseudo, (declarations, layer) in matched:
                layer_order = inf if layer is None else sheet.layers.index(layer)
                identity = (sheet, specificity, id(declarations), layer_order)
                matches.append((identity, pseudo, declarations, origin, layer_order, sheet_specificity or specificity))
                key += [order, layer_order]
        return matches, tuple(key)

    def _merged(self, node: Any, matches: list[tuple[Any, ...]], key: tuple[Any, ...]) -> dict[Any, Cascaded]:
        """The cascaded values of an element and its pseudo-elements."""
        own = self.own.get(node)
        if own is None:
            known: dict[Any, Cascaded] | None = self.store.cascades.get(key)
            if known is not None:
                return known
        styles: dict[Any, dict[str, Any]] = {} if own is None else {None: own}
        for _apart, pseudo, declarations, origin, layer_order, specificity in matches:
            self._merge(styles.setdefault(pseudo, {}), declarations, origin, layer_order, specificity)
        merged = {pseudo: Cascaded.of(style) for pseudo, style in styles.items()}
        if own is None:
            self.store.cascades[key] = merged
        return merged

    def _cached(self, parent: CachedValues | None, key: Any, style: Cascaded) -> CachedValues | None:
        """The cached values of a style below `parent`; None: nothing may be cached."""
        return self.store.child(parent, key, style.parent_independent, style.changes_inherited)

    def _merge(
        self, style: dict[str, Any], declarations: Any, origin: str, layer_order: float, specificity: Any
    ) -> None:
        """Merge declarations into cascaded values; a declaration of the same weight replaces an earlier one."""
        for name, values, importance in declarations:
            weight = (self.css.declaration_precedence(origin, importance), layer_order, specificity)
            before = style.get(name)
            if before is None or before[1] <= weight:
                style[name] = values, weight

    def _style(
        self, node: Any, above: Any, cascaded: dict[str, Any], pseudo: str | None, cached: CachedValues | None
    ) -> Any:
        """As `StyleFor.set_computed_styles`, and prefill the style with its cached values."""
        root = self.css.InitialStyle(self.fonts) if above is None else self.computed[self.html.etree_element, None]
        style = self.css.ComputedStyle(above, cascaded, pseudo, root, self.html.base_url, self.fonts, self.sizes)
        self.computed[node, pseudo] = style
        if cached is not None and pseudo not in OVERLAID:
            prefill(style, cached)
        if self.collector and style["anchor"]:
            self.collector.collect_anchor(style["anchor"])
        return style


def _attributes(node: Any) -> tuple[str | None, ...]:
    """Attributes that declare style values of an element. The id is left out: it has no influence on other values."""
    size = (node.get("width"), node.get("height")) if node.tag == SVG else ()
    return node.get("style"), node.get("lang"), *size

"""Styles of pages and margin boxes: cascaded and computed once for all pages that match the same rules, in all
documents.

WeasyPrint computes them for each page, since pages differ in their number. Replaces the two functions of `StyleFor`
that do so; styles of elements are not affected.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.cascade import Cascaded
from leaflets.pdf.patches.fast.style_cache import StyleCache
from leaflets.pdf.patches.fast.styles import prefill
from leaflets.pdf.patches.replacing import Replacements

REPLACES = {
    "weasyprint.css:StyleFor.add_page_declarations": "78e388ade2325011",
    "weasyprint.css:StyleFor.set_computed_styles": "b5b15856b8beff3f",
}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap("weasyprint.css:StyleFor.add_page_declarations", _with_cached_cascade)
    patch.wrap("weasyprint.css:StyleFor.set_computed_styles", _with_cached_values)


def _with_cached_cascade(original_declarations: Any) -> Any:
    """`add_page_declarations` that caches the merged declarations."""

    def add_page_declarations(self: Any, page_type: Any) -> None:
        store: StyleCache | None = self.font_config.__dict__.get("style_cache")
        if store is None:
            original_declarations(self, page_type)
            return
        key = _matching(self, page_type)
        merged = store.cascades.get(key)
        if merged is None:
            original_declarations(self, page_type)
            merged = store.cascades[key] = {
                pseudo: Cascaded.of(values)
                for (element, pseudo), values in self._cascaded_styles.items()
                if element == page_type
            }
        for pseudo, style in merged.items():
            self._cascaded_styles[page_type, pseudo] = style.values
        self.__dict__.setdefault("pages", {})[page_type] = key, merged

    return add_page_declarations


def _with_cached_values(original_styles: Any) -> Any:
    """`set_computed_styles` that prefills styles of pages with their cached values."""

    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, *rest: Any, **more: Any
    ) -> None:
        original_styles(self, element, parent, root, pseudo_type, *rest, **more)
        key, merged = self.__dict__.get("pages", {}).get(element, (None, {}))
        above = self._computed_styles[parent, None]
        if pseudo_type in merged and above.cached is not None:
            style = merged[pseudo_type]
            cached = self.font_config.style_cache.child(
                above.cached, (key, pseudo_type), style.parent_independent, style.changes_inherited
            )
            if cached is not None:
                prefill(self._computed_styles[element, pseudo_type], cached)

    return set_computed_styles


def _matching(style_for: Any, page_type: Any) -> tuple[Any, ...]:
    """Key of the page rules that match a page."""
    key: list[Any] = []
    for of_sheet in style_for._sheets:
        key.append(of_sheet)
        for number, (_rule, selectors, _declarations) in enumerate(of_sheet[0].page_rules):
            for which, (_specificity, _pseudo, selector) in enumerate(selectors):
                if style_for._page_type_match(selector, page_type):
                    key += [number, which]
    return tuple(key)

"""Styles of pages and their margin boxes: merged and computed once for all pages of a kind, in all documents.

WeasyPrint makes them anew for each page that differs in its number. Takes the place of `StyleFor`'s two functions for
them; an element's style goes the usual way.
"""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.cascade import Cascaded
from leaflets.pdf.patches.fast.style_cache import StyleCache
from leaflets.pdf.patches.fast.styles import begin
from leaflets.pdf.patches.replacing import Replacing

REPLACES = {
    "weasyprint.css:StyleFor.add_page_declarations": "78e388ade2325011",
    "weasyprint.css:StyleFor.set_computed_styles": "b5b15856b8beff3f",
}


def install(patch: Replacing) -> None:
    patch.wrap("weasyprint.css:StyleFor.add_page_declarations", _merged_once)
    patch.wrap("weasyprint.css:StyleFor.set_computed_styles", _computed_once)


def _merged_once(original_declarations: Any) -> Any:
    def add_page_declarations(self: Any, page_type: Any) -> None:
        store: StyleCache | None = self.font_config.__dict__.get("kept_styles")
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


def _computed_once(original_styles: Any) -> Any:
    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, *rest: Any, **more: Any
    ) -> None:
        original_styles(self, element, parent, root, pseudo_type, *rest, **more)
        key, merged = self.__dict__.get("pages", {}).get(element, (None, {}))
        above = self._computed_styles[parent, None]
        if pseudo_type in merged and above.kept is not None:
            style = merged[pseudo_type]
            kept = self.font_config.kept_styles.under(above.kept, (key, pseudo_type), style.alone, style.hands_down)
            if kept is not None:
                begin(self._computed_styles[element, pseudo_type], kept)

    return set_computed_styles


def _matching(style_for: Any, page_type: Any) -> tuple[Any, ...]:
    """The page rules that match."""
    found: list[Any] = []
    for of_sheet in style_for._sheets:
        found.append(of_sheet)
        for number, (_rule, selectors, _declarations) in enumerate(of_sheet[0].page_rules):
            for which, (_specificity, _pseudo, selector) in enumerate(selectors):
                if style_for._page_type_match(selector, page_type):
                    found += [number, which]
    return tuple(found)

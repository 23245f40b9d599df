"""Used lengths of boxes: pixels and `auto`, the most frequent values, are resolved without a call; results are cached
with the style (`style_cache.py`).

The cache has an entry for each size of the containing block. With collapsing borders the widths belong to the box, and
nothing is cached. Vertical margins and padding of a page refer to its height; a page's style belongs to no other kind
of box, so that its entries are separate.
"""

from __future__ import annotations

from math import inf
from typing import Any

from leaflets.pdf.patches.replacing import Replacements

CACHE_LIMIT = 50
"""Most sizes of containing blocks for which the lengths of a style are cached; at the limit its entries are dropped."""
SIDES = ("top", "right", "bottom", "left")
USED = (
    *(f"margin_{side}" for side in SIDES),
    *(f"padding_{side}" for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
REPLACES = {"weasyprint.layout.percent:resolve_percentages": "71673078096fcf87"}
RELIES_ON = {
    "weasyprint.layout.percent:percentage": "ebe404ccd9da50bf",
    "weasyprint.layout.percent:resolve_one_percentage": "4cfaa9ad134e4f7b",
    "weasyprint.layout.percent:adjust_box_sizing": "88f3351db0280d16",
    "weasyprint.css.functions:check_math": "4f8e6a21258e09ba",
}
MODULES = ("absolute", "block", "column", "float", "grid", "inline", "page", "percent", "table")
"""Layout modules that import the function by name."""


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    places = (f"weasyprint.layout.{name}" for name in MODULES)
    patch.put("weasyprint.layout.percent:resolve_percentages", _resolving(), *places)


def _resolving() -> Any:
    """The function that replaces `resolve_percentages`."""
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import Dimension
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.layout.percent import adjust_box_sizing, percentage, resolve_one_percentage

    def used(style: Any, name: str, refer_to: Any) -> Any:
        value = style[name]
        if value.__class__ is Dimension and value.unit == "px":
            return value.value
        return value if value == "auto" else percentage(value, style, refer_to)

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        style = box.style
        cached = style.cached
        if cached is None or style["border_collapse"] == "collapse":
            resolve(box, width, height)
            return
        lengths = cached.lengths.get((width, height))
        if lengths is None:
            resolve(box, width, height)
            if not cached.invalid:
                if len(cached.lengths) >= CACHE_LIMIT:
                    cached.lengths.clear()
                values = box.__dict__
                cached.lengths[width, height] = {name: values[name] for name in USED}
            return
        box.__dict__.update(lengths)

    def resolve(box: Any, width: Any, height: Any) -> None:
        across = height if isinstance(box, PageBox) else width
        style = box.style
        box.margin_left = used(style, "margin_left", width)
        box.margin_right = used(style, "margin_right", width)
        box.margin_top = used(style, "margin_top", across)
        box.margin_bottom = used(style, "margin_bottom", across)
        box.padding_left = used(style, "padding_left", width)
        box.padding_right = used(style, "padding_right", width)
        box.padding_top = used(style, "padding_top", across)
        box.padding_bottom = used(style, "padding_bottom", across)
        box.width = used(style, "width", width)
        box.max_width = used(style, "max_width", width)
        least = used(style, "min_width", width)
        box.min_width = 0 if least == "auto" else least
        if height == "auto":
            own = style["height"]
            box.height = "auto" if own == "auto" or check_math(own) or own.unit == "%" else own.value
            resolve_one_percentage(box, "min_height", 0)
            resolve_one_percentage(box, "max_height", inf)
        else:
            box.height = used(style, "height", height)
            box.max_height = used(style, "max_height", height)
            least = used(style, "min_height", height)
            box.min_height = 0 if least == "auto" else least
        collapse = style["border_collapse"] == "collapse"
        for name in ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width"):
            if not (collapse and hasattr(box, name)):
                setattr(box, name, style[name])
        if style["box_sizing"] != "content-box":
            adjust_box_sizing(box, "width")
            adjust_box_sizing(box, "height")

    return resolve_percentages

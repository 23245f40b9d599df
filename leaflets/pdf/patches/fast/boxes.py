"""Shortcuts for properties of boxes that layout reads hundreds of thousands of times, and for boxes that paint
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leaflets.pdf.patches.replacing import Replacements

IN_FLOW = frozenset(("static", "relative"))
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
SQUARE = dict.fromkeys(CORNERS, (0, 0))
NOTHING = ("none", None)
BOX = "weasyprint.formatting_structure.boxes:Box"
REPLACES = {
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": "5f49d6ab23da7e51",
    "weasyprint.formatting_structure.boxes:Box.border_width": "3ee3e21e46d586ca",
    "weasyprint.formatting_structure.boxes:Box.border_height": "a4ec4bd0cb844ee6",
    "weasyprint.formatting_structure.boxes:Box.descendants": "c15a877f61361343",
    "weasyprint.formatting_structure.boxes:ParentBox.page_values": "9bcfda076d1961e6",
    "weasyprint.layout.background:layout_box_backgrounds": "617a870678c82755",
}
RELIES_ON = {
    "weasyprint.formatting_structure.boxes:Box.page_values": "b788b7536da4b528",
    "weasyprint.formatting_structure.boxes:Box.padding_width": "ab08b097ae2fd487",
    "weasyprint.formatting_structure.boxes:Box.padding_height": "ea40fad17c4f0201",
    "weasyprint.formatting_structure.boxes:Box.all_children": "369e6a16584746f6",
    "weasyprint.layout.absolute:AbsolutePlaceholder": "336e26c56311f105",
    "weasyprint.layout.percent:resolve_radii_percentages": "4980b3798c671710",
}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap(f"{BOX}.is_in_normal_flow", _in_normal_flow)
    patch.put(f"{BOX}.border_width", border_width)
    patch.put(f"{BOX}.border_height", border_height)
    patch.put(f"{BOX}.descendants", _descendants())
    patch.put("weasyprint.formatting_structure.boxes:ParentBox.page_values", page_values)
    patch.wrap("weasyprint.layout.background:layout_box_backgrounds", _skipping_unpainted_boxes)


def _in_normal_flow(original: Any) -> Any:
    """`Box.is_in_normal_flow` with a fast answer for boxes that do not float and are not taken out of the flow."""

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if style["float"] == "none" and style["position"] in IN_FLOW:
            return True
        in_flow: bool = original(self)
        return in_flow

    return is_in_normal_flow


def border_width(box: Any) -> Any:
    """Width of a box with padding and borders, px."""
    paddings = box.width + box.padding_left + box.padding_right
    return paddings + box.border_left_width + box.border_right_width


def border_height(box: Any) -> Any:
    """Height of a box with padding and borders, px."""
    paddings = box.height + box.padding_top + box.padding_bottom
    return paddings + box.border_top_width + box.border_bottom_width


def page_values(box: Any) -> tuple[str, str]:
    """Names of the pages on which the box starts and ends: those of its first and last child. Each level above reads
    them, so they are cached on the box while its `children` stay the same object."""
    cached: tuple[Any, tuple[str, str]] | None = box.__dict__.get("pages")
    if cached is not None and cached[0] is box.children:
        return cached[1]
    pages = _named(box)
    box.pages = box.children, pages
    return pages


def _named(box: Any) -> tuple[str, str]:
    """The page names of a box from those of its first and last child in flow or floated, without the cache."""
    own = box.style["page"]
    first = next((child for child in box.children if child.is_in_normal_flow() or child.is_floated()), None)
    if first is None:
        return own, own
    last = next(child for child in reversed(box.children) if child.is_in_normal_flow() or child.is_floated())
    start, end = first.page_values()
    if last is not first:
        end = last.page_values()[1]
    return start or own, end or own


def _descendants() -> Any:
    """The function that replaces `Box.descendants`."""
    from weasyprint.formatting_structure.boxes import Box

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:
        """The box and all boxes below it, with one generator for all levels."""
        yield self
        levels = [iter(self.children)]
        while levels:
            for child in levels[-1]:
                if not isinstance(child, Box):
                    if placeholders:
                        yield from child.descendants(placeholders)
                    else:
                        yield child
                    continue
                yield child
                if child.children:
                    levels.append(iter(child.children))
                    break
            else:
                levels.pop()

    return descendants


def _skipping_unpainted_boxes(original: Any) -> Any:
    """`layout_box_backgrounds` that skips boxes whose style paints nothing."""
    from weasyprint.layout import background
    from weasyprint.layout.absolute import AbsolutePlaceholder

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        cached = box.style.cached
        if style is not None or cached is None or cached.invalid or box is page:
            original(page, box, get_image_from_uri, layout_children, style)
            return
        if cached.unpainted is None:
            cached.unpainted = _unpainted(box.style)
        if not cached.unpainted:
            original(page, box, get_image_from_uri, layout_children, style)
            return
        box.__dict__.update(SQUARE)
        if layout_children:
            for child in box.all_children():
                background.layout_box_backgrounds(page, child, get_image_from_uri)
        box.background = None

    return layout_box_backgrounds


def _unpainted(style: Any) -> bool:
    """Whether a box of this style paints nothing of its own: no background, shadow, border image or rounded corner."""
    from weasyprint.draw.color import get_color

    if style["border_image_source"][0] != "none" or style["mask_border_source"][0] != "none":
        return False
    if style["box_shadow"] or any(kind != "none" for kind, _ in style["background_image"]):
        return False
    if not all((0, "px") in style[corner] for corner in CORNERS):
        return False
    return bool(style["visibility"] == "hidden" or get_color(style, "background_color").alpha == 0)

"""Small questions that are asked of every box hundreds of thousands of times, and boxes that paint nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

IN_FLOW = frozenset(("static", "relative"))
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
SQUARE = dict.fromkeys(CORNERS, (0, 0))
NOTHING = ("none", None)


def install() -> None:
    from weasyprint.formatting_structure.boxes import Box, ParentBox

    _install_backgrounds()
    in_flow = Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if style["float"] == "none" and style["position"] in IN_FLOW:
            return True
        found: bool = in_flow(self)
        return found

    def border_width(self: Any) -> Any:
        paddings = self.width + self.padding_left + self.padding_right
        return paddings + self.border_left_width + self.border_right_width

    def border_height(self: Any) -> Any:
        paddings = self.height + self.padding_top + self.padding_bottom
        return paddings + self.border_top_width + self.border_bottom_width

    def page_values(self: Any) -> tuple[str, str]:
        """The names of the pages on which the box starts and ends: those of its first and last child. They are asked
        for at each level above, and kept as long as the box has these children."""
        found: tuple[Any, tuple[str, str]] | None = self.__dict__.get("pages")
        if found is not None and found[0] is self.children:
            return found[1]
        pages = named(self)
        self.pages = self.children, pages
        return pages

    def named(self: Any) -> tuple[str, str]:
        own = self.style["page"]
        first = next((child for child in self.children if child.is_in_normal_flow() or child.is_floated()), None)
        if first is None:
            return own, own
        last = next(child for child in reversed(self.children) if child.is_in_normal_flow() or child.is_floated())
        start, end = first.page_values()
        if last is not first:
            end = last.page_values()[1]
        return start or own, end or own

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:
        """The box and all below it, without a generator for each level."""
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

    Box.descendants = descendants
    Box.is_in_normal_flow = is_in_normal_flow
    Box.border_width, Box.border_height = border_width, border_height
    ParentBox.page_values = page_values


def _install_backgrounds() -> None:
    from weasyprint.layout import background
    from weasyprint.layout.absolute import AbsolutePlaceholder

    original = background.layout_box_backgrounds

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        kept = box.style.kept
        if style is not None or kept is None or kept.spoiled or box is page:
            original(page, box, get_image_from_uri, layout_children, style)
            return
        if kept.bare is None:
            kept.bare = _bare(box.style)
        if not kept.bare:
            original(page, box, get_image_from_uri, layout_children, style)
            return
        box.__dict__.update(SQUARE)
        if layout_children:
            for child in box.all_children():
                background.layout_box_backgrounds(page, child, get_image_from_uri)
        box.background = None

    background.layout_box_backgrounds = layout_box_backgrounds


def _bare(style: Any) -> bool:
    """Whether a box of this style has no background, shadow, picture as a border, or round corner."""
    from weasyprint.draw.color import get_color

    if style["border_image_source"][0] != "none" or style["mask_border_source"][0] != "none":
        return False
    if style["box_shadow"] or any(kind != "none" for kind, _ in style["background_image"]):
        return False
    if not all((0, "px") in style[corner] for corner in CORNERS):
        return False
    return bool(style["visibility"] == "hidden" or get_color(style, "background_color").alpha == 0)

"""Boxes that paint nothing are passed over, and lines of words are drawn without a walk through what they might be.

Three of four boxes have neither border nor outline nor background, and a page is copied box by box for its order of
painting though nearly nothing leaves its place.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    _install_contexts()
    _install_order()
    _install_borders()
    _install_lines()


class _Stacked:
    """`with stream.stacked()`: the state is brought back at the end."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        self.stream.push_state()

    def __exit__(self, *_: object) -> None:
        self.stream.pop_state()


class _Artifact:
    """`with stream.artifact()`: what is drawn is not read out."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        if self.stream._tags is not None:
            self.stream.begin_marked_content("Artifact")

    def __exit__(self, *_: object) -> None:
        if self.stream._tags is not None:
            self.stream.end_marked_content()


def _install_contexts() -> None:
    from weasyprint.pdf.stream import Stream

    Stream.stacked = lambda self: _Stacked(self)
    Stream.artifact = lambda self: _Artifact(self)


def _install_order() -> None:
    """The order of painting: a box of which no child is painted apart needs no copy without it, and words of a box
    have nothing said of their own that could take them out of it."""
    from weasyprint import stacking
    from weasyprint.css import AnonymousStyle
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, ParentBox, TextBox

    original, in_lines = stacking._dispatch, (LineBox, InlineBox)

    def dispatch(box: Any, page: Any, child_contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any) -> Any:
        if box.__class__ is TextBox and box.style.__class__ is AnonymousStyle:
            return box
        return original(box, page, child_contexts, blocks, floats, blocks_and_cells)

    def dispatch_children(
        box: Any, page: Any, child_contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any
    ) -> Any:
        if not isinstance(box, ParentBox):
            return box
        found, same = [], True
        for child in box.children:
            if child.__class__ is TextBox and child.style.__class__ is AnonymousStyle:
                found.append(child)
                continue
            painted = original(child, page, child_contexts, blocks, floats, blocks_and_cells)
            same = same and painted is child
            if painted is not None:
                found.append(painted)
        # other boxes are keys in tables of what is painted when
        return box if same and box.__class__ in in_lines else box.copy_with_children(found)

    stacking._dispatch, stacking._dispatch_children = dispatch, dispatch_children


def _install_borders() -> None:
    import weasyprint.draw
    from weasyprint.draw import border
    from weasyprint.formatting_structure.boxes import BlockContainerBox, Box

    original, original_outline = border.draw_border, border.draw_outline

    def draw_border(stream: Any, box: Any) -> None:
        own = box.__dict__
        if (
            own.get("border_top_width") == own.get("border_right_width") == 0
            and own.get("border_bottom_width") == own.get("border_left_width") == 0
            and own.get("border_image") is None
            and not (isinstance(box, BlockContainerBox) and box.style["column_rule_width"])
        ):
            return
        original(stream, box)

    def draw_outline(stream: Any, box: Any) -> None:
        if box.style["outline_width"]:
            original_outline(stream, box)
            return
        for child in box.children:
            if isinstance(child, Box):
                draw_outline(stream, child)

    for module in (border, weasyprint.draw):
        module.draw_border, module.draw_outline = draw_border, draw_outline


def _install_lines() -> None:
    import weasyprint.draw as draw
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

    original = draw.draw_inline_level

    def draw_inline_level(
        stream: Any, page: Any, box: Any, offset_x: float = 0, text_overflow: str = "clip", block_ellipsis: Any = "none"
    ) -> None:
        kind = box.__class__
        if kind is not LineBox and kind is not InlineBox:
            original(stream, page, box, offset_x, text_overflow, block_ellipsis)
            return
        if box.__dict__.get("mask_border_image") is not None:
            draw.set_mask_border(stream, box)
        if box.background is not None:
            draw.draw_background(stream, box.background)
        draw.draw_border(stream, box)
        if kind is LineBox:
            text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
        last = box.children[-1] if box.children else None
        for child in box.children:
            ellipsis = block_ellipsis if child is last else "none"
            if child.__class__ is TextBox:
                with stream.marked(child, "Span"):
                    draw.draw_text(stream, child, offset_x + child.position_x - box.position_x, text_overflow, ellipsis)
            elif child.__class__ is draw.StackingContext:
                draw.draw_inline_level(stream, page, child, offset_x, text_overflow, ellipsis)
            else:
                across = offset_x + child.position_x - box.position_x
                draw.draw_inline_level(stream, page, child, across, text_overflow, ellipsis)

    draw.draw_inline_level = draw_inline_level

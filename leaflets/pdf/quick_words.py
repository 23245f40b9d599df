"""Lines of nothing but words, with no float beside or under them, set without the machinery for all else.

Two of three lines are such: one text in a block that runs from left to right. What follows does the same sums in the
same order as `get_next_linebox` with all it calls, for this case; any other case is left to it, before anything is
written into a box.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    from weasyprint.css import AnonymousStyle
    from weasyprint.formatting_structure.boxes import LineBox, TextBox
    from weasyprint.layout import inline

    original = inline.get_next_linebox

    def get_next_linebox(
        context: Any,
        linebox: Any,
        position_y: Any,
        bottom_space: Any,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> tuple[Any, Any]:
        if not (first_letter_style or first_line_style) and len(linebox.children) == 1:
            (child,) = linebox.children
            plain = child.__class__ is TextBox and linebox.__class__ is LineBox
            plain = plain and all(_is_above(shape, position_y) for shape in context.excluded_shapes)
            if plain and child.style.__class__ is linebox.style.__class__ is AnonymousStyle:
                found = next_line(context, linebox, child, position_y, skip_stack, containing_block)
                if found is not None:
                    return found
        result: tuple[Any, Any] = original(
            context,
            linebox,
            position_y,
            bottom_space,
            skip_stack,
            containing_block,
            absolute_boxes,
            fixed_boxes,
            first_letter_style,
            first_line_style,
        )
        return result

    def next_line(
        context: Any, linebox: Any, child: Any, position_y: Any, skip_stack: Any, containing_block: Any
    ) -> tuple[Any, Any] | None:
        style = child.style
        if style["white_space"] != "normal" or linebox.style["white_space"] != "normal" or not style["font_size"]:
            return None
        if linebox.style["direction"] != "ltr" or containing_block.style["direction"] != "ltr":
            return None
        skip = _skip(skip_stack)
        words = child.text.encode()[skip:]
        rest = words.lstrip(b" ")
        if not rest:
            return None
        skip += len(words) - len(rest)
        edge = containing_block.content_box_x()
        width = edge + containing_block.width - edge
        start = edge + linebox.text_indent
        layout, length, resume, text_width, height, baseline = inline.split_first_line(
            rest.decode(),
            style,
            context,
            (edge + width) * (1 + 1e-9) - start,
            child.justification_spacing,
            is_line_start=True,
        )
        if length <= 0 or (resume is not None and length != resume and rest[length:resume].decode().strip(" ")):
            return None
        inline.resolve_percentages(child, containing_block)
        child.position_x, child.position_y = start, position_y
        text = child.copy_with_text(layout.text)
        text.width, text.height, text.pango_layout = text_width, height, layout
        line_height, _ = inline.strut(style)
        text.margin_top = text.margin_bottom = (line_height - height) / 2
        text.baseline = baseline + text.margin_top
        linebox.position_x, linebox.position_y = edge, position_y
        line = linebox.copy_with_children([text])
        if skip or resume is not None:
            line.remove_decoration(start=bool(skip), end=resume is not None)
        line.width = start + text_width - edge
        line_height, line.baseline = inline.strut(linebox.style)
        line.height = linebox.style["font_size"]
        line.margin_top = line.margin_bottom = (line_height - line.height) / 2
        linebox.width, linebox.height = line.width, line.height
        if layout.text[-1] == " ":
            inline.remove_last_whitespace(context, line)
        offset = inline.text_align(context, line, width, last=resume is None)
        _place(line, text, offset, position_y)
        return line, None if resume is None else {0: {resume + skip: None}}

    inline.get_next_linebox = get_next_linebox


def _is_above(shape: Any, position_y: Any) -> bool:
    """Whether a float ends above the line, so that the line cannot meet it however tall it gets."""
    top = shape.position_y
    return bool(top < position_y and top + shape.margin_height() <= position_y)


def _skip(stack: Any) -> int:
    """How many bytes of the text stand in lines before."""
    if stack is None:
        return 0
    ((_, below),) = stack.items()
    return next(iter(below)) if below else 0


def _place(line: Any, text: Any, offset: Any, position_y: Any) -> None:
    """Put the line and its text where they belong: their baselines on one another, the line's top at `position_y`."""
    top = 0 - text.baseline
    bottom = top + (text.height + text.margin_top + text.margin_bottom)
    text.position_y = top
    line_top = 0 - line.baseline
    line_bottom = line_top + (line.height + line.margin_top + line.margin_bottom)
    top, bottom = min(top, line_top), max(bottom, line_bottom)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset, position_y - top)
    line.position_y = position_y

"""Blocks in blocks, as most are: no float, no column, no clearance, nothing cut off, nothing laid over them.

What follows does the same sums in the same order as `block_container_layout` with all it calls, without the questions
that a plain block answers with no. Whether a style makes a block plain is found out once for each style
(`style_cache.py`). Any other block is left to WeasyPrint, before anything is written into it.
"""

from __future__ import annotations

from math import inf
from typing import Any

PLAIN = {
    "float": "none",
    "overflow": "visible",
    "clear": "none",
    "column_width": "auto",
    "column_count": "auto",
    "continue": "auto",
    "max_lines": "none",
    "margin_break": "auto",
    "box_decoration_break": "slice",
}


def install() -> None:
    from weasyprint.formatting_structure.boxes import BlockBox, LineBox
    from weasyprint.layout import block

    container, in_flow = block.block_container_layout, block._in_flow_layout

    def block_container_layout(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        adjoining_margins: Any,
        first_letter_style: Any,
        first_line_style: Any,
        discard: Any,
        max_lines: Any,
    ) -> tuple[Any, ...]:
        asked = first_letter_style or first_line_style or discard or max_lines is not None
        if asked or box.__class__ is not BlockBox or not is_plain(box):
            result: tuple[Any, ...] = container(
                context,
                box,
                bottom_space,
                skip_stack,
                page_is_empty,
                absolute_boxes,
                fixed_boxes,
                adjoining_margins,
                first_letter_style,
                first_line_style,
                discard,
                max_lines,
            )
            return result
        margins = [] if adjoining_margins is None else adjoining_margins
        return fill(context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, margins)

    def fill(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        margins: list[Any],
    ) -> tuple[Any, ...]:
        """`block_container_layout` for a plain block."""
        style, is_start = box.style, skip_stack is None
        if not is_start:
            box.remove_decoration(start=True, end=False)
        margins.append(box.margin_top)
        own_margins = margins
        alone = _alone(box)
        top_collapses = not (alone or box.border_top_width or box.padding_top)
        if top_collapses:
            position_y = box.position_y
        else:
            box.position_y += collapse_margin(margins) - box.margin_top
            margins = []
            position_y = box.content_box_y()
        position_x = box.content_box_x()
        relative = style["position"] == "relative"
        if relative:
            absolute_boxes = []
        children: list[Any] = []
        next_page: Any = {"break": "any", "page": None}
        skip = 0
        if not is_start:
            ((skip, skip_stack),) = skip_stack.items()
            skip = skip or 0
        resume_at, decorated = None, False
        for index, child in enumerate(box.children[skip:], start=skip):
            child.position_x, child.position_y = position_x, position_y
            abort = stop = False
            footnotes: list[Any] = []
            flows = child.is_in_normal_flow()
            if children and (flows or child.is_floated()):
                found = page_end(context, children, child)
                if found is not None:
                    next_page, resume_at, stop = found, {index: None}, True
            if stop:
                pass
            elif not flows:
                stop, resume_at, new_child, later = block._out_of_flow_layout(
                    context,
                    box,
                    index,
                    child,
                    children,
                    page_is_empty,
                    absolute_boxes,
                    fixed_boxes,
                    margins,
                    bottom_space,
                )
                if later:
                    context.add_broken_out_of_flow(new_child, child, box, later)
                if child.is_outside_marker:
                    new_child.position_x = box.border_box_x()
                    if child.style["direction"] == "rtl":
                        new_child.position_x += box.width + box.padding_right
            elif child.__class__ is LineBox:
                abort, stop, resume_at, position_y, footnotes, _ = block._linebox_layout(
                    context,
                    box,
                    index,
                    child,
                    children,
                    page_is_empty,
                    absolute_boxes,
                    fixed_boxes,
                    margins,
                    bottom_space,
                    position_y,
                    skip_stack,
                    None,
                    None,
                    decorated,
                    None,
                )
                decorated |= resume_at is None
                margins = []
            else:
                way = put if child.__class__ is BlockBox and is_plain(child) else put_other
                abort, stop, resume_at, position_y, margins, next_page, children = way(
                    context,
                    box,
                    index,
                    child,
                    children,
                    page_is_empty,
                    absolute_boxes,
                    fixed_boxes,
                    margins,
                    bottom_space,
                    position_y,
                    skip_stack,
                    next_page,
                    top_collapses,
                )
                skip_stack = None
            if abort:
                page = child.page_values()[0]
                block.remove_placeholders(context, box.children[skip:], absolute_boxes, fixed_boxes)
                for footnote in footnotes:
                    context.unlayout_footnote(footnote)
                return None, None, {"break": "any", "page": page}, [], False, None
            if stop:
                if box.height != "auto":
                    bottom = box.position_y + box.border_height()
                    if context.overflows(bottom, position_y - collapse_margin(margins)):
                        resume_at = None
                margins = []
                break
        else:
            resume_at = None

        fragmented = resume_at is not None or box.force_fragmentation
        if fragmented and not page_is_empty and block.avoid_page_break(style["break_inside"], context):
            block.remove_placeholders(context, [*children, *box.children[skip:]], absolute_boxes, fixed_boxes)
            return None, None, {"break": "any", "page": None}, [], False, None
        if top_collapses:
            box.position_y += collapse_margin(own_margins) - box.margin_top
        through = False
        if block.find_last_in_flow_child(children) is None:
            collapsed = collapse_margin(margins)
            if box.height in ("auto", 0) and _thin(box):
                through = True
            else:
                position_y += collapsed
                margins = []
        elif box.height != "auto":
            margins = []
        if alone or box.border_bottom_width or box.padding_bottom:
            position_y += collapse_margin(margins)
            margins = []
        if fragmented and children and isinstance(children[-1], LineBox):
            children[-1].block_ellipsis = style["block_ellipsis"]
        new = box.copy_with_children(children)
        if fragmented or not is_start:
            new.remove_decoration(start=not is_start, end=fragmented)
        if new.height == "auto":
            new.height = max(0, position_y - new.content_box_y())
        if relative:
            for absolute_box in absolute_boxes:
                block.absolute_layout(context, absolute_box, new, fixed_boxes, bottom_space, skip_stack=None)
        for child in children:
            if child.__class__ is not BlockBox or child.style["position"] == "relative":
                block.relative_positioning(child, (new.width, new.height))
        if not fragmented:
            new.height = max(min(new.height, new.max_height), new.min_height)
        elif bottom_space > -inf:
            height = context.page_bottom - bottom_space - new.position_y - (new.margin_height() - new.height)
            if height > new.height:
                new.height = height
                if decorated:
                    new.height += box.padding_bottom + box.border_bottom_width + box.margin_bottom
        if next_page["page"] is None:
            next_page["page"] = new.page_values()[1]
        return new, resume_at, next_page, margins, through, None

    def page_end(context: Any, children: list[Any], child: Any) -> Any:
        """What the next page is, where a page has to end before the child."""
        last = children[-1]
        if not last.is_in_normal_flow():
            last = block.find_last_class_a_break_point_child(children)
            if last is None:
                return None
        end = block.block_level_page_break(last, child)
        name = block.block_level_page_name(last, child)
        return {"break": end, "page": name} if name or block.force_page_break(end, context) else None

    def put_other(
        context: Any,
        box: Any,
        index: Any,
        child: Any,
        children: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        margins: Any,
        bottom_space: Any,
        position_y: Any,
        skip_stack: Any,
        next_page: Any,
        _top_collapses: Any,
    ) -> Any:
        return in_flow(
            context,
            box,
            index,
            child,
            children,
            page_is_empty,
            absolute_boxes,
            fixed_boxes,
            margins,
            bottom_space,
            position_y,
            skip_stack,
            None,
            None,
            False,
            next_page,
            None,
        )[:-1]

    def put(
        context: Any,
        box: Any,
        index: Any,
        child: Any,
        children: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        margins: Any,
        bottom_space: Any,
        position_y: Any,
        skip_stack: Any,
        next_page: Any,
        top_collapses: Any,
    ) -> Any:
        """`_in_flow_layout` for a plain block in a plain block."""
        block.resolve_percentages(child, box)
        if children and top_collapses and block.find_last_in_flow_child(children) is None:
            old = collapse_margin(margins)
            top = child.margin_top
            if top == "auto" or (context.current_page > 1 and page_is_empty and not context.forced_break):
                top = 0
            difference = collapse_margin([*margins, top]) - old
            for before in children:
                before.translate(dy=difference)
        nothing_yet = page_is_empty and all(isinstance(before, block.AbsolutePlaceholder) for before in children)
        x, y = child.position_x, child.position_y
        new, resume_at, next_page, next_margins, through, _ = level(
            context, child, bottom_space, skip_stack, box, nothing_yet, absolute_boxes, fixed_boxes, margins
        )
        if new is not None:
            if not through:
                content_over = context.overflows_page(bottom_space, new.content_box_y() + new.height)
                bottom_space += new.padding_bottom + new.border_bottom_width
                if box.border_bottom_width or box.padding_bottom or _alone(box):
                    bottom_space += new.margin_bottom
                new_y = new.border_box_y() + new.border_height()
                can_break = not nothing_yet  # a plain block is not monolithic
                if can_break and content_over:
                    block.remove_placeholders(context, [new], absolute_boxes, fixed_boxes)
                    new = None
                elif can_break and context.overflows_page(bottom_space, new_y):
                    block.remove_placeholders(context, [new], absolute_boxes, fixed_boxes)
                    child.position_x, child.position_y = x, y
                    block.resolve_percentages(child, box)
                    new, resume_at, next_page, next_margins, through, _ = level(
                        context, child, bottom_space, skip_stack, box, nothing_yet, absolute_boxes, fixed_boxes, margins
                    )
                    if new:
                        position_y = new.border_box_y() + new.border_height()
                else:
                    position_y = new_y
            margins = next_margins
            if new:
                margins.append(new.margin_bottom)
        if new is None:
            return left_out(
                context,
                child,
                index,
                children,
                page_is_empty,
                absolute_boxes,
                fixed_boxes,
                margins,
                position_y,
                resume_at,
                next_page,
            )
        new.index = index
        children.append(new)
        stop = resume_at is not None
        return False, stop, {index: resume_at} if stop else None, position_y, margins, next_page, children

    def left_out(
        context: Any,
        child: Any,
        index: Any,
        children: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        margins: Any,
        position_y: Any,
        resume_at: Any,
        next_page: Any,
    ) -> Any:
        """The child goes to the next page, or what is round it does, or the page ends before something earlier."""
        last = block.find_last_class_a_break_point_child(children)
        end = "auto" if last is None else block.block_level_page_break(last, child)
        if block.avoid_page_break(end, context):
            earlier = block.find_earlier_page_break(context, children, absolute_boxes, fixed_boxes)
            if earlier:
                children, resume_at = earlier
                return False, True, resume_at, position_y, margins, next_page, children
            if not page_is_empty:
                return True, False, resume_at, position_y, margins, next_page, children
        if all(before.is_absolutely_positioned() for before in children):
            block.remove_placeholders(context, children, absolute_boxes, fixed_boxes)
            children = []
        if children:
            return False, True, {index: None}, position_y, margins, next_page, children
        return True, False, resume_at, position_y, margins, next_page, children

    def level(
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        around: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        margins: Any,
    ) -> tuple[Any, ...]:
        """`block_level_layout` for a plain block whose lengths are resolved."""
        if box.margin_top == "auto":
            box.margin_top = 0
        if box.margin_bottom == "auto":
            box.margin_bottom = 0
        breaks_before = page_is_empty and context.current_page > 1 and not context.forced_break
        if breaks_before and (around.is_for_root_element or margins):
            box.margin_top = 0
        box.clearance = None
        block.block_level_width(box, around)
        return fill(context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, margins)

    block.block_container_layout = block_container_layout
    block.collapse_margin = collapse_margin


def is_plain(box: Any) -> bool:
    kept = box.style.kept
    if kept is None or kept.spoiled or box.is_column or box.is_table_wrapper:
        return False
    if kept.plain is None:
        kept.plain = _plain(box.style)
    return bool(kept.plain and box.first_line_style is None and box.first_letter_style is None)


def _plain(style: Any) -> bool:
    if any(style[name] != value for name, value in PLAIN.items()) or "flow-root" in style["display"]:
        return False
    return style["position"] in ("static", "relative")


def _alone(box: Any) -> bool:
    """Whether the margins in the box stay in it."""
    return bool(box.is_flex_item or box.is_grid_item or box.is_for_root_element)


def _thin(box: Any) -> bool:
    """Whether nothing gives the box a height."""
    return not (
        box.min_height or box.border_top_width or box.padding_top or box.border_bottom_width or box.padding_bottom
    )


def collapse_margin(margins: list[Any]) -> Any:
    """The highest of the margins that meet and 0, plus the lowest of them and 0."""
    highest = lowest = 0
    for margin in margins:
        if margin > highest:
            highest = margin
        elif margin < lowest:
            lowest = margin
    return highest + lowest

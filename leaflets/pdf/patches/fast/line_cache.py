"""Lines that were set before are not set again.

Of 17,000 lines of 36 editions a quarter had been set in the same draft, in a block that went to the next page after
all, and a fifth in the plan before. What is kept of a line are its numbers, by all that they come from: the words, with
what their styles say, and the width and the left edge that they have. Its height on the page is put in when it is asked
for, by the same sums as for a new line, so that it makes no difference whether a line was there before. All are let go
when the edition is done.

Only lines of words are kept, bold and linked ones too, with no float beside or under them. All others are left to
WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leaflets.pdf.patches.fast.lengths import USED
from leaflets.pdf.patches.fast.plain_lines import line_of_words
from leaflets.pdf.patches.fast.text_cache import number

AT_MOST = 3_000
"""Lines that are kept; then all are let go, as when an edition is done. An edition has some four hundred."""
SAID = (
    *(f"{part}_{side}" for part in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height", "vertical_align", "position", "float"),
    *("box_decoration_break", "box_sizing", "border_collapse"),
)
"""What a box in a line depends on besides what its texts do."""
SET = frozenset((*USED, "baseline", "text", "text_indent", "justification_spacing", "gap", "remove_decoration_sides"))
"""What a layout writes into a box of a line besides its place; all else is as in the box that it was made from."""
APART = frozenset(("position_x", "position_y", "children", "pango_layout"))
ABSENT = object()
UNKNOWN = (None, None, None, None)


class CachedRow:
    """What was found out of a box in a line; its `x` and `y` before it has its place on the page."""

    __slots__ = ("below", "layout", "start", "values", "x", "y")

    def __init__(self, made: Any, values: dict[str, Any]) -> None:
        self.x, self.y, self.values = made.position_x, made.position_y, values
        self.layout: dict[str, Any] | None = None
        self.start = 0
        self.below: list[CachedRow] = []

    def box(self, source: Any, across: Any, down: Any, layout_class: Any) -> Any:
        """The box once more, of the one that stands there now."""
        new = source.__class__.__new__(source.__class__)
        values = new.__dict__
        values.update(source.__dict__)
        values.update(self.values)
        values["position_x"], values["position_y"] = self.x + across, self.y + down
        values["remove_decoration_sides"] = self.values["remove_decoration_sides"].copy()
        if self.layout is not None:
            layout = values["pango_layout"] = layout_class.__new__(layout_class)
            layout.__dict__.update(self.layout)
        else:
            start, children = self.start, source.children
            values["children"] = [
                below.box(children[start + index], across, down, layout_class) for index, below in enumerate(self.below)
            ]
        return new


class Known:
    """The lines that are kept, by what they come from."""

    def __init__(self) -> None:
        self.contents: dict[Any, object] = {}
        """What a line box holds -> something that stands for it."""
        self.lines: dict[Any, dict[Any, tuple[CachedRow, Any, Any, Any]]] = {}
        self.count = 0

    def forget(self) -> None:
        self.contents, self.lines, self.count = {}, {}, 0

    def under(self, key: Any) -> dict[Any, tuple[CachedRow, Any, Any, Any]]:
        if self.count >= AT_MOST:
            self.lines, self.count = {}, 0
        return self.lines.setdefault(key, {})


KNOWN = Known()


def install() -> None:
    from weasyprint.css import AnonymousStyle
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
    from weasyprint.layout import block, inline, percent
    from weasyprint.text.line_break import Layout

    original = inline.iter_line_boxes

    def iter_line_boxes(
        context: Any,
        box: Any,
        position_y: Any,
        bottom_space: Any,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> Iterator[tuple[Any, Any]]:
        said = None if first_letter_style or first_line_style else said_in(box)
        if said is None:
            lines: Iterator[tuple[Any, Any]] = original(
                context,
                box,
                position_y,
                bottom_space,
                skip_stack,
                containing_block,
                absolute_boxes,
                fixed_boxes,
                first_letter_style,
                first_line_style,
            )
            return lines
        return plain_lines(context, box, said, position_y, bottom_space, skip_stack, containing_block)

    def plain_lines(
        context: Any, box: Any, said: Any, position_y: Any, bottom_space: Any, skip_stack: Any, around: Any
    ) -> Iterator[tuple[Any, Any]]:
        inline.resolve_percentages(box, around)
        if skip_stack is None:
            percent.resolve_one_percentage(box, "text_indent", around.width)
        else:
            box.text_indent = 0
        edge = around.content_box_x()
        rows = KNOWN.under((said, edge, around.width, around.height, around.style["direction"]))
        while True:
            key = (box.text_indent, *_steps(skip_stack))
            found = rows.get(key) if no_float_near(context.excluded_shapes, position_y) else UNKNOWN
            if found is None:
                line, resume_at = new_line(context, box, position_y, bottom_space, skip_stack, around, edge, rows, key)
            elif found[0] is None:
                line, resume_at = inline.get_next_linebox(
                    context, box, position_y, bottom_space, skip_stack, around, [], [], None, None
                )
            else:
                row, offset, top, resume_at = found
                line = row.box(box, offset, position_y - top, Layout)
                line.position_y = position_y
            if line is None:
                return
            position_y = line.position_y + line.height
            yield line, resume_at
            if resume_at is None:
                return
            skip_stack = resume_at
            box.text_indent = 0

    def new_line(
        context: Any,
        box: Any,
        position_y: Any,
        bottom_space: Any,
        skip_stack: Any,
        around: Any,
        edge: Any,
        rows: dict[Any, Any],
        key: Any,
    ) -> tuple[Any, Any]:
        made = None
        if len(box.children) == 1 and box.children[0].__class__ is TextBox:
            made = line_of_words(inline, context, box, skip_stack, edge, around)
        if made is None:
            skip_stack = inline.skip_first_whitespace(box, skip_stack)
            if skip_stack == "continue":
                return None, None
            made = _line_of_boxes(inline, context, box, position_y, bottom_space, skip_stack, edge, around)
        line, resume_at, offset, top = made
        if top is None:
            return line, resume_at
        row = _row(box, line, skip_stack)
        line.translate(offset, position_y - top)
        line.position_y = position_y
        if row is not None:
            rows[key] = row, offset, top, resume_at
            KNOWN.count += 1
        return line, resume_at

    def said_in(box: Any) -> Any:
        """Stands for all that the lines of a box depend on, but for where they are; None where it holds more than
        words. It is found out once, unless there are numbers in it that change with the pages."""
        said = box.__dict__.get("said", ABSENT)
        if said is ABSENT:
            said = says(box) if box.__class__ is LineBox and box.style.__class__ is AnonymousStyle else None
            if said is not None:
                said = KNOWN.contents.setdefault(said, object())
            if not any(child.missing_link for child in box.descendants()):
                box.said = said
        return said

    def says(box: Any) -> Any:
        style = box.style
        aligned = style["text_align_all"], style["text_align_last"]
        if "justify" in aligned:
            return None
        below = tuple([says_inside(child) for child in box.children])
        return None if None in below or not below else (number(style), *aligned, style["border_collapse"], below)

    def says_inside(box: Any) -> Any:
        style = box.style
        if box.is_leader or box.footnote or box.note or style["float"] != "none" or style["position"] != "static":
            return None
        if box.__class__ is TextBox:
            if style.__class__ is not AnonymousStyle or box.justification_spacing:
                return None
            spaces = box.leading_collapsible_space, box.trailing_collapsible_space
            return box.text, box.element_tag, number(style), spaces
        if box.__class__ is not InlineBox:
            return None
        below = tuple([says_inside(child) for child in box.children])
        return None if None in below else (box.element_tag, _styled(style), below)

    block.iter_line_boxes = inline.iter_line_boxes = iter_line_boxes


def no_float_near(shapes: Any, position_y: Any) -> bool:
    """Whether all floats end above the line, so that it cannot meet them however tall it gets."""
    for shape in shapes:
        top = shape.position_y
        if not (top < position_y and top + shape.margin_height() <= position_y):
            return False
    return True


def _steps(stack: Any) -> Iterator[Any]:
    while stack is not None:
        ((index, stack),) = stack.items()
        yield index


def _styled(style: Any) -> Any:
    """Two styles of boxes in lines have the same where lines come out the same in them."""
    kept = style.kept
    if kept is not None and kept.line is not None:
        return kept.line
    found = number(style), *(str(style[name]) for name in SAID)
    if kept is not None and not kept.spoiled:
        kept.line = found
    return found


def _line_of_boxes(
    inline: Any,
    context: Any,
    linebox: Any,
    position_y: Any,
    bottom_space: Any,
    skip_stack: Any,
    edge: Any,
    around: Any,
) -> tuple[Any, Any, Any, Any]:
    """What `get_next_linebox` does where no float is near: `line_of_words` says what comes out. Without a top: a line
    with nothing in it. A line from right to left is set once: WeasyPrint does it twice, with the same outcome."""
    right_to_left = around.style["direction"] == "rtl"
    right = edge + around.width
    available = right - edge
    position_x = right if right_to_left else edge
    linebox.position_x, linebox.position_y = position_x, position_y
    linebox.width = linebox.height = 0
    line, resume_at, preserved, *_ = inline.split_inline_box(
        context,
        linebox,
        position_x + linebox.text_indent,
        position_x + available,
        bottom_space,
        skip_stack,
        around,
        [],
        [],
        [],
        [],
        [],
        None,
        None,
    )
    linebox.width, linebox.height = line.width, line.height
    if inline.is_phantom_linebox(line) and not preserved:
        line.height = 0
        return line, resume_at, 0, None
    inline.remove_last_whitespace(context, line)
    offset = inline.text_align(context, line, available, last=(resume_at is None or preserved))
    if right_to_left:
        offset *= -1
        offset -= line.width
    bottom, top = inline.line_box_verticality(line)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    return line, resume_at, offset, top


def _row(source: Any, made: Any, skip_stack: Any) -> CachedRow | None:
    """How a box of a line comes from the box that it was made of; None where that is not clear."""
    was, values = source.__dict__, {}
    if made.__class__ is not source.__class__:
        return None
    for name, value in made.__dict__.items():
        if name in SET:
            values[name] = value
        elif name not in APART and was.get(name, ABSENT) is not value:
            return None
    row = CachedRow(made, values)
    values["remove_decoration_sides"] = values["remove_decoration_sides"].copy()
    below = None
    if skip_stack is not None:
        ((row.start, below),) = skip_stack.items()
    if "text" in values:
        rest, words = source.text.encode()[row.start :], made.text.encode()
        row.layout = made.pango_layout.__dict__.copy()
        return row if rest.startswith(words) or rest.lstrip(b" ").startswith(words) else None
    if row.start + len(made.children) > len(source.children):
        return None
    for index, child in enumerate(made.children):
        found = _row(source.children[row.start + index], child, None if index else below)
        if found is None:
            return None
        row.below.append(found)
    return row

"""Lines that were set before are not set again.

Of ten lines six were there before: in a block that went to the next page after all, in the plan before this one, in
another edition. What is kept of a line are its numbers, by all that they come from: the words, with what their styles
say, and the width and the left edge that they have. Its height on the page is put in when it is asked for, by the same
sums as for a new line, so that it makes no difference whether a line was there before.

Only lines of words are kept, bold and linked ones too, with no float beside or under them. All others are left to
WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leaflets.pdf.quick_lengths import USED
from leaflets.pdf.quick_text import number
from leaflets.pdf.quick_words import line_of_words

AT_MOST = 6_000
"""Lines that are kept; then all are let go. Eighteen editions have about as many."""
SAID = (
    *(f"{part}_{side}" for part in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height", "vertical_align", "position", "float"),
    *("box_decoration_break", "box_sizing", "border_collapse"),
)
"""What a box in a line depends on besides what its texts do."""
OWN = frozenset(
    (
        *("position_x", "baseline", "width", "height", "margin_top", "margin_bottom"),
        *("text", "text_indent", "justification_spacing", "gap"),
    )
)
"""What a layout writes into a box of a line that is hardly the same in two of them."""
SET = frozenset((*OWN, *USED, "position_y", "remove_decoration_sides", "pango_layout", "children"))
"""All that it writes; what else a box has is as in the one that it was made from."""


class Row:
    """What was found out of a box in a line; its `y` before it has its place on the page."""

    __slots__ = ("alike", "below", "layout", "own", "sides", "start", "y")

    def __init__(self, y: Any, layout: dict[str, Any] | None, start: int, below: list[Row]) -> None:
        self.y, self.layout, self.start, self.below = y, layout, start, below
        self.own: dict[str, Any] = {}
        self.alike: dict[str, Any] = {}
        self.sides: frozenset[str] = frozenset()

    def note(self, box: Any, alike: dict[str, dict[str, Any]]) -> None:
        """Keep the numbers of a box, and of those in it, that has its place across the page."""
        values = box.__dict__
        self.own = {name: values[name] for name in OWN if name in values}
        lengths = {name: values[name] for name in USED if name in values and name not in OWN}
        self.alike = alike.setdefault(repr(lengths), lengths)
        self.sides = frozenset(box.remove_decoration_sides)
        for child, below in zip(box.children, self.below, strict=True):
            below.note(child, alike)

    def box(self, source: Any, down: Any, layout_class: Any) -> Any:
        """The box once more, of the one that stands there now."""
        new = source.__class__.__new__(source.__class__)
        values = new.__dict__
        values.update(source.__dict__)
        values.update(self.alike)
        values.update(self.own)
        values["position_y"] = self.y + down
        values["remove_decoration_sides"] = set(self.sides)
        if self.layout is not None:
            layout = values["pango_layout"] = layout_class.__new__(layout_class)
            layout.__dict__.update(self.layout)
        else:
            start, children = self.start, source.children
            values["children"] = [
                below.box(children[start + index], down, layout_class) for index, below in enumerate(self.below)
            ]
        return new


class Known:
    """The lines that are kept, by what they come from."""

    def __init__(self) -> None:
        self.lines: dict[Any, dict[Any, tuple[Row, Any, Any]]] = {}
        self.alike: dict[str, dict[str, Any]] = {}
        self.count = 0

    def under(self, key: Any) -> dict[Any, tuple[Row, Any, Any]]:
        if self.count >= AT_MOST:
            self.lines, self.alike, self.count = {}, {}, 0
        return self.lines.setdefault(key, {})


def install() -> None:
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.layout import block, inline, percent
    from weasyprint.text.line_break import Layout

    original = inline.iter_line_boxes
    known = Known()

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
        said = None if first_letter_style or first_line_style else _said(box)
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
        rows = known.under((said, edge, around.width, around.height, around.style["direction"]))
        while True:
            key = (box.text_indent, *_steps(skip_stack))
            found = rows.get(key) if _free(context.excluded_shapes, position_y) else (None, None, None)
            if found is None:
                line, resume_at = new_line(context, box, position_y, bottom_space, skip_stack, around, edge, rows, key)
            elif found[0] is None:
                line, resume_at = inline.get_next_linebox(
                    context, box, position_y, bottom_space, skip_stack, around, [], [], None, None
                )
            else:
                row, top, resume_at = found
                line = row.box(box, position_y - top, Layout)
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
            row.note(line, known.alike)
            rows[key] = row, top, resume_at
            known.count += 1
        return line, resume_at

    block.iter_line_boxes = inline.iter_line_boxes = iter_line_boxes


def _free(shapes: Any, position_y: Any) -> bool:
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


def _said(box: Any) -> Any:
    """All that the lines of a box depend on, but for where they are; None where it holds more than words."""
    if type(box).__name__ != "LineBox" or hasattr(box.style, "cascaded"):
        return None
    if "justify" in (box.style["text_align_all"], box.style["text_align_last"]):
        return None
    below = tuple([_said_inside(child) for child in box.children])
    if None in below or not below:
        return None
    style = box.style
    return number(style), style["text_align_all"], style["text_align_last"], style["border_collapse"], below


def _said_inside(box: Any) -> Any:
    kind = type(box).__name__
    style = box.style
    if style["float"] != "none" or style["position"] != "static" or box.is_leader or box.footnote or box.note:
        return None
    if kind == "TextBox":
        if hasattr(style, "cascaded") or box.justification_spacing:
            return None
        spaces = box.leading_collapsible_space, box.trailing_collapsible_space
        return box.text, box.element_tag, number(style), spaces
    if kind != "InlineBox":
        return None
    below = tuple([_said_inside(child) for child in box.children])
    return None if None in below else (box.element_tag, _styled(style), below)


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


def _row(source: Any, made: Any, skip_stack: Any) -> Row | None:
    """How a box of a line comes from the box that it was made of; None where that is not clear."""
    was, is_now = source.__dict__, made.__dict__
    if made.__class__ is not source.__class__ or not is_now.keys() >= was.keys():
        return None
    if any(name not in was or was[name] is not value for name, value in is_now.items() if name not in SET):
        return None
    start, below = 0, None
    if skip_stack is not None:
        ((start, below),) = skip_stack.items()
    if "text" in is_now:
        rest, words = source.text.encode()[start:], made.text.encode()
        fits = rest.startswith(words) or rest.lstrip(b" ").startswith(words)
        return Row(made.position_y, dict(made.pango_layout.__dict__), 0, []) if fits else None
    rows = []
    for index, child in enumerate(made.children):
        if start + index >= len(source.children):
            return None
        row = _row(source.children[start + index], child, None if index else below)
        if row is None:
            return None
        rows.append(row)
    return Row(made.position_y, None, start, rows)

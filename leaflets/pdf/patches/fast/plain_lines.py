"""Lines of nothing but words, with no float beside or under them, set without the machinery for all else.

Two of three lines are such: one text in a block that runs from left to right. What follows does the same sums in the
same order as `get_next_linebox` with all it calls, for this case; any other case is left to it, before anything is
written into a box. `line_cache.py` asks for such lines, and puts them in their place.
"""

from __future__ import annotations

from typing import Any


def line_of_words(inline: Any, context: Any, linebox: Any, skip_stack: Any, edge: Any, block: Any) -> Any:
    """The next line of a line box with one text; None where it is not as plain. With it, where the line after it
    begins, how far it is to be moved to the right, and its top: nothing is in its place yet. `edge`: where the text
    area of `block` begins."""
    (child,) = linebox.children
    style = child.style
    if style["white_space"] != "normal" or linebox.style["white_space"] != "normal" or not style["font_size"]:
        return None
    if linebox.style["direction"] != "ltr" or block.style["direction"] != "ltr":
        return None
    skip = _skip(skip_stack)
    words = child.text.encode()[skip:]
    rest = words.lstrip(b" ")
    if not rest:
        return None
    skip += len(words) - len(rest)
    width = edge + block.width - edge
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
    inline.resolve_percentages(child, block)
    child.position_x = start
    text = child.copy_with_text(layout.text)
    text.width, text.height, text.pango_layout = text_width, height, layout
    line_height, _ = inline.strut(style)
    text.margin_top = text.margin_bottom = (line_height - height) / 2
    text.baseline = baseline + text.margin_top
    linebox.position_x = edge
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
    return line, None if resume is None else {0: {resume + skip: None}}, offset, _stack(line, text)


def _skip(stack: Any) -> int:
    """How many bytes of the text stand in lines before."""
    if stack is None:
        return 0
    ((_, below),) = stack.items()
    return next(iter(below)) if below else 0


def _stack(line: Any, text: Any) -> Any:
    """Put the baselines of the line and its text on one another, at 0. The top of both."""
    top = 0 - text.baseline
    bottom = top + (text.height + text.margin_top + text.margin_bottom)
    text.position_y = top
    line_top = 0 - line.baseline
    line_bottom = line_top + (line.height + line.margin_top + line.margin_bottom)
    top, bottom = min(top, line_top), max(bottom, line_bottom)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    return top

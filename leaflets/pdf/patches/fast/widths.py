"""Widths that make no difference are not measured: the least one of a line that no float can meet, and the least one of
a box that has room for all of its words in one line."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.fast.line_cache import no_float_near


def install() -> None:
    from weasyprint.layout import absolute, inline, preferred
    from weasyprint.layout import float as floats

    least, fit = preferred.inline_min_content_width, preferred.shrink_to_fit

    def inline_min_content_width(
        context: Any, box: Any, skip_stack: Any = None, first_line: bool = False, **more: Any
    ) -> Any:
        """As `get_next_linebox` asks: the width is for going round floats."""
        if box.style["direction"] == "ltr" and no_float_near(context.excluded_shapes, box.position_y):
            return 0
        return least(context, box, skip_stack=skip_stack, first_line=first_line, **more)

    def shrink_to_fit(context: Any, box: Any, available: Any) -> Any:
        most = preferred.max_content_width(context, box, outer=False)
        return most if most <= available else fit(context, box, available)

    inline.inline_min_content_width = inline_min_content_width
    for module in (absolute, floats, inline, preferred):
        module.shrink_to_fit = shrink_to_fit

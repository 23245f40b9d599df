"""Dot figure: a number of people in 100 as filled and empty dots, which differ in shape, not only in colour."""

from __future__ import annotations

PER_ROW, PER_SQUARE, PITCH = 20, 10, 10
FILLED = '<circle cx="{x}" cy="{y}" r="3.7" fill="#0b4a5a"/>'
EMPTY = '<circle cx="{x}" cy="{y}" r="3.3" fill="#ffffff" stroke="#6b767c" stroke-width="0.8"/>'


def dots_svg(count: int, rtl: bool = False, per_row: int = PER_ROW) -> str:
    """The drawing for `count` of 100, as SVG: in rows, filled from the top and from the start of a line (`rtl`: the
    right)."""
    dots = [
        (FILLED if index < count else EMPTY).format(
            x=(per_row - 1 - index % per_row if rtl else index % per_row) * PITCH + PITCH / 2,
            y=index // per_row * PITCH + PITCH / 2,
        )
        for index in range(100)
    ]
    width, height = per_row * PITCH, 100 // per_row * PITCH
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(dots)}</svg>'

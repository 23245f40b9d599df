"""Dot figure: a number of people in 100 as filled and empty dots, which differ in shape, not only in colour."""

from __future__ import annotations

PER_ROW, ROWS, PITCH = 20, 5, 10
FILLED = '<circle cx="{x}" cy="{y}" r="3.7" fill="#0b4a5a"/>'
EMPTY = '<circle cx="{x}" cy="{y}" r="3.3" fill="#ffffff" stroke="#6b767c" stroke-width="0.8"/>'


def dots_svg(count: int, rtl: bool = False) -> str:
    """The drawing for `count` of 100, as SVG: rows of 20, filled from the top and from the start of a line (`rtl`: the
    right)."""
    dots = [
        (FILLED if index < count else EMPTY).format(
            x=(PER_ROW - 1 - index % PER_ROW if rtl else index % PER_ROW) * PITCH + PITCH / 2,
            y=index // PER_ROW * PITCH + PITCH / 2,
        )
        for index in range(PER_ROW * ROWS)
    ]
    size = f'viewBox="0 0 {PER_ROW * PITCH} {ROWS * PITCH}" width="{PER_ROW * PITCH}" height="{ROWS * PITCH}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(dots)}</svg>'

"""Dot figure: a number of people in 100, filled and empty, which differ in shape and not only in colour. One group is a
field of dots; two groups beside each other are squares of ten by ten people, with a gap after five to help counting."""

from __future__ import annotations

PER_ROW, PER_SQUARE, PITCH = 20, 10, 10
GAP = 4
"""Gap after five rows and five columns of people."""
FILLED = '<circle cx="{x}" cy="{y}" r="3.7" fill="#0b4a5a"/>'
EMPTY = '<circle cx="{x}" cy="{y}" r="3.3" fill="#ffffff" stroke="#6b767c" stroke-width="0.8"/>'
_PERSON = "M{x} {y}m-3.4 4.1v-1.3c0 -2.2 1.3 -3.2 3.4 -3.2s3.4 1 3.4 3.2v1.3z"
PERSON = '<circle cx="{x}" cy="{head}" r="2" {paint}/><path d="' + _PERSON + '" {paint}/>'
SOLID = 'fill="#0b4a5a" stroke="#0b4a5a" stroke-width=".6"'
OUTLINED = 'fill="#ffffff" stroke="#6b767c" stroke-width=".8"'


def dots_svg(count: int, rtl: bool = False, per_row: int = PER_ROW) -> str:
    """The drawing for `count` of 100, as SVG: in rows, filled from the top and from the start of a line (`rtl`: the
    right)."""
    square = per_row == PER_SQUARE
    figures = [_figure(index, index < count, per_row, rtl) for index in range(100)]
    width, height = (line * PITCH + GAP * square for line in (per_row, 100 // per_row))
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(figures)}</svg>'


def _figure(index: int, filled: bool, per_row: int, rtl: bool) -> str:
    row, column = divmod(index, per_row)
    column = per_row - 1 - column if rtl else column
    if per_row != PER_SQUARE:
        return (FILLED if filled else EMPTY).format(x=_middle(column), y=_middle(row))
    x, y = (_middle(line) + GAP * (line >= PER_SQUARE // 2) for line in (column, row))
    return PERSON.format(x=f"{x:g}", y=f"{y:g}", head=f"{y - 2.7:g}", paint=SOLID if filled else OUTLINED)


def _middle(line: int) -> float:
    return line * PITCH + PITCH / 2

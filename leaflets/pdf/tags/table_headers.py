"""Which heads of a table are those of a cell, by HTML's rules as far as our tables need them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def header_cells(table: Any) -> list[tuple[Any, list[Any]]]:
    """Each `td` of an HTML table with its heads: that of its rows' group, that of its row, those of its columns."""
    columns: dict[int, Any] = {}
    found: list[tuple[Any, list[Any]]] = []
    for group in table:
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        of_group: list[Any] = []
        held: dict[int, int] = {}
        """Columns that a cell of an earlier row reaches down to, and for how many rows more."""
        for row in group:
            of_row: list[Any] = []
            for column, cell in _placed(row, held):
                span = range(column, column + int(cell.get("colspan", 1)))
                scope = cell.get("scope", "")
                if cell.tag == "th" and scope == "rowgroup":
                    of_group = [cell]
                elif cell.tag == "th" and scope == "row":
                    of_row.append(cell)
                elif cell.tag == "th":
                    columns.update(dict.fromkeys(span, cell))
                else:
                    above = [columns[place] for place in span if place in columns]
                    found.append((cell, [*of_group, *of_row, *dict.fromkeys(above)]))
    return found


def _placed(row: Any, held: dict[int, int]) -> Iterator[tuple[int, Any]]:
    """The cells of a row with the column each begins in."""
    column = 0
    reach = {place: left - 1 for place, left in held.items() if left > 1}
    for cell in row:
        while held.get(column):
            column += 1
        yield column, cell
        width, height = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
        if height > 1:
            reach |= dict.fromkeys(range(column, column + width), height - 1)
        column += width
    held.clear()
    held.update(reach)

"""Header cells of each cell of a table, by the rules of HTML (“Header and data cell semantics”) that the
templates' tables need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def header_cells(table: Any) -> list[tuple[Any, list[Any]]]:
    """Each `td` of an HTML table with its header cells (`th`): of its row group, of its row, of its columns."""
    columns: dict[int, Any] = {}
    """Column, from 0 -> its header cell so far."""
    cells: list[tuple[Any, list[Any]]] = []
    for group in table:
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        of_group: list[Any] = []
        spanned: dict[int, int] = {}
        """Column that a cell of an earlier row spans -> number of rows that it still spans."""
        for row in group:
            of_row: list[Any] = []
            for column, cell in _with_columns(row, spanned):
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
                    cells.append((cell, [*of_group, *of_row, *dict.fromkeys(above)]))
    return cells


def _with_columns(row: Any, spanned: dict[int, int]) -> Iterator[tuple[int, Any]]:
    """The cells of a row with their first columns; afterwards `spanned` is that of the next row."""
    column = 0
    below = {place: rows - 1 for place, rows in spanned.items() if rows > 1}
    for cell in row:
        while spanned.get(column):
            column += 1
        yield column, cell
        width, height = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
        if height > 1:
            below |= dict.fromkeys(range(column, column + width), height - 1)
        column += width
    spanned.clear()
    spanned.update(below)

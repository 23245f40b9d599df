"""TOML and CSV parsers that give a `Source` with positions, for the files that clinics write.

Positions in TOML go down one level of keys: a diagnostic about a nested table points to its first line.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib

import yaml

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.source import Source

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(name: str, text: str, diagnostics: Diagnostics) -> Source | None:
    """Parse TOML; on a syntax error add a diagnostic and return None. `name` is the path for messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _WHERE.search(said)
        line, column = (at[1], at[2]) if at and at[1] else (text.count("\n") + 1, 1)
        message = f"this is not TOML: {_WHERE.sub('', said)}"
        hint = 'write a line as key = "words", several lines as key = ["one", "two"]'
        diagnostics.error(Place(name, int(line), int(column)), message, "toml", hint)
        return None
    source = Source(name, text, data)
    for key, value in data.items():
        found = re.search(rf'^[ \t]*["\']?{re.escape(key)}["\']?[ \t]*=[ \t]*', text, re.MULTILINE)
        if found is None:
            continue
        source.keys[key,] = _node(source, found.start(), found.end())
        source.nodes[key,] = _node(source, found.end(), len(text))
        offset = found.end()
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str) and (at_item := text.find(item, offset)) >= 0:
                source.nodes[key, index] = _node(source, at_item, at_item + len(item))
                offset = at_item + len(item)
    return source


def read_csv(name: str, text: str, diagnostics: Diagnostics) -> list[Source] | None:
    """Parse CSV to a `Source` for each row, a mapping of its non-empty cells by column; None after a diagnostic on the
    whole file.

    The first row names the columns. The delimiter is a comma, or a semicolon as some spreadsheets write it. Empty rows
    are skipped. A row with more cells than columns gets a diagnostic and is left out.
    """
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = []
    try:
        columns = [column.strip() for column in next(reader, [])]
        if twice := sorted({column for column in columns if column and columns.count(column) > 1}):
            message = f"there are two columns “{twice[0]}”"
            diagnostics.error(Place(name, 1), message, "csv", "give one of them another name, or take it out")
            return None
        begins = reader.line_num + 1
        for row in reader:
            if not any(cell.strip() for cell in row):
                pass  # an empty row
            elif len(row) > len(columns):
                message = f"the row has {len(row)} cells, and there are {len(columns)} columns"
                diagnostics.error(Place(name, begins), message, "csv", "put a cell that holds a comma in quotes")
            else:
                found.append(_row(Source(name, text), columns, row, begins))
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"this is not CSV: {error}"
        diagnostics.error(Place(name, reader.line_num), message, "csv", "save it again as CSV in your spreadsheet")
        return None
    return found


def _row(source: Source, columns: list[str], row: list[str], line: int) -> Source:
    source.data = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}
    mark = yaml.Mark(source.name, 0, line - 1, 0, None, 0)
    node = yaml.ScalarNode("", "", mark, mark)
    source.nodes = {(): node, **{(column,): node for column in source.data}}
    return source


def _node(source: Source, start: int, end: int) -> yaml.Node:
    """Node that only has a position."""
    return yaml.ScalarNode("", "", _mark(source, start), _mark(source, end))


def _mark(source: Source, offset: int) -> yaml.Mark:
    begins = source.text.rfind("\n", 0, offset) + 1
    return yaml.Mark(source.name, offset, source.text.count("\n", 0, offset), offset - begins, None, 0)

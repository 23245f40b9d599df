"""TOML and CSV parsers that give a `Source` with positions, for the files that clinics write.

Positions in TOML go down one level of keys: a diagnostic about a nested table points to its first line.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Sequence

import yaml

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.reader_limits import READERS
from leaflets.base.source import Extent, Source

TOML, CSV = READERS["toml"], READERS["csv"]
MOST_CELL = 2_000
"""Most characters of a cell: the longest that a clinic needs, an address of a copy, has 200."""
MOST_COLUMNS = 100
_DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""First line by which some spreadsheets name the delimiter."""
_QUOTED = r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*'
_TOML_TOKEN = re.compile(
    rf"{_QUOTED}|(?P<opens>[\[{{])|(?P<closes>[\]}}])|(?P<step>\.)|(?P<line>\n)|(?P<digits>\d[\d_]*)"
)
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(name: str, text: str, diagnostics: Diagnostics) -> Source | None:
    """Parse TOML; on a syntax error add a diagnostic and return None. `name` is the path for messages."""
    if (beyond := _beyond_toml(text)) is not None:
        place = _place(name, text, beyond[0])
        diagnostics.error(place, beyond[1], "toml", "see docs/clinic.md for an example")
        return None
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


def _beyond_toml(text: str) -> tuple[int, str] | None:
    """Offset and message where TOML goes beyond a limit; one pass over its tokens, before it is parsed."""
    depth = steps = entries = 0
    for token in _TOML_TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "opens":
            depth += 1
        elif kind == "closes":
            depth -= 1
        elif kind == "step":
            steps += 1
        elif kind == "line":
            steps = 0
            entries += 1
        elif kind == "digits" and len(token[0]) > TOML.digits:
            return token.start(), f"a number has more than {TOML.digits} digits; put a telephone number in quotes"
        if depth > TOML.depth or steps > TOML.depth:
            return token.start(), f"more than {TOML.depth} values stand inside each other"
        if entries > TOML.entries:
            return token.start(), f"the file has more than {TOML.entries} lines"
    return None


def read_csv(
    name: str, text: str, diagnostics: Diagnostics, known: Sequence[str] = (), needed: Sequence[str] = ()
) -> list[Source] | None:
    """Parse CSV to a `Source` for each row, a mapping of its non-empty cells by column; None after a diagnostic on the
    whole file.

    The first row names the columns, in small letters or capitals; with `known`, another name is an error at that row,
    and so is the lack of one that is `needed`. The delimiter is the one that a first line `sep=;` names, else a comma,
    a semicolon or a tab, whichever the first row has most. Empty rows are skipped. A row with more cells than columns
    gets a diagnostic and is left out.
    """
    if "\0" in text:
        message, hint = "the character U+0000 may not stand in a file", "save it again as CSV in your spreadsheet"
        diagnostics.error(_place(name, text, text.find("\0")), message, "csv", hint)
        return None
    told = _SEP.match(text)
    body, before = (text[told.end() :], 1) if told else (text, 0)
    head = body.partition("\n")[0]
    delimiter = told[1] if told and told[1] in _DELIMITERS else max(_DELIMITERS[:3], key=head.count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    found: list[Source] = []
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
        if not _known_columns(Place(name, before + 1), columns, known, needed, diagnostics):
            return None
        begins = before + reader.line_num + 1
        for row in reader:
            if not any(cell.strip() for cell in row):
                pass  # an empty row
            elif len(row) > len(columns):
                message = f"the row has {len(row)} cells, and there are {len(columns)} columns"
                diagnostics.error(Place(name, begins), message, "csv", "put a cell that holds a comma in quotes")
            elif max(map(len, row)) > MOST_CELL:
                message = f"a cell has more than {MOST_CELL} characters"
                diagnostics.error(Place(name, begins), message, "csv", "is a quote before it not closed?")
            elif len(found) >= CSV.entries:
                message = f"there are more than {CSV.entries} rows"
                diagnostics.error(Place(name, begins), message, "csv", "make two files of it")
                return None
            else:
                found.append(_row(Source(name, text), columns, row, begins))
            begins = before + reader.line_num + 1
    except csv.Error as error:
        message = f"this is not CSV: {error}"
        if "field larger" in str(error):
            message = f"a cell has more than {MOST_CELL} characters"
        place = Place(name, before + reader.line_num)
        diagnostics.error(place, message, "csv", "save it again as CSV in your spreadsheet")
        return None
    return found


def _known_columns(
    place: Place, columns: Sequence[str], known: Sequence[str], needed: Sequence[str], diagnostics: Diagnostics
) -> bool:
    """Whether the columns can be used; else each fault is reported at the first row."""
    before = len(diagnostics)
    if len(columns) > MOST_COLUMNS:
        diagnostics.error(place, f"there are {len(columns)} columns, and {MOST_COLUMNS} are the most", "csv")
        return False
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        message = f"there are two columns “{column}”"
        diagnostics.error(place, message, "csv", "give one of them another name, or take it out")
    missing = [column for column in needed if column not in columns]
    unknown = [column for column in dict.fromkeys(columns) if column and known and column not in known]
    if missing and len(columns) == 1:
        hint = f"the first line names the columns: {', '.join(known)}"
        diagnostics.error(place, "the first line does not name the columns", "csv", hint)
        return False
    for column in unknown:
        hint = did_you_mean(column, [name for name in known if name not in columns])
        diagnostics.error(place, f"unknown column “{column}”", "unknown-key", hint or "take the column out")
    for column in missing:
        diagnostics.error(
            place, f"the column “{column}” is missing", "missing-key", f"add the column “{column}” to the first line"
        )
    return len(diagnostics) == before


def decoded(name: str, body: bytes, diagnostics: Diagnostics) -> str | None:
    """Text of a file that a clinic wrote: UTF-8, or UTF-16 as spreadsheets save “Unicode text”. None after a
    diagnostic that says what the encoding probably is."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return body.decode("utf-16")
        except UnicodeDecodeError:
            diagnostics.error(Place(name), "the file is broken UTF-16", "encoding", "save it as UTF-8")
            return None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begins = body.rfind(b"\n", 0, error.start) + 1
        line = body.count(b"\n", 0, error.start) + 1
        place = Place(name, line, error.start - begins + 1)
        hint = "save it as UTF-8"
        if name.endswith(".csv"):
            hint += ": in Excel choose “CSV UTF-8 (comma delimited)”"
        if b"\0" in body[:1000]:
            message = "the file is not UTF-8; it seems to be UTF-16 without its mark"
        else:
            word = re.search(r"[^\s,;|\"]*\Z", body[begins : error.start].decode("cp1252", "replace"))
            after = re.match(r"[^\s,;|\"]*", body[error.start : error.start + 40].decode("cp1252", "replace"))
            shown = f"{word[0] if word else ''}{after[0] if after else ''}"[:40]
            message = f"the file is not UTF-8; it seems to be Windows-1252, as older spreadsheets save it (“{shown}”)"
        diagnostics.error(place, message, "encoding", hint)
        return None


def _row(source: Source, columns: list[str], row: list[str], line: int) -> Source:
    source.data = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}
    mark = yaml.Mark(source.name, 0, line - 1, 0, None, 0)
    node = Extent(mark, mark)
    source.nodes = {(): node, **{(column,): node for column in source.data}}
    return source


def _node(source: Source, start: int, end: int) -> Extent:
    """Extent that only has a position."""
    return Extent(_mark(source, start), _mark(source, end))


def _place(name: str, text: str, offset: int) -> Place:
    begins = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - begins + 1)


def _mark(source: Source, offset: int) -> yaml.Mark:
    begins = source.text.rfind("\n", 0, offset) + 1
    return yaml.Mark(source.name, offset, source.text.count("\n", 0, offset), offset - begins, None, 0)

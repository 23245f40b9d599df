"""YAML parser that records line and column of every key and value.

Scalars follow a subset of the YAML 1.2 core schema: ``true``/``false``, ``null`` and integers; every other scalar is
text (``no`` is a word, and ``2026-11-22`` stays as written for the models to parse).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.reader_limits import READERS

Step = str | int
Path = tuple[Step, ...]

LIMITS = READERS["yaml"]
WORD = re.compile(r"[^ \t\r\n]+")
"""White space that separates words; a no-break space belongs to its word."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_MOST_DIRECTIVES = 10
"""libyaml compares each directive with all before it."""


@dataclass(slots=True)
class Extent:
    """Where a value or key begins and ends in its file."""

    start_mark: Any
    end_mark: Any


class _LimitError(Exception):
    """A YAML file beyond a limit, with the position where the limit is exceeded."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.hint = mark, hint


@dataclass
class Source:
    """Parsed file: its data as plain Python values, and the node of each value and key by path."""

    name: str
    text: str
    data: Any = None
    nodes: dict[Path, Extent] = field(default_factory=dict)
    keys: dict[Path, Extent] = field(default_factory=dict)

    def place(self, path: Path = ()) -> Place:
        """Position where the value at `path` begins; that of the nearest existing ancestor if the value is missing."""
        return self._place(self.nodes, path)

    def key_place(self, path: Path) -> Place:
        """Position of the key of the value at `path`."""
        node = self.keys.get(path)
        return self._mark(node) if node is not None else self.place(path)

    def place_of(self, path: Path, fragment: str) -> Place:
        """Position of `fragment` inside the text at `path`, however the text is folded in the file."""
        node = self.nodes.get(path)
        words = fragment.split()
        if node is None or not words:
            return self.place(path)
        body = self.text[node.start_mark.index : node.end_mark.index]
        found = re.search(r"\s+".join(map(re.escape, words)), body)
        if found is None:
            return self.place(path)
        return _place_at(self.name, self.text, node.start_mark.index + found.start())

    def place_of_word(self, path: Path, number: int) -> Place:
        """Position of a word of the text at `path`, counted from 0 and divided by white space, however the text is
        folded in the file. That of the text if its words in the file are others, as with escapes in quotes."""
        node, value = self.nodes.get(path), self.value(path)
        if node is None or not isinstance(value, str):
            return self.place(path)
        body = self.text[node.start_mark.index : node.end_mark.index]
        found = [match.start() for match in WORD.finditer(body)]
        if body[:1] in "|>":  # the first word of a block scalar is its indicator
            found = found[1:]
        if number >= len(found) or len(found) != len(WORD.findall(value)):
            return self.place(path)
        quoted = number == 0 and body[:1] in "'\""
        return _place_at(self.name, self.text, node.start_mark.index + found[number] + quoted)

    def value(self, path: Path) -> Any:
        """Value at `path`; None where there is none."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _place(self, table: dict[Path, Extent], path: Path) -> Place:
        while path and path not in table:
            path = path[:-1]
        node = table.get(path)
        return self._mark(node) if node is not None else Place(self.name)

    def _mark(self, node: Extent) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)


def read_yaml(name: str, text: str, diagnostics: Diagnostics) -> Source | None:
    """Parse YAML; on a syntax error, or beyond a limit, add a diagnostic and return None. `name` is the path for
    messages.

    The limits are checked for each event of the parser, before a value is created: a file with an alias, with values
    nested too deep or with too many values is parsed only up to that position.
    """
    source = Source(name, text)
    loader: Any = None
    try:
        if (directives := len(_DIRECTIVE.findall(text))) > _MOST_DIRECTIVES:
            raise _LimitError(None, f"there are {directives} lines that begin with %", "")
        loader = _Loader(text)
        source.data = _Events(source, loader, diagnostics).document()
    except _LimitError as error:
        place = Place(name, error.mark.line + 1, error.mark.column + 1) if error.mark else Place(name)
        diagnostics.error(place, str(error), "yaml", error.hint)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and "end of stream" in (error.problem or ""):
            mark = error.context_mark  # report where the construct begins, not the end of the file
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        message, hint = _said(error, text)
        diagnostics.error(place, f"this is not YAML: {message}", "yaml", hint)
        return None
    except yaml.YAMLError:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        if found is None:
            diagnostics.error(
                Place(name), "this is not YAML: it cannot be read at all", "yaml", "save it as UTF-8 text"
            )
        else:
            message = f"this is not YAML: the character U+{ord(found[0]):04X} may not stand in a file"
            diagnostics.error(_place_at(name, text, found.start()), message, "yaml", "delete it, or type it anew")
        return None
    finally:
        if loader is not None:
            loader.dispose()
    return source


def _place_at(name: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1)


_LOOK = "look at the indent, the quotes and the brackets on this line and the one above"
_TAB = ("a tab stands where only spaces may", "indent with spaces")
_SAID: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "words with a colon in them",
        "put the text in quotes, or on the next line after “>-”",
    ),
    ("tab character", *_TAB),
    ("'\\t' that cannot start", *_TAB),
    ("unexpected end of stream", "a quote that is never closed", "close the quote that opens here"),
    ("expected ',' or ']'", "a bracket that is not closed", "close the [ that opens here, or put a comma"),
    ("expected ',' or '}'", "a brace that is not closed", "close the { that opens here, or put a comma"),
    ("could not find expected ':'", "a key without a colon", "write “key: value”; indent a text that runs on"),
    ("did not find expected key", "a line that does not fit those above it", _LOOK),
    ("expected <block end>", "a line that does not fit those above it", _LOOK),
    ("did not find expected '-'", "a point of a list that does not fit those above it", "indent each “- ” alike"),
    ("sequence entries are not allowed", "a list that begins inside a line", "begin it on the next line, indented"),
    ("another document", "a second document after “---”", "make it a file of its own"),
    ("expected <document start>", "words after the end of the document", "take “---” and “...” away"),
    ("unknown escape", "a \\ that means nothing in these quotes", "write \\\\, or use single quotes"),
    ("block collections are not allowed", "a list or keys inside a line", "begin them on the next line, indented"),
)
"""What the parser's sentence has in it -> what stands in the file, and what to do."""


def _said(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """What stands at the error, and the hint; the parser's own words reach nobody."""
    problem = error.problem or ""
    mark = error.problem_mark
    char = text[mark.index : mark.index + 1] if mark else ""
    if "cannot start any token" in problem and char == "\t":
        return _TAB
    for part, message, hint in _SAID:
        if part in problem:
            return message, hint
    if "cannot start any token" in problem and char.strip():
        return f"a value that begins with {char}", "put it in quotes"
    return "a line that cannot be read", _LOOK


class _Events:
    """Composer: creates the values of a document from the parser's events and records their positions."""

    def __init__(self, source: Source, loader: Any, diagnostics: Diagnostics) -> None:
        self.source, self.loader, self.diagnostics = source, loader, diagnostics
        self.entries = 0

    def document(self) -> Any:
        """The value of the only document; None when there is none."""
        self.loader.get_event()  # the beginning of the stream
        if isinstance(self.loader.get_event(), yaml.StreamEndEvent):
            return None
        data = self.value(self.loader.get_event(), (), 1)
        self.loader.get_event()  # the end of the document
        event = self.loader.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise yaml.composer.ComposerError(
                "expected a single document in the stream", None, "but found another document", event.start_mark
            )
        return data

    def value(self, event: Any, path: Path, depth: int, told: bool = True) -> Any:
        """The value that begins with an event; `told`: its position and duplicate keys are recorded."""
        self._limit(event, depth)
        node = Extent(event.start_mark, event.end_mark)
        if told:
            self.source.nodes[path] = node
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
                items.append(self.value(event, (*path, len(items)), depth + 1, told))
            node.end_mark = event.end_mark
            return items
        mapping: dict[str, Any] = {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            self._limit(event, depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                raise _LimitError(event.start_mark, "a key is a word, not a list or keys of its own", "")
            key = str(event.value)
            twice = key in mapping
            if twice and told:
                place = self.source._mark(Extent(event.start_mark, event.end_mark))
                self.diagnostics.error(place, f"the key “{key}” stands here twice", "duplicate-key")
            elif told:
                self.source.keys[(*path, key)] = Extent(event.start_mark, event.end_mark)
            value = self.value(self.loader.get_event(), (*path, key), depth + 1, told and not twice)
            if not twice:
                mapping[key] = value
        node.end_mark = event.end_mark
        return mapping

    def _limit(self, event: Any, depth: int) -> None:
        """Raise _LimitError for an event that no file may have."""
        self.entries += 1
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise _LimitError(
                event.start_mark,
                f"“{sign}{event.anchor}” is an alias or an anchor, and files may have none",
                "write the words out, in each place; in quotes if the sign belongs to them",
            )
        if depth > LIMITS.depth:
            raise _LimitError(event.start_mark, f"more than {LIMITS.depth} values stand inside each other", "")
        if self.entries > LIMITS.entries:
            raise _LimitError(event.start_mark, f"there are more than {LIMITS.entries} values in the file", "")
        if (
            isinstance(event, yaml.ScalarEvent)
            and not event.style
            and len(event.value) > LIMITS.digits
            and _WHOLE.match(event.value)
        ):
            raise _LimitError(event.start_mark, f"a number has more than {LIMITS.digits} digits", "put it in quotes")


def _scalar(event: yaml.ScalarEvent) -> Any:
    value: str = event.value
    if event.style:  # quoted or a block; plain is None, or "" from libyaml
        return value
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    return int(value) if _WHOLE.match(value) else value

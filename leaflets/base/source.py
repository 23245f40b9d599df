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

Step = str | int
Path = tuple[Step, ...]

WORD = re.compile(r"[^ \t\r\n]+")
"""What white space divides; a no-break space belongs to its word."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML loader without tag resolution; `_scalar` decides the type of a scalar."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        return ""


@dataclass
class Source:
    """Parsed file: its data as plain Python values, and the node of each value and key by path."""

    name: str
    text: str
    data: Any = None
    nodes: dict[Path, yaml.Node] = field(default_factory=dict)
    keys: dict[Path, yaml.Node] = field(default_factory=dict)

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

    def _place(self, table: dict[Path, yaml.Node], path: Path) -> Place:
        while path and path not in table:
            path = path[:-1]
        node = table.get(path)
        return self._mark(node) if node is not None else Place(self.name)

    def _mark(self, node: yaml.Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)


def read_yaml(name: str, text: str, diagnostics: Diagnostics) -> Source | None:
    """Parse YAML; on a syntax error add a diagnostic and return None. `name` is the path for messages."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and "end of stream" in (error.problem or ""):
            mark = error.context_mark  # report where the construct begins, not the end of the file
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        said = " ".join(part for part in (error.context, error.problem) if part)
        diagnostics.error(place, f"this is not YAML: {said}", "yaml", _hint(error))
        return None
    except yaml.YAMLError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        if found is None:
            diagnostics.error(Place(name), f"this is not YAML: {' '.join(str(error).split())}", "yaml")
        else:
            message = f"this is not YAML: the character U+{ord(found[0]):04X} may not stand in a file"
            diagnostics.error(_place_at(name, text, found.start()), message, "yaml", "delete it, or type it anew")
        return None
    source = Source(name, text)
    try:
        if root is not None:
            source.data = _value(source, root, (), diagnostics)
    except RecursionError:
        diagnostics.error(Place(name), "this is not YAML that can be read: an alias (*) holds itself", "yaml")
        return None
    return source


def _place_at(name: str, text: str, offset: int) -> Place:
    start = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1)


def _hint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "put the text in quotes, or on the next line after “>-”: it holds a colon"
    if "cannot start any token" in problem or "could not find expected" in problem:
        return "check the indent and the quotes on this line and the one above"
    if "tab character" in problem:
        return "indent with spaces"
    if "end of stream" in problem and "quoted" in (error.context or ""):
        return "the quote that opens here is not closed"
    return ""


def _value(source: Source, node: yaml.Node, path: Path, diagnostics: Diagnostics) -> Any:
    source.nodes[path] = node
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                diagnostics.error(source._mark(key_node), f"the key “{key}” stands here twice", "duplicate-key")
                continue
            source.keys[(*path, key)] = key_node
            mapping[key] = _value(source, value_node, (*path, key), diagnostics)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, item, (*path, i), diagnostics) for i, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    value: str = node.value
    if getattr(node, "style", None):  # quoted or a block; plain is None, or "" from libyaml
        return value
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    return int(value) if _WHOLE.match(value) else value

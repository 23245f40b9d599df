"""What is heard of a finished file: role, level, state and name of each element and its words, in reading order, as a
screen reader says them line by line.

It is a simulation from the structure tree, not a recording of any one program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaflets.check.readback.document import read_finished
from leaflets.check.readback.structure_tree import INLINE, Element, StructureTree, Target

_CELLS = frozenset(("TH", "TD"))


def heard_text(path: Path) -> str:
    """What is heard of a file, a line each; empty for a file without tags."""
    file = read_finished(path, path.name, None)
    return "".join(f"{line}\n" for line in heard(file.structure, file.title)) if file.structure else ""


def heard(structure: StructureTree, title: str = "") -> list[str]:
    """The lines that are heard of a file, its title first."""
    hearing = _Hearing(lang=structure.document.lang)
    first = [f"document, {title}"] if title else []
    return [*first, f"language, {structure.document.lang}", *hearing.element(structure.document)]


@dataclass
class _Hearing:
    """`lang`: language of the words around."""

    lang: str
    _buttons: list[Target] = field(default_factory=list)
    """Radio buttons of one group that were met in a row."""

    def element(self, element: Element) -> Iterator[str]:
        """The lines of an element and all in it."""
        role = element.role
        if role == "Figure":
            yield f"graphic, {_folded(element.alt)}"
        elif role == "L":
            yield from self._list(element)
        elif role == "Table":
            yield from self._table(element)
        else:
            yield from self._block(element, _named(role))

    def _block(self, element: Element, name: str) -> Iterator[str]:
        """Words of an element with its name before them; blocks in it after the words before each."""
        words, said = "", name
        for kid in _flat(element):
            if isinstance(kid, str):
                words += kid
                continue
            if isinstance(kid, Element) and kid.role in INLINE:
                words += self._inline(kid)
                continue
            if isinstance(kid, Target) and kid.field == "radio button":
                self._buttons.append(kid)
                continue
            yield from self._buttons_said()
            if words.strip():
                yield f"{said}{_folded(words)}"
                words, said = "", ""
            yield from self._target(kid) if isinstance(kid, Target) else self.element(kid)
        yield from self._buttons_said()
        if words.strip():
            yield f"{said}{_folded(words)}"

    def _inline(self, element: Element) -> str:
        """Words of a link, or of words in another language, within a line."""
        links = [kid for kid in element.kids if isinstance(kid, Target) and kid.kind == "Link"]
        words = _folded(element.text)
        if links:
            named = links[0].contents
            return f" [link, {named if named != words else words}] "
        return f" [language {element.lang}] {words} [language {self.lang}] "

    def _target(self, target: Target) -> Iterator[str]:
        if target.kind == "Link":
            return
        state = {"check box": ", checked" if target.on else ", not checked"}.get(target.field, ", blank")
        yield f"{target.field}{state}, {_folded(target.label)}"

    def _buttons_said(self) -> Iterator[str]:
        """Radio buttons of a group in one line: its name, then theirs."""
        buttons, self._buttons = self._buttons, []
        groups: dict[str, list[Target]] = {}
        for button in buttons:
            groups.setdefault(button.group, []).append(button)
        for group, members in groups.items():
            names = ", ".join(f"{_folded(button.label)}{' checked' if button.on else ''}" for button in members)
            state = "none checked" if not any(button.on for button in members) else "one checked"
            yield f"group, {_folded(group)}: {len(members)} radio buttons, {state}: {names}"

    def _list(self, element: Element) -> Iterator[str]:
        items = [kid for kid in element.kids if isinstance(kid, Element) and kid.role == "LI"]
        yield f"list with {len(items)} item{'' if len(items) == 1 else 's'}"
        for item in items:
            label = "".join(kid.text for kid in item.kids if isinstance(kid, Element) and kid.role == "Lbl").strip()
            for kid in item.kids:
                if isinstance(kid, Element) and kid.role != "Lbl":
                    said = list(self._block(kid, f"{'bullet' if label in ('•', '') else label} "))
                    yield from (f"  {line}" for line in said)
        yield "out of list"

    def _table(self, element: Element) -> Iterator[str]:
        rows = [row for row in element.walk() if row.role == "TR"]
        columns = max((sum(cell.columns for cell in _cells(row)) for row in rows), default=0)
        yield f"table with {len(rows)} rows and {columns} columns"
        for kid in element.kids:
            if isinstance(kid, Element) and kid.role == "Caption":
                yield from self.element(kid)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(_cells(row), 1):
                header = {"Row": "row header, ", "Column": "column header, "}.get(cell.scope, "")
                name = f"row {number}, column {at}, {header if cell.role == 'TH' else ''}"
                said = list(self._block(cell, "")) or ["blank"]
                yield f"  {name}{said[0]}"
                yield from (f"    {line}" for line in said[1:])
        yield "out of table"


def _flat(element: Element) -> Iterator[Element | Target | str]:
    """The kids of an element; inline elements that change nothing, and forms, are replaced by their kids."""
    for kid in element.kids:
        plain = isinstance(kid, Element) and kid.role in INLINE and kid.lang == element.lang
        if isinstance(kid, Element) and plain and not _is_link(kid):
            yield from _flat(kid)
        else:
            yield kid


def _is_link(element: Element) -> bool:
    return any(isinstance(kid, Target) and kid.kind == "Link" for kid in element.kids)


def _named(role: str) -> str:
    """Name of a role before its words; empty for a paragraph and for groups."""
    if role[:1] == "H" and role[1:].isdigit():
        return f"heading level {role[1:]}, "
    return "caption, " if role == "Caption" else ""


def _cells(row: Element) -> Sequence[Element]:
    return [kid for kid in row.kids if isinstance(kid, Element) and kid.role in _CELLS]


def _folded(words: str) -> str:
    """Words with single blanks, none before a mark after a link."""
    return re.sub(r"\] (?=[.,;:!?)”])", "]", " ".join(words.split())).replace("“ [", "“[").replace("( [", "([")

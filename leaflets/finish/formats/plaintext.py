"""A leaflet as plain text: for screen readers, braille displays, simple telephones, messages.

One paragraph is one line, however long. Devices wrap lines at the width of their own screen or row of cells; line ends
within a sentence would pause the voice there, and leave rows of two words on a narrow display.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaflets.finish.formats.linear_text import LINE, SpokenLine
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words

RULES = {1: "====", 2: "----"}
"""Rules under headings by rank: always four signs, so that one search leads from heading to heading."""
OTHER_RULE = "...."


def plain_text(lines: Iterable[SpokenLine], about: Metadata, words: Words) -> str:
    """The text of the file: NFC, line ends LF, the edition in the last line."""
    said: list[str] = []
    last: SpokenLine | None = None
    for line in _with_status(lines, about):
        if last and not _close(last, line):
            said.append("")
        said += _rows(line, words)
        last = line
    return "\n".join([*said, "", about.last_line(words), ""])


def _with_status(lines: Iterable[SpokenLine], about: Metadata) -> Iterator[SpokenLine]:
    """The lines, with the status of review after the first one if the page has no status line."""
    found = tuple(lines)
    told = any(line.kind == "status" for line in found)
    for index, line in enumerate(found):
        yield line
        if index == 0 and not told:
            yield SpokenLine("status", about.status)


def _close(last: SpokenLine, line: SpokenLine) -> bool:
    """Whether no empty line separates a line from the last one."""
    listed = line.kind == last.kind and line.kind in ("item", "answer")
    return listed or line.joined or (last.kind == "heading" and line.kind != "heading")


def _rows(line: SpokenLine, words: Words) -> list[str]:
    """The rows of text for one line of the leaflet."""
    if line.kind == "heading":
        return [line.text, RULES.get(line.depth, OTHER_RULE)]
    if line.kind == "picture":
        return [words("text-picture", alt=line.text)]
    if line.kind == "answer":
        return [f"{line.text}: {LINE}" if line.text else LINE]
    if line.kind == "item":
        indent = "  " * line.depth
        rows = line.text.split("\n")
        width = " " * (len(line.mark) + 1)
        first = width if line.joined else f"{line.mark} "
        return [f"{indent}{width if index else first}{row}" for index, row in enumerate(rows)]
    return line.text.split("\n")

"""A leaflet as plain text: for screen readers, braille displays, simple telephones, messages.

One paragraph is one line, however long. A device breaks lines where its own screen or row of cells ends; line ends of
ours in the middle of a sentence would stop the voice there, and make rows of two words on a narrow display.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaflets.finish.formats.linear_text import LINE, SpokenLine
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words

RULES = {1: "====", 2: "----"}
"""What stands under a heading, by its rank: always four signs, so that one search leads from heading to heading."""
OTHER_RULE = "...."


def plain_text(lines: Iterable[SpokenLine], about: Metadata, words: Words) -> str:
    """The whole file: NFC, line ends as LF, the edition in the last line."""
    said: list[str] = []
    last: SpokenLine | None = None
    for line in _with_status(lines, about):
        if last and not _close(last, line):
            said.append("")
        said += _said(line, words)
        last = line
    return "\n".join([*said, "", about.last_line(words), ""])


def _with_status(lines: Iterable[SpokenLine], about: Metadata) -> Iterator[SpokenLine]:
    """The lines, and after the title how far the leaflet has been reviewed, where the page does not say it there."""
    found = tuple(lines)
    told = any(line.kind == "status" for line in found)
    for index, line in enumerate(found):
        yield line
        if index == 0 and not told:
            yield SpokenLine("status", about.status)


def _close(last: SpokenLine, line: SpokenLine) -> bool:
    """Whether a line follows the last one without an empty line between them."""
    listed = line.kind == last.kind and line.kind in ("item", "answer")
    return listed or line.joined or (last.kind == "heading" and line.kind != "heading")


def _said(line: SpokenLine, words: Words) -> list[str]:
    """The rows of text of one line of the leaflet."""
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

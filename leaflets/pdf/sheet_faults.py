"""Faults that WeasyPrint finds in a joined style sheet, led back to the file, line and column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leaflets.base.diagnostics import Place
from leaflets.base.project import Project

_IGNORED = re.compile(r"Ignored `(.*?)` at (\d+):(\d+), (.*?)\.?\Z", re.DOTALL)
_ANYWHERE = re.compile(r"\bat (\d+):(\d+)\b:?")


def located(message: str, joined: str, names: Sequence[str], project: Project) -> tuple[str, Place | None]:
    """A warning of WeasyPrint's parser in our words, and its position; None when it has none.

    `joined`: the sheet that was parsed; `names`: paths below `templates/` of the files that it was joined of.
    """
    found = _IGNORED.match(message)
    at = _ANYWHERE.search(message)
    if found:
        said, line = f"“{found[1].strip()}” is ignored: {found[4]}", int(found[2])
        begins = int(found[3])
    elif at:
        said, line = " ".join(_ANYWHERE.sub("", message).split()), int(at[1])
        begins = int(at[2])
    else:
        return message, None
    lines = joined.split("\n")
    before = lines[line - 1][: begins - 1] if line <= len(lines) else ""
    word = re.match(r"[\w-]+", lines[line - 1][begins - 1 :]) if line <= len(lines) else None
    for name in names:
        path = f"templates/{name}"
        text = project.read_text(path)
        count = text.count("\n") + 1
        if name.endswith(".j2"):  # a template has other lines than what it renders
            return said, _first(project.shown(path), text, word[0] if word else "")
        if line <= count:
            own = text.split("\n")[line - 1]
            return said, Place(project.shown(path), line, _column(own, word[0] if word else "", before))
        line -= count
    return said, None


def _column(own: str, word: str, before: str) -> int:
    """Column of a word in a line whose values stand for longer ones in the joined sheet: it is the same occurrence."""
    nth = len(re.findall(rf"(?<![\w-]){re.escape(word)}(?![\w-])", before)) if word else 0
    places = [match.start() + 1 for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", own)] if word else []
    return places[nth] if nth < len(places) else 1


def _first(shown: str, text: str, word: str) -> Place:
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) if word else None
    offset = found.start() if found else 0
    return Place(shown, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

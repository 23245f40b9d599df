"""Faults that WeasyPrint finds in a joined style sheet, led back to the file, line and column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leaflets.base.diagnostics import Diagnostic, Place
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


def in_own_template(said: Diagnostic, project: Project) -> Diagnostic:
    """A fault of CSS that stands in a template of the project's own, in a <style> or in an attribute, with its place
    there; any other as it is."""
    found = _IGNORED.match(said.message)
    words = found[1].split() if found else []
    if not found or not words:
        return said
    pattern = re.compile(r"\s*".join(re.escape(word) for word in words))
    message = f"“{' '.join(words)}” is ignored: {found[4]}"
    for root in project.roots[:-1]:
        for path in sorted((root / "templates").rglob("*.html")):
            name = path.relative_to(root).as_posix()
            text = project.read_text(name)
            if match := pattern.search(text):
                line, before = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start())
                return replace(said, message=message, place=Place(project.shown(name), line, match.start() - before))
    return replace(said, message=message)


def _column(own: str, word: str, before: str) -> int:
    """Column of a word in a line whose values stand for longer ones in the joined sheet: it is the same occurrence."""
    nth = len(re.findall(rf"(?<![\w-]){re.escape(word)}(?![\w-])", before)) if word else 0
    places = [match.start() + 1 for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", own)] if word else []
    return places[nth] if nth < len(places) else 1


def _first(shown: str, text: str, word: str) -> Place:
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) if word else None
    offset = found.start() if found else 0
    return Place(shown, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

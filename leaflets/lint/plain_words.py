"""Plainer words for hard ones: `templates/plain-words/en.yaml`, to which a project's own file adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.source import read_yaml

NAME = "templates/plain-words/en.yaml"
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("es", ""), ("ed", ""), ("s", ""), ("d", ""), ("ly", ""),
)  # fmt: skip
"""Endings of inflected words, and what stands instead in the word that is listed."""


@dataclass(frozen=True)
class PlainWords:
    """Plainer words by the hard word or phrase, in lower case."""

    table: Mapping[str, str]

    def instead_of(self, text: str) -> Iterator[tuple[str, str]]:
        """Hard words and phrases of a text, as they are listed, with what can be said instead; each once."""
        lower = text.lower()
        for phrase, plain in self.table.items():
            if " " in phrase and phrase in lower and re.search(rf"\b{re.escape(phrase)}\b", lower):
                yield phrase, plain
        for listed in dict.fromkeys(self._listed(word) for word in re.findall(r"[^\W\d_]+", lower)):
            if listed:
                yield listed, self.table[listed]

    def _listed(self, word: str) -> str:
        """The word as it is listed; empty if it is not."""
        forms = (word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending))
        return next((form for form in (word, *forms) if form in self.table), "")


def read_plain_words(project: Project, diagnostics: Diagnostics) -> PlainWords:
    """The shipped list, with that of the project over it. A file that is not a mapping of words is reported."""
    table = _file(Project(None, project.shipped), diagnostics)
    if project.folder is not None:
        table.update(_file(project, diagnostics))
    return PlainWords(table)


def _file(project: Project, diagnostics: Diagnostics) -> dict[str, str]:
    text = project.read_checked(NAME, diagnostics) if project.find(NAME) else None
    source = read_yaml(project.shown(NAME), text, diagnostics) if text is not None else None
    if source is None or source.data is None:
        return {}
    if not isinstance(source.data, dict):
        diagnostics.error(source.place(), "this is not a list of “word: plainer word”", "plain-words")
        return {}
    found = {}
    for hard, plain in source.data.items():
        if isinstance(plain, str):
            found[hard.lower()] = plain
        else:
            message, hint = f"“{hard}” has no plainer word", "write it after the colon"
            diagnostics.error(source.place((hard,)), message, "plain-words", hint)
    return found

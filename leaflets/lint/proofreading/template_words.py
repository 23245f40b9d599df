"""Proofreading of the words of the templates and of the desk, which stand on every leaflet: spelling, letters of a
wrong encoding, repeated words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.l10n.dictionaries import read_dictionary
from leaflets.l10n.messages import Message, read_messages
from leaflets.l10n.words import SOURCE_LOCALE
from leaflets.lint.proofreading.line import Find, PrintedLine
from leaflets.lint.proofreading.slips import mojibake, repeated
from leaflets.lint.proofreading.spelling import misspelt

FILES = ("templates/words.yaml", "templates/desk/words.yaml")
RULES: tuple[tuple[str, Find], ...] = (
    ("mojibake", mojibake),
    ("repeated-word", repeated),
    ("spelling", misspelt),
)
LISTED = "assets/spelling/words.txt"
_Written = tuple[str, Callable[[str], Place]]
"""Words, and the place of a fragment of them."""


def proofread_templates(project: Project, tags: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report slips in the words of the templates in their own language and in some locales, each once, in all files of
    the project."""
    found: dict[Diagnostic, None] = {}
    for tag in dict.fromkeys((SOURCE_LOCALE, *tags)):
        dictionary = read_dictionary(project, tag, (), diagnostics)
        for words, place_of in _source_words(project) if tag == SOURCE_LOCALE else _translated(project, tag):
            line = PrintedLine(words, "all", tag, dictionary)
            for rule, find in RULES:
                slips = list(find(line))
                for slip in slips:
                    hint = slip.hint.replace("under “words” in article.yaml", f"in {LISTED}")
                    found[Diagnostic(place_of(slip.fragment), slip.severity, slip.message, rule, hint)] = None
                if slips and find is mojibake:
                    break  # the rest of a damaged line would be told as misspelt
    diagnostics.extend(found)


def _source_words(project: Project) -> Iterator[_Written]:
    """Words of the project's own files and of the shipped ones; what cannot be read is reported elsewhere."""
    for layer in dict.fromkeys(project.roots):
        for name in FILES:
            files = Project(layer, layer)
            text = files.read_checked(name, Diagnostics()) if files.find(name) else None
            source = read_yaml(project.shown(name), text, Diagnostics()) if text is not None else None
            for id_, row in source.data.items() if source and isinstance(source.data, dict) else ():
                path = (id_, "text") if isinstance(row, dict) else (id_,)
                words = row.get("text") if isinstance(row, dict) else row
                if source and isinstance(words, str):
                    yield words, partial(source.place_of, path)


def _place(message: Message, _fragment: str) -> Place:
    return message.place


def _translated(project: Project, tag: str) -> Iterator[_Written]:
    name = f"templates/words/{tag}.po"
    for message in (read_messages(project, name, Diagnostics()) or {}).values() if project.find(name) else ():
        yield message.words, partial(_place, message)

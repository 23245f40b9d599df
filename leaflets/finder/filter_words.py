"""Filter words: names of levels, layouts and languages that somebody types beside the name of a leaflet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.content.levels import LEVELS
from leaflets.editions.layouts import LAYOUTS
from leaflets.l10n.languages import LOCALES

FILE = "templates/finder/words.yaml"
IGNORED = "ignored"
_KNOWN = {"level": set(LEVELS), "layout": set(LAYOUTS)}


def filter_words(project: Project, tags: Iterable[str], diagnostics: Diagnostics) -> tuple[tuple[str, str, str], ...]:
    """Phrase, kind and value of all filters for these locales. Unknown keys of the file are errors."""
    text = project.read_checked(FILE, diagnostics) if project.find(FILE) else None
    source = read_yaml(project.shown(FILE), text, diagnostics) if text is not None else None
    rows = list(_of_file(source.data, source.name, diagnostics)) if source else []
    return tuple(dict.fromkeys([*rows, *(row for tag in sorted(set(tags)) for row in _of_locale(tag))]))


def _of_file(data: object, name: str, diagnostics: Diagnostics) -> Iterator[tuple[str, str, str]]:
    for language, kinds in data.items() if isinstance(data, dict) else ():
        for kind, values in kinds.items() if isinstance(kinds, dict) else ():
            if kind == IGNORED and isinstance(values, list):
                yield from ((str(phrase), IGNORED, IGNORED) for phrase in values)
                continue
            for value, phrases in values.items() if isinstance(values, dict) else ():
                if value in _KNOWN.get(kind, ()) and isinstance(phrases, list):
                    yield from ((str(phrase), kind, str(value)) for phrase in phrases)
                else:
                    message = f"nothing is known of “{language}, {kind}, {value}”"
                    diagnostics.error(Place(name), message, "finder-words", "write level or layout, and one of its ids")


def _of_locale(tag: str) -> Iterator[tuple[str, str, str]]:
    """The tag and the names of a locale, also without the region in brackets."""
    row = LOCALES.get(tag)
    names = [tag] if row is None else [tag, row.own_name, row.english_name]
    for name in names:
        yield name, "locale", tag
        if "(" in name:
            yield name.partition("(")[0].strip(), "locale", tag

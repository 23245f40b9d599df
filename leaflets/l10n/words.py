"""Words of the templates: headings, labels and footers that every leaflet shares.

`templates/words.yaml` has them in the source language, each with a note for the translator;
`templates/words/<locale>.po` has other locales. No template and no Python file contains a word that is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.content import inline
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.messages import read_messages, usable

SOURCE_LOCALE = "en-GB"


@dataclass(frozen=True)
class Words:
    """Words of one locale by id."""

    locale: str
    table: Mapping[str, str]

    def __call__(self, id_: str, **values: object) -> str:
        """Words with the id `id_`, placeholders filled. LookupError when the id is not in `words.yaml`."""
        if id_ not in self.table:
            raise LookupError(f"there are no words called “{id_}” in templates/words.yaml")
        return inline.fill(self.table[id_], {key: str(value) for key, value in values.items()})


def read_words(project: Project, locale: Locale, diagnostics: Diagnostics) -> Words:
    """Words of a locale: its own message file over that of the locale of which it is a variant, over the source."""
    source = _source(project, diagnostics)
    table = {id_: words for id_, (words, _) in source.items()}
    for tag in _chain(locale):
        row = LOCALES[tag]
        name = f"templates/words/{tag}.po"
        if row.variant_of is None and not project.find(name):
            message = f"there is no {name}: none of the templates’ {len(source)} texts is translated"
            hint = "write it, with an entry for each id of templates/words.yaml"
            diagnostics.error(Place(name), message, "missing-message", hint)
            continue
        messages = read_messages(project, name, diagnostics)
        table.update(usable(messages, source, complete=row.variant_of is None, diagnostics=diagnostics))
    return Words(locale.tag, table)


def _chain(locale: Locale) -> list[str]:
    """Tags of the locales whose message files override the source, the nearest to the source first."""
    tags: list[str] = []
    row: Locale | None = locale
    while row is not None and row.tag != SOURCE_LOCALE:
        tags.insert(0, row.tag)
        row = LOCALES[row.variant_of] if row.variant_of else None
    return tags


def _source(project: Project, diagnostics: Diagnostics) -> dict[str, tuple[str, Place]]:
    """Source words with positions: the shipped ones, overridden by id by the user's own `words.yaml`."""
    shipped = _file(Project(None, project.shipped), diagnostics)
    return shipped if project.folder is None else {**shipped, **_file(project, diagnostics)}


def _file(project: Project, diagnostics: Diagnostics) -> dict[str, tuple[str, Place]]:
    name = "templates/words.yaml"
    text = project.read_checked(name, diagnostics)
    source = read_yaml(project.shown(name), text, diagnostics) if text is not None else None
    if source is None or not isinstance(source.data, dict):
        return {}
    found: dict[str, tuple[str, Place]] = {}
    for id_, row in source.data.items():
        place = source.place((id_,))
        if not isinstance(row, dict) or set(row) - {"text", "note"} or not isinstance(row.get("text"), str):
            diagnostics.error(place, f"“{id_}” needs “text”, and may have “note”", "words")
        else:
            found[id_] = (row["text"], source.place((id_, "text")))
    return found

"""Words of the desk's page: its own (`templates/desk/words.yaml`), and those of the leaflets that it repeats."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any, get_args

from babel.dates import format_date

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.content.inline import fill
from leaflets.content.levels import LEVELS
from leaflets.editions.layouts import ON_PAPER
from leaflets.editions.review_status import ReviewId
from leaflets.html.imprint import draft_status
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.words import SOURCE_LOCALE, read_words

NAME = "templates/desk/words.yaml"
STATES = get_args(ReviewId)


class DeskWords:
    """Words by id; a user's own file overrides the shipped one by id. KeyError for an unknown id."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def __getitem__(self, id_: str) -> str:
        return str(self.page[id_])

    @cached_property
    def page(self) -> dict[str, Any]:
        """All words of the page by id, and the order of levels and layouts."""
        shared = read_words(self._project, LOCALES[SOURCE_LOCALE], Diagnostics()).table
        names = [*(f"level-{name}" for name in LEVELS), *(f"layout-{name}" for name in ON_PAPER)]
        layers = [Project(None, self._project.shipped), self._project]
        own = {id_: words for project in layers for id_, words in _read(project).items()}
        statuses = {name: words for name, words in shared.items() if name.startswith("status-")}
        order = {"levels": list(LEVELS), "layouts": list(ON_PAPER)}
        return {**{name: shared[name] for name in names}, **statuses, **own, **order}

    def status(self, review: str, due: str, locale: str) -> str:
        """Status line of a leaflet in the desk's language; empty when it is signed and in date today.

        `review`, `due`: as in the catalogue. Today's date decides, not that of the build.
        """
        row = LOCALES.get(locale)
        translated = row is not None and row.language != LOCALES[SOURCE_LOCALE].language
        state: ReviewId = review if review in STATES else "draft"  # type: ignore[assignment]
        said = draft_status(state, translated, self.__getitem__)
        if due and due < self._project.today().isoformat():
            said.append(fill(self["status-expired"], {"date": _date(due)}))
        return " ".join(said)


def _date(day: str) -> str:
    """A day (ISO 8601) in words; as it is when it is none."""
    try:
        return format_date(datetime.date.fromisoformat(day), "long", locale=SOURCE_LOCALE.replace("-", "_"))
    except ValueError:
        return day


def _read(project: Project) -> dict[str, str]:
    found = read_yaml(project.shown(NAME), project.read_text(NAME), Diagnostics())
    return {id_: str(words) for id_, words in found.data.items()} if found and isinstance(found.data, dict) else {}

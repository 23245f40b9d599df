"""Load an article: read and validate all files of its folder, collecting every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.project import Project
from leaflets.base.source import Source, read_yaml
from leaflets.content.article import Article, Gaps
from leaflets.content.measures.answers import Measures
from leaflets.content.medicines.harm_grid import HarmGrid
from leaflets.content.model.article_info import ArticleInfo
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.red_flags import RedFlags
from leaflets.content.model.search_terms import SearchTerms
from leaflets.content.model.section import Section
from leaflets.content.model.sources import Claim, Fact, Reference
from leaflets.content.model.text import Model, Text
from leaflets.content.resolve import resolve
from leaflets.content.validate import faulty_paths, sound_part, validate

M = TypeVar("M", bound=BaseModel)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What may be an id in a file that cannot be read."""


class Claims(Model):
    """`claims.yaml`."""

    claims: tuple[Claim, ...]


class Facts(Model):
    """`facts.yaml`."""

    facts: tuple[Fact, ...] = ()


class References(Model):
    """`references.yaml`."""

    references: tuple[Reference, ...] = ()


FILES: dict[str, type[Model]] = {
    "article": ArticleInfo,
    "claims": Claims,
    "facts": Facts,
    "references": References,
    "medicines": HarmGrid,
    "red-flags": RedFlags,
    "leaflets": Leaflet,
    "sections": Section,
    "measures": Measures,
    "finding": SearchTerms,
}
"""File or folder of an article -> model of its content; `leaflets`, `sections`, `measures` and `finding` are folders of
files. The
JSON Schemas are made from this table."""
_FOLDERS = {"leaflets", "sections", "measures", "finding", "signatures"}
"""Folders of an article with YAML files."""


def article_ids(project: Project) -> list[str]:
    """Ids of all articles of a project, sorted."""
    return [name for name in project.names("articles") if project.find(f"articles/{name}/article.yaml")]


def read_leaflet(project: Project, article: str, leaflet: str, diagnostics: Diagnostics) -> Leaflet | None:
    """Read one leaflet's own file, without its sections. None when it is missing or invalid."""
    name = f"articles/{article}/leaflets/{leaflet}.yaml"
    text = project.read_checked(name, diagnostics) if project.find(name) else None
    source = read_yaml(project.shown(name), text, diagnostics) if text is not None else None
    return validate(source, Leaflet, diagnostics) if source else None


def read_article(project: Project, article: str, diagnostics: Diagnostics) -> Article | None:
    """Read one article; every fault is in `diagnostics`. None when there is no such article.

    With faults an Article is returned too, so that later checks can run: without what could not be read, which is in
    its `gaps`, and with faults that only the whole shows (unknown claims, missing levels, broken markup).
    """
    folder = f"articles/{article}"
    if not project.find(f"{folder}/article.yaml"):
        hint = did_you_mean(article, article_ids(project))
        diagnostics.error(Place(folder), f"there is no article “{article}”", "unknown-article", hint)
        return None
    shelf = _Shelf(project, folder, diagnostics)
    leaflets = {name: shelf.read(f"leaflets/{name}", Leaflet) for name in shelf.names("leaflets")}
    sections = {name: shelf.read(f"sections/{name}", Section) for name in shelf.names("sections")}
    measures = {name: shelf.read(f"measures/{name}", Measures) for name in shelf.names("measures")}
    finding = {name: shelf.read(f"finding/{name}", SearchTerms) for name in shelf.names("finding")}
    info = shelf.read("article", ArticleInfo, spare=_no_info(article, shelf.names("leaflets")))
    claims = shelf.read("claims", Claims) or Claims(claims=())
    facts = shelf.read("facts", Facts, missing=Facts()) or Facts()
    references = shelf.read("references", References, missing=References()) or References()
    red_flags = shelf.read("red-flags", RedFlags) or _NO_RED_FLAGS
    grid = shelf.read("medicines", HarmGrid, missing=HarmGrid()) or HarmGrid()
    shelf.by_id("medicines", "medicines", grid.medicines)
    result = Article(
        info=info or ArticleInfo.model_validate(_no_info(article, shelf.names("leaflets"))),
        claims=shelf.by_id("claims", "claims", claims.claims),
        facts=shelf.by_id("facts", "facts", facts.facts),
        references=shelf.by_id("references", "references", references.references),
        red_flags=red_flags,
        sections={name: section for name, section in sections.items() if section},
        leaflets={name: leaflet for name, leaflet in leaflets.items() if leaflet},
        sources=shelf.sources,
        gaps=shelf.gaps(),
        grid=grid,
        measures={name: found for name, found in measures.items() if found},
        finding={name: found for name, found in finding.items() if found},
    )
    if result.info.id != article:
        message = f"the id “{result.info.id}” is not the name of the folder, “{article}”"
        hint = f"write “id: {article}”, or rename the folder"
        diagnostics.error(result.place("article", ("id",)), message, "wrong-id", hint)
    names = resolve(project, result, diagnostics)
    if shelf.empty:
        names |= {*result.claims, *result.facts}
    return replace(result, gaps=replace(result.gaps, names=result.gaps.names | names))


_NO_RED_FLAGS = RedFlags.model_construct(heading=Text(all="-"), pointer=Text(all="-"), tiers=())
"""Stands in for a file that cannot be read."""


def _no_info(article: str, leaflets: Iterable[str]) -> dict[str, Any]:
    """What stands in for keys of `article.yaml` that cannot be read: an article without locales."""
    return {
        "id": article,
        "topic": {"all": "-"},
        "version": "-",
        "issued": "2000-01-01",
        "review_due": "9999-01-01",
        "language": "en-GB",
        "locales": [],
        "origin": {"title": "-", "publisher": "-", "address": "-", "short": "-"},
        "leaflets": list(leaflets),
    }


class _Shelf:
    """Reader of the files of one article's folder."""

    def __init__(self, project: Project, folder: str, diagnostics: Diagnostics) -> None:
        self.project, self.folder, self.diagnostics = project, folder, diagnostics
        self.sources: dict[str, Source] = {}
        self.lost: set[str] = set()
        self.partly: set[str] = set()
        self.ids: set[str] = set()
        self.empty = False
        """A file has no ids at all: nobody knows what it was to print."""
        for below in ("", "sections", "leaflets", "measures", "finding"):
            self._other_endings(below)
        self._other_names()

    def gaps(self) -> Gaps:
        return Gaps(frozenset(self.lost), frozenset(self.partly), frozenset(self.ids))

    def names(self, folder: str) -> list[str]:
        return self.project.names(f"{self.folder}/{folder}", ".yaml")

    def read(
        self, file: str, model: type[M], missing: M | None = None, spare: Mapping[str, Any] | None = None
    ) -> M | None:
        """The file as a `model`, or what of it is sound; None when that is not enough for one.

        `missing`: stands for a file that is not there. `spare`: values that stand for keys which are not sound.
        """
        name = f"{self.folder}/{file}.yaml"
        shown = self.project.shown(name)
        self.sources[file] = Source(shown, "")
        if not self.project.find(name):
            if missing is None:
                shown = f"{self.project.shown(self.folder)}/{file}.yaml"
                self.sources[file] = Source(shown, "")
                if file not in self.lost:  # not named wrongly, which is reported
                    self.diagnostics.error(Place(shown), "the file is missing", "missing-file")
                self.lost.add(file)
            return missing
        text = self.project.read_checked(name, self.diagnostics)
        source = read_yaml(shown, text, self.diagnostics) if text is not None else None
        if source is None:
            self.lost.add(file)
            self._unread(text or self._legible(name))
            return None
        self.sources[file] = source
        found = validate(source, model, self.diagnostics)
        if found is not None:
            return found
        self._unread(source.text)
        nameless = any(path[-1:] == ("id",) for path in faulty_paths(source, model))
        source, found = sound_part(source, model, spare or {})
        self.sources[file] = source
        (self.lost if found is None or nameless else self.partly).add(file)
        return found

    def _unread(self, text: str) -> None:
        """Take note of the ids in a text that cannot be used."""
        self.ids.update(found := _ID.findall(text))
        self.empty |= not found

    def _legible(self, name: str) -> str:
        """What can be made out of a file that is no text."""
        with suppress(OSError):
            return self.project.read_bytes(name).decode("utf-8", "replace")
        return ""

    def _other_endings(self, below: str) -> None:
        """Report files that are not read because of their ending."""
        folder = f"{self.folder}/{below}" if below else self.folder
        for name in self.project.names(folder, ".yml"):
            place = Place(self.project.shown(f"{folder}/{name}.yml"))
            hint = f"name it {name}.yaml"
            self.diagnostics.error(place, "the file is not read: its name ends with .yml", "wrong-ending", hint)
            self.lost.add(f"{below}/{name}" if below else name)
            text = self.project.read_checked(f"{folder}/{name}.yml", Diagnostics())
            self._unread(text or "")

    def _other_names(self) -> None:
        """Warn of files and folders with YAML that nothing reads, since their names are others."""
        files = {name for name in FILES if name not in _FOLDERS}
        folders = (
            name for name in self.project.names(self.folder) if self.project.names(f"{self.folder}/{name}", ".yaml")
        )
        found = [(name, f"{name}.yaml", files) for name in self.names("")] + [
            (name, name, _FOLDERS) for name in folders
        ]
        for name, shown, known in found:
            if name not in known:
                place = Place(self.project.shown(f"{self.folder}/{shown}"))
                hint = did_you_mean(name, known)
                self.diagnostics.warning(place, f"nothing reads “{shown}”", "unread-file", hint)

    def by_id(self, file: str, key: str, rows: Iterable[M]) -> dict[str, M]:
        """Rows by id; a repeated id is an error."""
        found: dict[str, M] = {}
        for index, row in enumerate(rows):
            name: str = row.id  # type: ignore[attr-defined]
            if name in found:
                place = self.sources[file].place((key, index, "id"))
                self.diagnostics.error(
                    place, f"the id “{name}” stands here twice", "duplicate-id", "give one of them another id"
                )
            found[name] = row
        return found

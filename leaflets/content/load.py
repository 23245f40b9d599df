"""Load an article: read and validate all files of its folder, collecting every fault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.project import Project
from leaflets.base.source import Source, read_yaml
from leaflets.content.article import Article
from leaflets.content.dates import check_dates
from leaflets.content.model import ArticleInfo, Claim, Fact, Leaflet, Model, RedFlags, Reference, Section
from leaflets.content.resolve import resolve
from leaflets.content.validate import validate

M = TypeVar("M", bound=BaseModel)


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
    "red-flags": RedFlags,
    "leaflets": Leaflet,
    "sections": Section,
}
"""File or folder of an article -> model of its content; `leaflets` and `sections` are folders of files. The JSON
Schemas are made from this table."""


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
    """Read one article. None when a file is missing or invalid; every fault is in `diagnostics`.

    An Article is returned even with errors that only the whole shows (unknown claims, missing levels, broken markup),
    so that later checks can run too.
    """
    folder = f"articles/{article}"
    if not project.find(f"{folder}/article.yaml"):
        hint = did_you_mean(article, article_ids(project))
        diagnostics.error(Place(folder), f"there is no article “{article}”", "unknown-article", hint)
        return None
    shelf = _Shelf(project, folder, diagnostics)
    info = shelf.read("article", ArticleInfo)
    claims = shelf.read("claims", Claims)
    facts = shelf.read("facts", Facts, missing=Facts())
    references = shelf.read("references", References, missing=References())
    red_flags = shelf.read("red-flags", RedFlags)
    sections = {name: shelf.read(f"sections/{name}", Section) for name in shelf.names("sections")}
    leaflets = {name: shelf.read(f"leaflets/{name}", Leaflet) for name in shelf.names("leaflets")}
    if info is None or claims is None or facts is None or references is None or red_flags is None:
        return None
    if None in sections.values() or None in leaflets.values():
        return None
    result = Article(
        info=info,
        claims=shelf.by_id("claims", "claims", claims.claims),
        facts=shelf.by_id("facts", "facts", facts.facts),
        references=shelf.by_id("references", "references", references.references),
        red_flags=red_flags,
        sections={name: section for name, section in sections.items() if section},
        leaflets={name: leaflet for name, leaflet in leaflets.items() if leaflet},
        sources=shelf.sources,
    )
    if info.id != article:
        message = f"the id “{info.id}” is not the name of the folder, “{article}”"
        diagnostics.error(result.place("article", ("id",)), message, "wrong-id")
    resolve(project, result, diagnostics)
    check_dates(result, project.latest_today(), diagnostics)
    return result


class _Shelf:
    """Reader of the files of one article's folder."""

    def __init__(self, project: Project, folder: str, diagnostics: Diagnostics) -> None:
        self.project, self.folder, self.diagnostics = project, folder, diagnostics
        self.sources: dict[str, Source] = {}

    def names(self, folder: str) -> list[str]:
        return self.project.names(f"{self.folder}/{folder}", ".yaml")

    def read(self, file: str, model: type[M], missing: M | None = None) -> M | None:
        name = f"{self.folder}/{file}.yaml"
        if not self.project.find(name):
            if missing is None:
                self.diagnostics.error(Place(name), "the file is missing", "missing-file")
            else:
                self.sources[file] = Source(name, "")
            return missing
        text = self.project.read_checked(name, self.diagnostics)
        source = read_yaml(self.project.shown(name), text, self.diagnostics) if text is not None else None
        if source is None:
            return None
        self.sources[file] = source
        return validate(source, model, self.diagnostics)

    def by_id(self, file: str, key: str, rows: Iterable[M]) -> dict[str, M]:
        """Rows by id; a repeated id is an error."""
        found: dict[str, M] = {}
        for index, row in enumerate(rows):
            name: str = row.id  # type: ignore[attr-defined]
            if name in found:
                place = self.sources[file].place((key, index, "id"))
                self.diagnostics.error(place, f"the id “{name}” stands here twice", "duplicate-id")
            found[name] = row
        return found

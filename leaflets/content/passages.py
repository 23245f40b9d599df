"""The running text of a leaflet at one level, in reading order, as passages with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.base.source import Path, Source
from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.model import Column, Model, Part, Text


@dataclass(frozen=True)
class Passage:
    """A text as it is read: markup taken out, placeholders filled; one line of a text to a passage."""

    words: str
    role: str
    """The field it stands in: text, heading, lead, title, what ..."""
    source: Source
    path: Path


def passages(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], holds: str = ""
) -> Iterator[Passage]:
    """What an edition of this leaflet, level and region says, without alternative texts and a diary's column names.

    `values` fills the placeholders; `page` is filled with “2”, as on most papers. `holds` as in `Article.sections_of`.
    """
    filled = {"page": "2", **values}
    chosen = article.leaflets[leaflet]
    if holds == "fold" and chosen.fold and chosen.fold.purpose:
        hidden: tuple[Path, ...] = (("purpose",),)
    else:
        hidden = (("fold", "purpose"),)
    files: list[tuple[str, Model]] = [
        (f"leaflets/{leaflet}", chosen),
        ("red-flags", article.red_flags),
        *((f"sections/{section.id}", section) for section in article.sections_of(leaflet, level, region, holds)),
    ]
    for file, model in files:
        for role, text, path in texts(model, (), level, region):
            if model is chosen and path in hidden:
                continue
            for line in inline.lines(text.at(level)):
                yield Passage(
                    inline.fill(inline.bare(line), filled), role, article.sources[file], (*path, _key(text, level))
                )


def _reading_order(field: str) -> int:
    """Titles are read before what they stand over, wherever a model declares them; the order is else the model's."""
    return 0 if field in ("title", "name", "heading", "lead", "main", "purpose") else 1


def _key(text: Text, level: str) -> str:
    return "all" if text.all is not None else level


def texts(node: Any, path: Path, level: str, region: str) -> Iterator[tuple[str, Text, Path]]:
    """The running texts of a part of an article, in the order of reading, each with its field and its place."""
    if isinstance(node, Part) and not node.shown(level, region):
        return
    if isinstance(node, Column):
        return
    for name in sorted(type(node).model_fields, key=_reading_order):
        value = getattr(node, name)
        if isinstance(value, Text) and name not in ("alt", "pointer", "first"):
            yield name, value, (*path, name)
        elif isinstance(value, Model) and not isinstance(value, Text):
            yield from texts(value, (*path, name), level, region)
        elif isinstance(value, tuple):
            for index, child in enumerate(value):
                if isinstance(child, Model):
                    yield from texts(child, (*path, name, index), level, region)

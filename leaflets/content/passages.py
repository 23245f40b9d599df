"""Running text of a leaflet at one level, in reading order, as passages with positions."""

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
    """One line of a text as it is read: without markup, placeholders filled."""

    words: str
    role: str
    """Field of the model: text, heading, lead, title, what, ..."""
    source: Source
    path: Path


def passages(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], holds: str = ""
) -> Iterator[Passage]:
    """Passages of an edition of this leaflet, level and region, without alternative texts and diary columns.

    `values` fills placeholders; `page` is “2” unless given, the usual page of the red flags. `holds`: see
    `Article.sections_of`. KeyError when a level has no words.
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
    """Sort key of a field: titles come before the text below them, wherever the model declares them."""
    return 0 if field in ("title", "name", "heading", "lead", "main", "purpose") else 1


def _key(text: Text, level: str) -> str:
    return "all" if text.all is not None else level


def texts(node: Any, path: Path, level: str, region: str) -> Iterator[tuple[str, Text, Path]]:
    """Running texts of a model in reading order: field name, text, path in the file."""
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

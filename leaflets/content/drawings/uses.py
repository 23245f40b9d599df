"""Uses of pictograms: beside which words an article prints each, at the levels with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.content.model.part import Part
from leaflets.content.model.section import Block, Checklist, Figure
from leaflets.content.model.text import Model, Text

_WORDS = ("title", "name", "main", "text")
"""Attributes of a part whose words stand beside its picture, in the order in which they are printed."""


@dataclass(frozen=True)
class Use:
    """A pictogram beside words. `part`: file and id of the part that names it; `lines`: its words at one level."""

    picture: str
    part: str
    lines: tuple[str, ...]


def uses(article: Article) -> list[Use]:
    """Uses of pictograms in an article: red flags first, then leaflets and sections in their order."""
    levels = [name for name, level in LEVELS.items() if level.pictures]
    parts: list[tuple[str, Model]] = [("red-flags", article.red_flags)]
    parts += [(f"leaflets/{name}", leaflet) for name, leaflet in article.leaflets.items()]
    parts += [(f"sections/{name}", section) for name, section in article.sections.items()]
    found = [use for file, part in parts for level in levels for use in _in(part, file, level)]
    return list(dict.fromkeys(found))


def _in(node: Model, at: str, level: str) -> Iterator[Use]:
    """Uses in a part and its children that are printed at a level. Keys have no pictures, and points to tick have them
    only if each has one."""
    if isinstance(node, Figure) or not _printed(node, level):
        return
    if isinstance(node, Checklist) and not all(item.picture for item in node.items if _printed(item, level)):
        return
    at = f"{at}#{node.id}" if isinstance(node, Block) else at
    picture = getattr(node, "picture", None)
    if picture:
        own = getattr(node, "id", "")
        yield Use(picture, at if isinstance(node, Block) or not own else f"{at}#{own}", tuple(_lines(node, level)))
    for name in type(node).model_fields:
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model) and not isinstance(child, Text):
                yield from _in(child, at, level)


def _printed(node: Model, level: str) -> bool:
    return not isinstance(node, Part) or node.levels is None or level in node.levels


def _lines(node: Model, level: str) -> Iterator[str]:
    for name in _WORDS:
        text = getattr(node, name, None)
        if isinstance(text, Text):
            yield from text.at(level).split("\n")

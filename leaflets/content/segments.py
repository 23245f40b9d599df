"""Segments, the units of translation. A segment's id is made of the ids in the files, never of positions.

`leaflets.overview.key.move.text.easy` stays the same when a point is added above it, so a translation never moves to
another sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from leaflets.base.diagnostics import Place
from leaflets.base.source import Path, Source
from leaflets.content.article import Article
from leaflets.content.model.text import Model, Text, fields_of_models


@dataclass(frozen=True)
class Segment:
    """A text at one level: stable id, words, level (or `all`), position."""

    id: str
    words: str
    level: str
    place: Place
    regions: tuple[str, ...] | None = None
    """Regions that print it; None: all."""
    source: Source | None = field(default=None, compare=False, repr=False)
    path: Path = field(default=(), compare=False, repr=False)

    def place_of(self, fragment: str) -> Place:
        """Position of a fragment of the words; that of the segment if it cannot be found."""
        return self.source.place_of(self.path, fragment) if self.source else self.place


def segments(article: Article) -> Iterator[Segment]:
    """All segments of an article, in the order of its files."""
    for file, prefix, model in _files(article):
        source = article.sources[file]
        for id_, text, path, regions in _texts(model, prefix, (), None):
            for level, words in vars(text).items():  # many times faster than the model's own loop
                if words is not None:
                    at = (*path, level)
                    yield Segment(f"{id_}.{level}", words, level, source.place(at), regions, source, at)


def with_words(article: Article, words: Callable[[str, str], str]) -> Article:
    """Copy of the article with every text replaced by `words(segment id, source words)`."""
    info = article.info.model_copy(update={"topic": _replaced(article.info.topic, "topic", words)})
    return replace(
        article,
        info=info,
        red_flags=_replaced(article.red_flags, "red-flags", words),
        sections={name: _replaced(part, f"sections.{name}", words) for name, part in article.sections.items()},
        leaflets={name: _replaced(part, f"leaflets.{name}", words) for name, part in article.leaflets.items()},
    )


def _files(article: Article) -> Iterator[tuple[str, str, Model]]:
    yield "article", "", article.info
    yield "red-flags", "red-flags", article.red_flags
    for name, section in article.sections.items():
        yield f"sections/{name}", f"sections.{name}", section
    for name, leaflet in article.leaflets.items():
        yield f"leaflets/{name}", f"leaflets.{name}", leaflet


def _texts(
    node: Any, id_: str, path: Path, regions: tuple[str, ...] | None
) -> Iterator[tuple[str, Text, Path, tuple[str, ...] | None]]:
    if isinstance(node, Text):
        yield id_, node, path, regions
    elif isinstance(node, Model):
        values = vars(node)  # getattr with a default is slow on pydantic models
        regions = values.get("regions") or regions
        for name in fields_of_models(type(node)):
            value = values[name]
            if isinstance(value, tuple):
                for index, child in enumerate(value):
                    if isinstance(child, Model):
                        yield from _texts(child, id_below(id_, name, child), (*path, name, index), regions)
            elif isinstance(value, Model):
                yield from _texts(value, id_join(id_, name), (*path, name), regions)


def _replaced(node: Model, id_: str, words: Callable[[str, str], str]) -> Any:
    if isinstance(node, Text):
        changed = {level: words(f"{id_}.{level}", text) for level, text in vars(node).items() if text is not None}
        return node.model_copy(update=changed)
    updates: dict[str, Any] = {}
    for name in fields_of_models(type(node)):
        value = vars(node)[name]
        if isinstance(value, tuple) and value and isinstance(value[0], Model):
            updates[name] = tuple(_replaced(child, id_below(id_, name, child), words) for child in value)
        elif isinstance(value, Model):
            updates[name] = _replaced(value, id_join(id_, name), words)
    return node.model_copy(update=updates) if updates else node


def id_below(id_: str, name: str, child: Model) -> str:
    """Segment id of a list's child: blocks, items, options, points and tiers are named by their own id alone, others by
    the list's name and their id."""
    own = str(getattr(child, "id", name))
    return id_join(id_, own if name in ("blocks", "items", "options", "points", "tiers") else f"{name}.{own}")


def id_join(id_: str, name: str) -> str:
    """Id of what `name` holds in the part `id_`; empty: the file itself."""
    return f"{id_}.{name}" if id_ else name

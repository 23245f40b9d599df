"""Dangers of the red-flag block: their order on the page, and their short forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.source import WORD, Path
from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.model import Text, Urgency
from leaflets.content.passages import Line, Passage, PassageKind

_FIRST = get_args(Urgency)
"""Urgencies in the order of the page."""


def check_order(article: Article, diagnostics: Diagnostics) -> None:
    """Report each tier that stands below a less urgent one of its region (`red-flag-order`)."""
    tiers = article.red_flags.tiers
    for index, tier in enumerate(tiers):
        for above in tiers[:index]:
            together = not tier.regions or not above.regions or set(tier.regions) & set(above.regions)
            if together and _FIRST.index(above.urgency) > _FIRST.index(tier.urgency):
                message = f"“{tier.id}” ({tier.urgency}) stands below “{above.id}” ({above.urgency})"
                hint = f"danger to life comes first: {', '.join(_FIRST)}"
                diagnostics.error(article.place("red-flags", ("tiers", index)), message, "red-flag-order", hint)
                break


def short_forms(article: Article, level: str, region: str, values: Mapping[str, str]) -> Iterator[Passage]:
    """Short forms of the red flags that a region may print at a level, as one passage for each tier that has some."""
    for index, tier in enumerate(article.red_flags.tiers):
        if not tier.shown(level, region):
            continue
        path: Path = ("tiers", index)
        found: list[tuple[str, Text | None, Path]] = [(tier.id, tier.short, (*path, "short"))]
        found += [
            (f"{tier.id}.{item.id}", item.short, (*path, "items", at, "short"))
            for at, item in enumerate(tier.items)
            if item.shown(level, region)
        ]
        lines = tuple(line for id_, text, at in found if text for line in _lines(article, id_, text, at, level, values))
        if lines:
            yield Passage(f"red-flags.{tier.id}.short.{level}", PassageKind.RED_FLAGS, lines)


def _lines(article: Article, id_: str, text: Text, path: Path, level: str, values: Mapping[str, str]) -> Iterator[Line]:
    key = "all" if text.all is not None else level
    segment, before = f"red-flags.{id_}.short.{key}", 0
    for line in inline.lines(getattr(text, key) or ""):
        words = inline.fill(inline.bare(line), values)
        source = article.sources["red-flags"]
        yield Line(words, segment, source, (*path, key), before, article.messages.get(segment))
        before += len(WORD.findall(line))

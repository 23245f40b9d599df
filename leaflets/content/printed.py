"""The parts that an edition prints, each with its words and with what it rests on: from a claim to where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.basis import collect
from leaflets.content.model import Model
from leaflets.content.reading import texts


@dataclass(frozen=True)
class PrintedPart:
    """A part: `front`, `key-messages`, `red-flags/<urgency>`, `<section>` (its heading) or `<section>/<block>`."""

    name: str
    lines: tuple[str, ...]
    """Its words, a line of the text each: markup taken out, placeholders filled."""
    claims: tuple[str, ...]
    facts: tuple[str, ...]


def printed_parts(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], holds: str = ""
) -> Iterator[PrintedPart]:
    """The parts of an edition in the order of its files; `holds` as in `Article.sections_of`."""
    chosen, flags = article.leaflets[leaflet], article.red_flags
    shown = _Shown(level, region, {"page": "2", **values})
    purpose = chosen.fold.purpose or chosen.purpose if holds == "fold" and chosen.fold else chosen.purpose
    front = (chosen.title,) if holds == "summary" else (chosen.title, purpose)  # a summary is one side
    yield PrintedPart("front", tuple(line for text in front for line in shown.lines(text.at(level))), (), ())
    yield shown.part("key-messages", chosen.key)
    yield PrintedPart("red-flags", tuple(shown.lines(flags.heading.at(level))), (), ())
    for tier in flags.tiers:
        if tier.shown(level, region) and any(item.shown(level, region) for item in tier.items):
            yield shown.part(f"red-flags/{tier.urgency}", tier)
    for section in article.sections_of(leaflet, level, region, holds):
        blocks = [part for block in section.blocks if (part := shown.part(f"{section.id}/{block.id}", block)).lines]
        if blocks:
            own = section.model_copy(update={"blocks": ()})
            yield shown.part(section.id, own)
            yield from blocks


@dataclass(frozen=True)
class _Shown:
    level: str
    region: str
    values: Mapping[str, str]

    def part(self, name: str, node: Model) -> PrintedPart:
        claims: dict[str, None] = {}
        facts: dict[str, None] = {}
        collect(node, self.level, self.region, claims, facts)
        return PrintedPart(name, tuple(self._words(node)), tuple(claims), tuple(facts))

    def lines(self, text: str) -> Iterator[str]:
        for line in inline.lines(text):
            yield inline.fill(inline.bare(line), self.values)

    def _words(self, node: Any) -> Iterator[str]:
        for _, text, _ in texts(node, (), self.level, self.region):
            yield from self.lines(text.at(self.level))

"""The parts that an edition prints, each with its words and with what it rests on: from a claim to where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.model import Model, Part
from leaflets.content.passages import texts


def printed(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> tuple[set[str], set[str]]:
    """Claims and facts that an edition's parts rest on; `holds` as in `Article.sections_of`."""
    claims: dict[str, None] = {}
    facts: dict[str, None] = {}
    sections = article.sections_of(leaflet, level, region, holds)
    models: list[Model] = [article.leaflets[leaflet], article.red_flags, *sections]
    for model in models:
        collect(model, level, region, claims, facts)
    return set(claims), set(facts)


def collect(node: Any, level: str, region: str, claims: dict[str, None], facts: dict[str, None]) -> None:
    """Add what a part, and all that is printed in it, rests on; each once, in the order of the file."""
    if isinstance(node, Part) and not node.shown(level, region):
        return
    values = vars(node)  # a look-up of what a model has not is slow, and most have neither
    claims.update(dict.fromkeys(values.get("claims", ())))
    facts.update(dict.fromkeys(values.get("facts", ())))
    for name in type(node).model_fields:
        value = values[name]
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model):
                collect(child, level, region, claims, facts)


def sources(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> list[str]:
    """Ids of the references behind the facts that an edition prints, in the order of `references.yaml`."""
    facts = printed(article, leaflet, level, region, holds)[1]
    used = {name for fact in facts if fact in article.facts for name in article.facts[fact].sources}
    return [name for name in article.references if name in used]


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

"""Traceability: which printed parts of an edition rest on which claims and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.part import Part
from leaflets.content.model.section import Column
from leaflets.content.model.text import Model, Text, fields_of_models


def printed(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> tuple[set[str], set[str]]:
    """Ids of the claims and of the facts on which an edition rests; `holds`: see `Article.sections_of`."""
    claims: dict[str, None] = {}
    facts: dict[str, None] = {}
    sections = article.sections_of(leaflet, level, region, holds)
    front = [article.leaflets[leaflet]] if _has_key_messages(article.leaflets[leaflet], holds) else []
    models: list[Model] = [*front, article.red_flags, *sections]
    for model in models:
        collect(model, level, region, claims, facts)
    return set(claims), set(facts)


def collect(node: Model, level: str, region: str, claims: dict[str, None], facts: dict[str, None]) -> None:
    """Add the claims and facts of a model and of everything printed inside it; each id once, in the order of the
    file."""
    if isinstance(node, Part) and not node.shown(level, region):
        return
    values = vars(node)  # getattr with a default is slow on pydantic models, and most have neither field
    for name, ids in (("claims", claims), ("facts", facts)):
        if own := values.get(name):
            ids.update(dict.fromkeys(own))
    for name in fields_of_models(type(node)):
        value = values[name]
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model) and type(child) is not Text:  # which has neither
                collect(child, level, region, claims, facts)


def sources(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> list[str]:
    """Ids of the references behind the facts that an edition prints, in the order of `references.yaml`."""
    return _behind(article, printed(article, leaflet, level, region, holds)[1])


def own_sources(article: Article, leaflet: str, level: str, region: str, holds: str) -> list[str]:
    """The same for its sections alone, without those of the red flags."""
    facts: dict[str, None] = {}
    for section in article.sections_of(leaflet, level, region, holds):
        collect(section, level, region, {}, facts)
    return _behind(article, facts)


def _behind(article: Article, facts: Iterable[str]) -> list[str]:
    used = {name for fact in facts if fact in article.facts for name in article.facts[fact].sources}
    return [name for name in article.references if name in used]


@dataclass(frozen=True)
class PrintedPart:
    """A printed part: `front`, `key-messages`, `red-flags`, `red-flags/<urgency>`, `<section>` (its heading) or
    `<section>/<block>`."""

    name: str
    lines: tuple[str, ...]
    """Lines of its texts, without markup, placeholders filled."""
    claims: tuple[str, ...]
    facts: tuple[str, ...]


def printed_parts(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], holds: str = ""
) -> Iterator[PrintedPart]:
    """Printed parts of an edition in reading order; `holds`: see `Article.sections_of`."""
    chosen, flags = article.leaflets[leaflet], article.red_flags
    shown = _Shown(level, region, {"page": "2", **values})
    # one side has no purpose, and that of a handout gives way
    one_side = holds in ("summary", "clinician", "handout")
    front = (chosen.title,) if one_side else (chosen.title, chosen.purpose_in(holds))
    yield PrintedPart("front", tuple(line for text in front for line in shown.lines(text.at(level))), (), ())
    if _has_key_messages(chosen, holds):
        yield shown.part("key-messages", chosen.key)
    yield PrintedPart("red-flags", tuple(shown.lines(flags.heading.at(level))), (), ())
    for tier in flags.tiers:
        if tier.shown(level, region) and any(item.shown(level, region) for item in tier.items):
            yield shown.part(f"red-flags/{tier.urgency}", tier)
    left_out = _left_out(chosen) if holds == "handout" else {}
    headed = {name.partition("/")[0] for name in article.headed_blocks(leaflet, level, region)}
    for section in article.sections_of(leaflet, level, region, holds):
        blocks = []
        for block in section.blocks:
            name = f"{section.id}/{block.id}"
            part = replace(shown, left_out=left_out.get(name, frozenset())).part(name, block)
            blocks += [part] if part.lines else []
        if blocks:
            own = section.model_copy(update={"blocks": ()})
            if holds != "handout" or section.id in headed:
                yield shown.part(section.id, own)
            yield from blocks


def _has_key_messages(leaflet: Leaflet, holds: str) -> bool:
    """A clinician's page has none, and a handout those leaflets' whose file asks for them."""
    return holds != "clinician" and (holds != "handout" or bool(leaflet.handout and leaflet.handout.key))


def _left_out(leaflet: Leaflet) -> dict[str, frozenset[str]]:
    """Attributes of blocks that the handout does not print, by section/block: the question of each treatment, the line
    above a strip, and the title of what stands in the red flags."""
    if leaflet.handout is None:
        return {}
    rows = [row for side in leaflet.handout.blocks() for row in side]
    found = {row.block: frozenset(("lead",) if row.look == "strip" else ("ask",)) for row in rows}
    return found | {name: frozenset(("title",)) for name in leaflet.handout.emergency}


@dataclass(frozen=True)
class _Shown:
    level: str
    region: str
    values: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    """Names of attributes that are not printed."""

    def part(self, name: str, node: Model) -> PrintedPart:
        claims: dict[str, None] = {}
        facts: dict[str, None] = {}
        collect(node, self.level, self.region, claims, facts)
        return PrintedPart(name, tuple(self._words(node)), tuple(claims), tuple(facts))

    def lines(self, text: str) -> Iterator[str]:
        for line in inline.lines(text):
            yield inline.fill(inline.bare(line), self.values)

    def _words(self, node: Model) -> Iterator[str]:
        for text in _texts(node, self.level, self.region, self.left_out):
            yield from self.lines(text.at(self.level))


def _reading_order(field: str) -> int:
    """Sort key of a field: titles come before the text below them, wherever the model declares them."""
    return 0 if field in ("title", "name", "number", "heading", "lead", "main", "purpose") else 1


def _texts(node: Model, level: str, region: str, left_out: frozenset[str]) -> Iterator[Text]:
    """Printed texts of a model in reading order, without alternative texts and the columns of a diary."""
    if (isinstance(node, Part) and not node.shown(level, region)) or isinstance(node, Column):
        return
    for name in sorted(type(node).model_fields, key=_reading_order):
        value = getattr(node, name)
        if name == "short" or name in left_out:  # short: an edition prints one of the two forms
            continue
        if isinstance(value, Text) and name not in ("alt", "pointer", "first"):
            yield value
            continue
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model) and not isinstance(child, Text):
                yield from _texts(child, level, region, left_out)

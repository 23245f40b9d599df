"""Sample for the template lint: editions and sections that show templates every shape of content once.

A template branches on shapes: the kind of a block, which of its attributes are there, how many points a list has. Two
sections of one shape give the same HTML but for their words, so one of them is enough, and so are two points of one
shape in a list. Editions that differ in the region alone share their templates too; each region's paper is met in each
layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.model.section import Section
from leaflets.content.model.text import LEVEL_IDS, Model, Text
from leaflets.editions.edition import Edition
from leaflets.html.accessibility_rules import is_file_name
from leaflets.l10n.languages import LOCALES

_Some = TypeVar("_Some", bound=Model)

_WORDLESS = frozenset(("id", "claims", "facts", "needs", "basis", "support", "flag", "differs", "medicines"))
"""Attributes that no template is given."""
_NAMES = frozenset(("picture", "drawing", "site", "phone"))
"""Attributes of which templates look only at whether they are there."""


def sampled(project: Project, editions: Sequence[Edition]) -> list[Edition]:
    """The editions that the lint renders: each leaflet, layout, level and language, and each layout in each locale.
    All of them where the project has templates of its own, which may branch on anything."""
    if _has_own_templates(project):
        return list(editions)
    alike: dict[Hashable, list[Edition]] = {}
    for row in editions:
        key = row.article, row.leaflet, row.layout, row.level, LOCALES[row.locale].language
        alike.setdefault(key, []).append(row)
    chosen = [rows[number % len(rows)] for number, rows in enumerate(alike.values())]
    met = {(row.article, row.layout, row.locale) for row in chosen}
    for row in editions:
        if (where := (row.article, row.layout, row.locale)) not in met:
            met.add(where)
            chosen.append(row)
    return chosen


def _has_own_templates(project: Project) -> bool:
    return any(
        path.suffix in (".html", ".j2") for root in project.roots[:-1] for path in (root / "templates").rglob("*")
    )


def telling_sections(article: Article, leaflets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Sections of each of some leaflets of which a shape is in no section before."""
    seen: set[Hashable] = set()
    found = {}
    for name in leaflets:
        kept = []
        for section in article.leaflets[name].sections:
            shapes = _shapes(article.sections[section])
            if not shapes <= seen:
                kept.append(section)
                seen |= shapes
        found[name] = tuple(kept)
    return found


def shortened(article: Article, sections: Mapping[str, tuple[str, ...]]) -> Article:
    """The article with other sections in some leaflets, and with few of the parts of one shape in each block and in the
    red flags."""
    short = {name: article.leaflets[name].model_copy(update={"sections": row}) for name, row in sections.items()}
    kept = dict.fromkeys(name for row in sections.values() for name in row)
    brief = {name: _with_few_parts(article.sections[name]) for name in kept}
    return replace(
        article,
        leaflets={**article.leaflets, **short},
        sections={**article.sections, **brief},
        red_flags=_with_few_parts(article.red_flags),
    )


def _with_few_parts(value: _Some) -> _Some:
    """A part with two of each shape of the parts in it: what a template does between two needs no third."""
    changed: dict[str, tuple[Model, ...]] = {}
    for name, held in value:
        if isinstance(held, tuple) and held and isinstance(held[0], Model):
            met = Counter[Hashable]()
            few = []
            for part in held:
                met[shape := _shape(part)] += 1
                if met[shape] <= 2:
                    few.append(_with_few_parts(part))
            changed[name] = tuple(few)
    return value.model_copy(update=changed) if changed else value


def _shapes(section: Section) -> set[Hashable]:
    """Shape of a section without its blocks, and those of its blocks."""
    own = _shape(section.model_copy(update={"blocks": ()}))
    return {own, *map(_shape, section.blocks)}


def _shape(value: object, name: str = "") -> Hashable:
    """What a template can tell of a value but for its words."""
    if isinstance(value, Text):
        said = [getattr(value, level) for level in (*LEVEL_IDS, "all")]
        return name == "alt" and any(is_file_name(words) for words in said if words)
    if isinstance(value, Model):
        fields = ((field, _shape(held, field)) for field, held in value if field not in _WORDLESS)
        return type(value), *fields
    if isinstance(value, tuple) and value and isinstance(value[0], Model):
        return min(len(value), 2), frozenset(map(_shape, value))
    return bool(value) if name in _NAMES else value

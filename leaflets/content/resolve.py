"""Checks that need the whole article: unresolved names, missing levels, missing basis, broken markup.

What each check looks at is in `resolution/`; the walk over the article is here.
"""

from __future__ import annotations

from dataclasses import replace

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.project import Project
from leaflets.base.source import Path, Source
from leaflets.content.article import Article
from leaflets.content.levels import HANDOUT_LEVELS
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.part import Part
from leaflets.content.model.section import Block, Diary, Harms, Section, Subheading
from leaflets.content.model.text import Model, Text
from leaflets.content.resolution.chosen_blocks import check_choices, check_needs
from leaflets.content.resolution.code_map import check_codes
from leaflets.content.resolution.facts import (
    check_basis,
    check_counters,
    check_facts,
    check_medicines,
    check_printed_fact,
)
from leaflets.content.resolution.level_texts import check_text
from leaflets.content.resolution.listed import check_article_file, check_beside, check_id
from leaflets.content.resolution.scope import Inherited, Scope
from leaflets.content.resolution.shown import check_shown


def resolve(project: Project, article: Article, diagnostics: Diagnostics) -> frozenset[str]:
    """Check an article as a whole and add a diagnostic for each fault.

    Returns the ids of claims, facts and red flags that stand where a reported fault keeps them from being printed.
    """
    scope = Scope(project, article, diagnostics)
    check_facts(scope)
    check_counters(scope)
    _visit(scope, article.info.topic, ("topic",), Inherited(article.sources["article"], based=True))
    _visit(scope, article.red_flags, (), Inherited(article.sources["red-flags"]))
    for name, section in article.sections.items():
        check_id(scope, name, section.id, f"sections/{name}")
        _visit(scope, section, (), Inherited(article.sources[f"sections/{name}"]))
    for name, leaflet in article.leaflets.items():
        check_id(scope, name, leaflet.id, f"leaflets/{name}")
        source = article.sources[f"leaflets/{name}"]
        _visit(scope, leaflet, (), Inherited(source, based=True))
        check_choices(scope, leaflet, source)
    check_beside(scope)
    check_codes(scope)
    check_article_file(scope)
    return frozenset(scope.unprinted)


def _visit(scope: Scope, node: Model, path: Path, context: Inherited) -> None:
    """Check a model and each that is in it."""
    if isinstance(node, Text):
        check_text(scope, node, path, context)
        return
    check_basis(scope, node, path, context.source)
    if isinstance(node, Part):
        context = _part(scope, node, path, context)
    if isinstance(node, Subheading | Diary):
        context = replace(context, based=True)
    _named_elsewhere(scope, node, path, context.source)
    check_shown(scope, node, path, context)
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Model):
            _visit(scope, value, (*path, name), _inside(node, name, context))
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            _unique(scope, value, (*path, name), context)
            plain = replace(context, in_checklist=getattr(node, "kind", "") in ("checklist", "figure"))
            for index, child in enumerate(value):
                _visit(scope, child, (*path, name, index), plain)


def _named_elsewhere(scope: Scope, node: Model, path: Path, source: Source) -> None:
    """Check what a part names besides claims and facts."""
    if isinstance(node, Block | Section) and node.needs:
        check_needs(scope, node.needs, source, path)
    if isinstance(node, Harms):
        check_medicines(scope, node, path, source)


def _unique(scope: Scope, children: tuple[Model, ...], path: Path, context: Inherited) -> None:
    """Check that no two of them have the same id."""
    seen: set[str] = set()
    for index, child in enumerate(children):
        name = getattr(child, "id", None)
        if name is not None and name in seen:
            place = context.source.place((*path, index, "id"))
            scope.diagnostics.error(
                place, f"the id “{name}” stands here twice", "duplicate-id", "give one of them another id"
            )
        seen.add(name or "")


def _part(scope: Scope, part: Part, path: Path, context: Inherited) -> Inherited:
    """Check where a part is printed; the context of what is in it."""
    source = context.source
    regions = part.regions or context.regions
    before = len(scope.diagnostics.errors)
    for index, name in enumerate(part.regions or ()):
        if name not in scope.regions:
            place = source.place((*path, "regions", index))
            scope.diagnostics.error(
                place, f"there is no region “{name}”", "unknown-region", did_you_mean(name, scope.regions)
            )
        elif context.regions is not None and name not in context.regions:
            place = source.place((*path, "regions", index))
            scope.diagnostics.error(place, f"the part above this one is not printed in {name}", "wrong-region")
    for index, level in enumerate(part.levels or ()):
        if level not in context.levels:
            place = source.place((*path, "levels", index))
            message = f"the part above this one is not printed at the level “{level}”"
            scope.diagnostics.error(place, message, "wrong-level")
    for key in ("levels", "regions"):
        if getattr(part, key) == ():
            message = f"“{key}” is empty: this is never printed"
            scope.diagnostics.error(source.place((*path, key)), message, f"wrong-{key[:-1]}")
    if len(scope.diagnostics.errors) > before:
        scope.unprint(part)
    for index, name in enumerate(part.facts):
        check_printed_fact(scope, name, source, (*path, "facts", index), regions)
    based = context.based or bool(part.claims or part.facts or part.basis)
    return replace(context, levels=part.levels or context.levels, regions=regions, based=based)


def _inside(node: Model, name: str, context: Inherited) -> Inherited:
    """Inherited of the field `name` of a model."""
    if name == "short" and isinstance(node, Part):
        return replace(context, based=True, some_levels=True)
    if isinstance(node, Leaflet) and name == "handout":
        return replace(context, levels=HANDOUT_LEVELS)
    return replace(context, based=True) if name in ("heading", "alt", "caption", "pointer") else context

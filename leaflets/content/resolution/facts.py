"""What the words rest on: claims, facts and references that exist and hold where they are printed."""

from __future__ import annotations

from leaflets.base.diagnostics import did_you_mean
from leaflets.base.source import Path, Source
from leaflets.content.model.section import Harms
from leaflets.content.model.text import Model
from leaflets.content.resolution.scope import Scope


def check_facts(scope: Scope) -> None:
    """Check that the regions and sources of each fact exist."""
    source = scope.article.sources["facts"]
    for index, fact in enumerate(scope.article.facts.values()):
        for at, name in enumerate(fact.regions):
            if name not in scope.regions:
                place = source.place(("facts", index, "regions", at))
                hint = did_you_mean(name, scope.regions)
                scope.diagnostics.error(place, f"there is no region “{name}”", "unknown-region", hint)
    if "references" in scope.article.gaps.lost:
        return
    for index, fact in enumerate(scope.article.facts.values()):
        for at, name in enumerate(fact.sources):
            if name not in scope.article.references and not scope.in_a_gap("references", name):
                place = source.place(("facts", index, "sources", at))
                hint = did_you_mean(name, scope.article.references)
                scope.diagnostics.error(place, f"there is no reference “{name}”", "unknown-reference", hint)


def check_counters(scope: Scope) -> None:
    """Check that what speaks against claims and facts are facts."""
    rows_of = {
        "claims": [claim.counter for claim in scope.article.claims.values()],
        "facts": [fact.counter for fact in scope.article.facts.values()],
    }
    for key, rows in rows_of.items():
        for index, names in enumerate(rows):
            for at, name in enumerate(names):
                if name not in scope.article.facts and not scope.in_a_gap("facts", name):
                    place = scope.article.place(key, (key, index, "counter", at))
                    hint = did_you_mean(name, scope.article.facts)
                    scope.diagnostics.error(place, f"there is no fact “{name}”", "unknown-fact", hint)


def check_basis(scope: Scope, node: Model, path: Path, source: Source) -> None:
    """Report claims and facts that do not exist."""
    for key, known in (("claims", scope.article.claims), ("facts", scope.article.facts)):
        for index, name in enumerate(getattr(node, key, ())):
            if name not in known and not scope.in_a_gap(key, name):
                place = source.place((*path, key, index))
                rule = f"unknown-{key[:-1]}"
                scope.diagnostics.error(place, f"there is no {key[:-1]} “{name}”", rule, did_you_mean(name, known))


def check_printed_fact(scope: Scope, name: str, source: Source, path: Path, regions: tuple[str, ...] | None) -> None:
    """Check that a fact may be printed in these regions; None: in all."""
    fact = scope.article.facts.get(name)
    if fact is None:
        return
    if fact.status == "secondary":
        message = f"the fact “{name}” is not confirmed and may not be printed"
        scope.diagnostics.error(source.place(path), message, "fact-status", "open its source first, or leave it out")
    printed = [region for region in scope.offered if regions is None or region in regions]
    if not set(fact.regions) <= set(scope.regions):
        return  # reported where the fact is
    if missing := [region for region in printed if region not in fact.regions]:
        message = f"the fact “{name}” does not hold for {', '.join(missing)}"
        hint = f"give the part “regions: [{', '.join(fact.regions)}]”"
        scope.diagnostics.error(source.place(path), message, "fact-region", hint)


def check_medicines(scope: Scope, harms: Harms, path: Path, source: Source) -> None:
    """Check that the medicines of a harm grid exist."""
    known = [medicine.id for medicine in scope.article.grid.medicines]
    for index, name in enumerate(harms.medicines):
        if name not in known and "medicines" not in scope.article.gaps.files:
            place = source.place((*path, "medicines", index))
            message = f"there is no medicine “{name}”"
            scope.diagnostics.error(place, message, "unknown-medicine", did_you_mean(name, known))

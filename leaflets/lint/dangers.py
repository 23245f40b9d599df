"""Checks of what may not be left out: dangers that facts tell of, counter-evidence, blocks that others need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity, did_you_mean
from leaflets.content.article import Article
from leaflets.content.model.sources import Fact
from leaflets.content.model.text import LEVEL_IDS
from leaflets.content.traceability import printed
from leaflets.editions.layouts import LAYOUTS
from leaflets.lint.claims import listed
from leaflets.lint.pending import PendingFaults

OFFERED: dict[str, tuple[str, ...]] = {
    "": LEVEL_IDS,
    **{row.holds: tuple(row.levels) for row in LAYOUTS.values() if row.holds},
}
"""What an edition may hold of a leaflet (empty: all of it), with the levels at which that is offered."""


@dataclass(frozen=True)
class _PrintedEdition:
    """What an edition prints: ids of its claims and facts, and its blocks as section/block."""

    leaflet: str
    level: str
    region: str
    holds: str
    claims: frozenset[str]
    facts: frozenset[str]
    blocks: frozenset[str]

    @property
    def layout(self) -> str:
        known = {"": "", "fold": " as a tri-fold", "summary": " as a summary", "handout": " as a handout"}
        return {**known, "clinician": " on the clinician’s page"}[self.holds]


Found = tuple[str, Diagnostic]
"""What a fault is about, as it is listed if it is pending (facts.x, claims.x, red-flags.x, sections.x.y); the fault."""


def check_dangers(article: Article, regions: Iterable[str], pending: PendingFaults, diagnostics: Diagnostics) -> None:
    """Report what an edition leaves out that a reader could come to harm without (`red-flag-fact`, `unknown-danger`,
    `red-flag-urgency`, `counter-evidence`, `needed-block`), unless it is `pending`."""
    known = list(regions)
    editions = list(_editions(article, known))
    for about, found in (
        *_unprinted_dangers(article, known, editions),
        *_unknown_dangers(article),
        *_urgencies(article, known),
        *_counter_evidence(article, editions),
        *_needed_blocks(article, editions),
    ):
        pending.report((about,), found, diagnostics)


def _fault(about: str, place: Place, message: str, rule: str, hint: str) -> Found:
    return about, Diagnostic(place, Severity.ERROR, message, rule, hint)


def _editions(article: Article, regions: Iterable[str]) -> Iterator[_PrintedEdition]:
    """What each leaflet prints at each level in each region, whole and in the layouts that hold chosen blocks."""
    for region in regions:
        for leaflet in (name for name in article.info.leaflets if name in article.leaflets):
            for holds, levels in OFFERED.items():
                if holds and not article.leaflets[leaflet].chosen(holds):
                    continue
                for level in levels:
                    claims, facts = printed(article, leaflet, level, region, holds)
                    sections = article.sections_of(leaflet, level, region, holds)
                    blocks = frozenset(
                        f"{section.id}/{block.id}"
                        for section in sections
                        for block in section.blocks
                        if block.shown(level, region)
                    )
                    yield _PrintedEdition(leaflet, level, region, holds, frozenset(claims), frozenset(facts), blocks)


def _unprinted_dangers(
    article: Article, regions: Iterable[str], editions: Iterable[_PrintedEdition]
) -> Iterator[Found]:
    """Facts that tell of a danger, may be printed, and are in no leaflet of a region where they hold."""
    told: dict[str, set[str]] = defaultdict(set)
    for edition in editions:
        if edition.holds != "clinician":
            told[edition.region] |= edition.facts
    for index, fact in enumerate(article.facts.values()):
        if not fact.flag or not _printable(fact) or fact.id in article.gaps.names:
            continue
        missing = [region for region in regions if region in fact.regions and fact.id not in told[region]]
        if missing:
            message = f"no leaflet prints “{fact.id}”, which tells of the danger “{fact.flag}”, in {', '.join(missing)}"
            hint = "name it in red-flags.yaml, or take its “flag” away if it tells of no danger"
            place = article.place("facts", ("facts", index, "id"))
            yield _fault(f"facts.{fact.id}", place, message, "red-flag-fact", hint)


def _unknown_dangers(article: Article) -> Iterator[Found]:
    """Facts under a red flag that tell of a danger which no red flag has: a misspelt `flag`."""
    items = [item for tier in article.red_flags.tiers for item in tier.items]
    dangers = {item.flag for item in items if item.flag}
    named = {name for part in (*article.red_flags.tiers, *items) for name in part.facts}
    for index, fact in enumerate(article.facts.values()):
        if fact.flag and fact.flag not in dangers and fact.id in named and fact.id not in article.gaps.names:
            message = f"the red flags have no danger “{fact.flag}”, of which “{fact.id}” tells"
            place = article.place("facts", ("facts", index, "flag"))
            yield _fault(f"facts.{fact.id}", place, message, "unknown-danger", did_you_mean(fact.flag, dangers))


def _printable(fact: Fact) -> bool:
    return fact.status != "secondary"


def _urgencies(article: Article, regions: Iterable[str]) -> Iterator[Found]:
    """Dangers to which the red flags give another urgency in one region than in another, and no fact says why."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for region in regions:
        for tier in article.red_flags.tiers:
            for item in tier.items:
                if item.differs in article.facts:
                    continue
                if not any(tier.shown(level, region) and item.shown(level, region) for level in LEVEL_IDS):
                    continue
                facts = (article.facts[name].flag for name in item.facts if name in article.facts)
                for danger in {flag for flag in (item.flag, *facts) if flag}:
                    found[danger][region].add(tier.urgency)
    for danger, by_region in sorted(found.items()):
        if len({frozenset(urgencies) for urgencies in by_region.values()}) > 1 and danger not in article.gaps.names:
            said = "; ".join(f"{region}: {listed(sorted(urgencies))}" for region, urgencies in by_region.items())
            message = f"the danger “{danger}” is not as urgent in one region as in another ({said})"
            hint = "put it into the same tier, or name what differs as a danger of its own"
            place = article.place("red-flags", ("tiers",))
            yield _fault(f"red-flags.{danger}", place, message, "red-flag-urgency", hint)


def _counter_evidence(article: Article, editions: Iterable[_PrintedEdition]) -> Iterator[Found]:
    """Claims and facts that are printed without the facts that speak against them."""
    wanting: dict[tuple[str, str], list[_PrintedEdition]] = defaultdict(list)
    counter: dict[str, tuple[str, ...]] = {
        **{claim.id: claim.counter for claim in article.claims.values() if claim.counter},
        **{fact.id: fact.counter for fact in article.facts.values() if fact.counter},
    }
    for edition in editions:
        for name in sorted(counter.keys() & (edition.claims | edition.facts)):
            for against in counter[name]:
                fact = article.facts.get(against)
                if fact and edition.region in fact.regions and against not in edition.facts | article.gaps.names:
                    wanting[name, against].append(edition)
    for (name, against), where in wanting.items():
        file = "claims" if name in article.claims else "facts"
        index = list(article.claims if file == "claims" else article.facts).index(name)
        place = article.place(file, (file, index, "counter"))
        if _printable(article.facts[against]):
            message = f"“{name}” is printed without “{against}”, which speaks against it, {_where(where)}"
            hint = "let the part that prints the one name the other, and say both"
        else:
            regions = listed(list(dict.fromkeys(edition.region for edition in where)))
            message = f"“{name}” is printed in {regions}, and what speaks against it, “{against}”, is not confirmed"
            hint = "open the source of the fact and print it, or take out what encourages"
        yield _fault(f"{file}.{name}", place, message, "counter-evidence", hint)


def _needed_blocks(article: Article, editions: Iterable[_PrintedEdition]) -> Iterator[Found]:
    """Blocks that are printed without one that they need, where that one is printed at all."""
    needs = _needs(article)
    wanting: dict[tuple[str, str], list[_PrintedEdition]] = defaultdict(list)
    for edition in editions:
        for name in sorted(needs.keys() & edition.blocks):
            for needed in needs[name][1]:
                section, _, id_ = needed.partition("/")
                found = article.sections.get(section)
                block = next((block for block in found.blocks if block.id == id_), None) if found else None
                if found is None or block is None or needed in edition.blocks:
                    continue
                if found.shown(edition.level, edition.region) and block.shown(edition.level, edition.region):
                    wanting[name, needed].append(edition)
    for (name, needed), where in wanting.items():
        message = f"“{name}” is printed without “{needed}”, which it needs, {_where(where)}"
        hint = "choose both, or neither"
        yield _fault(f"sections.{name.replace('/', '.')}", needs[name][0], message, "needed-block", hint)


def _needs(article: Article) -> Mapping[str, tuple[Place, tuple[str, ...]]]:
    """Blocks that need others, by section/block: the place that says so, and the others."""
    found: dict[str, tuple[Place, tuple[str, ...]]] = {}
    for name, section in article.sections.items():
        for index, block in enumerate(section.blocks):
            if block.needs or section.needs:
                path = ("blocks", index, "needs") if block.needs else ("needs",)
                place = article.place(f"sections/{name}", path)
                found[f"{name}/{block.id}"] = (place, (*section.needs, *block.needs))
    return found


def _where(editions: Iterable[_PrintedEdition]) -> str:
    """The editions in which something is so, in words."""
    levels: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for edition in editions:
        levels[edition.leaflet, edition.layout, edition.region].append(edition.level)
    regions: dict[tuple[str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (leaflet, layout, region), found in levels.items():
        regions[leaflet, layout, tuple(found)].append(region)
    return "; ".join(
        f"in “{leaflet}”{layout} at {listed(at)} in {listed(where)}" for (leaflet, layout, at), where in regions.items()
    )

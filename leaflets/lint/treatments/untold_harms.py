"""Check that whoever reads of a medicine reads of its harms: an option that names it tells them, or needs what does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity, did_you_mean
from leaflets.base.source import Path
from leaflets.content.article import Article
from leaflets.content.medicines.harm_grid import DOES_NOT_APPLY, NOT_LOOKED_UP, Medicine
from leaflets.content.model.section import Block, Option, Options, Section
from leaflets.content.traceability import collect
from leaflets.lint.claims import listed
from leaflets.lint.dangers import OFFERED
from leaflets.lint.pending import PendingFaults

_FILE = "medicines"


@dataclass(frozen=True)
class _Naming:
    """An option that names a medicine, in an edition."""

    section: str
    path: Path
    option: str
    medicine: Medicine
    level: str
    region: str
    facts: frozenset[str]
    """Facts that the option and the blocks that its table needs print there."""
    blocks: frozenset[str]
    """Those blocks, as section/block."""


def check_harms(article: Article, regions: Iterable[str], pending: PendingFaults, diagnostics: Diagnostics) -> None:
    """Report harms of `medicines.yaml` that an option leaves out (`untold-harm`), unless it is `pending`, and what is
    wrong with that file itself (`unknown-fact`, `unknown-block`, `fact-status`, `empty-harm`)."""
    known = list(regions)
    if not article.grid.medicines:
        return
    _grid(article, known, diagnostics)
    untold: dict[tuple[str, Path, str, str, str], list[_Naming]] = defaultdict(list)
    for naming in _namings(article, known):
        for harm, what in _untold(article, naming):
            untold[naming.section, naming.path, f"{naming.option} {naming.medicine.id}", harm, what].append(naming)
    for (section, path, who, harm, what), found in untold.items():
        about, medicine = who.split(" ")
        levels, where = ([*dict.fromkeys(getattr(row, key) for row in found)] for key in ("level", "region"))
        message = f"“{medicine}” is named without its harm “{harm}” ({what}) at {listed(levels)} in {listed(where)}"
        hint = "name the fact in the option, or let the table need a block that does"
        place = article.place(section, path)
        fault = Diagnostic(place, Severity.ERROR, message, "untold-harm", hint)
        pending.report((about,), fault, diagnostics)


def _grid(article: Article, regions: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report facts of the grid that do not exist or may not be printed, and harms of which a region is told nothing."""
    known = list(regions)
    for index, medicine in enumerate(article.grid.medicines):
        for harm, entries in medicine.harms():
            path: Path = ("medicines", index, harm)
            for at, name in enumerate(entries):
                _entry(article, name, article.place(_FILE, (*path, at)), diagnostics)
            if DOES_NOT_APPLY in entries and len(entries) > 1:
                message = f"“{DOES_NOT_APPLY}” stands alone, without facts beside it"
                diagnostics.error(article.place(_FILE, path), message, "empty-harm")
            for region in (region for region in known if medicine.given_in(region)):
                if not any(_told_in(article, name, region) for name in entries):
                    message = f"of “{medicine.id}”, “{harm}” has no fact that holds for {region}"
                    hint = f"name one, or add “{NOT_LOOKED_UP}”"
                    diagnostics.error(article.place(_FILE, path), message, "empty-harm", hint)
    blocks = [f"{name}/{block.id}" for name, section in article.sections.items() for block in section.blocks]
    block = article.grid.gaps
    if block not in blocks:
        message = f"there is no block “{block}”" if block else "“gaps” names no block that says what was not looked up"
        place = article.place(_FILE, ("gaps",) if block else ())
        diagnostics.error(place, message, "unknown-block", did_you_mean(block or "", blocks))


def _entry(article: Article, name: str, place: Place, diagnostics: Diagnostics) -> None:
    if name in (NOT_LOOKED_UP, DOES_NOT_APPLY) or name in article.gaps.names:
        return
    fact = article.facts.get(name)
    if fact is None:
        diagnostics.error(place, f"there is no fact “{name}”", "unknown-fact", did_you_mean(name, article.facts))
    elif fact.status == "secondary":
        message = f"the fact “{name}” is not confirmed and may not be printed"
        diagnostics.error(place, message, "fact-status", f"open its source first, or write “{NOT_LOOKED_UP}”")


def _told_in(article: Article, name: str, region: str) -> bool:
    """Whether an entry says something of a region; of an unknown fact, which is reported, it is taken to."""
    fact = article.facts.get(name)
    return fact is None or region in fact.regions


def _untold(article: Article, naming: _Naming) -> Iterator[tuple[str, str]]:
    """Harms that an option leaves out, each with the fact or block that would tell it."""
    for harm, entries in naming.medicine.harms():
        for name in entries:
            if name == NOT_LOOKED_UP:
                if article.grid.gaps not in naming.blocks:
                    yield harm, article.grid.gaps or NOT_LOOKED_UP
            elif name in article.facts and naming.region in article.facts[name].regions and name not in naming.facts:
                yield harm, name


def _namings(article: Article, regions: Iterable[str]) -> Iterator[_Naming]:
    """Each option that names a medicine, in each edition that prints it, also in layouts that hold chosen blocks."""
    for region in regions:
        for leaflet in (name for name in article.info.leaflets if name in article.leaflets):
            for holds, levels in OFFERED.items():
                if holds and not article.leaflets[leaflet].chosen(holds):
                    continue
                for level in levels:
                    yield from _named_in(article, article.sections_of(leaflet, level, region, holds), level, region)


def _named_in(article: Article, sections: list[Section], level: str, region: str) -> Iterator[_Naming]:
    printed = {f"{section.id}/{block.id}": block for section in sections for block in section.blocks}
    for section in (section for section in sections if section.id in article.sections):  # one named wrongly is reported
        whole = article.sections[section.id].blocks
        for block in (block for block in section.blocks if isinstance(block, Options) and block.shown(level, region)):
            needed = {
                name: printed[name]
                for name in (*section.needs, *block.needs)
                if name in printed and printed[name].shown(level, region)
            }
            at = next(index for index, found in enumerate(whole) if found.id == block.id)
            for index, option in enumerate(block.options):
                if not option.shown(level, region):
                    continue
                facts = _facts([option, *needed.values()], level, region)
                path: Path = ("blocks", at, "options", index, "id")
                about = f"sections.{section.id}.{block.id}.{option.id}"
                for medicine in _medicines(article, option, level, region):
                    yield _Naming(
                        f"sections/{section.id}", path, about, medicine, level, region, facts, frozenset(needed)
                    )


def _facts(parts: Iterable[Option | Block], level: str, region: str) -> frozenset[str]:
    facts: dict[str, None] = {}
    for part in parts:
        collect(part, level, region, {}, facts)
    return frozenset(facts)


def _medicines(article: Article, option: Option, level: str, region: str) -> Iterator[Medicine]:
    """Medicines whose names stand in the name of an option, or where it says what it is."""
    try:
        words = f"{option.name.at(level)} {option.what.at(level)}"
    except KeyError:  # a level without words, which is reported
        return
    for medicine in article.grid.medicines:
        if medicine.given_in(region) and any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) for name in medicine.names
        ):
            yield medicine

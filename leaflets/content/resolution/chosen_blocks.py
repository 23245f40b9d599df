"""Blocks that a leaflet chooses for short layouts, and blocks that others need."""

from __future__ import annotations

from leaflets.base.diagnostics import did_you_mean, nearest
from leaflets.base.source import Path, Source
from leaflets.content.model.handout import HandoutBlock
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.resolution.listed import check_once
from leaflets.content.resolution.scope import Scope


def check_choices(scope: Scope, leaflet: Leaflet, source: Source) -> None:
    """Check that sections, blocks and the stamp of a leaflet are there, and that none is named twice."""
    for path, names in _choices(leaflet):
        check_once(scope, names, source, path)
    known = scope.section_ids()
    for key, names in (("sections", leaflet.sections), ("clinician", leaflet.clinician or ())):
        check_once(scope, names, source, (key,))
        for index, name in enumerate(names):
            if name not in known:
                hint = did_you_mean(name, known)
                place = source.place((key, index))
                scope.diagnostics.error(place, f"there is no section “{name}”", "unknown-section", hint)
    for path, name in _chosen(leaflet):
        _chosen_block(scope, leaflet, name, source, path)
    for path, row in _handout(leaflet):
        _only(scope, row, source, path)
    if leaflet.stamp not in scope.stamps:
        hint = did_you_mean(leaflet.stamp, scope.stamps)
        scope.diagnostics.error(
            source.place(("stamp",)), f"there is no stamp “{leaflet.stamp}”", "unknown-picture", hint
        )


def _chosen_block(scope: Scope, leaflet: Leaflet, name: str, source: Source, path: Path) -> None:
    """Check that a block chosen for the summary or tri-fold belongs to the leaflet."""
    section, _, block = name.partition("/")
    there = scope.section_ids()
    unknown = [id_ for id_ in leaflet.sections if id_ not in there]
    if section in unknown or any(nearest(id_, there) == section for id_ in unknown):
        return  # the leaflet's list of sections has the fault, which is reported there
    if section not in leaflet.sections:
        message = f"the leaflet has no section “{section}”"
        hint = did_you_mean(section, [id_ for id_ in leaflet.sections if id_ in there])
        scope.diagnostics.error(source.place(path), message, "unknown-section", hint)
        return
    if section not in scope.article.sections:
        return
    known = [found.id for found in scope.article.sections[section].blocks]
    if block not in known and not scope.in_a_gap(f"sections/{section}", block):
        message = f"the section “{section}” has no block “{block}”"
        scope.diagnostics.error(source.place(path), message, "unknown-block", did_you_mean(block, known))


def _only(scope: Scope, row: HandoutBlock, source: Source, path: Path) -> None:
    """Check that what the handout prints of a block is there."""
    section, _, id_ = row.block.partition("/")
    found = scope.article.sections.get(section)
    block = next((block for block in found.blocks if block.id == id_), None) if found else None
    if block is None:
        return
    known = [child.id for name in ("items", "options") for child in getattr(block, name, ())]
    for index, name in enumerate(row.only or ()):
        if name not in known:
            message = f"“{row.block}” has nothing called “{name}”"
            scope.diagnostics.error(
                source.place((*path, "only", index)), message, "unknown-item", did_you_mean(name, known)
            )


def check_needs(scope: Scope, names: tuple[str, ...], source: Source, path: Path) -> None:
    """Check that the blocks that another needs exist."""
    known = [f"{id_}/{block.id}" for id_, section in scope.article.sections.items() for block in section.blocks]
    for index, name in enumerate(names):
        section = name.partition("/")[0]
        if name not in known and f"sections/{section}" not in scope.article.gaps.files:
            place = source.place((*path, "needs", index))
            scope.diagnostics.error(place, f"there is no block “{name}”", "unknown-block", did_you_mean(name, known))


def _choices(leaflet: Leaflet) -> list[tuple[Path, tuple[str, ...]]]:
    """Lists of chosen blocks of a leaflet, each with its path in the file."""
    found: list[tuple[Path, tuple[str, ...]]] = [(("summary",), leaflet.summary or ())]
    if leaflet.handout:
        found += [(("handout", "emergency"), leaflet.handout.emergency)]
    if leaflet.fold:
        found += [(("fold", panel), getattr(leaflet.fold, panel)) for panel in ("first", "middle", "last")]
    return found


def _handout(leaflet: Leaflet) -> list[tuple[Path, HandoutBlock]]:
    """Each block of the sides of a handout, with its path in the file."""
    sides = zip(("act", "show"), leaflet.handout.blocks(), strict=True) if leaflet.handout else ()
    return [(("handout", name, index), row) for name, side in sides for index, row in enumerate(side)]


def _chosen(leaflet: Leaflet) -> list[tuple[Path, str]]:
    """Each chosen block with its path in the file."""
    on_sides = [((*path, "block"), row.block) for path, row in _handout(leaflet)]
    return on_sides + [((*path, index), name) for path, names in _choices(leaflet) for index, name in enumerate(names)]

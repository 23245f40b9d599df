"""View of the handout: the chosen blocks of each side, treatments as rows in groups, and what has given way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from leaflets.content.model.handout import HandoutBlock
from leaflets.content.model.section import SUPPORT, AnyBlock, Callout, Option, Options, Section
from leaflets.editions.material import Material
from leaflets.editions.page_map import GIVES, HANDOUT
from leaflets.html.blocks import TextContext, block_view
from leaflets.html.views import FactGroup, FactRow, HandoutView, SideBlock


def handout_view(material: Material, voice: TextContext, gave: Mapping[str, int]) -> HandoutView | None:
    """View of an edition's handout; None in other layouts, and for a leaflet without one."""
    leaflet, level = material.article.leaflets[material.edition.leaflet], voice.level
    if material.layout.holds != "handout" or leaflet.handout is None:
        return None
    chosen = leaflet.handout
    first, second = material.article.panels_of(leaflet.id, level, voice.region, "handout")
    apart = set(chosen.emergency)
    emergency = [block for name, _, block in _blocks(first, voice) if name in apart and isinstance(block, Callout)]
    headed = material.article.headed_blocks(leaflet.id, level, voice.region)
    act, show = (
        tuple(_side([row for row in _blocks(sections, voice) if row[0] not in apart], rows, headed, voice))
        for sections, rows in zip((first, second), chosen.blocks(), strict=True)
    )
    return HandoutView(
        key=chosen.key,
        turn=voice.line(chosen.turn),
        emergency=tuple(voice.lines(block.text) for block in emergency),
        act=act,
        show=show,
        gave={side.name: GIVES[: gave.get(side.name, 0)] for side in HANDOUT.sides},
    )


_Named = tuple[str, Section, AnyBlock]
"""A block with its name as section/block and its section."""


def _blocks(sections: Iterable[Section], voice: TextContext) -> Iterator[_Named]:
    """The printed blocks of sections, in order."""
    for section in sections:
        for block in section.blocks:
            if voice.shown(block) and not block_view(block, voice).empty:
                yield f"{section.id}/{block.id}", section, block


def _side(
    found: list[_Named], rows: Iterable[HandoutBlock], headed: frozenset[str], voice: TextContext
) -> Iterator[SideBlock]:
    """Blocks of a side in order; options that follow each other are one table. `headed`: blocks under the heading of
    their section."""
    chosen = {row.block: row for row in rows}
    for tabled, group in groupby(found, key=lambda row: isinstance(row[2], Options)):
        named = list(group)
        for name, section, block in named[:1] if tabled else named:
            row = chosen[name]
            view = block_view(block, replace(voice, pictures=True) if row.look == "strip" else voice)
            view = replace(view, name=f"{section.id}-{view.id}")  # of its fields, as in the other layouts
            heading = voice.lines(section.heading) if name in headed else ()
            options = [option for *_, each in named if isinstance(each, Options) for option in each.options]
            yield SideBlock(
                name=name,
                block=view,
                heading=heading,
                look=row.look or "",
                gives=row.gives or "",
                groups=tuple(_groups(options, voice)) if tabled else (),
            )


def _groups(options: Iterable[Option], voice: TextContext) -> Iterator[FactGroup]:
    """Options by their support, the best proof first; those that are not graded last."""
    shown = [option for option in options if voice.shown(option)]
    for support in (*SUPPORT, None):
        if rows := tuple(_row(option, voice) for option in shown if option.support == support):
            if support is None:
                yield FactGroup("", Markup(""), Markup(""), rows)
            else:
                yield FactGroup(support, voice.say(f"rows-{support}"), voice.say(f"rows-ask-{support}"), rows)


def _row(option: Option, voice: TextContext) -> FactRow:
    return FactRow(
        option.id,
        voice.line(option.name),
        *(voice.lines(text) for text in (option.what, option.help, option.harm)),
    )

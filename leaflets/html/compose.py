"""Composition: material and page plan -> LeafletView, everything that a leaflet prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from markupsafe import Markup

from leaflets.content.levels import LEVELS
from leaflets.content.medicines.told_harms import ToldMedicine, told_harms
from leaflets.content.model.red_flags import Tier
from leaflets.content.model.section import Section
from leaflets.editions.material import Material
from leaflets.editions.page_map import GIVES, HANDOUT
from leaflets.editions.page_plan import PagePlan
from leaflets.html.blocks import DAYS, TextContext, block_view
from leaflets.html.clinic_view import clinic_view
from leaflets.html.imprint import (
    basis,
    control,
    foot,
    locale_name,
    named_sources,
    status,
    status_original,
    window_title,
)
from leaflets.html.page_maps.beside import side_by_side, two_by_two
from leaflets.html.page_maps.handout_view import handout_view
from leaflets.html.related import elsewhere
from leaflets.html.typography import unbound
from leaflets.html.views import BlockView, ElsewhereView, LeafletView, Row, SectionView, TierView
from leaflets.l10n.languages import LOCALES

CRISIS = "crisis"
SIDES = tuple(side.name for side in HANDOUT.sides)
FILL_PAGES = ("visit", "medicines", "week")
"""Pages that fill a booklet to a multiple of four, the most useful first: preparing a visit, medicines to bring, a
week in a few words."""


def compose(material: Material, mirrored: frozenset[str], page_plan: PagePlan) -> LeafletView:
    """View of an edition. `mirrored`: names of the pictures with a right-to-left variant, as `folder/name`."""
    edition, article, locale, words = (
        material.edition, material.article, material.localised.locale, material.words,
    )  # fmt: skip
    layout, level = material.layout, LEVELS[edition.level]
    leaflet = article.leaflets[edition.leaflet]
    voice = TextContext(
        level=edition.level,
        region=material.region.id,
        locale=locale,
        values={"page": str(material.before + page_plan.flags_page), **material.region.values(locale.language)},
        words=words,
        pictures=level.pictures,
        mirrored=mirrored,
        dials=True,
        numbers=material.region.numbers,
        whole=layout.whole_compounds,
        cues=layout.cues and not level.pictures,
        told=_told(material),
    )
    voice = replace(voice, places=_places(material, voice))
    written_in = LOCALES[material.localised.original.info.language] if material.localised.translated else locale
    title = voice.plain(leaflet.title)
    flags = article.red_flags
    key = leaflet.key
    key_points = voice.rows(key.points)
    purpose = leaflet.purpose_in(layout.holds)
    panels = _panels(material, voice)
    sections = tuple(section for panel in panels for section in panel) if panels else _sections(material, voice)
    tiers = tuple(row for tier in flags.tiers if voice.shown(tier) and (row := _tier(tier, voice)).rows)
    apart = tuple(tier for tier in tiers if material.panels and page_plan.flags_apart and tier.urgency == CRISIS)
    here = tuple(tier for tier in tiers if tier not in apart)
    return LeafletView(
        lang=locale.tag,
        direction=locale.direction,
        layout=layout.id,
        level=edition.level,
        profile=layout.profile,
        pictures=level.pictures,
        cards=layout.cards,
        continued=frozenset(page_plan.continued),
        diary_cards=layout.diary_cards,
        diary_apart=layout.diary_apart,
        fit="close" if page_plan.close else "normal",
        description=title,
        window_title=window_title(material, title),
        subject=" ".join(voice.plain(leaflet.purpose).split()),
        foot=foot(material),
        topic=voice.line(article.info.topic),
        which=voice.say("which", n=article.info.leaflets.index(leaflet.id) + 1, total=len(article.info.leaflets)),
        edition=Markup("{} · {}").format(locale_name(locale), voice.say(f"level-{level.id}")),
        status=status(material, voice),
        signed=material.review.signed,
        expired=material.review.expired,
        status_original=status_original(material),
        title=unbound(voice.line(leaflet.title)),  # in the largest type
        stamp=voice.picture("stamps", leaflet.stamp),
        purpose=voice.lines(purpose),
        key_heading=words("key-messages"),
        key_main=Row(voice.lines(key.main), voice.picture("pictograms", key.picture) if level.pictures else ""),
        key_points=two_by_two(key_points) if layout.columns and level.pictures else key_points,
        flags_heading=voice.lines(flags.heading),
        flags_first=layout.flags == "first" and not page_plan.flags_apart,
        contents_late=layout.long_contents,
        flags_apart=page_plan.flags_apart,
        contents=sections if page_plan.contents else (),
        pointer=voice.lines(flags.pointer),
        tiers=here,
        flag_parts=flag_parts(here, frozenset(page_plan.flag_parts)),
        tiers_back=apart,
        sections=sections,
        panels=panels,
        clinic=clinic_view(material, voice),
        run_in=layout.run_in,
        columns=layout.columns,
        control_apart=page_plan.control_apart,
        clinic_back=page_plan.clinic_back,
        blanks=fill_pages(page_plan.blanks),
        week=tuple(voice.say(day) for day in DAYS) if page_plan.blanks else (),
        rest_lines=page_plan.rest_lines,
        springs={name: f"{height:.2f}mm" for name, height in page_plan.springs.items()},
        control=control(material, voice),
        sources=named_sources(material, voice),
        basis=basis(material, voice),
        written=article.info.issued.isoformat(),
        foot_lang=written_in.tag,
        foot_direction=written_in.direction,
        elsewhere=ElsewhereView() if layout.on_paper else elsewhere(material, voice),
        handout=handout_view(material, voice, page_plan.gave),
    )


def _places(material: Material, voice: TextContext) -> dict[str, str]:
    """Headings of the edition -> addresses of their places, the longest first."""
    article, edition, layout = material.article, material.edition, material.layout
    sections: Iterable[Section] = ()
    if not layout.holds:
        sections = article.sections_of(edition.leaflet, voice.level, voice.region)
    elif not layout.page_map:  # the sides of a page map have no sections
        panels = article.panels_of(edition.leaflet, voice.level, voice.region, layout.holds)
        sections = (section for panel in panels for section in panel)
    found = {
        voice.plain(section.heading): f"#section-{section.id}"
        for section in sections
        if any(voice.shown(block) for block in section.blocks)
    }
    found[voice.plain(article.red_flags.heading)] = "#red-flags"
    return dict(sorted(found.items(), key=lambda row: -len(row[0])))


def other_way(view: LeafletView) -> LeafletView:
    """View by a page plan that makes every choice the other way: closer gaps, red flags on page 1, no contents, all
    fill pages. Derived from `view`, which is many times faster than composing anew."""
    tiers = (*view.tiers, *view.tiers_back)
    every = frozenset(f"{tier.urgency}/{number}" for tier in tiers for number in range(len(tier.rows)))
    return replace(
        view,
        fit="close",
        flags_apart=False,
        tiers=tiers,
        flag_parts=flag_parts(tiers, every),
        continued=frozenset(
            f"{block.name}/{option.id}/{part}"
            for section in view.sections
            for block in section.blocks
            for option in block.options
            for part in ("help", "harm", "ask")
        ),
        tiers_back=(),
        contents=(),
        clinic_back=True,
        control_apart=True,
        blanks=fill_pages(len(FILL_PAGES) + 1),
        rest_lines=1,
        handout=replace(view.handout, gave=dict.fromkeys(SIDES, GIVES)) if view.handout else None,
    )


def fill_pages(count: int) -> tuple[str, ...]:
    """Names of `count` fill pages; beyond the known kinds they are pages for notes."""
    return (FILL_PAGES + ("notes",) * count)[:count]


def _tier(tier: Tier, voice: TextContext) -> TierView:
    number = voice.line(tier.number) if tier.number else Markup("")
    return TierView(tier.urgency, number, voice.lines(tier.heading), voice.rows(tier.items))


def flag_parts(tiers: tuple[TierView, ...], starts: frozenset[str]) -> tuple[tuple[TierView, ...], ...]:
    """Divide the red flags into parts. `starts`: rows with which a part begins, as urgency/number."""
    parts: list[list[TierView]] = [[]]
    for tier in tiers:
        cuts = [number for number in range(len(tier.rows)) if f"{tier.urgency}/{number}" in starts]
        for first, end in pairwise(sorted({0, *cuts, len(tier.rows)})):
            if first in cuts and parts[-1]:
                parts.append([])
            parts[-1].append(replace(tier, rows=tier.rows[first:end], first=first))
    return tuple(tuple(part) for part in parts)


def _told(material: Material) -> tuple[ToldMedicine, ...]:
    """How the leaflet tells the harms of each medicine; only for the clinician's page."""
    if material.layout.reader != "clinician":
        return ()
    values = material.region.values(material.localised.locale.language)
    return tuple(told_harms(material.article, material.edition.leaflet, material.region.id, values))


def _sections(material: Material, voice: TextContext) -> tuple[SectionView, ...]:
    """Sections of the whole leaflet, numbered at levels without pictures."""
    edition = material.edition
    found = _views(material.article.sections_of(edition.leaflet, voice.level, voice.region), material, voice)
    if material.layout.columns:
        found = (replace(view, blocks=side_by_side(view.blocks, voice.pictures)) for view in found)
    return tuple(replace(view, number=None if voice.pictures else at) for at, view in enumerate(found, 1))


def _panels(material: Material, voice: TextContext) -> tuple[tuple[SectionView, ...], ...]:
    """Chosen blocks by panel, for a layout that holds only these; empty for the whole leaflet."""
    if not material.layout.holds:
        return ()
    leaflet, holds = material.edition.leaflet, material.layout.holds
    panels = material.article.panels_of(leaflet, voice.level, voice.region, holds)
    seen: set[str] = set()
    found: list[tuple[SectionView, ...]] = []
    for panel in panels:
        found.append(tuple(replace(view, again=view.id in seen) for view in _views(panel, material, voice)))
        seen.update(view.id for view in found[-1])
    return tuple(found)


def _views(sections: Iterable[Section], material: Material, voice: TextContext) -> Iterator[SectionView]:
    """Views of sections; a section whose blocks are all hidden is left out."""
    for section in sections:
        views = (block_view(block, voice) for block in section.blocks if voice.shown(block))
        if blocks := tuple(replace(view, name=f"{section.id}-{view.id}") for view in views if not view.empty):
            heading = voice.lines(section.heading)
            yield SectionView(section.id, None, heading, tuple(_with_key(blocks)), section.starts == "page")


def _with_key(blocks: Iterable[BlockView]) -> Iterator[BlockView]:
    """Blocks of which the first with bars says what they mean, and those below a subheading know it."""
    marked = below = False
    for block in blocks:
        first = not marked and any(option.mark for option in block.options)
        marked, below = marked or first, below or block.kind == "heading"
        yield replace(block, marked=first, below=below) if first or below else block

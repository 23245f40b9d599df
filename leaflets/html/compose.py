"""Edition + Article -> LeafletView: the whole of what a leaflet prints."""

from __future__ import annotations

from dataclasses import dataclass

from babel import localedata
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from leaflets.content.article import Article
from leaflets.content.basis import sources
from leaflets.content.levels import LEVELS
from leaflets.content.model import Diary, Section, Tier
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import Layout, layout_for
from leaflets.html.blocks import Voice, block_view
from leaflets.html.context import ControlRow, LeafletView, Lines, Row, SectionView, TierView
from leaflets.html.typography import line_html, plain
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words


@dataclass(frozen=True)
class Fit:
    """How the second pass changes a leaflet: closer gaps, the red flags on page 2."""

    close: bool = False
    flags_apart: bool = False
    """The red flags start page 2, with a pointer on page 1."""
    flags_page: int = 2
    """The page on which they start then."""
    contents: bool = False
    """The contents stand on page 1."""


@dataclass(frozen=True)
class Material:
    """What an edition is made of."""

    edition: Edition
    localised: Localised
    region: Region
    words: Words
    source_words: Words
    """The templates' words in the language the article was written in, for the footer of a translation."""

    @property
    def article(self) -> Article:
        return self.localised.article

    @property
    def layout(self) -> Layout:
        return layout_for(self.edition.layout, self.edition.level, self.region.large_print)


def compose(material: Material, mirrored: frozenset[str], fit: Fit) -> LeafletView:
    """Everything the templates print of an edition. `mirrored` names the pictures with a right-to-left variant."""
    edition, article, locale, words = (
        material.edition, material.article, material.localised.locale, material.words,
    )  # fmt: skip
    layout, level = material.layout, LEVELS[edition.level]
    leaflet = article.leaflets[edition.leaflet]
    voice = Voice(
        level=edition.level,
        region=material.region.id,
        locale=locale,
        values={"page": str(fit.flags_page), **material.region.values(locale.language)},
        words=words,
        pictures=level.pictures,
        mirrored=mirrored,
    )
    title = voice.plain(leaflet.title)
    flags = article.red_flags
    key = leaflet.key
    sections = _sections(material, voice)
    return LeafletView(
        lang=locale.tag,
        direction=locale.direction,
        layout=layout.id,
        level=edition.level,
        profile=layout.profile,
        pictures=level.pictures,
        cards=layout.cards,
        diary_cards=layout.diary_cards,
        fit="close" if fit.close else "normal",
        description=title,
        subject=" ".join(voice.plain(leaflet.purpose).split()),
        foot=_foot(material),
        topic=voice.line(article.info.topic),
        which=voice.say("which", n=article.info.leaflets.index(leaflet.id) + 1, total=len(article.info.leaflets)),
        edition=Markup("{} · {}").format(
            _locale_name(locale.own_name, locale.english_name), voice.say(f"level-{level.id}")
        ),
        status=_status(material, voice),
        status_original=_original(material, "status-translation"),
        title=voice.line(leaflet.title),
        stamp=voice.picture("stamps", leaflet.stamp),
        purpose=voice.lines(leaflet.purpose),
        key_heading=words("key-messages"),
        key_main=Row(voice.lines(key.main), voice.picture("pictograms", key.picture) if level.pictures else ""),
        key_points=voice.rows(key.points),
        flags_heading=voice.lines(flags.heading),
        flags_apart=fit.flags_apart,
        contents=sections if fit.contents else (),
        pointer=voice.lines(flags.pointer),
        tiers=tuple(row for tier in flags.tiers if voice.shown(tier) and (row := _tier(tier, voice)).rows),
        sections=sections,
        control=_control(material, voice),
        sources=_sources(material, voice),
        written=article.info.issued.isoformat(),
    )


def _locale_name(own: str, english: str) -> str:
    return own if own == english else f"{own} ({english})"


def _tier(tier: Tier, voice: Voice) -> TierView:
    return TierView(tier.urgency, voice.lines(tier.heading), voice.rows(tier.items))


def _sections(material: Material, voice: Voice) -> tuple[SectionView, ...]:
    found: list[SectionView] = []
    for section in material.article.sections_of(material.edition.leaflet, voice.level, voice.region):
        views = (block_view(block, voice) for block in section.blocks if voice.shown(block))
        blocks = tuple(view for view in views if not view.empty)
        if blocks:
            number = None if voice.pictures else len(found) + 1
            found.append(
                SectionView(section.id, number, voice.lines(section.heading), blocks, _new_page(section, material))
            )
    return tuple(found)


def _new_page(section: Section, material: Material) -> bool:
    """Whether the section begins on a new page. A diary that is set as cards runs on: only a form needs a page."""
    cards = material.layout.diary_cards and any(isinstance(block, Diary) for block in section.blocks)
    return section.starts == "page" and not cards


def _foot(material: Material) -> str:
    """The footer: title, level, locale, version and date; short where type is large.

    A translation carries it in the language it was made from, so that staff hand out the right one.
    """
    leaflet = (material.localised.original if material.localised.translated else material.article).leaflets[
        material.edition.leaflet
    ]
    values = material.region.values(material.localised.original.info.language.split("-")[0])
    title, short = (plain(text.at(material.edition.level), values) for text in (leaflet.title, leaflet.short))
    info, locale, say = material.article.info, material.localised.locale, material.source_words
    state = "foot-signed" if material.localised.signed else "foot-draft"
    version = say(state, version=info.version)
    parts = [short, locale.tag, version]
    if not material.layout.short_footer:
        written_in = material.localised.original.info.language if material.localised.translated else locale.tag
        month = format_skeleton("yMMMM", info.issued, locale=_babel(written_in))
        parts = [title, say(f"level-{material.edition.level}"), locale.tag, version, month]
    return " · ".join(parts)


def _control(material: Material, voice: Voice) -> tuple[ControlRow, ...]:
    """The document-control box: id, version, dates, state."""
    info, edition = material.article.info, material.edition

    def date(day: object) -> str:
        return format_date(day, "long", locale=_babel(material.localised.locale.tag))  # type: ignore[arg-type]

    if material.localised.signed:
        by = f"{info.review.by}, {info.review.role}"
        state = voice.say("state-reviewed", by=by, date=date(info.review.on))
    else:
        state = voice.say("state-awaiting")
    rows = [
        ControlRow(
            voice.words("control-leaflet"),
            _code(edition.leaflet, edition.level, edition.layout, edition.locale),
        ),
        ControlRow(
            voice.words("control-version"), voice.say("version-of", version=info.version, date=date(info.issued))
        ),
        ControlRow(voice.words("control-review"), voice.say("plain-words", words=date(info.review_due))),
        ControlRow(voice.words("control-state"), state, strong=not material.localised.signed),
    ]
    return tuple(rows)


def _code(*parts: str) -> Markup:
    """An id in its parts: left to right in every script, no part broken."""
    spans = (Markup('<span class="nw">{}</span>').format(part) for part in parts)
    return Markup('<span dir="ltr">{}</span>').format(Markup(", ").join(spans))


def _sources(material: Material, voice: Voice) -> Lines:
    """The article first, then what stands behind the facts: how many at the easy level, the main ones at the plain."""
    article, edition = material.article, material.edition
    names = sources(article, edition.leaflet, edition.level, material.region.id)
    found = [article.references[name] for name in names]
    ranks = {"plain": ("main",), "detailed": ("main", "other")}.get(edition.level, ())
    if material.layout.few_sources and edition.level != "detailed":
        ranks = ()
    printed = [row for row in found if row.rank in ranks]
    written_in = LOCALES[material.localised.original.info.language]
    rows = [line_html(row, {}, written_in) for row in (article.info.origin.short, *(row.short for row in printed))]
    if material.localised.translated:  # named as they are, each in its own direction
        rows = [
            Markup('<span lang="{}" dir="{}">{}</span>').format(written_in.tag, written_in.direction, row)
            for row in rows
        ]
    if more := sum(row.rank != "evidence" for row in found) - len(printed):
        rows.append(voice.say("more-sources", n=more))
    return tuple(rows)


def _babel(tag: str) -> str:
    """Babel's name for a locale; the language alone where CLDR does not know it in that region."""
    full = tag.replace("-", "_")
    return full if localedata.exists(full) else tag.split("-")[0]


def _original(material: Material, id_: str) -> Markup:
    """A word of the templates in the language a translation was made from; nothing where there is none."""
    if not material.localised.translated:
        return Markup("")
    written_in = LOCALES[material.localised.original.info.language]
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    return span.format(written_in.tag, written_in.direction, material.source_words(id_))


def _status(material: Material, voice: Voice) -> Markup:
    """What the strip under the title says until somebody has signed; empty after."""
    if material.localised.translated:
        return voice.say("status-translation")
    return Markup("") if material.localised.signed else voice.say("status-strip")

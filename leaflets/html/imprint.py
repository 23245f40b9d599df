"""Imprint of a leaflet: footer, document control, sources, status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from babel import localedata
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from leaflets.content.traceability import sources
from leaflets.editions.material import Material
from leaflets.html.blocks import TextContext
from leaflets.html.typography import NBSP, line_html, plain
from leaflets.html.views import ControlRow, Lines
from leaflets.l10n.languages import LOCALES

T = TypeVar("T")


def foot(material: Material) -> str:
    """Text of the footer: title, level, locale, version and date; less in large type and on small pages.

    A translation has it in the language of the original, so that staff can identify the leaflet.
    """
    leaflet = (material.localised.original if material.localised.translated else material.article).leaflets[
        material.edition.leaflet
    ]
    values = material.region.values(material.localised.original.info.language.split("-")[0])
    title, short = (plain(text.at(material.edition.level), values) for text in (leaflet.title, leaflet.short))
    info, locale, say = material.article.info, material.localised.locale, material.source_words
    state = "foot-signed" if material.localised.signed else "foot-draft"
    version = say(state, version=info.version)
    parts = [locale.tag, version] if material.layout.footer == "least" else [short, locale.tag, version]
    if material.layout.footer == "full":
        written_in = material.localised.original.info.language if material.localised.translated else locale.tag
        month = format_skeleton("yMMMM", info.issued, locale=babel_name(written_in))
        parts = [title, say(f"level-{material.edition.level}"), locale.tag, version, month]
    return " · ".join(parts)


def control(material: Material, voice: TextContext) -> tuple[ControlRow, ...]:
    """Rows of the document-control box: id, version, date of review, state."""
    edition = material.edition
    told = _told(material, voice.say)
    rows = [
        ControlRow(
            "leaflet",
            voice.words("control-leaflet"),
            _code(edition.leaflet, edition.level, edition.layout, edition.locale),
        ),
        ControlRow("version", voice.words("control-version"), told["version"]),
        ControlRow("review", voice.words("control-review"), told["review"]),
        ControlRow("state", voice.words("control-state"), told["state"], strong=not material.localised.signed),
    ]
    return tuple(rows)


def said_of(material: Material, name: str) -> str:
    """Value of the row `version`, `review` or `state` of the document-control box, without markup."""
    return _told(material, material.words)[name].replace(NBSP, " ")


def _told(material: Material, say: Callable[..., T]) -> dict[str, T]:
    """Values of the document-control box, in the type that `say` returns."""
    info = material.article.info

    def date(day: object) -> str:
        """Date with a no-break space between day and month."""
        said = format_date(day, "long", locale=babel_name(material.localised.locale.tag))  # type: ignore[arg-type]
        return said.replace(" ", NBSP, 1)

    if material.localised.signed:
        state = say("state-reviewed", by=f"{info.review.by}, {info.review.role}", date=date(info.review.on))
    else:
        state = say("state-awaiting")
    return {
        "version": say("version-of", version=info.version, date=date(info.issued)),
        "review": say("plain-words", words=date(info.review_due)),
        "state": state,
    }


def _code(*parts: str) -> Markup:
    """Parts of an id, left to right in every script, each unbreakable."""
    spans = (Markup('<span class="nw">{}</span>').format(part) for part in parts)
    return Markup('<span dir="ltr">{}</span>').format(Markup(", ").join(spans))


def named_sources(material: Material, voice: TextContext) -> Lines:
    """Printed sources: the source article first, then references of the printed facts, by rank: only their number at
    the easy level, the main ones at plain, main and other ones at detailed (`Layout.sources` may reduce that)."""
    article, edition = material.article, material.edition
    names = sources(article, edition.leaflet, edition.level, material.region.id, material.layout.holds)
    found = [article.references[name] for name in names]
    by_level: dict[str, tuple[str, ...]] = {"plain": ("main",), "detailed": ("main", "other")}
    levels = {"level": ("plain", "detailed"), "detailed": ("detailed",), "count": ()}[material.layout.sources]
    ranks = by_level[edition.level] if edition.level in levels else ()
    printed = [row for row in found if row.rank in ranks]
    written_in = LOCALES[material.localised.original.info.language]
    rows = [line_html(row, {}, written_in) for row in (article.info.origin.short, *(row.short for row in printed))]
    if material.localised.translated:  # names stay in the original's language and direction
        rows = [
            Markup('<span lang="{}" dir="{}">{}</span>').format(written_in.tag, written_in.direction, row)
            for row in rows
        ]
    if more := sum(row.rank != "evidence" for row in found) - len(printed):
        rows.append(voice.say("more-sources", n=more))
    return tuple(rows)


def babel_name(tag: str) -> str:
    """Babel's name of a locale; the language alone where CLDR does not know it in that region."""
    full = tag.replace("-", "_")
    return full if localedata.exists(full) else tag.split("-")[0]


def original(material: Material, id_: str) -> Markup:
    """Words of the templates in the language of the original, for a translation; else empty."""
    if not material.localised.translated:
        return Markup("")
    written_in = LOCALES[material.localised.original.info.language]
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    return span.format(written_in.tag, written_in.direction, material.source_words(id_))


def status(material: Material, voice: TextContext) -> Markup:
    """Status line under the title until the leaflet is signed; then empty."""
    if material.localised.translated:
        return voice.say("status-translation")
    return Markup("") if material.localised.signed else voice.say("status-strip")

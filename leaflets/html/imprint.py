"""Imprint of a leaflet: footer, document control, sources, status."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TypeVar

from babel import localedata
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from leaflets.content.traceability import own_sources, printed, sources
from leaflets.editions.material import Material
from leaflets.editions.review_status import ReviewId
from leaflets.html.blocks import TextContext
from leaflets.html.typography import NBSP, line_html, plain
from leaflets.html.views import ControlRow, Lines
from leaflets.l10n.languages import LOCALES, Locale

T = TypeVar("T")
MOST_NAMED = 5
"""Most sources that are named on paper beside the source article; the web page names all."""


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
    state = "foot-signed" if material.review.signed else "foot-draft"
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
        ControlRow("state", voice.words("control-state"), told["state"], strong=not material.review.current),
    ]
    return tuple(rows)


def said_of(material: Material, name: str) -> str:
    """Value of the row `version`, `review` or `state` of the document-control box, without markup."""
    return _told(material, material.words)[name].replace(NBSP, " ")


def _told(material: Material, say: Callable[..., T]) -> dict[str, T]:
    """Values of the document-control box, in the type that `say` returns."""
    info, review, tag = material.article.info, material.review, material.localised.locale.tag
    states = []
    if review.signed and review.signer:
        signer = review.signer
        states.append(say("state-reviewed", by=f"{signer.name}, {signer.role}", date=_date(signer.on, tag)))
        if translator := review.translator:
            by = f"{translator.name}, {translator.role}"
            states.append(say("state-translated", by=by, date=_date(translator.on, tag)))
    states = states or [say("state-awaiting")]
    if review.expired:
        states.append(say("state-expired"))
    return {
        "version": say("version-of", version=info.version, date=_date(info.issued, tag)),
        "review": say("plain-words", words=_date(info.review_due, tag)),
        "state": _joined(states),
    }


def _date(day: datetime.date, tag: str) -> str:
    """Date in the words of a locale, with a no-break space between day and month."""
    return format_date(day, "long", locale=babel_name(tag)).replace(" ", NBSP, 1)


def _joined(parts: Sequence[T]) -> T:
    """Sentences in one line, in the type that they have."""
    first = parts[0]
    for part in parts[1:]:
        first = first + " " + part  # type: ignore[operator]
    return first


def _code(*parts: str) -> Markup:
    """Parts of an id, left to right in every script, each unbreakable."""
    spans = (Markup('<span class="nw">{}</span>').format(part) for part in parts)
    return Markup('<span dir="ltr">{}</span>').format(Markup(", ").join(spans))


def named_sources(material: Material, voice: TextContext) -> Lines:
    """Printed sources: the source article first, then references of the printed facts, as many as `Layout.sources`
    says, and the number of the others."""
    article, edition = material.article, material.edition
    leaflet, level, region, holds = edition.leaflet, edition.level, material.region.id, material.layout.holds
    names = sources(article, leaflet, level, region, holds)
    found = [row for name in names if (row := article.references[name]).rank != "evidence"]
    main = [row for row in found if row.rank == "main"]
    own = own_sources(article, leaflet, level, region, holds) if material.layout.sources == "addresses" else ()
    named = {
        "five": main[:MOST_NAMED] if level != "easy" else [],
        "detailed": main[:MOST_NAMED] if level == "detailed" else [],
        "count": [],
        "all": found,
        "addresses": [row for row in main if row.id in own],
    }[material.layout.sources]
    written_in = LOCALES[material.localised.original.info.language]
    rows = [line_html(row, {}, written_in) for row in (article.info.origin.short, *(row.short for row in named))]
    if material.layout.sources == "addresses":
        addresses = (article.info.origin.address, *(row.address for row in named))
        links = (f"https://{article.info.origin.address}", *(row.link for row in named))
        rows = [_addressed(*row) for row in zip(rows, addresses, links, strict=True)]
    if material.localised.translated:  # names stay in the original's language and direction
        rows = [
            Markup('<span lang="{}" dir="{}">{}</span>').format(written_in.tag, written_in.direction, row)
            for row in rows
        ]
    if more := len(found) - len(named):
        rows.append(voice.say("more-sources", n=more))
    return tuple(rows)


def _addressed(words: Markup, address: str, link: str) -> Markup:
    """A source with its address, which is a link."""
    if not address:
        return words
    return Markup('{}, <a dir="ltr" href="{}">{}</a>').format(words, link, address)


def basis(material: Material, voice: TextContext) -> Markup:
    """For the clinician: on how many facts the leaflet at this level and this page rest, and how many of them are not
    confirmed; else empty."""
    if material.layout.reader != "clinician":
        return Markup("")
    article, edition = material.article, material.edition
    read = (edition.leaflet, edition.level, material.region.id)
    names = printed(article, *read)[1] | printed(article, *read, material.layout.holds)[1]
    facts = [article.facts[name] for name in names if name in article.facts]
    return voice.say("clinician-basis", facts=len(facts), safe=sum(fact.status != "confirmed" for fact in facts))


def babel_name(tag: str) -> str:
    """Babel's name of a locale; the language alone where CLDR does not know it in that region."""
    full = tag.replace("-", "_")
    return full if localedata.exists(full) else tag.split("-")[0]


def status(material: Material, voice: TextContext) -> Markup:
    """Status line under the title: that it is a draft and why, that its review is overdue; else empty."""
    said = _status(material, voice.say, material.localised.locale.tag)
    return _joined(said) if said else Markup("")


def draft_status(state: ReviewId, translated: bool, say: Callable[..., T]) -> list[T]:
    """What a leaflet says that nobody has signed as it is: a sentence; none when it is signed. `say`: from an id to the
    words of the templates."""
    if state == "signed":
        return []
    if state == "changed":
        return [say("status-changed")]
    if state == "withdrawn":
        return [say("status-withdrawn")]
    return [say("status-translation")] if translated else [say("status-strip")]


def status_original(material: Material) -> Markup:
    """The same line in the language of the original, for a translation; else empty."""
    written_in = LOCALES[material.localised.original.info.language]
    said = _status(material, material.source_words, written_in.tag)
    if not said or not material.localised.translated:
        return Markup("")
    span = Markup('<span lang="{}" dir="{}">{}</span>')
    return span.format(written_in.tag, written_in.direction, _joined(said))


def _status(material: Material, say: Callable[..., T], tag: str) -> list[T]:
    """Sentences of the status line; none for a signed leaflet whose review is not overdue."""
    review = material.review
    found = draft_status(review.state, material.localised.translated, say)
    if review.expired:
        found.append(say("status-expired", date=_date(material.article.info.review_due, tag)))
    return found


def locale_name(locale: Locale) -> str:
    """Name of a locale in its own language, and in English where that is another."""
    own, english = locale.own_name, locale.english_name
    return own if own == english else f"{own} ({english})"


def leaflet_title(material: Material) -> str:
    """Title of the leaflet at the edition's level, in its language: what catalogue, index and evidence name it by."""
    title = material.article.leaflets[material.edition.leaflet].title.at(material.edition.level)
    return " ".join(plain(title, material.region.values(material.localised.locale.language)).split())


def window_title(material: Material, title: str) -> str:
    """Title of a window or a book: the leaflet, its level, layout and locale, so that editions are told apart."""
    names = [title, material.words(f"level-{material.edition.level}")]
    names += [material.words(f"layout-{material.layout.id}")] if material.layout.on_paper else []
    return " · ".join([*names, locale_name(material.localised.locale)])

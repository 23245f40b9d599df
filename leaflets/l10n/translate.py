"""Localisation of an article: Article and message file -> Article in a locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.segments import segments, with_words
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.messages import read_messages, usable


@dataclass(frozen=True)
class Localised:
    """An article in a locale, with the original it was made from."""

    article: Article
    locale: Locale
    original: Article
    """The article as written. A translation's footer has its title, so that staff can identify the leaflet."""
    translated: bool
    """True for another language: a draft until a person has signed the translation too."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Places of the locale's own words, by segment id."""
    unread: bool = False
    """Its words are not known, which is reported: no check of words looks at it."""


def localise(project: Project, article: Article, locale: Locale, diagnostics: Diagnostics) -> Localised:
    """Article in `locale`. A missing message of a translation is an error at the source's words, a stale one at the
    message, a missing file one where the article offers the locale."""
    written_in = article.info.language
    if locale.tag == written_in:
        return Localised(article, locale, original=article, translated=False)
    base = article
    variant = locale.variant_of is not None
    if variant and locale.variant_of != written_in:
        base = localise(project, article, LOCALES[str(locale.variant_of)], diagnostics).article
    printed = {
        part.id: (part.words, part.place)
        for part in segments(base)
        if part.regions is None or locale.region in part.regions
    }
    name = f"articles/{article.id}/l10n/{locale.tag}.po"
    if not variant and not project.find(name):
        return _untranslated(article, locale, name, len(printed), diagnostics)
    messages = read_messages(project, name, diagnostics)
    words = usable(messages, printed, complete=not variant, diagnostics=diagnostics, gaps=bool(article.gaps))
    printing = with_words(base, lambda id_, source: words.get(id_, source))
    placed = {**base.messages, **{id_: messages[id_] for id_ in words if messages}}
    return Localised(
        replace(printing, messages=placed),
        locale,
        original=article,
        translated=locale.language != LOCALES[written_in].language,
        places={id_: message.place for id_, message in (messages or {}).items() if id_ in words},
        unread=messages is None,
    )


def _untranslated(article: Article, locale: Locale, name: str, count: int, diagnostics: Diagnostics) -> Localised:
    """The article as it was written, in a locale that has no message file; reported once, where it is offered."""
    offered = article.info.locales
    where = ("locales", offered.index(locale.tag)) if locale.tag in offered else ("locales",)
    message = f"“{locale.tag}” has no message file: none of its {count} texts is translated"
    hint = f"write {name}, with an entry for each text, or take the locale out"
    diagnostics.error(article.place("article", where), message, "missing-message", hint)
    return Localised(article, locale, original=article, translated=True, unread=True)

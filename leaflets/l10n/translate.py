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


def localise(project: Project, article: Article, locale: Locale, diagnostics: Diagnostics) -> Localised:
    """Article in `locale`. A missing message of a translation is an error at the source's words, a stale one at the
    message."""
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
    messages = read_messages(project, f"articles/{article.id}/l10n/{locale.tag}.po", diagnostics)
    words = usable(messages, printed, complete=not variant, diagnostics=diagnostics, gaps=bool(article.gaps))
    printing = with_words(base, lambda id_, source: words.get(id_, source))
    placed = {**base.messages, **{id_: messages[id_] for id_ in words if messages}}
    return Localised(
        replace(printing, messages=placed),
        locale,
        original=article,
        translated=locale.language != LOCALES[written_in].language,
        places={id_: message.place for id_, message in (messages or {}).items() if id_ in words},
    )

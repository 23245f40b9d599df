"""Check of how sure a table is that its treatments help: best proof first, the same bold words for the same support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.article import Article
from leaflets.content.model.section import SUPPORT, Option, Options
from leaflets.content.model.text import LEVEL_IDS

_BOLD = re.compile(r"\*\*(.+?)[.:,]?\*\*")
"""What a cell begins with, without the mark that ends it."""


def check_support(article: Article, regions: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report options that stand above one with better proof (`support-order`), and support that is not told, or told in
    other words than elsewhere in the section (`support-words`)."""
    known = list(regions)
    for name in article.sections:
        _order(article, name, known, diagnostics)
        for level in LEVEL_IDS:
            _words(article, name, level, diagnostics)


def _tables(article: Article, name: str) -> Iterator[tuple[int, Options]]:
    for index, block in enumerate(article.sections[name].blocks):
        if isinstance(block, Options):
            yield index, block


def _order(article: Article, name: str, regions: Iterable[str], diagnostics: Diagnostics) -> None:
    told: set[tuple[int, int]] = set()
    for region in regions:
        for at, block in _tables(article, name):
            lowest: Option | None = None
            for index, option in enumerate(block.options):
                if not option.support or (option.regions is not None and region not in option.regions):
                    continue
                if lowest and SUPPORT.index(option.support) < SUPPORT.index(lowest.support or option.support):
                    if (at, index) not in told:
                        message = f"“{option.id}” ({option.support}) stands below “{lowest.id}” ({lowest.support})"
                        place = article.place(f"sections/{name}", ("blocks", at, "options", index, "support"))
                        diagnostics.error(place, message, "support-order", "put the best proof first")
                        told.add((at, index))
                else:
                    lowest = option


def _words(article: Article, name: str, level: str, diagnostics: Diagnostics) -> None:
    words: dict[str, str] = {}
    for at, block in _tables(article, name):
        for index, option in enumerate(block.options):
            given = getattr(option.help, "all" if option.help.all is not None else level)
            if not option.support or given is None:
                continue
            place = article.place(f"sections/{name}", ("blocks", at, "options", index, "help"))
            bold = _BOLD.match(given)
            if bold is None:
                message = f"at the level “{level}” nothing in bold says how sure it is ({option.support})"
                hint = "begin with it, such as “**Strong support.**”"
                diagnostics.error(place, message, "support-words", hint)
                continue
            first = words.setdefault(option.support, bold[1])
            if first != bold[1]:
                message = f"“{option.support}” is “{bold[1]}” here and “{first}” above, at the level “{level}”"
                diagnostics.error(place, message, "support-words")
            elif other := next((key for key, said in words.items() if said == bold[1] and key != option.support), ""):
                message = f"“{bold[1]}” means “{option.support}” here and “{other}” above, at the level “{level}”"
                diagnostics.error(place, message, "support-words")

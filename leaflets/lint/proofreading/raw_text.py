"""Faults that only the text of a file shows: words lost after “ #”, and what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.source import Source
from leaflets.content.article import Article
from leaflets.content.segments import segments

TODO = re.compile(r"\bTODO\b")
"""What a new article has where words are to be written."""
_COMMENT = re.compile(r"(?:^|\s)#")
_LOST = re.compile(r"[ \t]+(#[^\n]*)")


def check_lost_words(article: Article, diagnostics: Diagnostics) -> None:
    """Warn of words that YAML takes for a comment, on the line of a text (`lost-words`)."""
    for segment in segments(article):
        node = segment.source.nodes.get(segment.path) if segment.source else None
        if segment.source is None or node is None:
            continue
        text, end = segment.source.text, node.end_mark.index
        match = _LOST.match(text, end)
        if match:
            message = f"“{_short(match[1])}” is a comment and is not printed"
            hint = "put the text in quotes if it is meant; write a comment on a line of its own"
            diagnostics.warning(_place(segment.source, match.start(1)), message, "lost-words", hint)


def _short(words: str) -> str:
    return words if len(words) < 40 else words[:40] + "…"


def check_unwritten(article: Article, diagnostics: Diagnostics) -> None:
    """Report each place that is still to be written (`todo`), with how many there are."""
    found = sorted(row for source in article.sources.values() for row in _unwritten(source))
    for number, (place, words) in enumerate(found, start=1):
        message = f"still to be written, {number} of {len(found)}: {words}"
        diagnostics.error(place, message, "todo", "write it, and take “TODO” away")


def _unwritten(source: Source) -> Iterator[tuple[Place, str]]:
    """Each place that is still to be written, with what is said there."""
    for match in TODO.finditer(source.text):
        begins = source.text.rfind("\n", 0, match.start()) + 1
        if not _COMMENT.search(source.text[begins : match.start()]):
            words = source.text[match.end() :].partition("\n")[0].strip(" :\"'")
            yield _place(source, match.start()), _short(words.partition(" #")[0])


def _place(source: Source, offset: int) -> Place:
    begins = source.text.rfind("\n", 0, offset) + 1
    return Place(source.name, source.text.count("\n", 0, offset) + 1, offset - begins + 1)

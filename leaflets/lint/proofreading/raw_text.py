"""Faults that only the text of a file shows: words lost after “ #”, and what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.source import Path, Source
from leaflets.content.article import Article
from leaflets.content.segments import Segment
from leaflets.lint.proofreading.line import PrintedLine
from leaflets.lint.proofreading.slips import mojibake

TODO = re.compile(r"\bTODO\b")
"""What a new article has where words are to be written."""
_RECORDS = {
    "article": ("origin", ("title", "publisher", "address", "short")),
    "claims": ("claims", ("text",)),
    "facts": ("facts", ("statement",)),
    "references": ("references", ("short", "full")),
}
"""Texts that are the same in each locale, by file: the key of the row or rows, and the keys in it."""
_COMMENT = re.compile(r"(?:^|\s)#")
_LOST = re.compile(r"[ \t]+(#[^\n]*)")


def check_lost_words(article: Article, written: Iterable[Segment], diagnostics: Diagnostics) -> None:
    """Warn of words that YAML takes for a comment, on the line of a text (`lost-words`). `written`: the segments of the
    article."""
    texts = ((segment.source, segment.path) for segment in written if segment.source)
    records = ((source, path) for source, path, _ in _records(article))
    for source, path in (*texts, *records):
        node = source.nodes.get(path)
        match = _LOST.match(source.text, node.end_mark.index) if node is not None else None
        if match:
            message = f"“{_short(match[1])}” is a comment and is not printed"
            hint = "put the text in quotes if it is meant; write a comment on a line of its own"
            diagnostics.warning(_place(source, match.start(1)), message, "lost-words", hint)


def check_encoding(article: Article, diagnostics: Diagnostics) -> None:
    """Report letters of a wrong encoding in claims, facts, references and the origin (`mojibake`)."""
    for source, path, words in _records(article):
        for slip in mojibake(PrintedLine(words, "all", article.info.language, None)):
            diagnostics.error(source.place_of(path, slip.fragment), slip.message, "mojibake", slip.hint)


def _records(article: Article) -> Iterator[tuple[Source, Path, str]]:
    """Texts that are no segments, since they are the same in each locale: what a leaflet restates and rests on."""
    for file, (key, names) in _RECORDS.items():
        source = article.sources[file]
        found = source.data.get(key) if isinstance(source.data, dict) else None
        rows = enumerate(found) if isinstance(found, list) else [(None, found)]
        for number, row in rows:
            for name in names:
                words = row.get(name) if isinstance(row, dict) else None
                if isinstance(words, str):
                    yield source, (key, name) if number is None else (key, number, name), words


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

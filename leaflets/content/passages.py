"""Passages of an edition: the text of each block at one level, in reading order, as lines with positions.

A passage is what a reader takes in at one go: a paragraph, a list with the line above it, the steps, a row of a table.
Its `kind` says whether it is running text; headings, cells, points to tick and red flags are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from leaflets.base.diagnostics import Place
from leaflets.base.source import WORD, Path, Source
from leaflets.content import inline
from leaflets.content.article import Article, MessageWords
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.part import Item, Part
from leaflets.content.model.red_flags import RedFlags
from leaflets.content.model.section import (
    AnyBlock,
    Callout,
    Checklist,
    Diary,
    Figure,
    Harms,
    ListBlock,
    Notes,
    Options,
    Organisations,
    Paragraph,
    Proportion,
    Section,
    Steps,
    Subheading,
)
from leaflets.content.model.text import Text


class PassageKind(StrEnum):
    """What a passage is in the leaflet."""

    PROSE = "prose"
    """Running text."""
    HEADING = "heading"
    """A title or heading."""
    NAME = "name"
    """A name of a few words: a treatment, the numbered point of a drawing, the short title in a footer."""
    CELLS = "cells"
    """A row of a table, or the card of one treatment or organisation."""
    TICKS = "ticks"
    """Points with a box to tick."""
    RED_FLAGS = "red-flags"
    """One urgency of the red flags, which all leaflets share."""


@dataclass(frozen=True)
class Line:
    """One line of a text as it is read: without markup, placeholders filled."""

    words: str
    segment: str
    """Id of the segment in which it stands, such as `sections.why.nerves.text.plain`."""
    source: Source
    path: Path
    before: int = 0
    """Number of words, divided by white space, in the lines above it in the same text."""
    message: MessageWords | None = None
    """Where a message file has the words, if they are not those of the source."""

    def place(self, word: int = 0) -> Place:
        """Position of the word with this number in the line, from 0, divided by white space."""
        number = self.before + word
        return self.message.word_place(number) if self.message else self.source.place_of_word(self.path, number)

    def place_at(self, offset: int) -> Place:
        """Position of the word to which the character with this number belongs, from 0."""
        return self.place(len(WORD.findall(self.words[: offset + 1])) - 1)


@dataclass(frozen=True)
class Passage:
    """The lines of a block at one level. `id`: the block's, with the level, as in the ids of segments."""

    id: str
    kind: PassageKind
    lines: tuple[Line, ...]
    lead: str = ""
    """Id of the segment of the line above a list, with which its points may make one sentence; empty: there is none."""


def passages(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], holds: str = ""
) -> Iterator[Passage]:
    """Passages of an edition of this leaflet, level and region, without alternative texts and the diary's columns.

    `values` fills placeholders; `page` is “2” unless given, the usual page of the red flags. `holds`: see
    `Article.sections_of`. KeyError when a level has no words.
    """
    chosen = article.leaflets[leaflet]
    filled = _OneWord(values)

    def reader(file: str, id_: str) -> _Reader:
        return _Reader(article, article.sources.get(file) or Source(file, ""), id_, level, region, filled)

    yield from reader(f"leaflets/{leaflet}", f"leaflets.{leaflet}").leaflet(chosen, holds)
    yield from reader("red-flags", "red-flags").red_flags(article.red_flags)
    for section in article.sections_of(leaflet, level, region, holds):
        yield from reader(f"sections/{section.id}", f"sections.{section.id}").section(section)


def fold_purpose(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str]
) -> tuple[Passage, ...]:
    """The passage of a tri-fold's own purpose, which stands nowhere else; none where it has the leaflet's."""
    fold = article.leaflets[leaflet].fold
    if fold is None or fold.purpose is None:
        return ()
    found = passages(article, leaflet, level, region, values, "fold")
    return tuple(islice((passage for passage in found if passage.id == f"leaflets.{leaflet}.fold.{level}"), 1))


def clinician_words(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str]
) -> Iterator[Passage]:
    """The passages of the sections that stand on the clinician's page alone."""
    own = tuple(f"sections.{name}." for name in article.leaflets[leaflet].clinician or ())
    found = passages(article, leaflet, level, region, values, "clinician")
    return (passage for passage in found if own and passage.id.startswith(own))


class _OneWord(dict[str, str]):
    """Values of placeholders with no-break spaces, so that the words of a line keep their number when it is filled."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(page=values.get("page", "2"))
        self.given = values

    def __missing__(self, name: str) -> str:
        return self.given[name].replace(" ", "\u00a0")


Texts = Iterable[tuple[str, Path, Text | None]]
"""Texts with the end of their segment's id, without the level, and their path in the file; None: not given."""


@dataclass(frozen=True)
class _Reader:
    """Reader of one file of an article, at one level and in one region."""

    article: Article
    source: Source
    id: str
    level: str
    region: str
    values: Mapping[str, str]

    def leaflet(self, leaflet: Leaflet, holds: str) -> Iterator[Passage]:
        yield from self.heading("title", ("title",), leaflet.title)
        yield from self.name("short", ("short",), leaflet.short)
        own = getattr(leaflet, holds, None) if holds in ("fold", "handout") else None
        if own and own.purpose:
            yield from self.prose(holds, [(f"{holds}.purpose", (holds, "purpose"), own.purpose)])
        elif holds not in ("summary", "clinician"):  # one side, without a purpose
            yield from self.prose("purpose", [("purpose", ("purpose",), leaflet.purpose)])
        if holds == "handout" and leaflet.handout:
            yield from self.name("handout.turn", ("handout", "turn"), leaflet.handout.turn)
        if holds == "clinician" or (holds == "handout" and leaflet.handout and not leaflet.handout.key):
            return
        key = leaflet.key
        points = self.items("key", ("key", "points"), key.points)
        yield from self.prose("key", [("key.main", ("key", "main"), key.main), *points])

    def red_flags(self, flags: RedFlags) -> Iterator[Passage]:
        yield from self.heading("heading", ("heading",), flags.heading)
        for index, tier in enumerate(flags.tiers):
            if self.shown(tier):
                path: Path = ("tiers", index)
                yield from self.heading(f"{tier.id}.heading", (*path, "heading"), tier.heading)
                yield from self.passage(
                    tier.id, PassageKind.RED_FLAGS, self.items(tier.id, (*path, "items"), tier.items)
                )

    def section(self, section: Section) -> Iterator[Passage]:
        yield from self.heading("heading", ("heading",), section.heading)
        for index, block in enumerate(section.blocks):
            if self.shown(block):
                yield from self.block(block, self.at(section, block, index))

    def at(self, section: Section, block: AnyBlock, index: int) -> Path:
        """Path of a block in the section's file, from which an edition may print only some."""
        rows = self.source.data.get("blocks", ()) if isinstance(self.source.data, dict) else ()
        same = (number for number, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == block.id)
        return ("blocks", next(same, index))

    def block(self, block: AnyBlock, path: Path) -> Iterator[Passage]:
        """Passages of one block, its title first."""
        id_ = block.id
        if isinstance(block, Subheading):
            yield from self.heading(f"{id_}.text", (*path, "text"), block.text)
        elif isinstance(block, Notes):
            yield from self.heading(f"{id_}.heading", (*path, "heading"), block.heading)
        elif isinstance(block, Paragraph):
            yield from self.prose(id_, [(f"{id_}.text", (*path, "text"), block.text)])
        elif isinstance(block, Callout):
            yield from self.heading(f"{id_}.title", (*path, "title"), block.title)
            yield from self.prose(id_, [(f"{id_}.text", (*path, "text"), block.text)])
        elif isinstance(block, ListBlock | Steps | Checklist):
            yield from self.points(block, path)
        elif isinstance(block, Diary):
            yield from self.prose(id_, [(f"{id_}.lead", (*path, "lead"), block.lead)])
        elif isinstance(block, Options):
            yield from self.options(block, path)
        elif isinstance(block, Harms):
            return  # names and marks
        elif isinstance(block, Organisations):
            yield from self.organisations(block, path)
        else:
            yield from self.picture(block, path)

    def points(self, block: ListBlock | Steps | Checklist, path: Path) -> Iterator[Passage]:
        """A list with the line above it; the titles of steps apart."""
        for index, item in enumerate(block.items):
            if isinstance(block, Steps) and self.shown(item):
                step = block.items[index]
                yield from self.heading(f"{block.id}.{step.id}.title", (*path, "items", index, "title"), step.title)
        lead = f"{block.id}.lead"
        texts = [(lead, (*path, "lead"), block.lead), *self.items(block.id, (*path, "items"), block.items)]
        kind = PassageKind.TICKS if isinstance(block, Checklist) else PassageKind.PROSE
        yield from self.passage(block.id, kind, texts, lead if block.lead else "")

    def options(self, block: Options, path: Path) -> Iterator[Passage]:
        for index, option in enumerate(block.options):
            if self.shown(option):
                id_, at = f"{block.id}.{option.id}", (*path, "options", index)
                yield from self.name(f"{id_}.name", (*at, "name"), option.name)
                cells = [(f"{id_}.{name}", (*at, name), getattr(option, name)) for name in _CELLS]
                yield from self.passage(id_, PassageKind.CELLS, cells)

    def organisations(self, block: Organisations, path: Path) -> Iterator[Passage]:
        """The line above them, then a card for each; sites and telephone numbers are no words."""
        yield from self.prose(block.id, [(f"{block.id}.lead", (*path, "lead"), block.lead)])
        for index, row in enumerate(block.organisations):
            if self.shown(row):
                id_, at = f"{block.id}.organisations.{row.id}", (*path, "organisations", index)
                yield from self.name(f"{id_}.name", (*at, "name"), row.name)
                yield from self.passage(id_, PassageKind.CELLS, [(f"{id_}.what", (*at, "what"), row.what)])

    def picture(self, block: Figure | Proportion, path: Path) -> Iterator[Passage]:
        """Caption and words of a drawing or a chart; the numbered points of a drawing and the groups of a chart
        are labels."""
        id_ = block.id
        below = ("note", block.note) if isinstance(block, Figure) else ("text", block.text)
        texts = [("caption", block.caption), below]
        yield from self.prose(id_, [(f"{id_}.{name}", (*path, name), text) for name, text in texts])
        if isinstance(block, Figure):
            for name, at, text in self.items(id_, (*path, "key"), block.key, f"{id_}.key"):
                yield from self.name(name, at, text)
        else:
            for index, group in enumerate(block.groups):
                yield from self.name(f"{id_}.groups.{group.id}.label", (*path, "groups", index, "label"), group.label)

    def items(self, id_: str, path: Path, items: Iterable[Item], below: str = "") -> Iterator[tuple[str, Path, Text]]:
        """Texts of the items that are printed."""
        for index, item in enumerate(items):
            if self.shown(item):
                yield f"{below or id_}.{item.id}.text", (*path, index, "text"), item.text

    def shown(self, part: Part) -> bool:
        return part.shown(self.level, self.region)

    def heading(self, id_: str, path: Path, text: Text | None) -> Iterator[Passage]:
        yield from self.passage(id_, PassageKind.HEADING, [(id_, path, text)])

    def name(self, id_: str, path: Path, text: Text) -> Iterator[Passage]:
        yield from self.passage(id_, PassageKind.NAME, [(id_, path, text)])

    def prose(self, id_: str, texts: Texts) -> Iterator[Passage]:
        yield from self.passage(id_, PassageKind.PROSE, texts)

    def passage(self, id_: str, kind: PassageKind, texts: Texts, lead: str = "") -> Iterator[Passage]:
        """The passage of some texts; none if they have no words."""
        lines = tuple(line for end, path, text in texts if text is not None for line in self.lines(end, path, text))
        if lines:
            yield Passage(f"{self.id}.{id_}.{self.level}", kind, lines, lines[0].segment if lead else "")

    def lines(self, end: str, path: Path, text: Text) -> Iterator[Line]:
        key = "all" if text.all is not None else self.level
        segment = f"{self.id}.{end}.{key}"
        message = self.article.messages.get(segment)
        before = 0
        rows = inline.lines(text.at(self.level))
        for line in rows:
            words = inline.fill(inline.bare(line), self.values)
            yield Line(words, segment, self.source, (*path, key), before, message)
            before += len(WORD.findall(line)) if len(rows) > 1 else 0


_CELLS = ("what", "help", "harm", "ask")

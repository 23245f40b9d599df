"""Article: all files of an article's folder, validated and joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol

from leaflets.base.diagnostics import Place
from leaflets.base.source import Path, Source
from leaflets.content.measures.answers import Measures
from leaflets.content.medicines.harm_grid import HarmGrid
from leaflets.content.model.article_info import ArticleInfo
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.red_flags import RedFlags
from leaflets.content.model.search_terms import SearchTerms
from leaflets.content.model.section import Callout, Section
from leaflets.content.model.sources import Claim, Fact, Reference


class MessageWords(Protocol):
    """Words that a message file has for a segment."""

    def word_place(self, number: int) -> Place:
        """Position of a word, counted from 0 and divided by white space."""


@dataclass(frozen=True)
class Gaps:
    """What a reported fault keeps out of an article, so that no check reports its consequences too."""

    lost: frozenset[str] = frozenset()
    """Files of which nothing could be read, or not all ids; their names as in `Article.sources`."""
    partly: frozenset[str] = frozenset()
    """Files of which a part could not be read."""
    names: frozenset[str] = frozenset()
    """Ids that stand in what could not be read, or in what a reported fault keeps from being printed."""

    @property
    def files(self) -> frozenset[str]:
        """All files that have gaps."""
        return self.lost | self.partly

    def __bool__(self) -> bool:
        return bool(self.files)


@dataclass(frozen=True)
class Article:
    """An article. Dictionaries are keyed by id, in the order of the files; `sources` by file name.

    An article with gaps is read so that its other faults are found; it is never built.
    """

    info: ArticleInfo
    claims: dict[str, Claim]
    facts: dict[str, Fact]
    references: dict[str, Reference]
    red_flags: RedFlags
    sections: dict[str, Section]
    leaflets: dict[str, Leaflet]
    sources: dict[str, Source] = field(compare=False, repr=False)
    messages: Mapping[str, MessageWords] = field(default_factory=dict, compare=False, repr=False)
    """Words that differ from the source's in a locale, by the segment's id."""
    gaps: Gaps = Gaps()
    grid: HarmGrid = field(default_factory=HarmGrid)
    """Medicines and their harms; empty without `medicines.yaml`."""
    measures: dict[str, Measures] = field(default_factory=dict)
    """A person's answers to PEMAT-P and the CDC Index, by leaflet."""
    finding: dict[str, SearchTerms] = field(default_factory=dict)
    """Words and codes by which a leaflet is found, by leaflet."""

    @property
    def id(self) -> str:
        return self.info.id

    def with_dangers(self, short: bool) -> Article:
        """This article with one form of words for each red flag: the short one where there is one, or the full."""
        return replace(self, red_flags=self.red_flags.form(short))

    def in_short(self) -> Article:
        """This article with the short form of the words of each block that has one."""
        return replace(
            self,
            sections={name: section.in_short() for name, section in self.sections.items()},
            leaflets={name: leaflet.in_short() for name, leaflet in self.leaflets.items()},
        )

    def sections_of(self, leaflet: str, level: str, region: str, holds: str = "") -> list[Section]:
        """Sections that an edition of this leaflet, level and region prints, in order. Unknown names are skipped;
        `resolve` reports them.

        `holds`: the leaflet's key that chooses what is printed (`summary`, `fold`, `clinician`); empty for the whole
        leaflet.
        """
        if holds:
            return [section for panel in self.panels_of(leaflet, level, region, holds) for section in panel]
        chosen = (self.sections[name] for name in self.leaflets[leaflet].sections if name in self.sections)
        return [section for section in chosen if section.shown(level, region)]

    def panels_of(self, leaflet: str, level: str, region: str, holds: str) -> list[list[Section]]:
        """Sections by panel, each reduced to the blocks that the key `holds` chooses, in the order of choice; a section
        that is named without a block is whole. Consecutive blocks of one section share its heading."""
        leaf = self.leaflets[leaflet]
        rows = leaf.on_handout(region) if holds == "handout" else {}
        apart = leaf.handout.emergency if leaf.handout else ()
        panels: list[list[Section]] = []
        for listed in leaf.chosen(holds):
            names = [name for name in listed if holds != "handout" or name in rows or name in apart]
            panel: list[Section] = []
            for section, group in groupby(names, key=lambda name: name.partition("/")[0]):
                found = self.sections.get(section)
                if found is None or not found.shown(level, region):
                    continue
                by_id = {block.id: block for block in found.blocks}
                chosen = [name for name in group if name.partition("/")[2]]
                blocks = tuple(
                    by_id[id_].on_handout(rows.get(name)) for name in chosen if (id_ := name.partition("/")[2]) in by_id
                )
                blocks = blocks if chosen else found.blocks
                panel.append(found.model_copy(update={"blocks": blocks}))
            panels.append(panel)
        return panels

    def headed_blocks(self, leaflet: str, level: str, region: str) -> frozenset[str]:
        """Blocks of the handout, as section/block, over which the heading of their section stands: the first of it on a
        side. A callout has a heading of its own, and none stands where the leaflet's file says so."""
        headed: set[str] = set()
        handout = self.leaflets[leaflet].handout
        for side in handout.blocks() if handout else ():
            seen: set[str] = set()
            for row in side:
                section, _, id_ = row.block.partition("/")
                blocks = self.sections[section].blocks if section in self.sections else ()
                block = next((block for block in blocks if block.id == id_ and block.shown(level, region)), None)
                if block is None or isinstance(block, Callout) or section in seen:
                    continue
                seen.add(section)
                headed |= {row.block} if row.heading else set()
        return frozenset(headed)

    def place(self, file: str, path: Path = ()) -> Place:
        """Position of a value; `file` is the file's name below the article's folder without its ending."""
        return self.sources[file].place(path)

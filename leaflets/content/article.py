"""The Article: all files of one article's folder, read, validated and joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaflets.base.diagnostics import Place
from leaflets.base.source import Path, Source
from leaflets.content.model import ArticleInfo, Claim, Fact, Leaflet, RedFlags, Reference, Section


@dataclass(frozen=True)
class Article:
    """One article. The dictionaries keep the order of the files."""

    info: ArticleInfo
    claims: dict[str, Claim]
    facts: dict[str, Fact]
    references: dict[str, Reference]
    red_flags: RedFlags
    sections: dict[str, Section]
    leaflets: dict[str, Leaflet]
    sources: dict[str, Source] = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        return self.info.id

    def sections_of(self, leaflet: str, level: str, region: str) -> list[Section]:
        """The sections of a leaflet that an edition of this level and region prints; an unknown name is passed over
        (the reader has complained of it)."""
        chosen = (self.sections[name] for name in self.leaflets[leaflet].sections if name in self.sections)
        return [section for section in chosen if section.shown(level, region)]

    def place(self, file: str, path: Path = ()) -> Place:
        """Where something stands; `file` is the name below the article's folder without its ending."""
        return self.sources[file].place(path)

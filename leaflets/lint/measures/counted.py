"""Items of the measures that a program can tell are not met, each with the reason. It finds faults, and no merit: where
it finds nothing, a person decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from leaflets.content.article import Article
from leaflets.content.inline import lines
from leaflets.content.levels import LEVELS
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.section import (
    Block,
    Callout,
    Checklist,
    Diary,
    Figure,
    ListBlock,
    Notes,
    Options,
    Proportion,
    Steps,
)
from leaflets.content.passages import Passage, PassageKind, passages
from leaflets.lint.leaflet_reading import running_text
from leaflets.lint.readability import measure
from leaflets.lint.reading_limits import LIMITS
from leaflets.lint.syllables import FamiliarWords

MOST_POINTS = 7
"""Points of an undivided list (CDC 8)."""
MOST_WORDS = 120
"""Words of running text without a point or heading between them: our limit for a short section (PEMAT 8)."""
MOST_HEADING_WORDS = 6
"""Words of a heading of a table's column (PEMAT 19)."""
_OUT_OF = re.compile(r"\b\d+ (?:out )?(?:of|in)(?: every)? (\d+)\b(?! (?:minute|hour|day|week|month|year|stud|mg))")
_DECIMAL = re.compile(r"(?<![\d.:])\d+\.\d+(?![\d.])")
Item = tuple[str, int]
"""Measure and number of an item."""


@dataclass(frozen=True)
class _Printed:
    """A leaflet at a level in a region."""

    leaflet: Leaflet
    level: str
    blocks: Sequence[Block]
    passages: Sequence[Passage]
    familiar: FamiliarWords
    graded: bool
    shown: Callable[[object], bool]

    def kinds(self, *models: type[Block]) -> list[Block]:
        return [block for block in self.blocks if isinstance(block, models)]

    @property
    def words(self) -> list[str]:
        own = (row for row in self.passages if row.kind is not PassageKind.RED_FLAGS)
        return [line.words for row in own for line in row.lines]


def not_met(
    article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str], graded: bool = True
) -> dict[Item, str]:
    """Items that a leaflet does not meet, each with why. `graded`: its language has limits of readability."""
    sections = article.sections_of(leaflet, level, region)
    found = _Printed(
        article.leaflets[leaflet],
        level,
        [block for section in sections for block in section.blocks if block.shown(level, region)],
        list(passages(article, leaflet, level, region, values)),
        FamiliarWords.of(article.info.familiar),
        graded,
        lambda part: part.shown(level, region),  # type: ignore[attr-defined]
    )
    return {item: why for items, rule in _RULES for why in [rule(found)] if why for item in items}


def _hard_words(found: _Printed) -> str:
    counts = measure(running_text(found.passages), found.familiar)
    over = [figure for figure in LIMITS[found.level].figures(counts) if not figure.within] if found.graded else []
    return f"the {over[0].name} is {over[0].value:.1f}, at most {over[0].most:g} is allowed" if over else ""


def _denominators(found: _Printed) -> str:
    numbers = sorted({int(number) for words in found.words for number in _OUT_OF.findall(words)})
    return f"shares are given of {' and of '.join(map(str, numbers))}" if len(numbers) > 1 else ""


def _decimals(found: _Printed) -> str:
    numbers = [number for words in found.words for number in _DECIMAL.findall(words)]
    return f"“{numbers[0]}” is no whole number" if numbers else ""


def _long_section(found: _Printed) -> str:
    for row in found.passages:
        words = max((len(line.words.split()) for line in row.lines), default=0)
        if row.kind is PassageKind.PROSE and words > MOST_WORDS:
            return f"{words} words without a break, at “{' '.join(row.lines[0].words.split()[:5])} …”"
    return ""


def _long_list(found: _Printed) -> str:
    for block in found.blocks:
        items = [item for item in getattr(block, "items", ()) if found.shown(item)]
        if len(items) > MOST_POINTS:
            return f"the list “{block.id}” has {len(items)} points, and {MOST_POINTS} are the most"
    return ""


def _no_list(found: _Printed) -> str:
    return "" if found.kinds(ListBlock, Steps, Checklist) else "there is no list"


def _no_summary(found: _Printed) -> str:
    points = [point for point in found.leaflet.key.points if found.shown(point)]
    return "" if points else "the key messages have no points under the main message"


def _main_message(found: _Printed) -> str:
    said = lines(found.leaflet.key.main.at(found.level))
    count = sum(max(1, len(re.findall(r"[.!?](?=\s|$)", line))) for line in said)
    return f"the main message has {count} sentences, and 3 are the most" if count > 3 else ""


def _no_picture(found: _Printed) -> str:
    if LEVELS[found.level].pictures or found.kinds(Figure, Proportion) or any(map(_cued, found.blocks)):
        return ""
    return "no picture or chart at this level"


def _cued(block: Block) -> bool:
    """Whether a small picture stands beside a callout, or beside one of its steps."""
    named = block.items if isinstance(block, Steps) else (block,) if isinstance(block, Callout) else ()
    return any(part.picture for part in named)


def _no_tool(found: _Printed) -> str:
    return "" if found.kinds(Checklist, Diary, Notes) else "there is no checklist, diary or room to write"


def _no_steps(found: _Printed) -> str:
    return "" if found.kinds(Steps, ListBlock) else "there are no steps"


def _wide_heads(found: _Printed) -> str:
    for block in found.kinds(Diary):
        assert isinstance(block, Diary)
        for column in block.columns:
            if len(column.name.at(found.level).split()) > MOST_HEADING_WORDS:
                return f"“{column.name.at(found.level)}” has more than {MOST_HEADING_WORDS} words"
    return ""


def _unmarked_table(found: _Printed) -> str:
    """Options that the reader is to compare, without words above them."""
    for before, block in zip((None, *found.blocks), found.blocks, strict=False):
        if isinstance(block, Options) and before is None:
            return f"the table “{block.id}” has no words above it"
    return ""


_RULES: tuple[tuple[tuple[Item, ...], Callable[[_Printed], str]], ...] = (
    ((("pemat", 3), ("cdc", 7)), _hard_words),
    ((("pemat", 6), ("pemat", 7), ("cdc", 17)), _denominators),
    ((("cdc", 15),), _decimals),
    ((("pemat", 8), ("cdc", 9)), _long_section),
    ((("pemat", 11), ("cdc", 10)), _no_summary),
    ((("pemat", 12),), _no_list),
    ((("cdc", 8),), _no_list),
    ((("cdc", 8),), _long_list),
    ((("pemat", 15), ("pemat", 26), ("cdc", 4)), _no_picture),
    ((("pemat", 19),), _wide_heads),
    ((("pemat", 20), ("pemat", 22), ("cdc", 5), ("cdc", 12)), _no_steps),
    ((("pemat", 23),), _no_tool),
    ((("pemat", 25),), _unmarked_table),
    ((("cdc", 1),), _main_message),
)
"""The rules, each with the items that it decides."""

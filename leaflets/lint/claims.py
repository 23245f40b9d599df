"""Completeness of an article: a leaflet prints each claim of the source; each edition prints each red flag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.source import WORD, Path, Source
from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.model.red_flags import Urgency
from leaflets.content.model.text import LEVEL_IDS, LevelId, Text
from leaflets.content.passages import Line, Passage, PassageKind
from leaflets.content.segments import Segment
from leaflets.content.traceability import printed

MOST_OMITTED = {"plain": 6}
"""Most claims that a level may leave out with a reason; a level that is not named: any number."""


def check_claims(article: Article, regions: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report each claim that no leaflet prints at a level in a region and that is not left out for a reason
    (`claim-not-printed`), and reasons that do not hold or are too many (`omitted-claim`)."""
    known, gaps = list(regions), article.gaps.names
    reached = {(level, region): _reached(article, level, region) for level in LEVEL_IDS for region in known}
    for index, claim in enumerate(article.claims.values()):
        wanting: dict[str, list[str]] = defaultdict(list)
        for (level, region), ids in reached.items():
            if claim.id not in ids and claim.id not in gaps and not claim.left_out(level):
                wanting[level].append(region)
        for missed, where in _by_regions(wanting):
            place = article.place("claims", ("claims", index, "id"))
            hint = "print it in a block"
            if missed != ["detailed"]:
                hint += ", or say in “omitted” which levels leave it out, and why"
            message = f"the claim “{claim.id}” reaches no leaflet at {listed(missed)} in {', '.join(where)}"
            diagnostics.error(place, message, "claim-not-printed", hint)
    _check_omitted(article, reached, diagnostics)


def _reached(article: Article, level: str, region: str) -> set[str]:
    """Ids of the claims that the leaflets print at a level in a region."""
    offered = [leaflet for leaflet in article.info.leaflets if leaflet in article.leaflets]
    return set().union(*(printed(article, leaflet, level, region)[0] for leaflet in offered))


def _check_omitted(article: Article, reached: Mapping[tuple[LevelId, str], set[str]], diagnostics: Diagnostics) -> None:
    """Report claims that are printed though they are said to be left out, and where a level leaves out more than
    MOST_OMITTED, at the first one that is too many. `reached`: claims that are printed, by level and region."""
    left_out: dict[str, list[str]] = defaultdict(list)
    for index, claim in enumerate(article.claims.values()):
        place = article.place("claims", ("claims", index, "omitted"))
        for level in claim.omitted.levels if claim.omitted else ():
            left_out[level].append(claim.id)
            regions = [ids for (at, _), ids in reached.items() if at == level]
            if regions and all(claim.id in ids for ids in regions):
                message = f"the claim “{claim.id}” is printed at {level}, and is said to be left out"
                diagnostics.error(place, message, "omitted-claim", "take the level out of “omitted”")
            if level in MOST_OMITTED and len(left_out[level]) == MOST_OMITTED[level] + 1:
                message = f"the {level} level leaves out more than {MOST_OMITTED[level]} claims"
                diagnostics.error(place, message, "omitted-claim", "print some of them, in the words of that level")


def _by_regions(wanting: Mapping[str, Sequence[str]]) -> list[tuple[list[str], tuple[str, ...]]]:
    """Levels that want the same regions, with these."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for level, regions in wanting.items():
        found[tuple(regions)].append(level)
    return [(levels, regions) for regions, levels in found.items()]


def listed(names: Sequence[str]) -> str:
    """Names as they are said: “easy, plain and detailed”."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def red_flags(article: Article, level: str, region: str) -> set[str]:
    """Ids of the dangers that the red-flag block names at a level in a region."""
    return {
        item.flag
        for tier in article.red_flags.tiers
        if tier.shown(level, region)
        for item in tier.items
        if item.flag and item.shown(level, region)
    }


def _emergency(article: Article, level: str, region: str) -> bool:
    """Whether the red-flag block has an item of the urgency “emergency”."""
    tiers = (tier for tier in article.red_flags.tiers if tier.urgency == "emergency" and tier.shown(level, region))
    return any(item.shown(level, region) for tier in tiers for item in tier.items)


def check_red_flags(article: Article, regions: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report each danger that some levels or regions name and others do not, and each edition that names all of them
    but no emergency (`red-flag-missing`)."""
    known = list(regions)
    every = {flag for region in known for level in LEVEL_IDS for flag in red_flags(article, level, region)}
    missing: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    calm: dict[str, list[str]] = defaultdict(list)
    for region in known:
        for level in LEVEL_IDS:
            flags = every - red_flags(article, level, region)
            for flag in flags - article.gaps.names:
                missing[flag][level].append(region)
            if not flags and not _emergency(article, level, region) and "red-flags" not in article.gaps.files:
                calm[level].append(region)
    for flag in sorted(missing):
        for levels, where in _by_regions(missing[flag]):
            message = f"the red flag “{flag}” is missing at {listed(levels)} in {', '.join(where)}"
            hint = "simplification never drops a red flag"
            diagnostics.error(article.place("red-flags"), message, "red-flag-missing", hint)
    for levels, where in _by_regions(calm):
        message = f"no emergency is named at {listed(levels)} in {', '.join(where)}"
        hint = "add a tier with “urgency: emergency”"
        diagnostics.error(article.place("red-flags", ("tiers",)), message, "red-flag-missing", hint)


_FIRST = get_args(Urgency)
"""Urgencies in the order of the page."""


def check_order(article: Article, diagnostics: Diagnostics) -> None:
    """Report each tier that stands below a less urgent one of its region (`red-flag-order`)."""
    tiers = article.red_flags.tiers
    for index, tier in enumerate(tiers):
        for above in tiers[:index]:
            together = not tier.regions or not above.regions or set(tier.regions) & set(above.regions)
            if together and _FIRST.index(above.urgency) > _FIRST.index(tier.urgency):
                message = f"“{tier.id}” ({tier.urgency}) stands below “{above.id}” ({above.urgency})"
                hint = f"danger to life comes first: {', '.join(_FIRST)}"
                diagnostics.error(article.place("red-flags", ("tiers", index)), message, "red-flag-order", hint)
                break


def short_forms(
    article: Article, level: str, region: str, values: Mapping[str, str], written: Iterable[Segment]
) -> Iterator[Passage]:
    """Short forms that a region may print at a level: of the red flags a passage for each tier that has some, of blocks
    one for each text. `written`: segments of the article, of which those of blocks are looked for."""
    for index, tier in enumerate(article.red_flags.tiers):
        if not tier.shown(level, region):
            continue
        path: Path = ("tiers", index)
        found: list[tuple[str, Text | None, Path]] = [(tier.id, tier.short, (*path, "short"))]
        found += [
            (f"{tier.id}.{item.id}", item.short, (*path, "items", at, "short"))
            for at, item in enumerate(tier.items)
            if item.shown(level, region)
        ]
        lines = tuple(line for id_, text, at in found if text for line in _lines(article, id_, text, at, level, values))
        if lines:
            yield Passage(f"red-flags.{tier.id}.short.{level}", PassageKind.RED_FLAGS, lines)
    for segment in written:
        here = segment.level == level and (segment.regions is None or region in segment.regions)
        if here and segment.source and segment.id.startswith("sections.") and ".short." in segment.id:
            yield Passage(segment.id, PassageKind.CELLS, tuple(_lines_of(article, segment, segment.source, values)))


def _lines_of(article: Article, segment: Segment, source: Source, values: Mapping[str, str]) -> Iterator[Line]:
    """Lines of a segment."""
    before = 0
    for line in inline.lines(segment.words):
        words = inline.fill(inline.bare(line), values)
        yield Line(words, segment.id, source, segment.path, before, article.messages.get(segment.id))
        before += len(WORD.findall(line))


def _lines(article: Article, id_: str, text: Text, path: Path, level: str, values: Mapping[str, str]) -> Iterator[Line]:
    key = "all" if text.all is not None else level
    segment, before = f"red-flags.{id_}.short.{key}", 0
    for line in inline.lines(getattr(text, key) or ""):
        words = inline.fill(inline.bare(line), values)
        source = article.sources["red-flags"]
        yield Line(words, segment, source, (*path, key), before, article.messages.get(segment))
        before += len(WORD.findall(line))

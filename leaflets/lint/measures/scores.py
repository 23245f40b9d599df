"""Scores of a leaflet by the answers of a person: PEMAT-P and the CDC Clear Communication Index, in percent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.source import Path
from leaflets.content.article import Article
from leaflets.content.measures.answers import Answer, Measures
from leaflets.content.measures.items import ITEMS, MeasureItem
from leaflets.content.model.text import LEVEL_IDS
from leaflets.content.region import Region
from leaflets.l10n.languages import LOCALES
from leaflets.lint.claims import listed
from leaflets.lint.measures.counted import not_met
from leaflets.lint.pending import PendingFaults

LEAST = 90.0
"""Least score on each scale, percent (docs/standards.md)."""
SCALES = {
    "understandability": "PEMAT-P understandability",
    "actionability": "PEMAT-P actionability",
    "index": "CDC Clear Communication Index",
}


@dataclass(frozen=True)
class UnmetItem:
    """An item that a leaflet does not meet: its measure and number, what it asks, and why not."""

    measure: str
    number: int
    asks: str
    why: str


@dataclass(frozen=True)
class LeafletScore:
    """The scores of a leaflet at a level in a region, percent by scale, and what is not met: item and reason."""

    article: str
    leaflet: str
    level: str
    region: str
    percent: Mapping[str, float]
    unmet: tuple[UnmetItem, ...] = ()


def scores(article: Article, leaflet: str, level: str, region: str) -> LeafletScore | None:
    """The scores by the answers as they are; None when nobody has answered for the leaflet."""
    measures = article.measures.get(leaflet)
    if measures is None:
        return None
    points: dict[str, list[bool]] = defaultdict(list)
    unmet = []
    for measure, item in _items():
        for _, row in measures.of(measure, item.number, level, region)[:1]:
            if row.answer != "not-applicable":
                points[item.scale].append(row.answer == "met")
            if row.answer == "not-met":
                unmet.append(UnmetItem(measure, item.number, item.asks, row.reason))
    percent = {scale: 100 * sum(found) / len(found) for scale, found in points.items()}
    return LeafletScore(article.id, leaflet, level, region, percent, tuple(unmet))


def check_measures(
    article: Article, regions: Mapping[str, Region], pending: PendingFaults, diagnostics: Diagnostics
) -> tuple[LeafletScore, ...]:
    """Report items without one answer (`measure-answer`), answers against which the program finds a fault
    (`measure-counted`), and scores under the limit (`measure-score`); returns the scores."""
    found: list[LeafletScore] = []
    offered = {LOCALES[tag].region: tag for tag in article.info.locales if tag in LOCALES}
    known = {name: regions[name] for name in offered if name in regions}
    for leaflet, measures in article.measures.items():
        if leaflet not in article.leaflets or f"measures/{leaflet}" in article.gaps.files:
            continue
        check = _Check(article, leaflet, measures, pending, diagnostics)
        check.answered(known)
        for region in known.values():
            language = article.info.language.split("-")[0]
            for level in LEVEL_IDS:
                try:
                    check.counted(level, region, region.values(language))
                except KeyError:  # a level without words, or a placeholder without a value, which is reported
                    continue
        check.report_counted()
        rows = [row for region in known for level in LEVEL_IDS if (row := scores(article, leaflet, level, region))]
        check.held(rows)
        found += rows
    return tuple(found)


def _items() -> Iterator[tuple[str, MeasureItem]]:
    return ((measure, item) for measure, items in ITEMS.items() for item in items)


class _Check:
    """Check of one leaflet's answers."""

    def __init__(
        self, article: Article, leaflet: str, measures: Measures, pending: PendingFaults, diagnostics: Diagnostics
    ) -> None:
        self.article, self.leaflet, self.measures = article, leaflet, measures
        self.pending, self.diagnostics = pending, diagnostics
        self._counted: dict[tuple[str, int, str], list[str]] = defaultdict(list)

    def place(self, *path: str | int) -> Place:
        at: Path = path
        return self.article.place(f"measures/{self.leaflet}", at)

    def answered(self, regions: Iterable[str]) -> None:
        """Each item has one answer at each level in each region, and only some may not apply."""
        names = list(regions)
        for measure, item in _items():
            count = {
                (level, region): self.measures.of(measure, item.number, level, region)
                for level in LEVEL_IDS
                for region in names
            }
            for wrong, said in ((0, "no answer"), (2, "more than one answer")):
                at = [key for key, rows in count.items() if min(len(rows), 2) == wrong]
                if at:
                    levels, where = ([*dict.fromkeys(key[n] for key in at)] for n in (0, 1))
                    message = f"{measure} {item.number} ({item.asks}) has {said} at {listed(levels)} in {listed(where)}"
                    self.diagnostics.error(self.place(measure), message, "measure-answer")
        for measure, items in ITEMS.items():
            rows: tuple[Answer, ...] = getattr(self.measures, measure)
            by_number = {item.number: item for item in items}
            for index, row in enumerate(rows):
                known = by_number.get(row.item)
                if known is None:
                    message = f"{measure} has no item {row.item}"
                    self.diagnostics.error(self.place(measure, index, "item"), message, "measure-answer")
                elif row.answer == "not-applicable" and not known.optional:
                    message = f"{measure} {row.item} ({known.asks}) always applies"
                    self.diagnostics.error(self.place(measure, index, "answer"), message, "measure-answer")

    def counted(self, level: str, region: Region, values: Mapping[str, str]) -> None:
        """Take note of the items that are said to be met, and that the program finds are not."""
        graded = bool(LOCALES[self.article.info.language].formula)
        for (measure, number), why in not_met(self.article, self.leaflet, level, region.id, values, graded).items():
            for index, row in self.measures.of(measure, number, level, region.id):
                if row.answer == "met":
                    self._counted[measure, index, why].append(level)

    def report_counted(self) -> None:
        for (measure, index, why), levels in self._counted.items():
            at = list(dict.fromkeys(levels))
            number = getattr(self.measures, measure)[index].item
            message = f"{measure} {number} is answered “met”, and at {listed(at)} {why}"
            fault = Diagnostic(
                self.place(measure, index, "answer"), Severity.ERROR, message, "measure-counted",
                "mend the leaflet, or answer “not-met”",
            )  # fmt: skip
            self.pending.report([f"measures.{self.leaflet}.{level}" for level in at], fault, self.diagnostics)

    def held(self, rows: Iterable[LeafletScore]) -> None:
        """Report scores under the limit, once for all regions."""
        low: dict[tuple[str, str], list[LeafletScore]] = defaultdict(list)
        for row in rows:
            for scale, percent in row.percent.items():
                if percent < LEAST:
                    low[row.level, scale].append(row)
        for (level, scale), found in low.items():
            worst = min(found, key=lambda row: row.percent[scale])
            measure = "cdc" if scale == "index" else "pemat"
            of_scale = {item.number for item in ITEMS[measure] if item.scale == scale}
            numbers = [row.number for row in worst.unmet if row.measure == measure and row.number in of_scale]
            score = f"{worst.percent[scale]:.0f} ({worst.region})"
            message = f"level {level}: the {SCALES[scale]} is {score}, and {LEAST:g} is the least"
            fault = Diagnostic(
                self.place(measure),
                Severity.ERROR,
                message,
                "measure-score",
                f"not met: {', '.join(map(str, numbers))}",
            )
            self.pending.report([f"measures.{self.leaflet}.{level}"], fault, self.diagnostics)

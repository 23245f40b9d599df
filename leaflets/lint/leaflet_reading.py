"""How the leaflets of an article read: each passage, and the running text of each leaflet as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.content.article import Article
from leaflets.content.passages import Passage, PassageKind
from leaflets.lint.hard_sentences import PassageCheck, ReadingFault
from leaflets.lint.pending import PendingFaults
from leaflets.lint.plain_words import PlainWords
from leaflets.lint.readability import Counts, measure
from leaflets.lint.reading_limits import FEW, LIMITS, MOST_EXCUSED, ReadingFigure, share_excused, too_many_excused
from leaflets.lint.sentences import Sentence, counted
from leaflets.lint.syllables import FamiliarWords

LEAFLET_READING, EXCUSED_WORDS = "leaflet-reading", "excused-words"
MOST_LISTED = 3
"""Passages or words that a hint names at most."""


@dataclass(frozen=True)
class PassageReading:
    """A passage and what was counted in it."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    """Those that are counted."""
    counts: Counts
    faults: tuple[ReadingFault, ...]

    @property
    def place(self) -> Place:
        return self.passage.lines[0].place()

    @property
    def graded(self) -> bool:
        """Whether it has a grade: it is read as sentences, and there are enough of them."""
        return self.passage.kind not in (PassageKind.HEADING, PassageKind.NAME) and self.counts.sentences >= FEW


@dataclass(frozen=True)
class LevelReading:
    """How one leaflet reads at one level in one locale."""

    article: str
    leaflet: str
    level: str
    locale: str
    counts: Counts
    """Of the running text."""
    longest: int
    """Longest sentence of the running text in words, as it is read: of a list its longest point after its lead."""
    excused: tuple[tuple[str, int], ...]
    """Long words that count as short because the article lists them, with how often they occur, most often first."""
    passages: tuple[PassageReading, ...]

    @property
    def about(self) -> str:
        """Id under which faults of the leaflet as a whole may be pending; with the figure's id if it is one."""
        return f"leaflets.{self.leaflet}.{self.level}"

    @property
    def figures(self) -> tuple[ReadingFigure, ...]:
        return tuple(LIMITS[self.level].figures(self.counts))

    @property
    def worst(self) -> PassageReading | None:
        """The leaflet's own passage with the highest grade; None when none has a grade."""
        own = (row for row in self.passages if row.graded and row.passage.kind is not PassageKind.RED_FLAGS)
        return max(own, key=lambda row: row.counts.grade, default=None)


def running_text(passages: Iterable[Passage]) -> list[Sentence]:
    """The sentences that count for a leaflet as a whole: those of running text."""
    prose = (passage for passage in passages if passage.kind is PassageKind.PROSE)
    return [sentence for passage in prose for sentence in counted(passage)]


def excused_in(found: Iterable[Sentence], familiar: FamiliarWords) -> tuple[tuple[str, int], ...]:
    """Long words that count as short, in lower case, with how often they occur; most often first."""
    words = (word for sentence in found for word in sentence.words)
    counted = Counter(word.lower() for word in words if familiar.excuses(word))
    return tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))


@dataclass
class ReadingCheck:
    """Check of all leaflets of an article. A passage that several leaflets and locales share is checked once."""

    article: Article
    plain: PlainWords
    _known: dict[tuple[str, tuple[str, ...]], PassageReading] = field(default_factory=dict)
    _read: dict[tuple[str, str], list[LevelReading]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.familiar = FamiliarWords.of(self.article.info.familiar)

    def read(self, found: Sequence[Passage], leaflet: str, level: str, locale: str) -> LevelReading:
        """Measure the passages of a leaflet."""
        rows = tuple(self.passage(passage, level) for passage in found)
        prose = [row for row in rows if row.passage.kind is PassageKind.PROSE]
        text = [sentence for row in prose for sentence in row.sentences]
        reading = LevelReading(
            article=self.article.id,
            leaflet=leaflet,
            level=level,
            locale=locale,
            counts=sum((row.counts for row in prose), Counts()),
            longest=max((sentence.longest[0] for sentence in text), default=0),
            excused=excused_in(text, self.familiar),
            passages=rows,
        )
        self._read[leaflet, level].append(reading)
        return reading

    def passage(self, passage: Passage, level: str) -> PassageReading:
        """Measure and check one passage, unless the same words were checked before."""
        key = (passage.id, tuple(line.words for line in passage.lines))
        if key not in self._known:
            found = tuple(counted(passage))
            faults = tuple(PassageCheck(level, self.familiar, self.plain).faults(passage, found))
            self._known[key] = PassageReading(passage, found, measure(found, self.familiar), faults)
        return self._known[key]

    def report(self, pending: PendingFaults, diagnostics: Diagnostics) -> None:
        """Report every fault: of a sentence once at its position, of a leaflet and level once for all locales."""
        found: dict[tuple[Place, str], list[ReadingFault]] = defaultdict(list)
        for reading in self._known.values():
            for fault in reading.faults:
                found[fault.place, fault.rule].append(fault)
        for same in found.values():  # words for all levels: pending only where each level is
            open_ = [fault for fault in same if not pending.lists(fault.rule, fault.about)]
            chosen = (open_ or same)[0]
            pending.report(chosen.about, _error(chosen), diagnostics)
        for readings in self._read.values():
            for fault in self._of_leaflet(readings):
                pending.report(fault.about, _error(fault), diagnostics)

    def _of_leaflet(self, readings: Sequence[LevelReading]) -> Iterator[ReadingFault]:
        """Faults of a leaflet at a level in all of its locales; none that hard sentences alone bring about."""
        first = readings[0]
        over: dict[str, list[tuple[str, ReadingFigure]]] = defaultdict(list)
        for reading in readings:
            sound = reading.counts - measure(_reported(reading), self.familiar)
            left = {figure.id: figure for figure in LIMITS[first.level].figures(sound)}
            for figure in reading.figures:
                if not figure.within and not left[figure.id].within:
                    over[figure.id].append((reading.locale, figure))
        place = self.article.place(f"leaflets/{first.leaflet}", ("title",))
        for rows in over.values():
            values = ", ".join(f"{figure.value:.1f} ({locale})" for locale, figure in rows)
            figure = rows[0][1]
            message = (
                f"level {first.level}: {figure.name} {values} of the running text; the level allows {figure.most:g}"
            )
            about = f"{first.about}.{figure.id}"
            yield ReadingFault((about,), place, message, LEAFLET_READING, _hardest(readings))
        excused = [row for row in readings if too_many_excused(row.counts)]
        if excused:
            values = ", ".join(f"{share_excused(row.counts):.0%} ({row.locale})" for row in excused)
            message = (
                f"level {first.level}: {values} of the long words of the running text are excused as familiar; "
                f"at most {MOST_EXCUSED:.0%} may be"
            )
            most = ", ".join(f"“{word}” (×{times})" for word, times in excused[0].excused[:MOST_LISTED])
            hint = f"name them less often, or in plainer words: {most}"
            yield ReadingFault((first.about,), place, message, EXCUSED_WORDS, hint)


def _reported(reading: LevelReading) -> list[Sentence]:
    """The sentences of the running text that are reported by themselves, each once."""
    faults = (fault for row in reading.passages if row.passage.kind is PassageKind.PROSE for fault in row.faults)
    return list({id(fault.sentence): fault.sentence for fault in faults if fault.sentence}.values())


def _hardest(readings: Sequence[LevelReading]) -> str:
    """Where the hardest passages stand."""
    graded = {row.passage.id: row for reading in readings for row in reading.passages if row.graded}
    prose = [row for row in graded.values() if row.passage.kind is PassageKind.PROSE]
    hardest = sorted(prose, key=lambda row: -row.counts.grade)[:MOST_LISTED]
    return "hardest passages: " + ", ".join(f"{row.place} ({row.counts.grade:.1f})" for row in hardest)


def _error(fault: ReadingFault) -> Diagnostic:
    return Diagnostic(fault.place, Severity.ERROR, fault.message, fault.rule, fault.hint)

"""Cards of the page of leaflets: one for each leaflet, with one main file, its levels, and all its other files."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.content.levels import LEVELS
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.region import Region
from leaflets.editions.edition import FORMATS, WEB
from leaflets.editions.layouts import LAYOUTS
from leaflets.html.blocks import TextContext
from leaflets.html.typography import line_html
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words
from leaflets.publish.catalogue import KINDS, CatalogueEntry
from leaflets.publish.thumbnails import thumbnail

MAIN = ("handout", "standard")
"""Layouts of a card's main button, the preferred one first; then any other."""
DOWNLOAD, LARGE = "standard", "large-print"
USUAL = "plain"
"""Level of the main file and of the words on a card, where it is there."""
CRISIS = "crisis"


@dataclass(frozen=True)
class Shelf:
    """What is known of the leaflets beyond the catalogue: articles by (article, locale), regions, words by locale,
    and `source`, the words of the language that stands in for the others."""

    localised: Mapping[tuple[str, str], Localised]
    regions: Mapping[str, Region]
    words: Mapping[str, Words]
    source: Words


@dataclass(frozen=True)
class Link:
    """A link to a file: its words, and `label`, the same with the title and level of the leaflet. `late`: it is out of
    date; `draft`: not signed, where not all are drafts."""

    path: str
    text: str
    label: str
    draft: bool = False
    late: bool = False


@dataclass(frozen=True)
class LevelRow:
    """A reading level of a card: its name, for whom it is, the links that most people want, and the others."""

    name: str
    says: str
    links: tuple[Link, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True)
class Card:
    """A leaflet. `stamp` and `thumbnail` are addresses that hold pictures; empty: none."""

    title: str
    purpose: str
    stamp: str
    thumbnail: str
    main: Link | None
    paper: str
    levels: tuple[LevelRow, ...]


@dataclass(frozen=True)
class CardGroup:
    """The leaflets of an article in a locale. `urgent`: lines of the box for emergencies, as HTML; `signs`: address of
    the red flags; `draft`: none of them is signed."""

    tag: str
    locale: Locale | None
    words: Words
    topic: str
    cards: tuple[Card, ...]
    urgent: tuple[Markup, ...] = ()
    signs: str = ""
    draft: bool = False


class Cards:
    """Maker of the groups of a page. `day`: the day (ISO 8601) at which reviews are overdue."""

    def __init__(self, project: Project, shelf: Shelf, out: Store, day: str) -> None:
        self.project, self.shelf, self.out, self.day = project, shelf, out, day

    def groups(self, entries: Sequence[CatalogueEntry], thumbnails: bool) -> list[CardGroup]:
        """Groups of the page, in an order of the entries alone."""
        order = sorted(entries, key=_order)
        return [
            self._group(article, tag, list(rows), thumbnails)
            for (tag, article), rows in groupby(order, key=lambda row: (row.locale, row.article))
        ]

    def _group(self, article: str, tag: str, rows: list[CatalogueEntry], thumbnails: bool) -> CardGroup:
        localised, words = self.shelf.localised.get((article, tag)), self.shelf.words.get(tag, self.shelf.source)
        draft = all(row.review != "signed" for row in rows)
        leaflets = [list(files) for _, files in groupby(rows, key=lambda row: row.leaflet)]
        if localised:
            order = list(localised.article.info.leaflets)
            leaflets.sort(key=lambda files: order.index(files[0].leaflet) if files[0].leaflet in order else len(order))
        voice = self._voice(localised, words) if localised else None
        return CardGroup(
            tag,
            LOCALES.get(tag),
            words,
            voice.plain(localised.article.info.topic) if localised and voice else "",
            tuple(self._card(files, words, voice, draft, thumbnails) for files in leaflets),
            tuple(_urgent(localised, voice)) if localised and voice else (),
            _signs(leaflets[0]),
            draft,
        )

    def _voice(self, localised: Localised, words: Words) -> TextContext:
        locale = localised.locale
        region = self.shelf.regions[locale.region]
        return TextContext(
            USUAL, region.id, locale, region.values(locale.language), words, False, frozenset(), True, region.numbers
        )

    def _card(
        self, files: list[CatalogueEntry], words: Words, voice: TextContext | None, draft: bool, thumbnails: bool
    ) -> Card:
        usual = next((row for row in files if row.level == USUAL), files[0])
        leaflet = self._leaflet(usual)
        make = _Links(words, draft, self.day)
        best = _main(files)
        levels = [(level, [row for row in files if row.level == level]) for level in LEVELS]
        return Card(
            usual.title,
            " ".join(voice.plain(leaflet.purpose).split()) if leaflet and voice else "",
            self._stamp(leaflet.stamp, voice) if leaflet and voice else "",
            thumbnail(self.out, best) if best and thumbnails else "",
            make.link(best, words("index-print")) if best else None,
            _paper(best, words) if best else "",
            tuple(make.row(level, rows) for level, rows in levels if rows),
        )

    def _leaflet(self, entry: CatalogueEntry) -> Leaflet | None:
        found = self.shelf.localised.get((entry.article, entry.locale))
        return found.article.leaflets.get(entry.leaflet) if found else None

    def _stamp(self, name: str, voice: TextContext) -> str:
        mirrored = f"assets/stamps/{name}-rtl.svg"
        path = voice.locale.direction == "rtl" and self.project.find(mirrored)
        path = path or self.project.find(f"assets/stamps/{name}.svg")
        return f"data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode()}" if path else ""


@dataclass(frozen=True)
class _Links:
    """Maker of the links of a card. `drafts`: that all files are drafts is said once, above them."""

    words: Words
    drafts: bool
    day: str

    def row(self, level: str, files: Sequence[CatalogueEntry]) -> LevelRow:
        """A level: its web page, the usual and the large print, then all other files."""
        usual = {
            (WEB, WEB): self.words("index-read"),
            (DOWNLOAD, "read"): self.words("index-download"),
            (LARGE, "read"): self.words("layout-large-print"),
        }
        first = [(row, text) for key, text in usual.items() for row in files if (row.layout, row.kind) == key]
        named = {row.path for row, _ in first}
        others = [self.link(row, self._name(row)) for row in files if row.path not in named]
        links = tuple(self.link(row, text) for row, text in first)
        return LevelRow(self.words(f"level-{level}"), self.words(f"index-{level}"), links, tuple(others))

    def link(self, row: CatalogueEntry, text: str) -> Link:
        """A link; its label says the leaflet and the level too, and of a PDF its length."""
        about = f"{row.title}, {self._word(f'level-{row.level}', row.level)}"
        pages = f", {self.words('index-paper', n=row.pages, paper=row.paper)}" if row.paper else ""
        late = bool(row.review_due) and row.review_due < self.day
        return Link(row.path, text, f"{text}: {about}{pages}", not self.drafts and row.review != "signed", late)

    def _name(self, row: CatalogueEntry) -> str:
        if row.kind in FORMATS:
            return self.words(f"index-{row.kind}")
        name = self._word(f"layout-{row.layout}", row.layout)
        return self.words("index-printer", layout=name) if row.kind == "print" else name

    def _word(self, id_: str, fallback: str) -> str:
        """Words of a level or layout; its id for one of another version."""
        return self.words(id_) if id_ in self.words.table else fallback


def _main(files: Sequence[CatalogueEntry]) -> CatalogueEntry | None:
    """The file of a card's main button: by layout, then the usual level. None without a PDF to read."""
    wanted = [*MAIN, *(name for name in LAYOUTS if name not in MAIN)]
    readable = [row for row in files if row.kind == "read" and row.layout in wanted]
    return min(readable, key=lambda row: (wanted.index(row.layout), row.level != USUAL), default=None)


def _paper(row: CatalogueEntry, words: Words) -> str:
    """What a file takes: its pages, or that it is one sheet with two sides."""
    layout = LAYOUTS.get(row.layout)
    if layout and layout.both_sides:
        return words("index-sheet", sheets=1, sides=2, paper=row.paper)
    return words("index-paper", n=row.pages, paper=row.paper)


def _urgent(localised: Localised, voice: TextContext) -> Iterator[Markup]:
    """Lines of the box for emergencies: whom to call, and the first line to call about thoughts of suicide."""
    if "emergency" in voice.values:
        words = voice.words("index-emergency", emergency="{emergency}")
        yield line_html(words, voice.printed, voice.locale)
    for tier in localised.article.red_flags.form(short=True).tiers:
        if tier.urgency == CRISIS and voice.shown(tier):
            first = next((item for item in tier.items if voice.shown(item)), None)
            yield Markup("<strong>{}</strong>").format(voice.line(tier.heading))
            yield from voice.lines(first.text) if first else ()


def _signs(files: Sequence[CatalogueEntry]) -> str:
    """Address of all red flags, which every leaflet has: on a web page the block itself, else a whole PDF."""
    web = [row for row in files if row.kind == WEB]
    usual = next((row for row in web if row.level == USUAL), web[0] if web else None)
    if usual:
        return f"{usual.path}#red-flags"
    best = _main(files)
    return best.path if best else ""


def _order(entry: CatalogueEntry) -> tuple[int, str, str, str, int, int, int, str]:
    """Order of the files, of the entry alone, so that it does not depend on the order of the entries."""
    places = (list(LOCALES), list(LEVELS), list(LAYOUTS), list(KINDS))
    values = (entry.locale, entry.level, entry.layout, entry.kind)
    locale, level, layout, kind = (
        known.index(value) if value in known else len(known) for known, value in zip(places, values, strict=True)
    )
    return locale, entry.locale, entry.article, entry.leaflet, level, layout, kind, entry.path

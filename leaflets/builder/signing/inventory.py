"""Inventory: what the editions of an article in one locale print, and rest on, item by item."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from leaflets.base.diagnostics import Place
from leaflets.base.project import Project
from leaflets.builder.signing.own_templates import own_files, used_files
from leaflets.content.article import Article
from leaflets.content.inline import PLACEHOLDER
from leaflets.content.levels import LEVELS
from leaflets.content.medicines.told_harms import told_harms
from leaflets.content.model.handout import HandoutBlock
from leaflets.content.model.leaflet import Leaflet, PageBudget
from leaflets.content.model.part import Part
from leaflets.content.model.section import Harms, Section
from leaflets.content.model.text import Model, Text
from leaflets.content.region import Region
from leaflets.content.segments import id_below, id_join, segments
from leaflets.editions.layouts import Layout
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words

NOT_PRINTED = {"id", "basis", "flag", "starts", "lines"}
"""Attributes of an article's models, other than texts, that change no word: names, and the room a part takes."""
PICTURES = {"picture": "pictograms", "drawing": "drawings", "stamp": "stamps"}
"""Attributes that name a picture, with its folder below `assets/`."""


@dataclass(frozen=True)
class PrintedItem:
    """One thing that an edition prints or rests on. Items of one inventory with the same id are the same.

    `id`: its kind and name, such as `text sections.why.words.text.plain`. `text`: its words, empty for a picture or a
    template. `sha256`: hash of the words, else of the file.
    """

    id: str
    text: str
    sha256: str
    place: Place = field(default=Place(""), compare=False)


def of_words(id_: str, text: str, place: Place) -> PrintedItem:
    """An item that is words."""
    return PrintedItem(id_, text, hashlib.sha256(text.encode()).hexdigest(), place)


@dataclass(frozen=True)
class _At:
    """Where a model is printed."""

    level: str
    region: str
    holds: str
    pictures: bool


@dataclass
class Inventory:
    """Items of an article in a locale. The article has to have its sources, for the places of items."""

    project: Project
    localised: Localised
    region: Region
    words: Words
    source_words: Words
    """Words of the templates in the language of the original, for a translation."""
    items: dict[str, PrintedItem] = field(default_factory=dict)
    """All items met so far, by id."""
    _outlines: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        return self.localised.article

    def outline(self, leaflet: str, level: str, holds: str) -> tuple[str, ...]:
        """Ids of the items of a leaflet at a level in the order of printing, each once; `holds`: see
        `Article.sections_of`."""
        key = (leaflet, level, holds)
        if key not in self._outlines:
            at = _At(level, self.region.id, holds, LEVELS[level].pictures)
            found = dict.fromkeys(item.id for item in self._known(self._printed(leaflet, at)))
            self._outlines[key] = tuple(found)
        return self._outlines[key]

    def template_words(self, ids: Iterable[str]) -> list[PrintedItem]:
        """Items of those words of the templates that exist, of ids as in a snapshot."""
        found = []
        for id_ in ids:
            kind, _, name = id_.partition(" ")
            table = {"words": self.words, "source-words": self.source_words}.get(kind)
            if table and name in table.table:
                place = Place(self.project.shown("templates/words.yaml"))
                found.append(of_words(id_, table.table[name], place))
        return list(self._known(found))

    def own_templates(self, layout: Layout) -> list[PrintedItem]:
        """Items of the templates, style sheets and icons that a project has of its own, over the shipped ones, and that
        a layout uses, or may use: they may print or hide anything."""
        own = own_files(self.project)
        items = [
            PrintedItem(f"template {name}", "", _file_hash(own[name].read_bytes()), Place(str(own[name])))
            for name in used_files(self.project, layout, own)
        ]
        return list(self._known(items))

    def _known(self, found: Iterable[PrintedItem]) -> Iterator[PrintedItem]:
        for item in found:
            yield self.items.setdefault(item.id, item)

    def _printed(self, leaflet: str, at: _At) -> Iterator[PrintedItem]:
        article = self.article
        yield from self._about()
        yield from self._model(article.info.topic, "topic", at)
        chosen = article.leaflets[leaflet]
        yield from self._model(chosen, f"leaflets.{leaflet}", at)
        yield from self._codes(leaflet)
        if self.localised.translated:  # the footer has the title of the original
            yield from self._original_title(leaflet, at)
        yield from self._model(article.red_flags, "red-flags", at)
        for section in article.sections_of(leaflet, at.level, at.region, at.holds):
            yield from self._model(section, f"sections.{section.id}", at)
            yield from self._harms(section, leaflet, at)

    def _about(self) -> Iterator[PrintedItem]:
        info = self.article.info
        for key in ("version", "issued", "review_due"):
            yield of_words(f"article {key}", str(getattr(info, key)), self.article.place("article", (key,)))
        yield of_words("article origin", info.origin.short, self.article.place("article", ("origin",)))

    def _codes(self, leaflet: str) -> Iterator[PrintedItem]:
        """Codes for which record systems hand the leaflet out."""
        terms = self.article.finding.get(leaflet)
        if terms and terms.codes:
            said = "; ".join(f"{row.system} {row.code} ({row.match})" for row in terms.codes)
            yield of_words(f"codes {leaflet}", said, self.article.place(f"finding/{leaflet}", ("codes",)))

    def _original_title(self, leaflet: str, at: _At) -> Iterator[PrintedItem]:
        original = self.localised.original
        for name in ("title", "short"):
            text: Text = getattr(original.leaflets[leaflet], name)
            place = original.place(f"leaflets/{leaflet}", (name,))
            yield of_words(f"source-text leaflets.{leaflet}.{name}.{at.level}", text.at(at.level), place)

    def _model(self, node: Model, id_: str, at: _At) -> Iterator[PrintedItem]:
        if isinstance(node, Text):
            yield from self._text(node, id_, at)
            return
        if isinstance(node, PageBudget | HandoutBlock) or (
            isinstance(node, Part) and not node.shown(at.level, at.region)
        ):
            return
        values: dict[str, Any] = dict(vars(node))
        if isinstance(node, Leaflet):
            values |= _of_other_layouts(node, at.holds)
        yield from self._details(values, id_, at)
        yield from self._basis(values)
        for name in type(node).model_fields:
            value = values[name]
            if isinstance(value, Model):
                yield from self._model(value, id_join(id_, name), at)
            elif isinstance(value, tuple):
                for child in value:
                    if isinstance(child, Model):
                        yield from self._model(child, id_below(id_, name, child), at)

    def _text(self, text: Text, id_: str, at: _At) -> Iterator[PrintedItem]:
        """A text and the placeholders in it: numbers to call and names of medicines."""
        level = "all" if text.all is not None else at.level
        words = getattr(text, level)
        if words is None:  # which the loader reports
            return
        yield of_words(f"text {id_}.{level}", words, self._place(f"{id_}.{level}"))
        names = self.region.values(self.localised.locale.language)
        for name in PLACEHOLDER.findall(words):
            if name in names:
                kind = "number" if name in self.region.contacts else "medicine"
                place = Place(self.project.shown(f"regions/{self.region.id}.yaml"))
                yield of_words(f"{kind} {name}", names[name], place)

    def _details(self, values: Mapping[str, Any], id_: str, at: _At) -> Iterator[PrintedItem]:
        """What a part prints besides its texts: its kind, numbers, pictures."""
        said = []
        for name, value in values.items():
            if not isinstance(value, str | int) or name in NOT_PRINTED or (name == "picture" and not at.pictures):
                continue
            if name in PICTURES:
                yield of_words(f"shows {id_}", str(value), self._place(id_))
                yield from self._picture(f"{PICTURES[name]}/{value}")
            else:
                said.append(f"{name}: {value}")
        if said:
            yield of_words(f"part {id_}", "; ".join(said), self._place(id_))

    def _picture(self, name: str) -> Iterator[PrintedItem]:
        mirrored = f"assets/{name}-rtl.svg"
        rtl = self.localised.locale.direction == "rtl" and self.project.find(mirrored)
        path = mirrored if rtl else f"assets/{name}.svg"
        if self.project.find(path):
            found = self.items.get(f"picture {name}")
            sha256 = found.sha256 if found else _file_hash(*map(self.project.read_bytes, self._drawn_from(path)))
            yield PrintedItem(f"picture {name}", "", sha256, Place(self.project.shown(path)))

    def _drawn_from(self, path: str) -> list[str]:
        """Files of a picture: its drawing, and where its numbers are set."""
        points = f"{path.removesuffix('.svg')}.yaml"
        return [path, *([points] if self.project.find(points) else [])]

    def _basis(self, values: Mapping[str, Any]) -> Iterator[PrintedItem]:
        """Claims and facts that a part names, and the references of the facts."""
        article = self.article
        for id_ in values.get("claims", ()):
            if claim := article.claims.get(id_):
                yield of_words(f"claim {id_}", f"{claim.text} [{claim.certainty}]", self._row("claims", id_))
        for id_ in values.get("facts", ()):
            if fact := article.facts.get(id_):
                said = f"{fact.statement} [{fact.status}; {', '.join(fact.sources)}]"
                yield of_words(f"fact {id_}", said, self._row("facts", id_))
                for name in fact.sources:
                    if row := article.references.get(name):
                        said = f"{row.full} [{row.short}; {row.rank}{'; ' * bool(row.address)}{row.address}]"
                        yield of_words(f"reference {name}", said, self._row("references", name))

    def _harms(self, section: Section, leaflet: str, at: _At) -> Iterator[PrintedItem]:
        """What a clinician's page says of the harms of each medicine."""
        values = self.region.values(self.localised.locale.language)
        for block in (block for block in section.blocks if isinstance(block, Harms)):
            told = told_harms(self.article, leaflet, at.region, values)
            shown = (row for row in told if not block.medicines or row.id in block.medicines)
            said = "; ".join(f"{row.name}: {', '.join(row.harms)}" for row in shown)
            yield of_words(f"harms {leaflet}", said, Place(self.article.sources["medicines"].name))

    def _row(self, file: str, id_: str) -> Place:
        ids = list(getattr(self.article, file))
        return self.article.place(file, (file, ids.index(id_)))

    def _place(self, id_: str) -> Place:
        """Position of a segment, or of the first one in a part."""
        own = self.localised.places.get(id_)
        return own or self._places.get(id_) or Place(self.project.shown(f"articles/{self.article.id}"))

    @cached_property
    def _places(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for segment in segments(self.article):
            steps = segment.id.split(".")
            for count in range(1, len(steps) + 1):
                found.setdefault(".".join(steps[:count]), segment.place)
        return found


def _of_other_layouts(leaflet: Leaflet, holds: str) -> dict[str, None]:
    """Attributes of a leaflet that its layout `holds` does not print."""
    own = {"fold": leaflet.fold, "handout": leaflet.handout}
    unused = {name: None for name in own if name != holds}
    here = own.get(holds)
    return unused | ({"purpose": None} if here and here.purpose else {})


def _file_hash(*bodies: bytes) -> str:
    return hashlib.sha256(b"".join(bodies)).hexdigest()

"""Checks that need the whole article: unresolved names, missing levels, missing basis, broken markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leaflets.base.diagnostics import Diagnostics, did_you_mean, nearest
from leaflets.base.project import Project
from leaflets.base.source import Path, Source
from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.code_map import check_finding
from leaflets.content.drawings.points import MOST_POINTS, points_file, read_points
from leaflets.content.levels import HANDOUT_LEVELS, LEVELS
from leaflets.content.model.handout import HandoutBlock
from leaflets.content.model.leaflet import Leaflet
from leaflets.content.model.part import Item, Part
from leaflets.content.model.section import (
    Block,
    Callout,
    Diary,
    Figure,
    Harms,
    Option,
    Organisation,
    Paragraph,
    Proportion,
    Section,
    Subheading,
)
from leaflets.content.model.text import LEVEL_IDS, Model, Text
from leaflets.content.phone import fault_in

_PICTURED = (Paragraph, Item, Callout, Option, Organisation)
"""Models that need a picture at a level with pictures."""


@dataclass(frozen=True)
class _Context:
    """What the current part inherits from the parts above it."""

    source: Source
    levels: tuple[str, ...] = LEVEL_IDS
    regions: tuple[str, ...] | None = None
    """Regions that the parts above name; None: all."""
    based: bool = False
    in_checklist: bool = False
    some_levels: bool = False
    """A text may be given for some of the levels only."""


def resolve(project: Project, article: Article, diagnostics: Diagnostics) -> frozenset[str]:
    """Check an article as a whole and add a diagnostic for each fault.

    Returns the ids of claims, facts and red flags that stand where a reported fault keeps them from being printed.
    """
    resolver = _Resolver(project, article, diagnostics)
    resolver.run()
    return frozenset(resolver.unprinted)


class _Resolver:
    def __init__(self, project: Project, article: Article, diagnostics: Diagnostics) -> None:
        self.project, self.article, self.diagnostics = project, article, diagnostics
        self.regions = tuple(project.names("regions", ".yaml"))
        self.offered = [region for region in article.info.offered_in if region in self.regions]
        self.unprinted: set[str] = set()
        self.pictures = set(project.names("assets/pictograms", ".svg"))
        self.drawings = set(project.names("assets/drawings", ".svg"))
        self.stamps = set(project.names("assets/stamps", ".svg"))

    def run(self) -> None:
        article = self.article
        self._facts()
        self._counters()
        self._visit(article.info.topic, ("topic",), self._context("article", based=True))
        self._visit(article.red_flags, (), self._context("red-flags"))
        for name, section in article.sections.items():
            self._named(name, section.id, f"sections/{name}")
            self._visit(section, (), self._context(f"sections/{name}"))
        for name, leaflet in article.leaflets.items():
            self._named(name, leaflet.id, f"leaflets/{name}")
            self._leaflet(leaflet, article.sources[f"leaflets/{name}"])
        for name, answers in article.measures.items():
            self._named(name, answers.id, f"measures/{name}")
            if name not in article.leaflets and f"leaflets/{name}" not in article.gaps.files:
                place = article.place(f"measures/{name}", ("id",))
                hint = did_you_mean(name, article.leaflets)
                self.diagnostics.error(place, f"there is no leaflet “{name}”", "unknown-leaflet", hint)
        for name, terms in article.finding.items():
            self._named(name, terms.id, f"finding/{name}")
        check_finding(article, self.diagnostics)
        self._info()

    def _context(self, file: str, based: bool = False) -> _Context:
        return _Context(self.article.sources[file], based=based)

    def _named(self, name: str, id_: str, file: str) -> None:
        if name != id_:
            place = self.article.place(file, ("id",))
            self.diagnostics.error(
                place,
                f"the id “{id_}” is not the name of the file, “{name}”",
                "wrong-id",
                f"write “id: {name}”, or rename the file",
            )

    def _info(self) -> None:
        info, source = self.article.info, self.article.sources["article"]
        for index, name in enumerate(info.leaflets):
            if name not in self.article.leaflets and f"leaflets/{name}" not in self.article.gaps.files:
                hint = did_you_mean(name, self.article.leaflets)
                place = source.place(("leaflets", index))
                self.diagnostics.error(place, f"there is no leaflet “{name}”", "unknown-leaflet", hint)
        if info.review and (info.review.state == "reviewed" or info.review.by):
            message = "a signature cannot be written here: it is bound to the words that were signed"
            hint = f"take “review” out, and let who signs type: leaflets sign {info.id} --by NAME --role ROLE"
            self.diagnostics.error(source.place(("review",)), message, "review", hint)
        for key in ("leaflets", "locales"):
            self._once(getattr(info, key), source, (key,))
        self._unused()

    def _unused(self) -> None:
        """Warn of leaflets and sections that nothing names; silent where what would name them has a fault."""
        info, gaps = self.article.info, self.article.gaps.files
        known = {*self.article.leaflets, *(file.partition("/")[2] for file in gaps)}
        if "article" in gaps or not known.issuperset(info.leaflets):
            self._all_unprinted()
            return
        for name in self.article.leaflets:
            if name not in info.leaflets:
                place = self.article.place(f"leaflets/{name}")
                hint = "list it in article.yaml under “leaflets”"
                self.diagnostics.warning(place, f"the leaflet “{name}” is never built", "unused-leaflet", hint)
        leaflets = self.article.leaflets.values()
        used = {name for leaflet in leaflets for name in (*leaflet.sections, *(leaflet.clinician or ()))}
        if not used.issubset(self._section_ids()) or any(file.startswith("leaflets") for file in gaps):
            self._all_unprinted()
            return
        for name in self.article.sections:
            if name not in used:
                place = self.article.place(f"sections/{name}")
                self.diagnostics.warning(
                    place,
                    f"no leaflet prints the section “{name}”",
                    "unused-section",
                    "list it under “sections” of a leaflet, or delete it",
                )

    def _section_ids(self) -> set[str]:
        """Ids of the sections that are there, also of those that could not be read."""
        unread = {file.removeprefix("sections/") for file in self.article.gaps.files if file.startswith("sections/")}
        return {*self.article.sections, *unread}

    def _all_unprinted(self) -> None:
        """A leaflet or its sections are not known: what other parts name may be meant for it."""
        for part in (*self.article.sections.values(), *self.article.leaflets.values()):
            self.unprinted |= set(_ids_named(part))

    def _facts(self) -> None:
        source = self.article.sources["facts"]
        for index, fact in enumerate(self.article.facts.values()):
            for at, name in enumerate(fact.regions):
                if name not in self.regions:
                    place = source.place(("facts", index, "regions", at))
                    hint = did_you_mean(name, self.regions)
                    self.diagnostics.error(place, f"there is no region “{name}”", "unknown-region", hint)
        if "references" in self.article.gaps.lost:
            return
        for index, fact in enumerate(self.article.facts.values()):
            for at, name in enumerate(fact.sources):
                if name not in self.article.references and not self._in_a_gap("references", name):
                    place = source.place(("facts", index, "sources", at))
                    hint = did_you_mean(name, self.article.references)
                    self.diagnostics.error(place, f"there is no reference “{name}”", "unknown-reference", hint)

    def _counters(self) -> None:
        """Check that what speaks against claims and facts are facts."""
        counters = {
            "claims": [claim.counter for claim in self.article.claims.values()],
            "facts": [fact.counter for fact in self.article.facts.values()],
        }
        for key, rows in counters.items():
            for index, names in enumerate(rows):
                for at, name in enumerate(names):
                    if name not in self.article.facts and not self._in_a_gap("facts", name):
                        place = self.article.place(key, (key, index, "counter", at))
                        hint = did_you_mean(name, self.article.facts)
                        self.diagnostics.error(place, f"there is no fact “{name}”", "unknown-fact", hint)

    def _needs(self, names: tuple[str, ...], source: Source, path: Path) -> None:
        """Check that the blocks that another needs exist."""
        known = [f"{id_}/{block.id}" for id_, section in self.article.sections.items() for block in section.blocks]
        for index, name in enumerate(names):
            section = name.partition("/")[0]
            if name not in known and f"sections/{section}" not in self.article.gaps.files:
                place = source.place((*path, "needs", index))
                self.diagnostics.error(place, f"there is no block “{name}”", "unknown-block", did_you_mean(name, known))

    def _once(self, names: tuple[str, ...], source: Source, path: Path) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                place = source.place((*path, index))
                self.diagnostics.error(place, f"“{name}” is listed twice", "duplicate-id", "take one out")

    def _leaflet(self, leaflet: Leaflet, source: Source) -> None:
        for path, names in _choices(leaflet):
            self._once(names, source, path)
        self._visit(leaflet, (), _Context(source, based=True))
        known = self._section_ids()
        for key, names in (("sections", leaflet.sections), ("clinician", leaflet.clinician or ())):
            self._once(names, source, (key,))
            for index, name in enumerate(names):
                if name not in known:
                    hint = did_you_mean(name, known)
                    place = source.place((key, index))
                    self.diagnostics.error(place, f"there is no section “{name}”", "unknown-section", hint)
        for path, name in _chosen(leaflet):
            self._chosen_block(leaflet, name, source, path)
        for path, row in _handout(leaflet):
            self._only(row, source, path)
        if leaflet.stamp not in self.stamps:
            hint = did_you_mean(leaflet.stamp, self.stamps)
            self.diagnostics.error(
                source.place(("stamp",)), f"there is no stamp “{leaflet.stamp}”", "unknown-picture", hint
            )

    def _chosen_block(self, leaflet: Leaflet, name: str, source: Source, path: Path) -> None:
        """Check that a block chosen for the summary or tri-fold belongs to the leaflet."""
        section, _, block = name.partition("/")
        there = self._section_ids()
        unknown = [id_ for id_ in leaflet.sections if id_ not in there]
        if section in unknown or any(nearest(id_, there) == section for id_ in unknown):
            return  # the leaflet's list of sections has the fault, which is reported there
        if section not in leaflet.sections:
            message = f"the leaflet has no section “{section}”"
            hint = did_you_mean(section, [id_ for id_ in leaflet.sections if id_ in there])
            self.diagnostics.error(source.place(path), message, "unknown-section", hint)
            return
        if section not in self.article.sections:
            return
        known = [found.id for found in self.article.sections[section].blocks]
        if block not in known and not self._in_a_gap(f"sections/{section}", block):
            message = f"the section “{section}” has no block “{block}”"
            self.diagnostics.error(source.place(path), message, "unknown-block", did_you_mean(block, known))

    def _only(self, row: HandoutBlock, source: Source, path: Path) -> None:
        """Check that what the handout prints of a block is there."""
        section, _, id_ = row.block.partition("/")
        found = self.article.sections.get(section)
        block = next((block for block in found.blocks if block.id == id_), None) if found else None
        if block is None:
            return
        known = [child.id for name in ("items", "options") for child in getattr(block, name, ())]
        for index, name in enumerate(row.only or ()):
            if name not in known:
                message = f"“{row.block}” has nothing called “{name}”"
                self.diagnostics.error(
                    source.place((*path, "only", index)), message, "unknown-item", did_you_mean(name, known)
                )

    def _visit(self, node: Model, path: Path, context: _Context) -> None:
        if isinstance(node, Text):
            self._text(node, path, context)
            return
        self._names(node, path, context.source)
        if isinstance(node, Part):
            context = self._part(node, path, context)
        if isinstance(node, Subheading | Diary):
            context = replace(context, based=True)
        self._named_elsewhere(node, path, context.source)
        self._shown(node, path, context)
        for name in type(node).model_fields:
            value = getattr(node, name)
            if isinstance(value, Model):
                self._visit(value, (*path, name), _inside(node, name, context))
            elif isinstance(value, tuple) and value and isinstance(value[0], Model):
                self._unique(value, (*path, name), context)
                plain = replace(context, in_checklist=getattr(node, "kind", "") in ("checklist", "figure"))
                for index, child in enumerate(value):
                    self._visit(child, (*path, name, index), plain)

    def _named_elsewhere(self, node: Model, path: Path, source: Source) -> None:
        """Check what a part names besides claims and facts."""
        if isinstance(node, Block | Section) and node.needs:
            self._needs(node.needs, source, path)
        if isinstance(node, Harms):
            self._medicines(node, path, source)

    def _medicines(self, harms: Harms, path: Path, source: Source) -> None:
        """Check that the medicines of a harm grid exist."""
        known = [medicine.id for medicine in self.article.grid.medicines]
        for index, name in enumerate(harms.medicines):
            if name not in known and "medicines" not in self.article.gaps.files:
                place = source.place((*path, "medicines", index))
                message = f"there is no medicine “{name}”"
                self.diagnostics.error(place, message, "unknown-medicine", did_you_mean(name, known))

    def _shown(self, node: Model, path: Path, context: _Context) -> None:
        """Check what a part shows besides words: drawing, dots, telephone number, pictogram."""
        if isinstance(node, Figure | Proportion):
            self._drawn(node, path, context.source)
        if isinstance(node, Organisation) and node.phone:
            self._telephone(node.phone, (*path, "phone"), context)
        self._picture(node, path, context)

    def _drawn(self, block: Figure | Proportion, path: Path, source: Source) -> None:
        if isinstance(block, Figure):
            self._figure(block, path, source)
        elif (block.count is not None, block.alt is not None) != (not block.groups,) * 2:
            message = "a proportion has either “count” and “alt”, or “groups”"
            hint = "one number of people: “count” with “alt”; two groups side by side: “groups” alone"
            self.diagnostics.error(source.place((*path, "kind")), message, "proportion", hint)

    def _figure(self, figure: Figure, path: Path, source: Source) -> None:
        """Check that the drawing exists and that its key names points that the drawing declares."""
        if figure.drawing not in self.drawings:
            hint = did_you_mean(figure.drawing, self.drawings)
            place = source.place((*path, "drawing"))
            self.diagnostics.error(place, f"there is no drawing “{figure.drawing}”", "unknown-picture", hint)
            return
        said = Diagnostics()
        points = read_points(self.project, figure.drawing, said)
        self.diagnostics.extend(said)
        if said or not figure.key:
            return
        if points is None:
            message = f"the drawing “{figure.drawing}” declares no points, so nothing shows what its key means"
            hint = f"declare them in {points_file(figure.drawing)}, or leave out “key”"
            self.diagnostics.error(source.place((*path, "key")), message, "unknown-point", hint)
            return
        if len(figure.key) > MOST_POINTS:
            message = f"a key has room for {MOST_POINTS} points, and this one has {len(figure.key)}"
            self.diagnostics.error(source.place((*path, "key")), message, "unknown-point")
        known = [point.id for point in points.points]
        for index, item in enumerate(figure.key):
            if item.id not in known:
                message = f"the drawing “{figure.drawing}” has no point “{item.id}”"
                listed = "; ".join(f"{point.id}: {point.words}" for point in points.points)
                place = source.place((*path, "key", index, "id"))
                self.diagnostics.error(place, message, "unknown-point", f"its points: {listed}")

    def _telephone(self, number: str, path: Path, context: _Context) -> None:
        """Check that a number is one in each region that prints it."""
        printed = (region for region in self.offered if context.regions is None or region in context.regions)
        if fault := next((fault for region in printed if (fault := fault_in(number, region))), None):
            self.diagnostics.error(context.source.place(path), f"phone: {fault}", "phone", fault.hint)

    def _unique(self, children: tuple[Model, ...], path: Path, context: _Context) -> None:
        seen: set[str] = set()
        for index, child in enumerate(children):
            name = getattr(child, "id", None)
            if name is not None and name in seen:
                place = context.source.place((*path, index, "id"))
                self.diagnostics.error(
                    place, f"the id “{name}” stands here twice", "duplicate-id", "give one of them another id"
                )
            seen.add(name or "")

    def _names(self, node: Model, path: Path, source: Source) -> None:
        """Report claims and facts that do not exist."""
        for key, known in (("claims", self.article.claims), ("facts", self.article.facts)):
            for index, name in enumerate(getattr(node, key, ())):
                if name not in known and not self._in_a_gap(key, name):
                    place = source.place((*path, key, index))
                    rule = f"unknown-{key[:-1]}"
                    self.diagnostics.error(place, f"there is no {key[:-1]} “{name}”", rule, did_you_mean(name, known))

    def _in_a_gap(self, file: str, name: str) -> bool:
        """Whether a name may stand in what could not be read of a file."""
        gaps = self.article.gaps
        return file in gaps.lost or (file in gaps.partly and name in gaps.names)

    def _part(self, part: Part, path: Path, context: _Context) -> _Context:
        source = context.source
        regions = part.regions or context.regions
        before = len(self.diagnostics.errors)
        for index, name in enumerate(part.regions or ()):
            if name not in self.regions:
                place = source.place((*path, "regions", index))
                self.diagnostics.error(
                    place, f"there is no region “{name}”", "unknown-region", did_you_mean(name, self.regions)
                )
            elif context.regions is not None and name not in context.regions:
                place = source.place((*path, "regions", index))
                self.diagnostics.error(place, f"the part above this one is not printed in {name}", "wrong-region")
        for index, level in enumerate(part.levels or ()):
            if level not in context.levels:
                place = source.place((*path, "levels", index))
                message = f"the part above this one is not printed at the level “{level}”"
                self.diagnostics.error(place, message, "wrong-level")
        for key in ("levels", "regions"):
            if getattr(part, key) == ():
                message = f"“{key}” is empty: this is never printed"
                self.diagnostics.error(source.place((*path, key)), message, f"wrong-{key[:-1]}")
        if len(self.diagnostics.errors) > before:
            self.unprinted |= set(_ids_named(part))
        for index, name in enumerate(part.facts):
            self._fact(name, source, (*path, "facts", index), regions)
        based = context.based or bool(part.claims or part.facts or part.basis)
        return replace(context, levels=part.levels or context.levels, regions=regions, based=based)

    def _fact(self, name: str, source: Source, path: Path, regions: tuple[str, ...] | None) -> None:
        fact = self.article.facts.get(name)
        if fact is None:
            return
        if fact.status == "secondary":
            message = f"the fact “{name}” is not confirmed and may not be printed"
            self.diagnostics.error(source.place(path), message, "fact-status", "open its source first, or leave it out")
        printed = [region for region in self.offered if regions is None or region in regions]
        if not set(fact.regions) <= set(self.regions):
            return  # reported where the fact is
        if missing := [region for region in printed if region not in fact.regions]:
            message = f"the fact “{name}” does not hold for {', '.join(missing)}"
            hint = f"give the part “regions: [{', '.join(fact.regions)}]”"
            self.diagnostics.error(source.place(path), message, "fact-region", hint)

    def _picture(self, node: Model, path: Path, context: _Context) -> None:
        name = getattr(node, "picture", None)
        if name is not None:
            if name not in self.pictures:
                place = context.source.place((*path, "picture"))
                hint = did_you_mean(name, self.pictures)
                self.diagnostics.error(place, f"there is no pictogram “{name}”", "unknown-picture", hint)
        elif self._needs_picture(node, context):
            message = "at the easy level this stands beside a picture, and none is named"
            self.diagnostics.error(context.source.place(path), message, "missing-picture", "add “picture: name”")

    def _needs_picture(self, node: Model, context: _Context) -> bool:
        pictured = isinstance(node, _PICTURED) and not context.in_checklist
        return pictured and any(LEVELS[level].pictures for level in context.levels)

    def _text(self, text: Text, path: Path, context: _Context) -> None:
        """A text has the levels that are printed, each with words and sound markup, and rests on something."""
        source = context.source
        given = [level for level in (*LEVEL_IDS, "all") if getattr(text, level) is not None]
        self._text_levels(given, path, context)
        for level in given:
            words = getattr(text, level)
            if not words.strip():
                self.diagnostics.error(source.place((*path, level)), "there are no words here", "missing-level")
            for fault in inline.faults(words):
                place = source.place_of((*path, level), fault.fragment)
                self.diagnostics.error(place, fault.message, fault.rule, fault.hint)
        if not context.based:
            message = "this rests on no claim and no fact"
            hint = "name them, or write “basis: practical” where it only says how to use the leaflet"
            self.diagnostics.error(source.place(path), message, "no-basis", hint)

    def _text_levels(self, given: list[str], path: Path, context: _Context) -> None:
        """A text is given for all levels at once, or for each level that is printed and no other."""
        source = context.source
        if "all" in given:
            if len(given) > 1:
                message = "“all” stands alone, without levels beside it"
                self.diagnostics.error(source.place(path), message, "wrong-level")
            return
        for level in context.levels if not context.some_levels else ():
            if level not in given:
                hint = f"write it, or give the part above it “levels: [{', '.join(given)}]”"
                self.diagnostics.error(source.place(path), f"the level “{level}” is missing", "missing-level", hint)
        for level in given:
            if level not in context.levels:
                place = source.place((*path, level))
                self.diagnostics.error(place, f"the level “{level}” is not printed here", "wrong-level")


def _ids_named(node: Model) -> Iterator[str]:
    """Ids of the claims, facts and red flags that a model and everything inside it names."""
    yield from (*getattr(node, "claims", ()), *getattr(node, "facts", ()))
    if flag := getattr(node, "flag", None):
        yield flag
    for name in type(node).model_fields:
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model):
                yield from _ids_named(child)


def _inside(node: Model, name: str, context: _Context) -> _Context:
    """Context of the field `name` of a model."""
    if name == "short" and isinstance(node, Part):
        return replace(context, based=True, some_levels=True)
    if isinstance(node, Leaflet) and name == "handout":
        return replace(context, levels=HANDOUT_LEVELS)
    return replace(context, based=True) if name in ("heading", "alt", "caption", "pointer") else context


def _choices(leaflet: Leaflet) -> list[tuple[Path, tuple[str, ...]]]:
    """Lists of chosen blocks of a leaflet, each with its path in the file."""
    found: list[tuple[Path, tuple[str, ...]]] = [(("summary",), leaflet.summary or ())]
    if leaflet.handout:
        found += [(("handout", "emergency"), leaflet.handout.emergency)]
    if leaflet.fold:
        found += [(("fold", panel), getattr(leaflet.fold, panel)) for panel in ("first", "middle", "last")]
    return found


def _handout(leaflet: Leaflet) -> list[tuple[Path, HandoutBlock]]:
    """Each block of the sides of a handout, with its path in the file."""
    sides = zip(("act", "show"), leaflet.handout.blocks(), strict=True) if leaflet.handout else ()
    return [(("handout", name, index), row) for name, side in sides for index, row in enumerate(side)]


def _chosen(leaflet: Leaflet) -> list[tuple[Path, str]]:
    """Each chosen block with its path in the file."""
    on_sides = [((*path, "block"), row.block) for path, row in _handout(leaflet)]
    return on_sides + [((*path, index), name) for path, names in _choices(leaflet) for index, name in enumerate(names)]

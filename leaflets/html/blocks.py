"""Block views: blocks of the article -> what the templates print."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from leaflets.content import inline
from leaflets.content.drawings.points import marked_address
from leaflets.content.medicines.harm_grid import HARMS
from leaflets.content.medicines.told_harms import ToldMedicine
from leaflets.content.model.part import Item, Part, Step
from leaflets.content.model.section import (
    SUPPORT,
    Block,
    Callout,
    Checklist,
    ComparedGroup,
    Diary,
    Figure,
    Harms,
    ListBlock,
    Notes,
    Option,
    Options,
    Organisation,
    Organisations,
    Paragraph,
    Proportion,
    Steps,
    Subheading,
)
from leaflets.content.model.text import Text
from leaflets.content.phone import Phone, phone
from leaflets.html.typography import line_html, marked, phone_link, plain, pointed, unbound
from leaflets.html.views import BlockView, ColumnHead, DotArray, Lines, LinkView, OptionRow, OrganisationRow, Row
from leaflets.l10n.bidi.wholes import is_whole
from leaflets.l10n.languages import Locale
from leaflets.l10n.words import Words

BARS = {support: len(SUPPORT) - 1 - at for at, support in enumerate(SUPPORT)}
"""Solid bars of three by how sure it is that a treatment helps."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class TextContext:
    """Context for converting texts to HTML: level, region, locale, values of placeholders, words of the templates."""

    level: str
    region: str
    locale: Locale
    values: Mapping[str, str]
    words: Words
    pictures: bool
    mirrored: frozenset[str]
    """Names of pictures that have a right-to-left variant."""
    dials: bool = False
    """Convert telephone numbers among the values to links."""
    numbers: frozenset[str] | None = None
    """Names of the values that are numbers to call; None: each that is exactly one number."""
    whole: bool = False
    """Compounds with a hyphen do not break (UKAAF MS03)."""
    cues: bool = False
    """A small picture stands beside each step and callout; never with `pictures`."""
    told: tuple[ToldMedicine, ...] = ()
    """How the leaflet tells the harms of each medicine, for the clinician's page."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Headings of the edition -> addresses of their places, to which a text that names one in quotation marks links."""

    @functools.cached_property
    def printed(self) -> Mapping[str, str]:
        """Values of placeholders. Telephone numbers are marked for links if `dials`, and where their signs would
        leave them in a line from right to left."""
        return {name: self._printed(name, value) for name, value in self.values.items()}

    def _printed(self, name: str, value: str) -> str:
        number = phone(value, self.region)
        if self.numbers is not None and name not in self.numbers:
            number = Phone(value)
        if self.dials and number.target:
            return marked(number)
        apart = self.locale.direction == "rtl" and number.target and not is_whole(value)
        return marked(Phone(number.text)) if apart else value

    def lines(self, text: Text | None) -> Lines:
        """Lines of a text as HTML; empty for None."""
        if text is None:
            return ()
        return tuple(self._line(line) for line in inline.lines(text.at(self.level)))

    def _line(self, line: str) -> Markup:
        found = line_html(line, self.printed, self.locale, self.whole)
        return pointed(found, self.places) if self.places else found

    def line(self, text: Text) -> Markup:
        """Text as one line of HTML."""
        return Markup(" ").join(self.lines(text))

    def plain(self, text: Text) -> str:
        """Text without markup."""
        return plain(text.at(self.level), self.values)

    def say(self, id_: str, **values: object) -> Markup:
        """Words of the templates, by id, as HTML."""
        return line_html(self.words(id_, **values), {}, self.locale, self.whole)

    def picture(self, folder: str, name: str | None) -> str:
        """Address of a picture, of its right-to-left variant where there is one; empty without a name."""
        if not name:
            return ""
        rtl = self.locale.direction == "rtl" and f"{folder}/{name}" in self.mirrored
        return f"asset:{folder}/{name}{'-rtl' if rtl else ''}.svg"

    def shown(self, part: Part) -> bool:
        """True if the edition prints the part."""
        return part.shown(self.level, self.region)

    def row(self, item: Item) -> Row:
        """View of a list item."""
        title = self.lines(item.title) if isinstance(item, Step) else ()
        picture = self.picture("pictograms", item.picture) if self.pictures else ""
        cue = self.picture("pictograms", item.picture) if self.cues and isinstance(item, Step) else ""
        return Row(self.lines(item.text), picture, title, item.id, cue=cue)

    def rows(self, items: tuple[Item, ...]) -> tuple[Row, ...]:
        """Views of the printed items."""
        return tuple(self.row(item) for item in items if self.shown(item))


@functools.singledispatch
def block_view(block: Block, voice: TextContext) -> BlockView:
    """View of a block of any kind. TypeError for an unregistered kind."""
    raise TypeError(type(block))


@block_view.register
def _(block: Paragraph, voice: TextContext) -> BlockView:
    picture = voice.picture("pictograms", block.picture) if voice.pictures else ""
    return BlockView("paragraph", block.id, lines=voice.lines(block.text), picture=picture)


@block_view.register
def _(block: Subheading, voice: TextContext) -> BlockView:
    return BlockView("heading", block.id, lines=voice.lines(block.text))


@block_view.register
def _(block: ListBlock, voice: TextContext) -> BlockView:
    return BlockView("list", block.id, lead=voice.lines(block.lead), rows=voice.rows(block.items))


@block_view.register
def _(block: Steps, voice: TextContext) -> BlockView:
    return BlockView("steps", block.id, lead=voice.lines(block.lead), rows=voice.rows(block.items))


@block_view.register
def _(block: Callout, voice: TextContext) -> BlockView:
    picture = voice.picture("pictograms", block.picture)
    return BlockView(
        "callout",
        block.id,
        title=voice.lines(block.title),
        lines=voice.lines(block.text),
        picture=picture if voice.pictures else "",
        cue=picture if voice.cues else "",
    )


@block_view.register
def _(block: Figure, voice: TextContext) -> BlockView:
    return BlockView(
        "figure",
        block.id,
        picture=marked_address(block.drawing, [item.id for item in block.key if voice.shown(item)]),
        alt=voice.plain(block.alt),
        caption=voice.lines(block.caption),
        rows=voice.rows(block.key),
        note=voice.lines(block.note),
    )


@block_view.register
def _(block: Proportion, voice: TextContext) -> BlockView:
    return BlockView(
        "proportion",
        block.id,
        picture="" if block.count is None else _dots(block.count, voice),
        alt=voice.plain(block.alt) if block.alt else "",
        caption=voice.lines(block.caption),
        arrays=tuple(_array(group, voice) for group in block.groups),
        lines=voice.lines(block.text),
    )


def _dots(count: int, voice: TextContext, shape: str = "") -> str:
    """Address of a picture of dots."""
    return f"dots:{count}{shape}{'-rtl' if voice.locale.direction == 'rtl' else ''}"


def _array(group: ComparedGroup, voice: TextContext) -> DotArray:
    count = voice.say("dots-count", count=f"**{group.count}**", all=100)
    alt = voice.words("dots-alt", label=voice.plain(group.label), count=group.count, all=100)
    return DotArray(count, voice.lines(group.label), _dots(group.count, voice, "-square"), alt)


@block_view.register
def _(block: Options, voice: TextContext) -> BlockView:
    rows = tuple(_option(option, voice) for option in block.options if voice.shown(option))
    return BlockView("options", block.id, options=rows)


def _option(option: Option, voice: TextContext) -> OptionRow:
    what, help_, harm, ask = map(voice.lines, (option.what, option.help, option.harm, option.ask))
    picture = voice.picture("pictograms", option.picture) if voice.pictures else ""
    mark = voice.picture("icons", f"evidence-{BARS[option.support]}") if option.support else ""
    return OptionRow(option.id, voice.line(option.name), picture, mark, what, help_, harm, ask)


@block_view.register
def _(block: Organisations, voice: TextContext) -> BlockView:
    rows = tuple(_organisation(row, voice) for row in block.organisations if voice.shown(row))
    return BlockView("organisations", block.id, lead=voice.lines(block.lead), organisations=rows)


def _organisation(row: Organisation, voice: TextContext) -> OrganisationRow:
    picture = voice.picture("pictograms", row.picture) if voice.pictures else ""
    number = phone(row.phone or "", voice.region)
    shown = Markup('<span dir="ltr" class="nw">{}</span>').format(number.text) if row.phone else Markup("")
    dialled = phone_link(shown, number.target) if voice.dials else shown
    link = LinkView(f"https://{row.site}", row.site)
    return OrganisationRow(voice.line(row.name), picture, voice.lines(row.what), link, dialled)


@block_view.register
def _(block: Checklist, voice: TextContext) -> BlockView:
    lead, rows = voice.lines(block.lead), voice.rows(block.items)
    return BlockView("checklist", block.id, lead=lead, rows=rows, line_count=block.lines)


@block_view.register
def _(block: Diary, voice: TextContext) -> BlockView:
    heads = [ColumnHead(voice.line(block.first), "day")]
    heads += [
        ColumnHead(unbound(voice.line(row.name)), row.width, row.id, voice.lines(row.least), voice.lines(row.most))
        for row in block.columns
    ]
    days = tuple(voice.say(day) for day in DAYS)
    return BlockView("diary", block.id, lead=voice.lines(block.lead), columns=tuple(heads), days=days)


@block_view.register
def _(block: Harms, voice: TextContext) -> BlockView:
    asked = voice.say("harms-lead", harms=", ".join(voice.words(f"harm-{harm}") for harm in HARMS))
    told: dict[str, list[str]] = {}  # medicines with the same gaps stand together
    for row in voice.told:
        if not block.medicines or row.id in block.medicines:
            told.setdefault(_gaps(row, voice), []).append(row.name)
    rows = tuple(
        Row((Markup("<strong>{}</strong>: {}").format(", ".join(names), gaps),)) for gaps, names in told.items()
    )
    return BlockView("harms", block.id, lead=(asked,), rows=rows)


def _gaps(row: ToldMedicine, voice: TextContext) -> Markup:
    """What the leaflet does not tell of a medicine, or not at every level."""
    names: dict[str, list[str]] = {"unread": [], "part": [], "elsewhere": []}
    for harm, how in zip(HARMS, row.harms, strict=True):
        names.get(how, []).append(voice.words(f"harm-{harm}"))
    found = [voice.say(f"harms-{how}", harms=", ".join(harms)) for how, harms in names.items() if harms]
    return Markup("; ").join(found) or voice.say("harms-all")


@block_view.register
def _(block: Notes, voice: TextContext) -> BlockView:
    return BlockView("notes", block.id, title=voice.lines(block.heading), line_count=block.lines)

"""An edition -> the same leaflet in Typst: words, pictures and forms; paper, margins, type, colours from our tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from bench.editions import PROJECT
from bench.inline import inline
from leaflets.editions.material import Material
from leaflets.html.style import tokens
from leaflets.html.views import BlockView, LeafletView, OptionRow, Row, SectionView

_LOOK = Path(__file__).with_name("leaflet.typ")
_VAR = re.compile(r"var\((--[\w-]+)\)")
Picture = Callable[[str], str]
"""Address of a picture -> its file."""


def transcript(material: Material, leaflet: LeafletView, picture: Picture) -> str:
    """The leaflet as a Typst document; `picture` puts the pictures beside it."""
    return Transcript(leaflet, picture).document(material)


def numbers(material: Material) -> str:
    """The tokens of the edition's style sheet with its paper, margins and language, as a Typst dictionary."""
    layout, margins = material.layout, material.layout.margins[material.region.paper]
    attributes = {"data-layout": layout.id, "data-level": material.edition.level, "data-profile": layout.profile}
    language = material.localised.locale.language
    sheet = tokens(PROJECT.read_text("templates/css/tokens.css"), attributes, language)
    sheet = {name: _VAR.sub(lambda found: sheet[found[1]], value) for name, value in sheet.items()}
    values = {name.removeprefix("--"): _typst(value) for name, value in sheet.items()}
    values |= {"lang": _string(language), "region": _string(material.region.id), "running": _string(layout.running)}
    values |= {
        "width": f"{material.page.width}mm",
        "height": f"{material.page.height}mm",
        "foot": f"{layout.footer_pt}pt",
    }
    values |= {side: f"{getattr(margins, side)}mm" for side in ("top", "bottom", "start", "end")}
    return "#let it = (" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def _typst(value: str) -> str:
    """A token of the style sheet as a Typst value: a colour, a keyword of CSS as a string, or a number or length."""
    if "#" in value:
        return f'rgb("{value}")'
    return _string(value) if re.fullmatch("[a-z-]+", value) else value


class Transcript:
    """One leaflet on its way to Typst."""

    def __init__(self, leaflet: LeafletView, picture: Picture) -> None:
        self.leaflet, self.picture = leaflet, picture

    def document(self, material: Material) -> str:
        leaflet = self.leaflet
        parts = [
            numbers(material),
            _LOOK.read_text(encoding="utf-8"),
            f"#show: look.with({_string(leaflet.description)}, [{inline(escape(leaflet.foot))}])",
            _para(f"<strong>{leaflet.topic}</strong> · {leaflet.which} · {leaflet.edition}"),
            f"= {inline(leaflet.title)}",
            *(f"#lead[{inline(line)}]" for line in leaflet.purpose),
            _para(leaflet.status) if leaflet.status else "",
            self._key(),
            self._flags(),
            *map(self._section, leaflet.sections),
            _clinic(material.words),
            self._control(),
            _para(escape(material.words("disclaimer"))),
            f"#section[\n{_heading(escape(material.words('notes')))}\n#ruled(4)\n]",
        ]
        return "\n\n".join(part for part in parts if part)

    def _key(self) -> str:
        heading, main = _heading(escape(self.leaflet.key_heading)), self._rows((self.leaflet.key_main,), "")
        return f"#section[\n{heading}\n{main}\n{self._points(self.leaflet.key_points)}\n]"

    def _flags(self) -> str:
        tiers = "\n".join(f"=== {inline(*row.heading)}\n{self._points(row.rows)}" for row in self.leaflet.tiers)
        return f"#boxed(it.alarm)[\n{_heading(*self.leaflet.flags_heading)}\n{tiers}\n]"

    def _section(self, section: SectionView) -> str:
        blocks = "\n\n".join(map(self._block, section.blocks))
        number = f"{section.number} " if section.number else ""
        start = "#pagebreak(weak: true)\n" if section.new_page else ""
        return f"{start}#section[\n{_heading(number, *section.heading)}\n{blocks}\n]"

    def _block(self, block: BlockView) -> str:
        """A block of any kind."""
        if block.kind == "group":  # blocks beside each other on our page
            return "\n\n".join(map(self._block, block.parts))
        if block.kind not in _BLOCKS:
            raise ValueError(f"the transcript does not know a block of the kind {block.kind}")
        return _BLOCKS[block.kind](self, block)

    def _paragraph(self, block: BlockView) -> str:
        return self._rows((Row(block.lines, block.picture),), "")

    def _heading(self, block: BlockView) -> str:
        return f"=== {inline(*block.lines)}"

    def _list(self, block: BlockView) -> str:
        return f"{_paras(block.lead)}\n\n{self._points(block.rows)}"

    def _steps(self, block: BlockView) -> str:
        return f"{_paras(block.lead)}\n\n{self._rows(block.rows, '+')}"

    def _callout(self, block: BlockView) -> str:
        return f"#callout[\n=== {inline(*block.title)}\n{self._paragraph(block)}\n]"

    def _options(self, block: BlockView) -> str:
        return self._cards(block) if self.leaflet.cards else _table_of_options(block)

    def _checklist(self, block: BlockView) -> str:
        return f"{_paras(block.lead)}\n\n{_list(block.rows, '☐')}\n#ruled({block.line_count})"

    def _notes(self, block: BlockView) -> str:
        return f"=== {inline(*block.title)}\n#ruled({block.line_count})"

    def _diary(self, block: BlockView) -> str:
        return f"{_paras(block.lead)}\n\n{_diary_cards(block) if self.leaflet.diary_cards else _diary(block)}"

    def _points(self, rows: tuple[Row, ...]) -> str:
        return self._rows(rows, "-")

    def _rows(self, rows: tuple[Row, ...], mark: str) -> str:
        """Rows beside their pictures, or as a list with a mark; without a mark as paragraphs."""
        return "\n".join(self._row(row, mark) for row in rows)

    def _row(self, row: Row, mark: str) -> str:
        title = f"*{inline(' '.join(row.title))}*" if row.title else ""
        if row.picture:
            return f"#pictured({_string(self.picture(row.picture))})[\n{title}\n\n{_paras(row.lines)}\n]"
        if not mark:
            return _paras(row.lines)
        return f"{mark} {title}{' #linebreak() ' if title else ''}{inline(*row.lines)}"

    def _figure(self, block: BlockView) -> str:
        width = "it.plate" if block.kind == "figure" else "100%"
        drawing = f"#plate({_string(self.picture(block.picture))}, {_string(block.alt)}, {width})"
        legend = "\n".join(f"+ {inline(*row.lines)}" for row in block.rows)
        return "\n\n".join(
            [f"*{inline(' '.join(block.caption))}*", drawing, legend, _paras(block.note), _paras(block.lines)]
        )

    def _proportion(self, block: BlockView) -> str:
        arrays = "".join(
            f"[#plate({_string(self.picture(row.picture))}, {_string(row.alt)}, 100%)\n\n{inline(row.count)}"
            f"\n\n{_paras(row.label)}], "
            for row in block.arrays
        )
        if not arrays:
            return self._figure(block)
        caption, below = inline(" ".join(block.caption)), _paras(block.lines)
        return f"*{caption}*\n\n#table(columns: (48mm, 48mm), {arrays})\n\n{below}"

    def _organisations(self, block: BlockView) -> str:
        rows = (
            f"*{inline(row.name)}*. {inline(*row.what)} {' '.join((inline(escape(row.site.words)), inline(row.phone)))}"
            for row in block.organisations
        )
        return "\n\n".join((_paras(block.lead), *rows))

    def _cards(self, block: BlockView) -> str:
        return "\n\n".join(f"#card[\n=== {inline(row.name)}\n{self._card(row)}\n]" for row in block.options)

    def _card(self, row: OptionRow) -> str:
        lines = tuple(line for cell in (row.what, row.help, row.harm, row.ask) for line in cell)
        return f"#pictured({_string(self.picture(row.picture))})[\n{_paras(lines)}\n]" if row.picture else _paras(lines)

    def _control(self) -> str:
        rows = "".join(f"[{inline(escape(row.label))}], [{inline(row.value)}], " for row in self.leaflet.control)
        sources = _list(tuple(Row((line,)) for line in self.leaflet.sources), "-")
        return f"#section[\n#table(columns: 2, {rows})\n{sources}\n]"


_BLOCKS: dict[str, Callable[[Transcript, BlockView], str]] = {
    "paragraph": Transcript._paragraph,
    "heading": Transcript._heading,
    "list": Transcript._list,
    "steps": Transcript._steps,
    "callout": Transcript._callout,
    "figure": Transcript._figure,
    "proportion": Transcript._proportion,
    "options": Transcript._options,
    "checklist": Transcript._checklist,
    "notes": Transcript._notes,
    "organisations": Transcript._organisations,
    "diary": Transcript._diary,
}
"""The method that writes a block, by the block's kind."""


def _table_of_options(block: BlockView) -> str:
    rows = "".join(
        f"table.cell(colspan: 2)[*{inline(row.name)}* {inline(*row.what)}], [{inline(*row.help)}], "
        f"[{inline(*row.harm)}], table.cell(colspan: 2)[{inline(*row.ask)}], "
        for row in block.options
    )
    return f"#wide(table(columns: (1fr,) * 2, {rows}))"


_SCALE = "0 1 2 3 4 5 6 7 8 9 10"


def _diary(block: BlockView) -> str:
    heads = ", ".join(f"[{inline(column.name)}]" for column in block.columns)
    cells = "".join(f"[{_SCALE if column.width == 'scale' else ''}], " for column in block.columns[1:])
    rows = "".join(f"[*{inline(day)}*], {cells}" for day in block.days)
    return f"#wide(table(columns: (1fr,) * {len(block.columns)}, table.header({heads}), {rows}))"


def _diary_cards(block: BlockView) -> str:
    answers = "".join(
        f"#answer[{inline(column.name)}:][{_SCALE if column.width == 'scale' else ''}]\n"
        for column in block.columns[1:]
    )
    return "\n".join(f"#card[\n=== {inline(day)}\n{answers}]" for day in block.days)


def _clinic(words: Callable[[str], str]) -> str:
    given = f"#answer[{inline(escape(words('clinic-given')))}][]"
    stamp = _para(escape(words("clinic-stamp")))
    return f"#section[\n{_heading(escape(words('clinic')))}\n{stamp}\n#v(it.room)\n{given}\n]"


def _heading(*lines: str) -> str:
    return f"== {inline(' '.join(line for line in lines if line))}"


def _para(line: str) -> str:
    return f"#par[{inline(line)}]"


def _paras(lines: tuple[str, ...]) -> str:
    return "\n\n".join(map(_para, lines))


def _list(rows: tuple[Row, ...], mark: str) -> str:
    start = "-" if mark == "-" else f"- {mark}"
    return "\n".join(f"{start} {inline(*row.lines)}" for row in rows)


def _string(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)

"""LeafletView -> the same leaflet in Typst: headings, paragraphs, lists, red-flag box, pictures, table."""

from __future__ import annotations

import json
from pathlib import Path

from bench.inline import inline
from bench.leaflet import picture
from leaflets.html.context import BlockView, LeafletView, Row, SectionView

_LOOK = Path(__file__).with_name("leaflet.typ")


def transcript(leaflet: LeafletView, folder: Path) -> str:
    """The leaflet as a Typst document; its pictures are files in `folder`."""
    parts = [
        _LOOK.read_text(encoding="utf-8"),
        f"#show: look.with({_string(leaflet.description)}, [{inline(leaflet.foot)}])",
        _para(f"<strong>{leaflet.topic}</strong> · {leaflet.which} · {leaflet.edition}"),
        f"= {inline(leaflet.title)}",
        *map(_para, leaflet.purpose),
        _para(leaflet.status) if leaflet.status else "",
        f"#section[\n{_heading(leaflet.key_heading)}\n{_paras(leaflet.key_main.lines)}\n{_list(leaflet.key_points)}\n]",
        _flags(leaflet),
        *(_section(section, folder) for section in leaflet.sections),
        _control(leaflet),
    ]
    return "\n\n".join(part for part in parts if part)


def _flags(leaflet: LeafletView) -> str:
    tiers = "\n".join(f"=== {inline(*tier.heading)}\n{_list(tier.rows)}" for tier in leaflet.tiers)
    return f'#boxed(rgb("#a3101f"))[\n{_heading(*leaflet.flags_heading)}\n{tiers}\n]'


def _section(section: SectionView, folder: Path) -> str:
    blocks = "\n\n".join(_block(block, folder) for block in section.blocks)
    number = f"{section.number} " if section.number else ""
    return f"#section[\n{_heading(number, *section.heading)}\n{blocks}\n]"


def _block(block: BlockView, folder: Path) -> str:
    """A block of any kind that the overview has."""
    lead = _paras(block.lead)
    match block.kind:
        case "paragraph":
            return _paras(block.lines)
        case "heading":
            return f"=== {inline(*block.lines)}"
        case "list" | "checklist":
            return f"{lead}\n{_list(block.rows)}\n#ruled(..range({block.line_count}))"
        case "steps":
            steps = (f"+ *{inline(*row.title)}* #linebreak() {inline(*row.lines)}" for row in block.rows)
            return "\n".join([lead, *steps])
        case "callout":
            return f"#boxed(teal)[\n=== {inline(*block.title)}\n{_paras(block.lines)}\n]"
        case "figure" | "proportion":
            file, wide = picture(block.picture, folder), "100%" if block.kind == "figure" else "60%"
            legend = "\n".join(f"+ {inline(*row.lines)}" for row in block.rows)
            drawing = f"#plate({_string(file)}, {_string(block.alt)}, {wide})"
            return "\n\n".join([_paras(block.caption), drawing, legend, _paras(block.note), _paras(block.lines)])
    raise ValueError(f"the transcript does not know a block of the kind {block.kind}")


def _control(leaflet: LeafletView) -> str:
    rows = ", ".join(f"[{inline(row.label)}], [{inline(row.value)}]" for row in leaflet.control)
    sources = _list(tuple(Row((line,)) for line in leaflet.sources))
    return f"#section[\n{_heading('About')}\n#table(columns: 2, table.header([Item], [What]), {rows})\n{sources}\n]"


def _heading(*lines: str) -> str:
    return f"== {inline(' '.join(line for line in lines if line))}"


def _para(line: str) -> str:
    return f"#para[{inline(line)}]"


def _paras(lines: tuple[str, ...]) -> str:
    return "\n\n".join(map(_para, lines))


def _list(rows: tuple[Row, ...]) -> str:
    return "\n".join(f"- #para[{inline(*row.lines)}]" for row in rows)


def _string(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)

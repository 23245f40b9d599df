"""Draw docs/pictures/parts.svg, the picture of the parts, from the import statements: python docs/draw_parts.py.

Parts and their captions come from the table in docs/architecture.md, in its order. Each part is a box; below it, its
lane runs down at the right. A dot where the lane meets the row of another part says that this part imports it. Late and
typing imports count. The same tree gives the same bytes, and the picture changes only when a part begins or ceases to
import another.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "pictures" / "parts.svg"
PACKAGE = "leaflets"

_ROW = re.compile(r"\| `(\w+)` \| ([^|]+) \|")
BOX_X, BOX_WIDTH, BOX_HEIGHT, ROW_HEIGHT = 56, 268, 36, 48
FIRST_LANE, LANE_WIDTH, TOP, BOTTOM = 360, 36, 40, 34
INK, GREY, LINE, GROUND, DOT = "#1c2b33", "#55666f", "#8fa3ad", "#ffffff", "#0b5c8a"
BOXES = {"base": "#e9edef", "pdfio": "#e9edef", "builder": "#fbe9d0", "desk": "#fbe9d0", "cli": "#fbe9d0"}
"""Fill of the parts beside the stages; every other part is a stage of the data flow."""
STAGE = "#d8ebf5"


@dataclass(frozen=True)
class Part:
    """A part of the package, with what the table calls it."""

    name: str
    caption: str


def table(page: str) -> list[Part]:
    """The parts in the order of the table of an architecture page."""
    return [Part(*found.groups()) for line in page.splitlines() if (found := _ROW.match(line))]


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a module names in import statements anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def arrows(package: Path) -> set[tuple[str, str]]:
    """The imports between the parts of a package: (importing part, imported part)."""
    found: set[tuple[str, str]] = set()
    for path in sorted(package.rglob("*.py")):
        part, *below = path.relative_to(package).parts
        if not below:
            continue
        names = (name.split(".") for name in imported(ast.parse(path.read_text(encoding="utf-8"))))
        targets = {name[1] for name in names if name[0] == package.name and len(name) > 1}
        found.update((part, target) for target in targets if target != part and (package / target).is_dir())
    return found


def draw(parts: Sequence[Part], found: Set[tuple[str, str]]) -> str:
    """The picture as SVG. ValueError when the table and the folders are not the same parts."""
    names = [part.name for part in parts]
    if unknown := {name for pair in found for name in pair} - set(names):
        raise ValueError(f"not in the table of {PAGE.name}: {', '.join(sorted(unknown))}")
    # lanes from right to left: none crosses the arrow of another
    lane = {name: FIRST_LANE + (len(names) - 1 - place) * LANE_WIDTH for place, name in enumerate(names)}
    middle = {name: TOP + place * ROW_HEIGHT + BOX_HEIGHT // 2 for place, name in enumerate(names)}
    width, height = max(lane.values()) + LANE_WIDTH, TOP + len(names) * ROW_HEIGHT + BOTTOM
    users = {name: [by for by in names if (by, name) in found] for name in names}
    used = {name: [target for target in names if (name, target) in found] for name in names}
    wrong = [f"{by} imports {name}" for name in names for by in users[name] if middle[by] <= middle[name]]
    if wrong:
        raise ValueError(f"an import runs back: {', '.join(wrong)}")
    edge = BOX_X + BOX_WIDTH
    lines, dots, boxes = [], [], []
    for part in parts:
        name, y = part.name, middle[part.name]
        if users[name]:
            lines.append(_line(f"M{lane[name]} {middle[users[name][-1]]} V{y - 7} H{edge + 4}", arrow=True))
        if used[name]:
            lines.append(_line(f"M{edge} {y + 7} H{max(lane[target] for target in used[name])}"))
        dots += [f'<circle cx="{lane[target]}" cy="{y + 7}" r="5.5" fill="{DOT}"/>' for target in used[name]]
        boxes.append(_box(part, y))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="Helvetica, Arial, sans-serif" role="img">',
            "<title>The parts of the package and what they import</title>",
            f"<desc>{escape(described(names, used))}</desc>",
            '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="6" refY="4" orient="auto">'
            f'<path d="M0 0 L8 4 L0 8 Z" fill="{LINE}"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="{GROUND}"/>',
            *_flow(middle),
            *lines,
            *dots,
            *boxes,
            *_legend(edge + 12, height),
            "</svg>\n",
        ]
    )


def described(names: Sequence[str], used: Mapping[str, Sequence[str]]) -> str:
    """The picture in words."""
    return " ".join(f"{name} imports {', '.join(used[name]) or 'no other part'}." for name in names)


def _line(path: str, arrow: bool = False) -> str:
    tip = ' marker-end="url(#tip)"' if arrow else ""
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"{tip}/>'


def _box(part: Part, middle: int) -> str:
    fill, y = BOXES.get(part.name, STAGE), middle - BOX_HEIGHT // 2
    return (
        f'<rect x="{BOX_X}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="{fill}" stroke="{LINE}"/>'
        f'<text x="{BOX_X + 12}" y="{middle + 5}" fill="{INK}" font-size="15" font-weight="bold">'
        f"{escape(part.name)}</text>"
        f'<text x="{BOX_X + 92}" y="{middle + 5}" fill="{INK}" font-size="14">{escape(part.caption)}</text>'
    )


def _flow(middle: Mapping[str, int]) -> list[str]:
    """The arrow of the data flow at the left, along the stages."""
    stages = [y for name, y in middle.items() if name not in BOXES]
    top, bottom = min(stages) - BOX_HEIGHT // 2, max(stages) + BOX_HEIGHT // 2
    return [
        f'<path d="M34 {top} V{bottom - 12}" fill="none" stroke="{DOT}" stroke-width="4"/>',
        f'<path d="M25 {bottom - 14} L34 {bottom} L43 {bottom - 14} Z" fill="{DOT}"/>',
        f'<text x="22" y="{(top + bottom) // 2}" fill="{GREY}" font-size="13" text-anchor="middle"'
        f' transform="rotate(-90 22 {(top + bottom) // 2})">data flows</text>',
    ]


def _legend(x: int, height: int) -> list[str]:
    words = (
        (BOX_X, 24, "part"),
        (x, 24, "An arrow leads to the part that is imported, a dot marks a part that imports it."),
        (BOX_X, height - 12, "blue: stages of the data flow; grey: know nothing of leaflets; orange: run the stages"),
    )
    return [f'<text x="{x}" y="{y}" fill="{GREY}" font-size="13">{text}</text>' for x, y, text in words]


def picture() -> str:
    """The picture as it has to be now."""
    return draw(table(PAGE.read_text(encoding="utf-8")), arrows(ROOT / PACKAGE))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))

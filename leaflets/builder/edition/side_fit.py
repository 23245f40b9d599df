"""Checks that the sides of a page map hold their parts; errors name the excess in mm and the place of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.editions.material import Material
from leaflets.pdf.pagination.attempt import Overflow, Settled
from leaflets.pdf.pagination.sides import UsedSide, used_sides

RULE = "side-over"


@dataclass(frozen=True)
class Budgeted:
    """A side as it was set, with the height that each of its parts may take, mm, and what has given way there."""

    number: int
    """From 1."""
    side: UsedSide
    budgets: dict[str, int]
    gave: int
    """Number of steps of `page_map.GIVES`."""

    @property
    def over(self) -> float:
        """Excess of the side, mm; negative: what is left."""
        return self.side.used - self.side.height

    def excess(self, part: str) -> float:
        """Excess of a part over its budget, mm; negative: what is left."""
        return self.side.parts[part] - self.budgets.get(part, 0)


def budgeted(settled: Settled, material: Material) -> list[Budgeted]:
    """The sides of an edition with their budgets; none for a layout without a page map."""
    page_map, chosen = material.layout.page_map, material.article.leaflets[material.edition.leaflet].handout
    if page_map is None or chosen is None:
        return []
    budgets = {side.name: found for side, found in page_map.budgets(chosen)}
    numbers = {side.name: number for number, side in enumerate(page_map.sides, 1)}
    return [
        Budgeted(numbers[used.name], used, budgets[used.name], settled.page_plan.gave.get(used.name, 0))
        for used in used_sides(settled.measured, page_map)
    ]


def report_sides(
    settled: Settled, overflows: Iterable[Overflow], material: Material, project: Project, diagnostics: Diagnostics
) -> None:
    """Report each side that is over after all has given way, at the text that is furthest over its budget."""
    over = {row.page: row.by for row in overflows}
    for row in budgeted(settled, material):
        if row.side.name not in over:
            continue
        worst = max(row.side.parts, key=row.excess)
        parts = [
            f"{name} {used:.0f} of {row.budgets.get(name, 0)} mm"
            for name, used in row.side.parts.items()
            if row.excess(name) >= 1
        ]
        message = f"side {row.number}: {over[row.side.name]:.0f} mm over ({material.edition.name})"
        told = f"“{worst}” takes {row.excess(worst):.0f} mm more than its budget. " if row.excess(worst) >= 1 else ""
        hint = f"{told}Shorten it, or choose less under “handout”"
        if parts:
            hint += f"; over their budgets: {', '.join(parts)}"
        diagnostics.error(place_of(worst, material, project) or Place(material.edition.name), message, RULE, hint)


def place_of(part: str, material: Material, project: Project) -> Place | None:
    """Position of a block, given as section/block, in the article; of another part, that of the leaflet's handout."""
    section, _, id_ = part.partition("/")
    folder = f"articles/{material.edition.article}"
    name = f"{folder}/sections/{section}.yaml" if id_ else f"{folder}/leaflets/{material.edition.leaflet}.yaml"
    text = project.read_checked(name, Diagnostics()) if project.find(name) else None
    source = read_yaml(project.shown(name), text, Diagnostics()) if text is not None else None
    if source is None or not isinstance(source.data, dict):
        return None
    if not id_:
        return source.place(("handout",))
    rows = source.data.get("blocks", [])
    at = next((at for at, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == id_), None)
    return source.place(("blocks", at)) if at is not None else None

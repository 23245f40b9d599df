"""What a part shows besides words: drawing, dots, telephone number, pictogram."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.source import Path, Source
from leaflets.content.drawings.points import MOST_POINTS, points_file, read_points
from leaflets.content.levels import LEVELS
from leaflets.content.model.part import Item
from leaflets.content.model.section import Callout, Figure, Option, Organisation, Paragraph, Proportion
from leaflets.content.model.text import Model
from leaflets.content.phone import fault_in
from leaflets.content.resolution.scope import Inherited, Scope

_PICTURED = (Paragraph, Item, Callout, Option, Organisation)
"""Models that need a picture at a level with pictures."""


def check_shown(scope: Scope, node: Model, path: Path, context: Inherited) -> None:
    """Check what a part shows besides words: drawing, dots, telephone number, pictogram."""
    if isinstance(node, Figure | Proportion):
        _drawn(scope, node, path, context.source)
    if isinstance(node, Organisation) and node.phone:
        _telephone(scope, node.phone, (*path, "phone"), context)
    _picture(scope, node, path, context)


def _drawn(scope: Scope, block: Figure | Proportion, path: Path, source: Source) -> None:
    if isinstance(block, Figure):
        _figure(scope, block, path, source)
    elif (block.count is not None, block.alt is not None) != (not block.groups,) * 2:
        message = "a proportion has either “count” and “alt”, or “groups”"
        hint = "one number of people: “count” with “alt”; two groups side by side: “groups” alone"
        scope.diagnostics.error(source.place((*path, "kind")), message, "proportion", hint)


def _figure(scope: Scope, figure: Figure, path: Path, source: Source) -> None:
    """Check that the drawing exists and that its key names points that the drawing declares."""
    if figure.drawing not in scope.drawings:
        hint = did_you_mean(figure.drawing, scope.drawings)
        place = source.place((*path, "drawing"))
        scope.diagnostics.error(place, f"there is no drawing “{figure.drawing}”", "unknown-picture", hint)
        return
    said = Diagnostics()
    points = read_points(scope.project, figure.drawing, said)
    scope.diagnostics.extend(said)
    if said or not figure.key:
        return
    if points is None:
        message = f"the drawing “{figure.drawing}” declares no points, so nothing shows what its key means"
        hint = f"declare them in {points_file(figure.drawing)}, or leave out “key”"
        scope.diagnostics.error(source.place((*path, "key")), message, "unknown-point", hint)
        return
    if len(figure.key) > MOST_POINTS:
        message = f"a key has room for {MOST_POINTS} points, and this one has {len(figure.key)}"
        scope.diagnostics.error(source.place((*path, "key")), message, "unknown-point")
    known = [point.id for point in points.points]
    for index, item in enumerate(figure.key):
        if item.id not in known:
            message = f"the drawing “{figure.drawing}” has no point “{item.id}”"
            listed = "; ".join(f"{point.id}: {point.words}" for point in points.points)
            place = source.place((*path, "key", index, "id"))
            scope.diagnostics.error(place, message, "unknown-point", f"its points: {listed}")


def _telephone(scope: Scope, number: str, path: Path, context: Inherited) -> None:
    """Check that a number is one in each region that prints it."""
    printed = (region for region in scope.offered if context.regions is None or region in context.regions)
    if fault := next((fault for region in printed if (fault := fault_in(number, region))), None):
        scope.diagnostics.error(context.source.place(path), f"phone: {fault}", "phone", fault.hint)


def _picture(scope: Scope, node: Model, path: Path, context: Inherited) -> None:
    """Check that a pictogram exists, and that one is named where the level needs it."""
    name = getattr(node, "picture", None)
    if name is not None:
        if name not in scope.pictures:
            place = context.source.place((*path, "picture"))
            hint = did_you_mean(name, scope.pictures)
            scope.diagnostics.error(place, f"there is no pictogram “{name}”", "unknown-picture", hint)
    elif _needs_picture(scope, node, context):
        message = "at the easy level this stands beside a picture, and none is named"
        scope.diagnostics.error(context.source.place(path), message, "missing-picture", "add “picture: name”")


def _needs_picture(scope: Scope, node: Model, context: Inherited) -> bool:
    pictured = isinstance(node, _PICTURED) and not context.in_checklist
    return pictured and any(LEVELS[level].pictures for level in context.levels)

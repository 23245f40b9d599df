"""Report of the sides of handouts, from the evidence of the files: the budget of each part, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.store import LocalStore
from leaflets.check.evidence.evidence_reader import read_evidence
from leaflets.check.evidence.schema.file import SideMeasured
from leaflets.check.preflight.batch import PreflightTask


def measured_sides(asked: PreflightTask) -> tuple[SideMeasured, ...]:
    """The sides of a file with a page map, from the evidence beside it; none where that is not there."""
    expected = asked.expected
    if expected is None or expected.layout.page_map is None:
        return ()
    folder = LocalStore(asked.path.absolute().parent.parent)
    evidence = read_evidence(folder, expected.edition, Diagnostics())
    return evidence.sides if evidence else ()


def side_lines(name: str, sides: Sequence[SideMeasured]) -> Iterator[str]:
    """Lines for people: each side, and each of its parts with what it takes and may take."""
    for side in sides:
        left = side.height_mm - side.used_mm
        gave = f"; gave way: {', '.join(side.gave_way)}" if side.gave_way else ""
        yield f"{name}, side {side.side}: {side.used_mm:.0f} of {side.height_mm:.0f} mm, {left:.0f} mm left{gave}"
        for part in side.parts:
            over = part.used_mm - part.budget_mm
            told = f", {over:.0f} mm over its budget" if over >= 1 else ""
            yield f"  {part.used_mm:4.0f} of {part.budget_mm:3d} mm  {part.part}{told}"

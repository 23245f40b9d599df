"""Evidence sidecar of an edition, and its inputs beyond the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.edition.losses import report_failures
from leaflets.builder.edition.side_fit import Budgeted
from leaflets.builder.edition.sidecar import Sidecar, beside
from leaflets.content.traceability import printed
from leaflets.editions.material import Material
from leaflets.editions.page_map import GIVES

if TYPE_CHECKING:
    from leaflets.check.evidence.schema.file import SideMeasured
    from leaflets.check.evidence.schema.result import TypesetBy

KIND = "evidence"


def evidence_words(material: Material) -> str:
    """Inputs of the evidence that are not on the page: claims, facts, full references, status of review."""
    article, edition = material.article, material.edition
    claims, facts = printed(article, edition.leaflet, edition.level, material.region.id, material.layout.holds)
    used = [article.facts[id_] for id_ in sorted(facts) if id_ in article.facts]
    names = sorted({name for fact in used for name in fact.sources if name in article.references})
    rows = [article.claims[id_] for id_ in sorted(claims) if id_ in article.claims]
    models = [*rows, *used, *(article.references[name] for name in names)]
    info = article.info
    said = [row.model_dump(mode="json") for row in (*models, info.origin)]
    pages = article.leaflets[edition.leaflet].pages.model_dump(mode="json")
    answers = article.measures.get(edition.leaflet)
    if answers:
        said.append(answers.model_dump(mode="json"))
    rest = (info.version, str(info.review_due), repr(material.review))
    return json.dumps([said, pages, sorted(info.familiar), *rest])


def evidence(
    material: Material,
    body: bytes,
    title: str,
    others: Sequence[tuple[Sidecar, bytes]],
    diagnostics: Diagnostics,
    sides: Sequence[Budgeted] = (),
) -> tuple[Sidecar, bytes]:
    """Collect the evidence of a finished file; its failures are also diagnostics of the build (`losses.py`).

    `others`: sidecars made so far, among them the print file. `sides`: those of a layout with a page map.
    """
    # imported here, so that it loads after the first file is made
    from leaflets.check.evidence.collect import ForThePrinter, as_json, prove

    printer = next(
        (ForThePrinter(file.path, found, file.paper) for file, found in others if file.kind == "print"), None
    )
    made = prove(material, body, title, printer, typeset_by()).model_copy(update={"sides": measured_sides(sides)})
    if made.result == "fail":
        report_failures(made, material, diagnostics)
    return beside(KIND, material.edition.evidence_path, as_json(made))


def measured_sides(sides: Sequence[Budgeted]) -> tuple[SideMeasured, ...]:
    """The sides of a layout with a page map, as the evidence has them."""
    from leaflets.check.evidence.schema.file import PartMeasured, SideMeasured

    return tuple(
        SideMeasured(
            side=row.number,
            height_mm=round(row.side.height, 1),
            used_mm=round(row.side.used, 1),
            gave_way=GIVES[: row.gave],
            parts=tuple(
                PartMeasured(part=name, used_mm=round(used, 1), budget_mm=row.budgets.get(name, 0))
                for name, used in row.side.parts.items()
            ),
        )
        for row in sides
    )


def typeset_by() -> TypesetBy:
    """WeasyPrint, and which of the parts for speed are in it in this process."""
    from leaflets.check.evidence.schema.result import TypesetBy
    from leaflets.pdf.patches.apply import SPEED_PARTS, apply
    from leaflets.pdf.patches.originals import version

    out = apply().out
    return TypesetBy(
        name="WeasyPrint",
        version=version("weasyprint"),
        speed_parts=tuple(name for name in SPEED_PARTS if name not in out),
        speed_parts_left_out=tuple(f"{name}: {why}" for name, why in out.items()),
    )

"""Measured values of a finished file with their limits, each also as a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from leaflets.check.evidence.schema.file import FindingMade, Page, RuleKept
from leaflets.check.evidence.schema.result import Measured, Result
from leaflets.check.preflight.page_rules import SAFE_MM
from leaflets.check.preflight.run import RULES, Preflight
from leaflets.check.preflight.type_rules import BODY_CONTRAST, GENERAL_FLOOR_PT, OTHER_CONTRAST, Legible, legible
from leaflets.check.readback.document import FinishedFile

WCAG = {BODY_CONTRAST: "WCAG 2.2, 1.4.6", OTHER_CONTRAST: "WCAG 2.2, 1.4.3"}
ORDER: tuple[Result, ...] = ("fail", "not checked", "warning", "pass")


def worst(results: Iterable[Result]) -> Result:
    """The worst of some results; “pass” for none."""
    return min(results, key=ORDER.index, default="pass")


def at_least(what: str, value: float, least: float, unit: str, source: str, slack: float = 0.01) -> Measured:
    """A measured value with a lower limit; it fails more than `slack` below the limit."""
    good = value >= least - slack
    said = f"{what} {round(value, 2):g}{unit}; {least:g}{unit} is the least" if good else (
        f"{what} only {round(value, 2):g}{unit}, and {least:g}{unit} is the least"
    )  # fmt: skip
    return Measured(value=round(value, 3), at_least=least, source=source, result="pass" if good else "fail", says=said)


def at_most(
    what: str, value: float, most: float | None, unit: str, source: str, otherwise: Result = "fail"
) -> Measured:
    """A measured value with an upper limit (None: no limit), compared after rounding to one decimal as in the sentence.

    `otherwise`: the result when the limit is exceeded.
    """
    if most is None:
        return Measured(
            value=round(value, 3), source=source, says=f"{what} {round(value, 1):g}{unit}; there is no limit"
        )
    good = round(value, 1) <= most
    said = f"{what} {round(value, 1):g}{unit}; {most:g}{unit} is the most" if good else (
        f"{what} {round(value, 1):g}{unit}, and {most:g}{unit} is the most"
    )  # fmt: skip
    return Measured(value=round(value, 3), at_most=most, source=source, result="pass" if good else otherwise, says=said)


def page_measures(file: FinishedFile, preflight: Preflight) -> Page:
    """The measures of all pages: type size, contrast, distance from the edge, fill of the last page."""
    layout = file.expected.layout if file.expected else None
    floor = layout.floor_pt if layout else GENERAL_FLOOR_PT
    named = f"the floor of the layout “{layout.id}”" if layout else "the general floor"
    seen = legible(file)
    body, other = ([item for item in seen if item.least == least] for least in (BODY_CONTRAST, OTHER_CONTRAST))
    return Page(
        smallest_glyph_pt=at_least("the smallest letter has", preflight.smallest_pt, floor, " pt", named),
        least_contrast_of_body_text=_contrast("body text has a contrast of", body, BODY_CONTRAST),
        least_contrast_of_other_text=_contrast("other text has a contrast of", other, OTHER_CONTRAST),
        least_contrast_of_body_text_in_grey=_contrast("in grey, body text has", body, BODY_CONTRAST, grey=True),
        least_contrast_of_other_text_in_grey=_contrast("in grey, other text has", other, OTHER_CONTRAST, grey=True),
        nearest_to_edge_mm=at_least(
            "what is nearest to the edge keeps", preflight.nearest_edge, SAFE_MM, " mm",
            "what office printers cannot print", slack=0.1,
        ),
        last_page_full_percent=round(100 * preflight.last_page, 1),
    )  # fmt: skip


def _contrast(what: str, seen: list[Legible], least: float, grey: bool = False) -> Measured | None:
    if not seen:
        return None
    value = min(item.in_grey if grey else item.ratio for item in seen)
    return at_least(what, value, least, ":1", WCAG[least], slack=0.005)


def rules_kept(preflight: Preflight) -> tuple[RuleKept, ...]:
    """Each rule of the preflight with its findings."""
    found: dict[str, list[FindingMade]] = {}
    for item in preflight.diagnostics:
        result: Result = "fail" if item.severity.value == "error" else "warning"
        found.setdefault(item.rule, []).append(
            FindingMade(page=item.place.page, result=result, message=item.message, hint=item.hint)
        )
    return tuple(
        RuleKept(
            rule=rule.id,
            allows=rule.limit,
            source=rule.source,
            result=worst(item.result for item in found.get(rule.id, ())),
            findings=tuple(found.get(rule.id, ())),
        )
        for rule in RULES
    )

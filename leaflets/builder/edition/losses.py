"""What the evidence of a finished file finds wrong: an error where words are lost, else a warning.

Words are lost where they are left out, stand on others, are hidden, or reach where a printer does not print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.content import inline
from leaflets.content.segments import segments
from leaflets.editions.material import Material

if TYPE_CHECKING:
    from leaflets.check.evidence.schema.evidence import Evidence

RULE = "evidence"
LOST = frozenset(("safe-margin", "overflow", "overlap", "hidden-text"))
"""Rules of the preflight whose failures lose words."""
_QUOTED = re.compile(r"“([^”]+)”")


def report_failures(evidence: Evidence, material: Material, diagnostics: Diagnostics) -> None:
    """Report each failure of the evidence: lost words as errors, at the place of the words where they are found in the
    article."""
    edition = Place(material.edition.name)
    lost = dict(_lost(evidence))
    followers = {evidence.pages.nearest_to_edge_mm.says} if "safe-margin" in lost.values() else set()
    for says in evidence.says:
        if says in followers:
            continue
        if says not in lost:
            diagnostics.warning(edition, f"its evidence says: {says}", RULE)
            continue
        place = _place(says, material)
        shown = f"{edition.path}: " if place else ""
        diagnostics.error(place or edition, f"{shown}{says}", lost[says], "shorten it, or allow it to break")


def _lost(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """The sentences that tell lost words, each with its rule."""
    for rule in evidence.preflight:
        for finding in rule.findings:
            if rule.rule in LOST and finding.result == "fail":
                yield f"page {finding.page}: {finding.message}" if finding.page else finding.message, rule.rule
    if evidence.red_flags.result == "fail":
        yield evidence.red_flags.says, "red-flags"


def _place(says: str, material: Material) -> Place | None:
    """Position in the article of the words that a sentence quotes; of several the longest. None if they are not of the
    article, or stand in it more than once."""
    article, level = material.article, material.edition.level
    if not article.sources:
        return None
    found = list(segments(article))
    quoted = [part for words in _QUOTED.findall(says) for part in words.rstrip("…").split(" · ")]
    for part in sorted(quoted, key=len, reverse=True):
        words = " ".join(part.split())
        at = [
            material.localised.places.get(segment.id, segment.place)
            for segment in found
            if segment.level in (level, "all") and words in " ".join(inline.bare(segment.words).split())
        ]
        titles = [place for place in at if "/leaflets/" in place.path]
        if len(set(at)) == 1 or (titles and len(words) > 3):
            return (titles or at)[0]
    return None

"""Pending faults: an article lists what still has to be rewritten, so that it is a warning and not an error until then.

The list can only shrink: an entry that matches nothing is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.content.article import Article
from leaflets.content.passages import passages

RULE = "pending"


@dataclass
class PendingFaults:
    """The entries under `pending` in an article's own file, and which of them were met."""

    article: Article
    met: set[tuple[str, str]] = field(default_factory=set)
    warnings: list[Diagnostic] = field(default_factory=list)
    """The faults that are pending."""

    def __post_init__(self) -> None:
        self._listed: dict[tuple[str, str], Place] = {
            (row.rule, name): self.article.place("article", ("pending", index, "at", number))
            for index, row in enumerate(self.article.info.pending)
            for number, name in enumerate(row.at)
        }

    def lists(self, rule: str, about: Iterable[str]) -> bool:
        """Whether a fault is pending. `about`: ids that may be listed, of its segment, its passage, or its leaflet."""
        listed = {(rule, name) for name in about} & self._listed.keys()
        self.met |= listed
        return bool(listed)

    def report(self, about: Iterable[str], found: Diagnostic, diagnostics: Diagnostics) -> None:
        """Add an error to `diagnostics`, or to `warnings` if it is pending."""
        if self.lists(found.rule, about):
            self.warnings.append(replace(found, severity=Severity.WARNING, message=f"{found.message} (pending)"))
        else:
            diagnostics.items.append(found)

    def check_met(self, diagnostics: Diagnostics) -> None:
        """Report each entry that nothing matched. Only after all leaflets and locales were checked."""
        for (rule, name), place in self._listed.items():
            if (rule, name) not in self.met:
                message = f"nothing is pending any more for “{rule}” at “{name}”"
                diagnostics.error(place, message, RULE, "delete this entry")


def is_pending(article: Article, rule: str, about: Iterable[str]) -> bool:
    """Whether an article lists a rule as pending at one of some segments, passages or leaflets."""
    names = set(about)
    return any(row.rule == rule and names & set(row.at) for row in article.info.pending)


def pending_in(article: Article, leaflet: str, level: str, region: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """What is pending in a leaflet at a level in a region, as “rule at id”. `values` fills placeholders."""
    whole = f"leaflets.{leaflet}.{level}"
    names = {whole}
    for passage in passages(article, leaflet, level, region, values) if article.info.pending else ():
        names |= {passage.id, *(line.segment for line in passage.lines)}
    return tuple(
        f"{row.rule} at {name}"
        for row in article.info.pending
        for name in row.at
        if name in names or name.startswith(f"{whole}.")
    )

"""Told harms: which harms of each medicine in `medicines.yaml` a leaflet tells its readers, at every level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leaflets.content import inline
from leaflets.content.article import Article
from leaflets.content.medicines.harm_grid import DOES_NOT_APPLY, NOT_LOOKED_UP, Medicine
from leaflets.content.model.text import LEVEL_IDS
from leaflets.content.traceability import printed

Telling = Literal["told", "part", "unread", "elsewhere", "none"]
"""told: all that is known of the harm, at each level; part: some of it, or not all was looked up; unread: nothing was
looked up; elsewhere: known, and not in this leaflet; none: the medicine is not known for it."""

MOST_NAMES = 3


@dataclass(frozen=True)
class ToldMedicine:
    """A medicine, and how the leaflet tells each of its harms, in the order of `HARMS`."""

    id: str
    name: str
    """Its names without those of brands; of many the first alone, which is that of a group."""
    harms: tuple[Telling, ...]


def told_harms(article: Article, leaflet: str, region: str, values: Mapping[str, str]) -> Iterator[ToldMedicine]:
    """The medicines that are given in a region. `values` fills placeholders in names."""
    facts = frozenset.intersection(*(frozenset(printed(article, leaflet, level, region)[1]) for level in LEVEL_IDS))
    for medicine in article.grid.medicines:
        if medicine.given_in(region):
            told = tuple(_telling(article, entries, facts, region) for _, entries in medicine.harms())
            yield ToldMedicine(medicine.id, _name(medicine, values), told)


def _name(medicine: Medicine, values: Mapping[str, str]) -> str:
    generic = [name for name in medicine.names if not name[0].isupper()] or list(medicine.names)
    return inline.fill("/".join(generic if len(generic) <= MOST_NAMES else generic[:1]), values)


def _telling(article: Article, entries: Sequence[str], told: frozenset[str], region: str) -> Telling:
    if DOES_NOT_APPLY in entries:
        return "none"
    known = {name for name in entries if name in article.facts and region in article.facts[name].regions}
    if not known:
        return "unread"
    if not known & told:
        return "elsewhere"
    return "told" if known <= told and NOT_LOOKED_UP not in entries else "part"

"""Tasks of a build: what each edition is made of, and why it is out of date."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from leaflets.base.store import Store
from leaflets.builder.edition.make import Result
from leaflets.builder.materials import Materials
from leaflets.builder.state.freshness import Freshness, reasons
from leaflets.builder.state.manifest import Manifest
from leaflets.builder.workers.bounds import TooLongError, bounded
from leaflets.builder.workers.limits import worker_share
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import edition_paths
from leaflets.editions.material import Material

LONGEST = 20.0
"""Seconds that the HTML of an edition may take; it takes some hundredths of one."""


@dataclass(frozen=True)
class Task:
    """An edition, its parts, and why it is out of date."""

    edition: Edition
    parts: dict[str, str]
    """Hash or version of each thing that it is made of (`Freshness.parts`)."""
    why: list[str]
    """Why it is out of date; empty: it is up to date."""
    key: str = ""
    """Its name in the cache; empty when its parts are unknown."""
    look: bool = False
    """Its parts were not computed, since it is built in any case: the worker that builds it computes them."""


def examine(
    freshness: Freshness,
    materials: Materials,
    editions: Sequence[Edition],
    state: Manifest,
    out: Store,
    memory: int = 0,
    certain: Set[Edition] = frozenset(),
) -> list[Task]:
    """The task of each edition. Parts of editions that are `certain` to be built are left to the worker."""
    sizes = out.sizes([path for edition in editions if edition not in certain for path in edition_paths(edition)])
    found = []
    for edition in editions:
        if edition in certain:
            found.append(Task(edition, {}, reasons(state.editions.get(edition.name), {}, {}), look=True))
            continue
        key, material, parts = "", materials.of(edition), {}
        try:
            with bounded(memory or worker_share(1), LONGEST):
                parts = freshness.parts(material)
                key = freshness.key(material, parts)
        except (Exception, TooLongError):  # a template that fails is reported by the worker, where it stands
            why_not = ["its page cannot be made"]
        else:
            why_not = reasons(state.editions.get(edition.name), parts, sizes)
        found.append(Task(edition, parts, why_not, key))
    return found


def parts_of(task: Task, result: Result, freshness: Freshness, material: Material) -> dict[str, str]:
    """Parts of a built edition: of its task, else of the page that its worker rendered. Empty, so that the edition is
    never up to date, when they cannot be computed."""
    if not task.look:
        return task.parts
    if result.page is None:
        return {}
    try:
        return freshness.parts(material, result.page)
    except Exception:  # whatever fails here has failed, and was reported, where the edition was built
        return {}

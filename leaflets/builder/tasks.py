"""Tasks of a build: what each edition is made of, and why it is out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass

from leaflets.base.store import Store
from leaflets.builder.edition.make import Order, Result
from leaflets.builder.edition.page_inputs import Shown
from leaflets.builder.materials import Materials
from leaflets.builder.state.freshness import Freshness, reasons
from leaflets.builder.state.manifest import Made, Manifest
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import edition_paths
from leaflets.editions.material import Material


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


Look = Callable[[Sequence[Order]], Iterable[tuple[Edition, Shown | None]]]
"""Computes what the pages of editions can show, in processes that can be killed (`Runner.look`); None: it failed."""


def examine(
    freshness: Freshness,
    materials: Materials,
    editions: Sequence[Edition],
    state: Manifest,
    out: Store,
    look: Look,
    certain: Set[Edition] = frozenset(),
) -> list[Task]:
    """The task of each edition. Parts of editions that are `certain` to be built are left to the worker.

    `state` has the files and tools of now: where they are as they were when an edition was last found to be up to date,
    its page is not rendered.
    """
    sizes = out.sizes([path for edition in editions if edition not in certain for path in edition_paths(edition)])
    snapshot, found, orders = state.snapshot, dict[Edition, Task](), []
    for edition in editions:
        made, material = state.editions.get(edition.name), materials.of(edition)
        if edition in certain:
            found[edition] = Task(edition, {}, reasons(made, {}, {}), look=True)
        elif made and made.seen == snapshot and freshness.same(made, material) and not reasons(made, made.parts, sizes):
            found[edition] = Task(edition, made.parts, [])
        else:
            orders.append(Order(material))
    for edition, page in look(orders):
        found[edition] = _examined(freshness, materials.of(edition), page, state.editions.get(edition.name), sizes)
    return [found[edition] for edition in editions]


def _examined(
    freshness: Freshness, material: Material, page: Shown | None, made: Made | None, sizes: Mapping[str, int]
) -> Task:
    """The task of an edition whose page was rendered. A template that fails is reported by the worker that builds it,
    with its place."""
    edition = material.edition
    if page is not None:
        with suppress(Exception):  # such as a clinic's letters without a font, which the worker reports too
            parts = freshness.parts(material, page)
            return Task(edition, parts, reasons(made, parts, sizes), freshness.key(material, parts))
    return Task(edition, {}, ["its page cannot be made"])


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

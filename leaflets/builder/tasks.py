"""Tasks of a build: the inputs of each edition, and the reasons why it is stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass

from leaflets.base.store import Store
from leaflets.builder.edition.make import Order, Result
from leaflets.builder.edition.page_inputs import PageInputs
from leaflets.builder.materials import Materials
from leaflets.builder.state.freshness import Freshness, reasons
from leaflets.builder.state.manifest import Made, Manifest
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import edition_paths
from leaflets.editions.material import Material


@dataclass(frozen=True)
class Task:
    """An edition, its inputs, and the reasons why it is stale."""

    edition: Edition
    inputs: dict[str, str]
    """Hash or version of each input (`Freshness.inputs`)."""
    why: list[str]
    """Reasons why it is stale; empty: it is fresh."""
    key: str = ""
    """Its key in the cache; empty when its inputs are unknown."""
    unexamined: bool = False
    """Its inputs are not computed yet, since it is built in any case: its worker computes them."""


ComputeInputs = Callable[[Sequence[Order]], Iterable[tuple[Edition, PageInputs | None]]]
"""Function that computes the page inputs of editions in child processes (`Runner.page_inputs`); None: a failed page."""


def examine(
    freshness: Freshness,
    materials: Materials,
    editions: Sequence[Edition],
    state: Manifest,
    out: Store,
    compute_inputs: ComputeInputs,
    certain: Set[Edition] = frozenset(),
) -> list[Task]:
    """The task of each edition. The workers compute the inputs of editions that are `certain` to be built.

    `state` has the present files and tools: the page of an edition that was last found fresh with the same ones is not
    rendered.
    """
    sizes = out.sizes([path for edition in editions if edition not in certain for path in edition_paths(edition)])
    snapshot, found, orders = state.snapshot, dict[Edition, Task](), []
    for edition in editions:
        made, material = state.editions.get(edition.name), materials.of(edition)
        seen = made is not None and made.seen == snapshot
        if edition in certain:
            found[edition] = Task(edition, {}, reasons(made, {}, {}), unexamined=True)
        elif made and seen and freshness.same(made, material) and not reasons(made, made.inputs, sizes):
            found[edition] = Task(edition, made.inputs, [])
        else:
            orders.append(Order(material))
    for edition, page in compute_inputs(orders):
        found[edition] = _examined(freshness, materials.of(edition), page, state.editions.get(edition.name), sizes)
    return [found[edition] for edition in editions]


def _examined(
    freshness: Freshness, material: Material, page: PageInputs | None, made: Made | None, sizes: Mapping[str, int]
) -> Task:
    """The task of an edition whose page was rendered (None: it failed). The worker that builds the edition reports a
    template that fails, with its place."""
    edition = material.edition
    if page is not None:
        with suppress(Exception):  # such as a clinic's letters without a font, which the worker reports too
            inputs = freshness.inputs(material, page)
            return Task(edition, inputs, reasons(made, inputs, sizes), freshness.key(material, inputs))
    return Task(edition, {}, ["its page cannot be made"])


def inputs_of(task: Task, result: Result, freshness: Freshness, material: Material) -> dict[str, str]:
    """The inputs of a built edition: those of its task, else those of the page that its worker rendered. Empty, so that
    the edition is never fresh, when they cannot be computed."""
    if not task.unexamined:
        return task.inputs
    if result.page is None:
        return {}
    try:
        return freshness.inputs(material, result.page)
    except Exception:  # it has failed in the worker too, which reported it
        return {}

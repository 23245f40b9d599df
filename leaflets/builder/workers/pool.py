"""Workers: child processes that build editions and return results as they are ready.

An edition is always built in a child process, also with one at a time (`--jobs 1`, `watch`, the desk): a child that is
killed, crashes, runs out of memory or never ends fails the edition it was making, never the process that started it.
That edition is tried once more after all others, alone in a new child, and then reported.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Result
from leaflets.builder.edition.page_inputs import PageInputs
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.workers import forking
from leaflets.builder.workers.child import STARTS, Child, ChildDiedError, WarmChild, WorkersError, started, wait_for
from leaflets.builder.workers.limits import worker_share
from leaflets.editions.edition import Edition
from leaflets.pdf.patches.apply import check as check_patches

MORE_MEMORY = "--memory MB allows it more"
ENDLESS = "an edition takes about a second: look for a loop without an end in its templates"
GRACE = 4.0
"""Seconds that children have to finish their editions when a build is stopped."""
FEW = 12
"""Up to this many editions a warm child builds alone: it begins at once; starting other children would take longer."""
PAGES_PER_START = 50
"""Number of pages rendered in the time that one more child needs to start."""
PATIENCE = 180.0
"""Time limit of an edition, seconds; it takes about one."""
LONGEST = 30.0
"""Time limit of rendering the HTML of an edition, seconds; it takes some hundredths of one."""
STARTING = 180.0
"""Time limit of the start of a child, seconds."""


class BuildInterruptedError(Exception):
    """A build was interrupted for something more urgent. Finished editions are recorded, the rest is built later."""


class Runner(ABC):
    """Workers of one kind, which build editions and return results as they are ready.

    A worker delivers to the destinations it can reach; for the others it returns the bytes, and this process delivers
    them. A context manager: its exit drops orders that are not begun.
    """

    places: Destinations
    reach: Reach
    """Distance of the workers from this process."""

    def run(self, orders: Sequence[Order]) -> Iterator[Result]:
        """Take editions from the cache or build and deliver them; yields results as they are ready."""
        ours, left = self.places.beyond(self.reach), []
        for order in orders:
            kept = ours.cached(order)
            if kept is None:
                left.append(order)
            else:
                yield self.places.deliver(kept).result
        for finished in self.work(left):
            yield ours.deliver(finished).result

    @abstractmethod
    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        """Build the editions; yields them as they are ready, with bytes if the workers cannot reach a destination."""

    @abstractmethod
    def page_inputs(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, PageInputs | None]]:
        """Compute the page inputs of editions, in any order; None for a page that cannot be rendered."""

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Workers(Runner):
    """Up to `jobs` child processes, forked from a server that imports while this process loads the content."""

    reach = Reach.MACHINE

    def __init__(
        self,
        project: Project,
        places: Destinations,
        jobs: int,
        patience: float = 0.0,
        warm: WarmChild | None = None,
        memory: int = 0,
        evidence: bool = True,
    ) -> None:
        """`warm`: a reused child; with it, others are started only for many editions.

        `patience`: time limit of an edition, seconds; 0: PATIENCE. `memory`: limit of each child, MB; 0: its share of
        the machine. `evidence`: the children will collect evidence.
        """
        check_patches()
        self.project, self.places, self.jobs, self.patience = project, places, jobs, patience
        self.memory = memory or worker_share(jobs)
        self._evidence = evidence
        self._warm = warm
        self._children: list[Child] = []
        self._died: set[Edition] = set()
        """Editions at which a child died."""
        self._starts = 0
        """Number of children in a row that died while they started."""
        if warm is None:
            forking.get_ready(evidence)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        # an interrupted build does not wait for its editions under way
        until = time.monotonic() + (0.0 if kind is not None and issubclass(kind, BuildInterruptedError) else GRACE)
        try:
            busy = [child for child in self._children if child.task == "make"]
            while busy and (left := until - time.monotonic()) > 0:
                done = wait_for(busy, left)
                busy = [child for child in busy if child not in done]
        finally:
            for child in list(self._children):
                if not (self._warm and self._warm.owns(child) and child.usable):
                    self._end(child)
            if self._warm is None:
                forking.end()

    def page_inputs(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, PageInputs | None]]:
        for order, died, answer in self._answers("page_inputs", orders):
            yield order.edition, None if died else answer

    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        first = [order for order in orders if order.edition not in self._died]
        if self._most("make", len(first)) > 1:
            # the longest first, so that all processes end at about the same time
            first.sort(key=length, reverse=True)
        for _, died, answer in self._answers("make", first):
            if not died:
                yield answer
        for order in orders:
            if order.edition in self._died:
                yield self._again(order)

    def _again(self, order: Order) -> MadeEdition:
        """The second and last attempt at an edition whose child died: alone, in a new child."""
        while self._children:
            self._end(self._children[-1])
        ((_, died, answer),) = self._answers("make", [order])
        return lost(order.edition, *died) if died else answer

    def _answers(self, task: str, orders: Sequence[Order]) -> Iterator[tuple[Order, tuple[str, ...], Any]]:
        """Let the children do a task with each order. Yields the order, the reason of a failure (empty: none) with a
        hint, and the answer."""
        waiting = deque(orders)
        while waiting or any(child.task for child in self._children):
            self._gather(self._most(task, len(waiting) + sum(bool(child.task) for child in self._children)))
            for child in self._children:
                if waiting and child.idle:
                    child.assign(task, waiting.popleft(), self.places, self.memory)
            for child, late in self._next():
                order = child.order
                try:
                    if late:
                        raise ChildDiedError
                    answer = child.answer()
                except ChildDiedError:
                    self._end(child)
                    if order is None:
                        self._not_started()
                        continue
                    self._died.add(order.edition)
                    yield order, self._why(late), None
                    continue
                self._starts = 0
                if order is None:
                    continue
                if (
                    waiting and len(self._children) > 1
                ):  # a single child waits, since its caller may interrupt the build
                    child.assign(task, waiting.popleft(), self.places, self.memory)
                yield order, (), answer

    def _next(self) -> Iterator[tuple[Child, bool]]:
        """Wait; yields children that have answered or died, with False, or those beyond their time limit, with True."""
        busy = [child for child in self._children if not child.idle]
        now = time.monotonic()
        found = wait_for(busy, min((child.since + self._time(child) - now for child in busy), default=0.0))
        for child in busy:
            if child in found:
                yield child, False
            elif time.monotonic() >= child.since + self._time(child):
                yield child, True

    def _time(self, child: Child) -> float:
        """Time limit of a child in its present state, seconds."""
        if child.starting:
            return STARTING
        return LONGEST if child.task == "page_inputs" else self.patience or PATIENCE

    def _most(self, task: str, orders: int) -> int:
        """The number of children to use for a number of orders."""
        if task == "page_inputs":
            orders = 1 + orders // PAGES_PER_START
        return 1 if self._warm and orders <= FEW else min(self.jobs, orders)

    def _gather(self, children: int) -> None:
        """Start children until there are at least so many."""
        while len(self._children) < children:
            if self._warm and not any(map(self._warm.owns, self._children)):
                self._children.append(self._warm.take())
            else:
                self._children.append(started(self.project, self._evidence))

    def _end(self, child: Child) -> None:
        self._children.remove(child)
        if self._warm and self._warm.owns(child):
            self._warm.close()
        else:
            child.end()

    def _not_started(self) -> None:
        """Count a child that died while it started. Raises WorkersError at the STARTS-th in a row."""
        self._starts += 1
        if self._starts >= STARTS:
            raise WorkersError("worker processes die while they start", "leaflets doctor looks at the machine")

    def _why(self, late: bool) -> tuple[str, str]:
        """The message and hint for an edition that failed twice; the same for each kind of death of a child."""
        if late:
            return f"it was not done after {self.patience or PATIENCE:g} seconds, twice", ENDLESS
        said = f"it crashed, was killed, or needed more than {self.memory} MB of memory"
        return f"the process that made it died, twice: {said}", MORE_MEMORY


def length(order: Order) -> tuple[int, bool]:
    """A sort key by the rough duration of an edition: pictures and much text take longer, and a standard layout more
    often needs a second pass."""
    edition = order.edition
    return ("plain", "detailed", "easy").index(edition.level), edition.layout == "standard"


def lost(edition: Edition, why: str, hint: str = "build it alone to see more: leaflets build --jobs 1") -> MadeEdition:
    """The failed result of an edition whose worker died or failed; `why`: the message."""
    place = Place(edition.name)
    return MadeEdition(Result(edition, diagnostics=(Diagnostic(place, Severity.ERROR, why, "worker", hint),)))

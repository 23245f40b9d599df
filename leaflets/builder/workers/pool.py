"""Child processes that build editions and hand back each result as it comes.

An edition is built in a child process, also where there is one at a time (`--jobs 1`, `watch`, the desk): a child that
is killed, crashes, runs out of memory or never ends costs the edition it was at, never the process that started it.
That edition is tried once more when all others are done, alone in a new child, and then reported.
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
from leaflets.builder.edition.page_inputs import Shown
from leaflets.builder.state.destinations import Places
from leaflets.builder.workers import forking
from leaflets.builder.workers.child import STARTS, Child, ChildDiedError, WarmChild, WorkersError, started, wait_for
from leaflets.builder.workers.limits import worker_share
from leaflets.editions.edition import Edition

MORE_MEMORY = "--memory MB allows it more"
ENDLESS = "an edition takes about a second: look for a loop without an end in its templates"
GRACE = 10.0
"""Seconds that children have, when a build is stopped, to finish what they are at."""
FEW = 12
"""So many editions are built by the warm child alone, where there is one: the first is there at once, and other
children would have to get ready first."""
MANY_LOOKS = 50
"""Pages that are looked at in the time in which one more child gets ready."""
PATIENCE = 180.0
"""Seconds that an edition may take; it takes about one."""
LONGEST = 30.0
"""Seconds that the HTML of an edition may take; it takes some hundredths of one."""
STARTING = 180.0
"""Seconds that a child may take to start."""


class LeftOffError(Exception):
    """A build was left off: something else is more urgent. What it did is recorded, the rest is built later."""


class Runner(ABC):
    """Workers of one kind: they build editions and hand back each result as it comes.

    A worker delivers to the places it can reach; for the others the file comes back and this process delivers it.
    A context manager: on the way out, whether done or stopped, what was not begun is dropped.
    """

    places: Places
    reach: Reach
    """How far the workers are from here."""

    def run(self, orders: Sequence[Order]) -> Iterator[Result]:
        """Build the editions; results come in the order in which they are ready."""
        ours, left = self.places.beyond(self.reach), []
        for order in orders:
            kept = ours.kept(order)
            if kept is None:
                left.append(order)
            else:
                yield self.places.deliver(kept).result
        for finished in self.work(left):
            yield ours.deliver(finished).result

    @abstractmethod
    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        """Build the editions. The bytes come along for the places that the workers cannot reach."""

    @abstractmethod
    def look(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, Shown | None]]:
        """What the pages of the editions can show; None where a page cannot be made. In any order."""

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Workers(Runner):
    """Up to `jobs` child processes, forked from one that gets ready while the content is being read."""

    reach = Reach.MACHINE

    def __init__(
        self,
        project: Project,
        places: Places,
        jobs: int,
        patience: float = 0.0,
        warm: WarmChild | None = None,
        memory: int = 0,
        evidence: bool = True,
    ) -> None:
        """`warm`: a child that stays. Where there is one, others are started only for many editions.

        `patience`: seconds that an edition may take; 0: as a rule. `memory`: MB that each child may take; 0: its share
        of the machine. `evidence`: files will be measured.
        """
        self.project, self.places, self.jobs, self.patience = project, places, jobs, patience
        self.memory = memory or worker_share(jobs)
        self._evidence = evidence
        self._warm = warm
        self._team: list[Child] = []
        self._died: set[Edition] = set()
        """Editions at which a child died."""
        self._starts = 0
        """Children that died before they were ready, one after another."""
        if warm is None:
            forking.get_ready(evidence)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        # what is left off for something more urgent is not waited for
        until = time.monotonic() + (0.0 if kind is not None and issubclass(kind, LeftOffError) else GRACE)
        try:
            busy = [child for child in self._team if child.task == "make"]
            while busy and (left := until - time.monotonic()) > 0:
                done = wait_for(busy, left)
                busy = [child for child in busy if child not in done]
        finally:
            for child in list(self._team):
                if not (self._warm and self._warm.owns(child) and child.usable):
                    self._end(child)
            if self._warm is None:
                forking.end()

    def look(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, Shown | None]]:
        for order, died, answer in self._answers("look", orders):
            yield order.edition, None if died else answer

    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        first = [order for order in orders if order.edition not in self._died]
        if self._most("make", len(first)) > 1:
            # the longest first, so that no process is left alone with one at the end
            first.sort(key=length, reverse=True)
        for _, died, answer in self._answers("make", first):
            if not died:
                yield answer
        for order in orders:
            if order.edition in self._died:
                yield self._again(order)

    def _again(self, order: Order) -> MadeEdition:
        """The second and last try of an edition at which a child died: alone, in a child of its own."""
        while self._team:
            self._end(self._team[-1])
        ((_, died, answer),) = self._answers("make", [order])
        return lost(order.edition, *died) if died else answer

    def _answers(self, task: str, orders: Sequence[Order]) -> Iterator[tuple[Order, tuple[str, ...], Any]]:
        """Have a task done with each order. Yields the order, why it was not done (as a rule nothing), the answer."""
        waiting = deque(orders)
        while waiting or any(child.task for child in self._team):
            self._gather(self._most(task, len(waiting) + sum(bool(child.task) for child in self._team)))
            for child in self._team:
                if waiting and child.idle:
                    child.ask(task, waiting.popleft(), self.places, self.memory)
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
                if waiting and len(self._team) > 1:  # one child alone waits: its next edition may be left off
                    child.ask(task, waiting.popleft(), self.places, self.memory)
                yield order, (), answer

    def _next(self) -> Iterator[tuple[Child, bool]]:
        """Children that have answered or died, with False, else those whose time is up, with True; waits for them."""
        busy = [child for child in self._team if not child.idle]
        now = time.monotonic()
        found = wait_for(busy, min((child.since + self._time(child) - now for child in busy), default=0.0))
        for child in busy:
            if child in found:
                yield child, False
            elif time.monotonic() >= child.since + self._time(child):
                yield child, True

    def _time(self, child: Child) -> float:
        """Seconds that a child has for what it does."""
        if child.starting:
            return STARTING
        return LONGEST if child.task == "look" else self.patience or PATIENCE

    def _most(self, task: str, orders: int) -> int:
        """How many children so many editions are worth."""
        if task == "look":
            orders = 1 + orders // MANY_LOOKS
        return 1 if self._warm and orders <= FEW else min(self.jobs, orders)

    def _gather(self, children: int) -> None:
        """Have so many children."""
        while len(self._team) < children:
            if self._warm and not any(map(self._warm.owns, self._team)):
                self._team.append(self._warm.take())
            else:
                self._team.append(started(self.project, self._evidence))

    def _end(self, child: Child) -> None:
        self._team.remove(child)
        if self._warm and self._warm.owns(child):
            self._warm.close()
        else:
            child.end()

    def _not_started(self) -> None:
        """A child died before it was ready."""
        self._starts += 1
        if self._starts >= STARTS:
            raise WorkersError("worker processes die while they start", "leaflets doctor looks at the machine")

    def _why(self, late: bool) -> tuple[str, str]:
        """What is told of an edition that was lost twice, and a hint: the same however its child died."""
        if late:
            return f"it was not done after {self.patience or PATIENCE:g} seconds, twice", ENDLESS
        said = f"it crashed, was killed, or needed more than {self.memory} MB of memory"
        return f"the process that made it died, twice: {said}", MORE_MEMORY


def length(order: Order) -> tuple[int, bool]:
    """How long an edition takes, roughly: pictures and much text; a standard layout needs a second pass more often."""
    edition = order.edition
    return ("plain", "detailed", "easy").index(edition.level), edition.layout == "standard"


def lost(edition: Edition, why: str, hint: str = "build it alone to see more: leaflets build --jobs 1") -> MadeEdition:
    """An edition that could not be built because of its workers."""
    place = Place(edition.name)
    return MadeEdition(Result(edition, diagnostics=(Diagnostic(place, Severity.ERROR, why, "worker", hint),)))

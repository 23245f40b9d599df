"""Child processes that typeset: each does one task at a time and can be killed at any moment.

Limits of memory and time apply to child processes, never to the one that started them: Pango, cffi and Python do not
survive a failed allocation. The parent knows which edition a dead child was making: the last one it sent. The end of
its pipe shows that a child exited, crashed or was killed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import connection
from typing import Any

from leaflets.base.limited import block_sigint
from leaflets.base.project import Project
from leaflets.builder.edition.make import Order
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.workers import forking, worker

STARTS = 3
"""Number of attempts to start a process."""
ENDING = 10.0
"""Most seconds to wait for the end of a killed process; the system needs far less."""


class WorkersError(Exception):
    """The workers cannot be used; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ChildDiedError(Exception):
    """A child process ended while it started or had a task, for any reason."""


class Child:
    """One child process, in one of three states: starting, busy with an order, idle."""

    def __init__(self, project: Project, evidence: bool = True) -> None:
        """Start the process. Raises OSError or EOFError when the fork server has died. `evidence`: it will collect
        evidence."""
        forking.get_ready(evidence)
        context = forking.context()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(  # type: ignore[attr-defined]
            target=worker.serve, args=(theirs, project, os.getcwd()), name="leaflets", daemon=True
        )
        try:
            with block_sigint():
                self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()  # so that the pipe ends with the child
        self.starting = True
        self.task = ""
        """Name of its task, “page_inputs” or “make”; empty: none."""
        self.order: Order | None = None
        self.since = time.monotonic()
        """Time (`time.monotonic`) at which it got its task, or started."""
        self._set_up: tuple[Destinations, int] | None = None

    @property
    def idle(self) -> bool:
        """Whether it has started and has no task."""
        return not self.starting and not self.task

    @property
    def usable(self) -> bool:
        """Whether it is idle and alive: its pipe has neither data nor an end."""
        with suppress(OSError):
            return self.idle and not self.pipe.poll()
        return False

    def assign(self, task: str, order: Order, places: Destinations, memory: int) -> None:
        """Send a task to an idle child, with destinations and memory limit (MB) if they have changed; `answer` reads
        the result."""
        self.task, self.order, self.since = task, order, time.monotonic()
        if self._set_up != (places, memory):
            self.send("set_up", places, memory)
            self._set_up = places, memory
        self.send(task, order)

    def send(self, name: str, *arguments: Any) -> None:
        """Let the child call a method of its `worker.Worker`."""
        with suppress(OSError):  # it has died, which reading its answer reports
            self.pipe.send((name, arguments))

    def answer(self) -> Any:
        """Read the answer to the last task; after the start, None. Raises ChildDiedError when the child has died, and
        RuntimeError, with the traceback, when the task failed."""
        try:
            failed, value = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise ChildDiedError from error
        self.starting, self.task, self.order = False, "", None
        if failed:
            raise RuntimeError(f"a worker process failed\n{value}")
        return value

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self.pipe.close()
        with suppress(OSError, ValueError):
            self.process.kill()
            self.process.join(ENDING)
            self.process.close()  # also ends it when the fork server has died and the process id is not known


def started(project: Project, evidence: bool = True) -> Child:
    """Start a child, which may still be importing on return. Raises WorkersError after STARTS failures."""
    said = ""
    for _ in range(STARTS):
        try:
            return Child(project, evidence)
        except (OSError, EOFError) as error:  # the fork server died
            said = f"{type(error).__name__} {error}"
            forking.end()  # a dying fork server would still get the next request
    raise WorkersError(f"worker processes do not start: {said}", "start the build again: it goes on from here")


class WarmChild:
    """A child that is reused from build to build; started at its first use, and again after its death."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._child: Child | None = None

    def take(self) -> Child:
        """The child, alive. Raises WorkersError when it cannot be started."""
        if self._child is not None and not (self._child.starting or self._child.usable):
            self.close()
        if self._child is None:
            self._child = started(self.project)
        return self._child

    def owns(self, child: Child) -> bool:
        """Whether a child is this one."""
        return child is self._child

    def forget(self, templates: Sequence[str], pictures: bool) -> None:
        """Drop what the child cached of these templates and style sheets, and with `pictures` of all pictures."""
        if self._child is not None:
            self._child.send("forget", tuple(templates), pictures)

    def rest(self) -> None:
        """Between builds: let the child load what the next edition needs, and collect garbage."""
        with suppress(WorkersError):  # the next build reports it
            self.take().send("rest")

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.end()
            self._child = None


def wait_for(children: Sequence[Child], seconds: float) -> list[Child]:
    """Wait until a child has answered or died; returns all that have, or none after `seconds`."""
    by_pipe = {child.pipe: child for child in children}
    return [by_pipe[pipe] for pipe in connection.wait(list(by_pipe), max(0.0, seconds))]  # type: ignore[index]

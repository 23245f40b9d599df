"""Child processes that typeset: each does one task at a time and can be killed at any moment.

Limits of memory and time bind such a process and never the one that started it: Pango, cffi and Python do not survive
an allocation that fails anywhere. Which edition was lost is known without help of the child: it is the one that was
asked for last. A child's end is seen by the end of its pipe, whether it exited, crashed or was killed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import connection
from typing import Any

from leaflets.base.project import Project
from leaflets.builder.edition.make import Order
from leaflets.builder.state.destinations import Places
from leaflets.builder.workers import forking, worker

STARTS = 3
"""Times that a process is started when that fails."""
ENDING = 10.0
"""Seconds in which a killed process is gone; the system needs far less."""


class WorkersError(Exception):
    """Workers that cannot be used, with what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ChildDiedError(Exception):
    """A child process ended while it was at work, for whatever reason."""


class Child:
    """One child process. It is starting, at work on an order, or idle."""

    def __init__(self, project: Project, evidence: bool = True) -> None:
        """Start it. OSError or EOFError when the fork server died. `evidence`: finished files will be measured."""
        forking.get_ready(evidence)
        context = forking.context()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(  # type: ignore[attr-defined]
            target=worker.serve, args=(theirs, project, os.getcwd()), name="leaflets", daemon=True
        )
        try:
            with forking.deaf():
                self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()  # so that the pipe ends with the child
        self.starting = True
        self.task = ""
        """What it was asked for, “look” or “make”; empty: nothing."""
        self.order: Order | None = None
        self.since = time.monotonic()
        """When it was asked, or started."""
        self._set_up: tuple[Places, int] | None = None

    @property
    def idle(self) -> bool:
        return not self.starting and not self.task

    @property
    def usable(self) -> bool:
        """It is idle and alive: nothing, not even the end, is in its pipe."""
        with suppress(OSError):
            return self.idle and not self.pipe.poll()
        return False

    def ask(self, task: str, order: Order, places: Places, memory: int) -> None:
        """Give it a task, which it may do with `memory` MB. It must be idle; its answer comes through `pipe`."""
        self.task, self.order, self.since = task, order, time.monotonic()
        if self._set_up != (places, memory):
            self.tell("set_up", places, memory)
            self._set_up = places, memory
        self.tell(task, order)

    def tell(self, name: str, *arguments: Any) -> None:
        """Have it call a method of `worker.Worker`."""
        with suppress(OSError):  # it died: whoever waits for its answer learns that
            self.pipe.send((name, arguments))

    def answer(self) -> Any:
        """What came through the pipe: None after its start, else the answer to the last task. ChildDiedError."""
        try:
            failed, value = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise ChildDiedError from error
        self.starting, self.task, self.order = False, "", None
        if failed:
            raise RuntimeError(f"a worker process failed\n{value}")
        return value

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self.pipe.close()
        with suppress(OSError, ValueError):
            self.process.kill()
            self.process.join(ENDING)
            self.process.close()  # ends it also where the fork server is gone and its process number unknown


def started(project: Project, evidence: bool = True) -> Child:
    """A child that may still be getting ready. WorkersError when none can be started."""
    said = ""
    for _ in range(STARTS):
        try:
            return Child(project, evidence)
        except (OSError, EOFError) as error:  # the fork server died
            said = f"{type(error).__name__} {error}"
            forking.end()  # it may not be gone yet, and then it would be asked again
    raise WorkersError(f"worker processes do not start: {said}", "start the build again: it goes on from here")


class WarmChild:
    """The child that stays from build to build: started at its first use, and anew when it has died."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._child: Child | None = None

    def take(self) -> Child:
        """A living child. WorkersError when none can be started."""
        if self._child is not None and not (self._child.starting or self._child.usable):
            self.close()
        if self._child is None:
            self._child = started(self.project)
        return self._child

    def owns(self, child: Child) -> bool:
        return child is self._child

    def forget(self, templates: Sequence[str], pictures: bool) -> None:
        """Forget what it made of these templates and style sheets, and of pictures."""
        if self._child is not None:
            self._child.tell("forget", tuple(templates), pictures)

    def rest(self) -> None:
        """While nobody waits: have it load what the next edition needs and look for garbage."""
        with suppress(WorkersError):  # the next build says so
            self.take().tell("rest")

    def close(self) -> None:
        """End it."""
        if self._child is not None:
            self._child.end()
            self._child = None


def wait_for(children: Sequence[Child], seconds: float) -> list[Child]:
    """Those children that have answered or died, as soon as there is one; none when that takes too long."""
    by_pipe = {child.pipe: child for child in children}
    return [by_pipe[pipe] for pipe in connection.wait(list(by_pipe), max(0.0, seconds))]  # type: ignore[index]

"""Main loop of a child process: loads once, then does tasks until its pipe ends.

A message from the parent is the name of a method of `Worker` with its arguments. The answer to `page_inputs` and `make`
is a pair: whether it failed, and the value or the traceback. The first answer tells whether the start failed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from leaflets.base.limited import limit_memory
from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.edition.page_inputs import PageInputs
from leaflets.builder.state.destinations import Destinations, make_from

COLLECT_EVERY = 8
"""Number of editions between two collections of garbage. A layout makes some hundred thousand objects that live until
its end; collections during the layout took a quarter of its time. A larger number would let memory grow."""
COLLECT_ALL_EVERY = 8 * COLLECT_EVERY
"""Number of editions between two full collections, which also traverse the some hundred thousand objects that are
cached from edition to edition."""
OUT_OF_MEMORY = 77
"""Exit status of a child that reached its memory limit, for people who inspect processes; messages to users are the
same for each kind of death."""
ANSWERED = ("page_inputs", "make")
"""Methods that are answered; the others return nothing."""

_since_collected = 0


def serve(pipe: Connection, project: Project, folder: str) -> None:
    """Do the tasks from the pipe until the parent closes it or ends. `folder`: the parent's current folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the parent handles Ctrl-C
    threading.Thread(target=follow_parent, daemon=True).start()
    try:
        os.chdir(folder)  # `multiprocessing` passes on only the folder in which the parent started
        failed, worker = _call(Worker, project)
        pipe.send((failed, worker if failed else None))
        while not failed:
            name, arguments = pipe.recv()
            answer = _call(getattr(worker, name), *arguments)
            if name in ANSWERED:
                pipe.send(answer)
            del arguments, answer
            worker.tidy(name)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # no clean-up: it would need memory too
    except (EOFError, OSError):  # the parent has closed the pipe
        os._exit(0)


def _call(function: Callable[..., Any], *arguments: Any) -> tuple[bool, Any]:
    """Whether a call failed, and its value or the traceback."""
    try:
        return False, function(*arguments)
    except MemoryError:
        raise
    except Exception:
        return True, traceback.format_exc()


class Worker:
    """The toolchain of this process, and the destinations of its files."""

    def __init__(self, project: Project) -> None:
        self.toolchain, self.places, self._warm = Toolchain(project), Destinations(), False
        freeze()

    def set_up(self, places: Destinations, memory: int) -> None:
        """Set the destinations, and the memory limit of this process, MB."""
        self.places = places
        limit_memory(memory)

    def page_inputs(self, order: Order) -> PageInputs | None:
        """The inputs of an edition's page; None when it cannot be rendered."""
        return self.toolchain.page_inputs(order.material)

    def make(self, order: Order) -> MadeEdition:
        """Build one edition, or take it from the cache, and deliver it."""
        self._warm_up()
        return make_from(self.toolchain, order, self.places, Reach.MACHINE)

    def forget(self, templates: Sequence[str], pictures: bool) -> None:
        """Drop what was cached of changed templates and style sheets, and with `pictures` of all pictures."""
        if pictures:
            self.toolchain.forget_pictures()
        for name in templates:
            self.toolchain.forget_template(name)

    def rest(self) -> None:
        """Work between builds: load what the next edition needs, and collect garbage."""
        self._warm_up()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def tidy(self, done: str) -> None:
        """Work after the answer of the task `done`: collect garbage after some editions."""
        if done == "make":
            collect()

    def _warm_up(self) -> None:
        if not self._warm:
            self.toolchain.warm_up()
            freeze()
            self._warm = True


def freeze() -> None:
    """Exempt all present objects from garbage collection, and disable automatic collection."""
    gc.freeze()
    gc.disable()


def collect() -> None:
    """Collect garbage after every COLLECT_EVERY-th edition, fully after every COLLECT_ALL_EVERY-th."""
    global _since_collected
    _since_collected += 1
    if _since_collected % COLLECT_ALL_EVERY == 0:
        gc.collect()
    elif _since_collected % COLLECT_EVERY == 0:
        gc.collect(0)  # with automatic collection disabled: all objects since the last collection


def follow_parent() -> None:
    """End this process when its parent ends; else a worker whose parent was killed would wait forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

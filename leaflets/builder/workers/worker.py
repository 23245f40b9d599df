"""What runs in a child process: it loads once and does task after task until its pipe ends.

What it is told is a method of `Worker` with its arguments. To `look` and `make` it answers with a pair: whether it
failed, and the value, or the traceback if it did.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.edition.page_inputs import Shown
from leaflets.builder.state.destinations import Places, make_from
from leaflets.builder.workers.limits import limit

COLLECT_EVERY = 8
"""Garbage is collected after so many editions. A layout makes some hundred thousand objects that live until it is done;
to look through them again and again while it runs took a quarter of its time. More would let memory grow."""
COLLECT_ALL_EVERY = 8 * COLLECT_EVERY
"""What is kept from edition to edition grows to some hundred thousand objects, and is looked through this seldom."""
OUT_OF_MEMORY = 77
"""Exit status of a child that reached its limit. It is for those who look at processes: what a user is told is the same
for every death."""
ANSWERED = ("look", "make")
"""What is answered; the rest is done without a word."""

_since_collected = 0


def serve(pipe: Connection, project: Project, folder: str) -> None:
    """Do what comes through the pipe, until the parent closes it or ends. `folder`: the parent's current folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=follow_parent, daemon=True).start()
    try:
        os.chdir(folder)  # `multiprocessing` knows only the one in which the parent began
        worker = Worker(project)
        pipe.send((False, None))
        while True:
            name, arguments = pipe.recv()
            answer = _call(worker, name, arguments)
            if name in ANSWERED:
                pipe.send(answer)
            del arguments, answer
            worker.tidy(name)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # no clean-up: it would need memory too
    except (EOFError, OSError):  # the parent has closed the pipe
        os._exit(0)


def _call(worker: Worker, name: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return False, getattr(worker, name)(*arguments)
    except MemoryError:
        raise
    except Exception:
        return True, traceback.format_exc()


class Worker:
    """The tools of this process, and where its files go."""

    def __init__(self, project: Project) -> None:
        self.bench, self.places, self._warm = Toolchain(project), Places(), False
        freeze()

    def set_up(self, places: Places, memory: int) -> None:
        """Where files go, and how many MB this process may take."""
        self.places = places
        limit(memory)

    def look(self, order: Order) -> Shown | None:
        """What the page of an edition can show; None when it cannot be made."""
        return self.bench.look(order.material)

    def make(self, order: Order) -> MadeEdition:
        """Build one edition."""
        self._warm_up()
        return make_from(self.bench, order, self.places, Reach.MACHINE)

    def forget(self, templates: Sequence[str], pictures: bool) -> None:
        """Files changed: read anew what these templates and style sheets went into, and pictures."""
        if pictures:
            self.bench.forget_pictures()
        for name in templates:
            self.bench.forget_template(name)

    def rest(self) -> None:
        """Nobody waits: load what the next edition needs, and look for garbage, so that it need not be done then."""
        self._warm_up()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def tidy(self, done: str) -> None:
        """After a task is answered: look for garbage now and then."""
        if done == "make":
            collect()

    def _warm_up(self) -> None:
        if not self._warm:
            self.bench.warm_up()
            freeze()
            self._warm = True


def freeze() -> None:
    """Keep what is loaded out of the way of the garbage collector, and that from running by itself."""
    gc.freeze()
    gc.disable()


def collect() -> None:
    """Collect garbage after every eighth edition."""
    global _since_collected
    _since_collected += 1
    if _since_collected % COLLECT_ALL_EVERY == 0:
        gc.collect()
    elif _since_collected % COLLECT_EVERY == 0:
        gc.collect(0)  # with the collector off, all that came since the last time


def follow_parent() -> None:
    """End with the parent: a worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

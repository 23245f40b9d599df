"""What runs in a worker process: it loads once, builds edition after edition, and leaves a note of the one it is at."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

from leaflets.base.files import write_whole
from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.state.destinations import Places, make_from
from leaflets.builder.workers.limits import limit
from leaflets.editions.edition import Edition

COLLECT_EVERY = 8
"""Garbage is collected after so many editions. A layout makes some hundred thousand objects that live until it is done;
to look through them again and again while it runs took a quarter of its time. More would let memory grow."""
COLLECT_ALL_EVERY = 8 * COLLECT_EVERY
"""What is kept from edition to edition grows to some hundred thousand objects, and is looked through this seldom."""
OUT_OF_MEMORY = 77
"""Exit status of a worker that reached its limit."""

_worker: tuple[Toolchain, Places, Path] | None = None
_since_collected = 0


def start(project: Project, places: Places, notes: str, memory: int) -> None:
    """Get ready: the first thing a process of the pool does. `memory`: MB that it may take."""
    global _worker
    limit(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=follow_parent, daemon=True).start()
    bench = Toolchain(project)
    bench.warm_up()
    _worker = (bench, places, Path(notes) / f"{os.getpid()}.note")
    freeze()


def ready() -> None:
    """Nothing: a first task, so that the processes start."""


def make(order: Order) -> MadeEdition:
    """Build one edition."""
    assert _worker is not None
    bench, places, note = _worker
    edition = order.edition
    parts = (edition.article, edition.leaflet, edition.level, edition.layout, edition.locale)
    with suppress(OSError):  # the disk may be full; without its note the edition is found by trying
        write_whole(note, "\n".join(parts).encode())
    try:
        finished = make_from(bench, order, places, Reach.MACHINE)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    with suppress(FileNotFoundError):
        note.unlink()
    collect()
    return finished


def interrupted(notes: str) -> list[Edition]:
    """The editions that workers were at when they died, by their notes, which are taken away."""
    found = []
    for note in Path(notes).glob("*.note"):
        found.append(Edition(*note.read_text(encoding="utf-8").split("\n")))
        note.unlink()
    return found


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

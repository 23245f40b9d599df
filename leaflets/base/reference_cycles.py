"""Break reference cycles so that memory is freed without the garbage collector.

Reference counting frees an object at once; objects in a cycle wait for the collector, which must traverse every object
of the process to find them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while the block, or a function with this decorator, runs. For work that keeps nearly all
    that it makes: the collector would traverse it again and again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def clear_attributes(*things: object) -> None:
    """Clear the attributes of objects that are no longer used, such as a pypdf reader, to which all of its objects
    refer."""
    for thing in things:
        vars(thing).clear()

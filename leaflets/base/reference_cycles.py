"""Break reference cycles so that memory is freed without the garbage collector.

Reference counting frees an object at once; objects in a cycle wait for the collector, which must traverse every object
of the process to find them.
"""

from __future__ import annotations


def clear_attributes(*things: object) -> None:
    """Clear the attributes of objects that are no longer used, such as a pypdf reader, to which all of its objects
    refer."""
    for thing in things:
        vars(thing).clear()

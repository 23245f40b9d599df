"""PDF syntax of numbers and names, chosen by the class of the value instead of by a chain of `isinstance` tests."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.replacing import Replacements

REPLACES = {"pydyf:_to_bytes": "1cefd02c285d3aee"}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap("pydyf:_to_bytes", _by_class)


def _by_class(original: Any) -> Any:
    """`_to_bytes` with a fast path for the classes that occur most."""

    def to_bytes(item: Any) -> Any:
        kind = item.__class__
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        if kind is float:
            if item.is_integer():
                return b"%d" % item
            return (b"%f" % item).rstrip(b"0")
        return original(item)

    return to_bytes

"""Numbers and names are written to the file by their class, without a walk through what they might be."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.replacing import Replacing

REPLACES = {"pydyf:_to_bytes": "1cefd02c285d3aee"}


def install(patch: Replacing) -> None:
    patch.wrap("pydyf:_to_bytes", _by_class)


def _by_class(original: Any) -> Any:
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

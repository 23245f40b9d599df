"""What many editions are made of, the article in a language above all, on its way to a worker: packed once, and opened
once by each worker. To open it takes 9 ms, and as many editions as there are layouts, levels and leaflets share it."""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

KEPT = 8
"""Languages of an article that are kept, packed here and open there: one takes a worker a megabyte or two."""


class _Itself:
    """A value as a key: equal to itself alone, however it compares with others."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def pack(*values: Any) -> bytes:
    """The values as bytes, the same bytes for the same values as long as they are kept."""
    return _packed(*map(_Itself, values))


@lru_cache(KEPT)
def _packed(*values: _Itself) -> bytes:
    return pickle.dumps(tuple(value.value for value in values), pickle.HIGHEST_PROTOCOL)


@lru_cache(KEPT)
def unpack(packed: bytes) -> tuple[Any, ...]:
    """The values again; the same ones each time as long as they are kept, so nobody may change them."""
    values: tuple[Any, ...] = pickle.loads(packed)
    return values

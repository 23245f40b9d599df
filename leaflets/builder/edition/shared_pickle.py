"""Pickling of values that many orders share, above all the article in a language: pickled once, and unpickled once by
each worker. Unpickling takes 9 ms, and all layouts, levels and leaflets share the values."""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import Any

KEPT = 8
"""Most values in the cache, pickled here and unpickled there: one takes a worker a megabyte or two."""


class _Itself:
    """A cache key compared by the identity of its value."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def pickled(*values: Any) -> bytes:
    """Pickle values; cached by their identity."""
    return _pickled(*map(_Itself, values))


@lru_cache(KEPT)
def _pickled(*values: _Itself) -> bytes:
    return pickle.dumps(tuple(value.value for value in values), pickle.HIGHEST_PROTOCOL)


@lru_cache(KEPT)
def unpickled(body: bytes) -> tuple[Any, ...]:
    """Unpickle values; cached, so callers share them and must not change them."""
    values: tuple[Any, ...] = pickle.loads(body)
    return values

"""Any JSON, and JSON files with one value replaced: what a reader of files that were written before may find."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
WHERE = st.lists(st.integers(0, 40), min_size=1, max_size=6)
"""Steps to a value: a number for each level, taken modulo what is there."""


def changed(found: Any, where: list[int], value: Any) -> Any:
    """A copy of parsed JSON in which the value at the steps `where`, or as deep as there is one, is another."""
    found = copy.deepcopy(found)
    inner = found
    for step in where[:-1]:
        rows = inner if isinstance(inner, list) else list(inner.values())
        deeper = rows[step % len(rows)]
        if not isinstance(deeper, dict | list) or not deeper:
            break
        inner = deeper
    keys = range(len(inner)) if isinstance(inner, list) else list(inner)
    inner[keys[where[-1] % len(keys)]] = value
    return found

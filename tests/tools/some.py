"""Things that a test found and now asserts something of, one by one: with none it would assert nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def some(items: Iterable[T], at_least: int = 1) -> list[T]:
    """The items, for a loop that asserts; fails when there are fewer than `at_least`."""
    found = list(items)
    assert len(found) >= at_least, f"{len(found)} found, at least {at_least} are looked for"
    return found

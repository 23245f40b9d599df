"""Puts a part's functions where the originals stand: only declared ones, and none over another's by accident."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


class UndeclaredError(Exception):
    """A part replaces what it does not declare, or what another part has replaced already. A programming error."""


class NoPlaceError(Exception):
    """An original is not where the part expects it, though its source is the same: another module imports it now."""


@dataclass
class Replaced:
    """All that was replaced: by place (`weasyprint.layout.inline.strut`), the parts in the order in which they came."""

    parts: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Replacing:
    """Collects the replacements of one part; `commit` makes all of them, so that a part is never half in."""

    part: str
    declared: Collection[str]
    """Names of originals (see `originals.py`) that the part says it replaces."""
    again: Collection[str]
    """Those of them that an earlier part may have replaced, and that this one wraps once more on purpose."""
    replaced: Replaced
    _pending: list[tuple[Any, str, Any, str]] = field(default_factory=list)

    def wrap(self, name: str, make: Callable[[Any], Any], *modules: str) -> None:
        """Put `make(original)` in place of an original, in its own module or class.

        `modules`: instead of there, in those of these modules that import the original by its name. UndeclaredError
        when the part does not declare the name, or when another part has replaced it and this one does not say that it
        wraps it again. NoPlaceError when no module has it, or when they have different functions.
        """
        if name not in self.declared:
            raise UndeclaredError(f"{self.part} replaces {name} and does not declare it")
        home, _, path = name.partition(":")
        *holders, attribute = path.split(".")
        owners = [(module, import_module(module)) for module in modules] or [_owner(home, holders)]
        for place, _ in owners:
            before = self.replaced.parts.get(f"{place}.{attribute}")
            if before and name not in self.again:
                raise UndeclaredError(f"{self.part} replaces {name}, and {before[-1]} has replaced it already")
        held = [(place, owner) for place, owner in owners if attribute in vars(owner)] if modules else owners
        originals = [vars(owner).get(attribute) for _, owner in held]
        if not held or any(original is not originals[0] for original in originals):
            raise NoPlaceError(f"{name} is not where it was: {', '.join(place for place, _ in owners)}")
        new = make(originals[0])
        self._pending.extend((owner, attribute, new, f"{place}.{attribute}") for place, owner in held)

    def put(self, name: str, new: Any, *modules: str) -> None:
        """The same for a function that does not call the original, and for an attribute that is not there yet."""
        self.wrap(name, lambda _: new, *modules)

    def commit(self) -> None:
        """Make the replacements."""
        for owner, attribute, new, place in self._pending:
            setattr(owner, attribute, new)
            self.replaced.parts.setdefault(place, []).append(self.part)


def _owner(module: str, holders: list[str]) -> tuple[str, Any]:
    owner: Any = import_module(module)
    for holder in holders:
        owner = getattr(owner, holder)
    return ".".join((module, *holders)), owner

"""Replacement of originals: each is declared, and two parts replace the same one only if the second declares it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


class UndeclaredError(Exception):
    """A part replaces an original that it does not declare, or that another part has log: a programming error."""


class MissingOriginalError(Exception):
    """An original is not where the part expects it, though its source is the same: another module imports it now."""


@dataclass
class ReplacementLog:
    """All replacements so far: place (`weasyprint.layout.inline.strut`) -> names of the parts, in the order of
    installation."""

    parts: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Replacements:
    """Replacements of one part; `commit` makes all of them, so that a part is never installed in part."""

    part: str
    declared: Collection[str]
    """Names of the originals (`originals.py`) that the part declares as replaced."""
    rewraps: Collection[str]
    """Those of them that an earlier part may have replaced, and that this one wraps once more."""
    log: ReplacementLog
    _pending: list[tuple[Any, str, Any, str]] = field(default_factory=list)

    def wrap(self, name: str, make: Callable[[Any], Any], *modules: str) -> None:
        """Replace an original by `make(original)` in its own module or class.

        `modules`: replace it in these modules instead, where they import the original by name. UndeclaredError when the
        part does not declare the name, or when another part has replaced it and the name is not in `rewraps`.
        MissingOriginalError when no module has it, or when they have different functions.
        """
        if name not in self.declared:
            raise UndeclaredError(f"{self.part} replaces {name} and does not declare it")
        home, _, path = name.partition(":")
        *holders, attribute = path.split(".")
        owners = [(module, import_module(module)) for module in modules] or [_owner(home, holders)]
        for place, _ in owners:
            before = self.log.parts.get(f"{place}.{attribute}")
            if before and name not in self.rewraps:
                raise UndeclaredError(f"{self.part} replaces {name}, and {before[-1]} has replaced it already")
        places = [(place, owner) for place, owner in owners if attribute in vars(owner)] if modules else owners
        originals = [vars(owner).get(attribute) for _, owner in places]
        if not places or any(original is not originals[0] for original in originals):
            raise MissingOriginalError(f"{name} is not where it was: {', '.join(place for place, _ in owners)}")
        new = make(originals[0])
        self._pending.extend((owner, attribute, new, f"{place}.{attribute}") for place, owner in places)

    def put(self, name: str, new: Any, *modules: str) -> None:
        """Replace an original by a function that does not call it, or add an attribute that does not exist yet."""
        self.wrap(name, lambda _: new, *modules)

    def commit(self) -> None:
        """Make the replacements."""
        for owner, attribute, new, place in self._pending:
            setattr(owner, attribute, new)
            self.log.parts.setdefault(place, []).append(self.part)


def _owner(module: str, holders: list[str]) -> tuple[str, Any]:
    """Dotted name and object of the module or class that holds an original."""
    owner: Any = import_module(module)
    for holder in holders:
        owner = getattr(owner, holder)
    return ".".join((module, *holders)), owner

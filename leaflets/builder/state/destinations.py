"""Destinations of finished editions: the build folder, and the cache that several builders share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.base.store import Reach, Store, why
from leaflets.builder.disk_space import cannot_write
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.state.cache import Cache
from leaflets.editions.edition_files import EVIDENCE, PRINT
from leaflets.editions.material import Material


@dataclass(frozen=True)
class Destinations:
    """The build folder and the cache, each if there is one."""

    out: Store | None = None
    cache: Cache | None = None

    @classmethod
    def at(cls, out: str | Path | Store, cache: str | Path | Store | None = None) -> Destinations:
        """The destinations at folders or URLs."""
        return cls(open_store(out), None if cache is None else Cache(open_store(cache)))

    @property
    def open_out(self) -> Store:
        """The build folder; every build has one, but not every worker reaches it."""
        assert self.out is not None
        return self.out

    def within(self, reach: Reach) -> Destinations:
        """The destinations that a process at the distance `reach` can access itself."""
        out, cache = self.out, self.cache
        return Destinations(
            out if out and out.reach >= reach else None, cache if cache and cache.store.reach >= reach else None
        )

    def beyond(self, reach: Reach) -> Destinations:
        """The destinations that a process at the distance `reach` cannot access."""
        near = self.within(reach)
        return Destinations(None if near.out else self.out, None if near.cache else self.cache)

    def __bool__(self) -> bool:
        return self.out is not None or self.cache is not None

    def cached(self, order: Order) -> MadeEdition | None:
        """The edition from the cache; None without one, or when the cache cannot be read, so that it is built."""
        if self.cache is None or not order.key or order.anew:
            return None
        try:
            return self.cache.get(order.edition, order.key, _needed(order.material))
        except OSError:
            return None

    def deliver(self, finished: MadeEdition) -> MadeEdition:
        """Write an edition to its destinations, unless it failed; the result reports what could not be written."""
        result = finished.result
        if result.failed:
            return finished
        if self.out is not None:
            try:
                self.out.write_together(finished.files)
            except OSError as error:
                diagnostics = Diagnostics(list(result.diagnostics))
                cannot_write(self.out.place(result.edition.path), error, diagnostics)
                return replace(finished, result=replace(result, diagnostics=tuple(diagnostics)))
        if self.cache is not None and finished.key and not result.cached:
            try:
                self.cache.put(finished)
            except OSError as error:
                return replace(finished, result=replace(result, cache_fault=why(error)))
        return finished


def _needed(material: Material) -> set[str]:
    """Kinds of the sidecars without which an edition is not whole; braille is made where liblouis is installed."""
    if not material.layout.on_paper:
        return {"epub", "text"}
    return {kind for kind, made in ((PRINT, material.layout.imposition), (EVIDENCE, material.evidence)) if made}


def make(toolchain: Toolchain, order: Order, places: Destinations) -> MadeEdition:
    """Take an edition from the cache or build it, and deliver it."""
    return places.deliver(places.cached(order) or _built(toolchain, order))


def _built(toolchain: Toolchain, order: Order) -> MadeEdition:
    page = toolchain.page_inputs(order.material) if order.with_inputs else None
    made = toolchain.make(order.material)
    return replace(made, result=replace(made.result, page=page), key=order.key)


def make_from(toolchain: Toolchain, order: Order, places: Destinations, reach: Reach) -> MadeEdition:
    """The same in a process that reaches only some destinations; the bytes are dropped if no other needs them."""
    finished = make(toolchain, order, places.within(reach))
    return finished if places.beyond(reach) else replace(finished, body=b"", others=())

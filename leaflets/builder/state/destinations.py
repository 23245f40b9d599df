"""Where finished editions go: the build folder, and the cache that several builders share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.base.store import Reach, Store, why
from leaflets.builder.disk_space import cannot_write
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.state.cache import Cache


@dataclass(frozen=True)
class Places:
    """The build folder and the cache, each where there is one."""

    out: Store | None = None
    cache: Cache | None = None

    @classmethod
    def at(cls, out: str | Path | Store, cache: str | Path | Store | None = None) -> Places:
        """The places that folders or URLs name."""
        return cls(open_store(out), None if cache is None else Cache(open_store(cache)))

    @property
    def open_out(self) -> Store:
        """The build folder, which every build has."""
        assert self.out is not None
        return self.out

    def within(self, reach: Reach) -> Places:
        """Those that a process so far away can reach itself."""
        out, cache = self.out, self.cache
        return Places(
            out if out and out.reach >= reach else None, cache if cache and cache.store.reach >= reach else None
        )

    def beyond(self, reach: Reach) -> Places:
        """The others."""
        near = self.within(reach)
        return Places(None if near.out else self.out, None if near.cache else self.cache)

    def __bool__(self) -> bool:
        return self.out is not None or self.cache is not None

    def kept(self, order: Order) -> MadeEdition | None:
        """The edition from the cache; a cache that cannot be read costs time, not the build."""
        if self.cache is None or not order.key or order.anew:
            return None
        try:
            return self.cache.get(order.edition, order.key)
        except OSError:
            return None

    def deliver(self, finished: MadeEdition) -> MadeEdition:
        """Put an edition where it goes; nothing is written of one that failed."""
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


def make(bench: Toolchain, order: Order, places: Places) -> MadeEdition:
    """One edition from the cache, or built, and delivered."""
    return places.deliver(places.kept(order) or _built(bench, order))


def _built(bench: Toolchain, order: Order) -> MadeEdition:
    page = bench.look(order.material) if order.look else None
    made = bench.make(order.material)
    return replace(made, result=replace(made.result, page=page), key=order.key)


def make_from(bench: Toolchain, order: Order, places: Places, reach: Reach) -> MadeEdition:
    """The same in a process that reaches only some of the places; the bytes are left out where nobody needs them."""
    finished = make(bench, order, places.within(reach))
    return finished if places.beyond(reach) else replace(finished, body=b"", others=())

"""BuildRequest and Machine: the editions to build, and the resources to use. Imports no content, so that it loads
fast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leaflets.base.store import Store
from leaflets.editions.choice import Choice

WHOLE = (1, 1)
"""The shard that is the whole plan."""


@dataclass(frozen=True)
class BuildRequest:
    """A request to build: editions, their destination, and options."""

    choice: Choice
    out: Store | Path | str
    """The build folder: a store, or the folder or URL of one."""
    clinic: Path | None = None
    """File of the clinic that the leaflets are for."""
    print_sheet: str = ""
    """Id of a larger sheet that print files are cut from, such as SRA4; empty: the region's paper."""
    evidence: bool = True
    """Write evidence of finished files."""
    force: bool = False
    """Build fresh editions too, and take none from the cache."""
    shard: tuple[int, int] = WHOLE
    """(i, n): the i-th of n parts of the plan, counted from 1, for a batch service that starts n builds."""
    release: bool = False
    """Build and publish only what may be handed out: signed, in date, nothing pending, with evidence that does not
    fail."""


@dataclass(frozen=True)
class Machine:
    """Resources that a build may use."""

    jobs: int = 0
    """Worker processes; 0: as many as there are cores, at least 2."""
    memory: int = 0
    """MB that a worker process may take; 0: its share of the machine."""
    cache: Store | Path | str | None = None
    """Store of finished editions that several builders share; the build reads and fills it."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers build instead of processes here."""

"""Running desk: the server in its own thread, the builds in the main thread as in `watch`.

Builds stay in the main thread, which Ctrl-C reaches first.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from leaflets.base.diagnostics import Diagnostic, Diagnostics
from leaflets.base.limited import release
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.builder.edition.make import Result
from leaflets.builder.watch import Turn, Watcher
from leaflets.desk.app import Desk
from leaflets.desk.library import Library
from leaflets.desk.live_updates import OpenPages
from leaflets.desk.page_words import DeskWords
from leaflets.desk.security import Address
from leaflets.editions.choice import Choice
from leaflets.serving.listening import server_config

EVERY = 5.0
"""Interval, s, at which the library is refreshed during a build; the build saves its manifest about as often."""
STARTING = 10.0
"""Maximum time, s, for the server to start, and to stop."""


@dataclass
class LiveProgress:
    """Build progress that is sent to the open pages."""

    library: Library
    screens: OpenPages
    _next: float = 0.0

    def planned(self, stale: int, fresh: int) -> None:
        self.faults(Diagnostics())  # earlier faults are fixed, or nothing would be planned
        self._next = time.monotonic() + EVERY
        self.screens.tell("work", stays=True, left=stale or None)  # 0 is sent only at the end
        before = self.library.entries().keys()
        self.library.refresh()
        if self.library.entries().keys() != before:  # somebody has taken files away
            self.screens.tell("library")

    def done(self, result: Result, done: int, total: int) -> None:
        self.library.built(result)
        name, version = result.edition.name, result.sha256[:12]
        self.screens.tell(
            "edition", name=name, failed=result.failed, bytes=version, pages=result.pages, title=result.title
        )
        self.screens.tell("work", stays=True, left=total - done or None)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            self.library.refresh()
            self.screens.tell("library")

    def turned(self, turn: Turn) -> None:
        """Report the end of a build."""
        self.library.settled()
        if turn.edition is None or turn.built.diagnostics.errors:
            self.faults(turn.built.diagnostics)
        if turn.built.results:
            self.screens.tell("library")
        if turn.edition is None:
            self.screens.tell("work", stays=True, left=0, wrong=bool(turn.built.diagnostics.errors))

    def faults(self, diagnostics: Diagnostics) -> None:
        """Send the errors of the source files."""
        errors = sorted(set(diagnostics.errors))
        self.screens.tell("faults", stays=True, errors=[_fault(item) for item in errors])


@dataclass
class Running:
    """Desk over one build folder."""

    project: Project
    choice: Choice
    out: Store
    clinic: Path | None = None
    screens: OpenPages = field(default_factory=OpenPages)

    def __post_init__(self) -> None:
        self.library = Library(self.out, self.choice)
        self.told = LiveProgress(self.library, self.screens)

    def serve(self, listening: socket.socket, address: Address, ready: Callable[[], None]) -> Iterator[Turn]:
        """Serve, and build stale editions, until the process is stopped; yields each finished build. `ready` is called
        once the server accepts connections."""
        self.library.refresh()
        with self._server(listening, address):
            ready()
            watching = Watcher(
                self.project, self.choice, self.out, self.told, self.clinic, looked_at=self.screens.looked_at
            )
            for turn in watching.turns():
                self.told.turned(turn)
                yield turn

    @contextmanager
    def _server(self, listening: socket.socket, address: Address) -> Iterator[None]:
        """Run the server in a thread while the block runs; on exit all streams are closed and the thread has ended."""
        desk = Desk(self.project, self.library, self.screens, DeskWords(self.project))
        config = server_config(desk.app(address))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="desk", daemon=True)
        thread.start()
        try:
            until = time.monotonic() + STARTING
            while not server.started and thread.is_alive() and time.monotonic() < until:
                time.sleep(0.01)
            yield
        finally:
            self.screens.close()
            server.should_exit = True
            thread.join(STARTING)
            release()


def _fault(item: Diagnostic) -> dict[str, str]:
    return {"place": f"{item.place}:", "message": item.message, "hint": item.hint}

"""Connections to a server: how many, and how long one may take to send its request.

Anything that reaches the port can open connections and send nothing. Each takes a file handle, and a process without
handles can neither read files nor accept others.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from leaflets.base.fault import sentence

MOST = 200
"""Connections at a time; more are closed at once. A browser opens six to a page."""
SENDING = 15.0
"""Seconds from the beginning of a connection, or of a request, in which the request must have come whole."""


def most_connections() -> int:
    """Connections at a time: MOST, or a third of the file handles that the system allows this process."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return MOST
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if allowed == resource.RLIM_INFINITY else max(8, min(MOST, allowed // 3))


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 connection that is closed when there are too many, or when its request does not arrive in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > most_connections():
            transport.abort()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._late is None and self._incomplete():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
        super().connection_lost(exc)

    def _incomplete(self) -> bool:
        """Whether a request has begun and its head or body is incomplete."""
        cycle = self.cycle
        return cycle is None or cycle.response_complete or cycle.more_body

    def _wait(self) -> None:
        self._late = self.loop.call_later(SENDING, self._close_if_late)

    def _close_if_late(self) -> None:
        self._late = None
        if self._incomplete():
            self.transport.close()


class OneLine(logging.Handler):
    """Log handler that reports an exception of the server in one line, with the path of the file with its traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        error: Any = record.exc_info[1] if record.exc_info else None
        if isinstance(error, asyncio.CancelledError):
            return  # the server was told to stop before a request had come whole
        said = sentence(error) if error is not None else f"leaflets: the server: {record.getMessage()}"
        print(said.partition("\n")[0], file=sys.stderr, flush=True)

"""Live updates: server-sent events to the open pages, and the edition that each of them shows."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from collections.abc import AsyncIterator, Mapping
from typing import Any

from leaflets.editions.edition import Edition

Event = Mapping[str, Any]
ALIVE = 15.0
"""Interval, s, after which an empty comment is sent, so that a closed connection is detected."""


class OpenPages:
    """Open pages. Streams run in the server's event loop; the other methods are thread-safe."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Queue[Event | None], Edition | None]] = {}
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._last: dict[str, Event] = {}
        self._closed = False

    def looked_at(self) -> set[Edition]:
        """Editions shown on open pages."""
        with self._lock:
            return {edition for _, _, edition in self._open.values() if edition is not None}

    def tell(self, kind: str, stays: bool = False, **said: Any) -> None:
        """Send an event to every page. With `stays` it is also sent to pages that open later, until the next event of
        its kind."""
        event = {"kind": kind, **said}
        with self._lock:
            if stays:
                self._last[kind] = event
            self._send(event)

    def close(self) -> None:
        """End all streams, before the server stops."""
        with self._lock:
            self._closed = True
            self._send(None)

    async def stream(self, edition: Edition | None) -> AsyncIterator[str]:
        """Stream of server-sent events to a page that shows `edition`, until the page closes."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        with self._lock:
            number = next(self._numbers)
            self._open[number] = asyncio.get_running_loop(), queue, edition
            for event in (*self._last.values(), *([None] if self._closed else [])):
                queue.put_nowait(event)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    told = await asyncio.wait_for(queue.get(), ALIVE)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if told is None:
                    return
                yield f"data: {json.dumps(told, ensure_ascii=False)}\n\n"
        finally:
            with self._lock:
                self._open.pop(number, None)

    def _send(self, event: Event | None) -> None:
        for loop, queue, _ in self._open.values():
            loop.call_soon_threadsafe(queue.put_nowait, event)

"""Who has which edition before them, and what they are told while files change (server-sent events)."""

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
"""Seconds of silence after which a line is sent that means nothing, so that a closed page is noticed."""


class Screens:
    """The open pages. The server's loop serves them; any thread may tell them something."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Queue[Event | None], Edition | None]] = {}
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._last: dict[str, Event] = {}
        self._closed = False

    def looked_at(self) -> set[Edition]:
        """The editions on the open pages."""
        with self._lock:
            return {edition for _, _, edition in self._open.values() if edition is not None}

    def tell(self, kind: str, stays: bool = False, **said: Any) -> None:
        """Tell every page. What `stays` is also told to each page that is opened later, until it is told anew."""
        event = {"kind": kind, **said}
        with self._lock:
            if stays:
                self._last[kind] = event
            self._send(event)

    def close(self) -> None:
        """End all streams: the server is about to stop."""
        with self._lock:
            self._closed = True
            self._send(None)

    async def stream(self, edition: Edition | None) -> AsyncIterator[str]:
        """The events for a page that shows an edition, each as a piece of the stream, until the page is closed."""
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

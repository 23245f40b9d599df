"""The print desk as it runs, asked as its page asks: told of a new edition, it fetches a picture of its first page."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import engine
from bench.command import ROOT, CommandError

PATIENCE = 300.0
"""Seconds after which nothing is waited for any longer."""


class Page:
    """The desk's page with an edition on it."""

    def __init__(self, port: int, edition: str) -> None:
        self.port, self.edition = port, edition
        self.events = _answer(port, f"/events?show={edition}")
        self.seen = self._picture()

    def settled(self) -> None:
        """Wait until all editions are up to date."""
        self._told("work", left=0)

    def shown(self, begin: float) -> float:
        """Seconds from `begin` until the new page is there. CommandError when it is the old one."""
        self._told("edition", name=self.edition, failed=False)
        before, self.seen = self.seen, self._picture()
        seconds = time.perf_counter() - begin
        if self.seen == before:
            raise CommandError("the page on the desk is as it was before the file was saved")
        return seconds

    def _told(self, kind: str, **wanted: Any) -> None:
        for line in iter(self.events.readline, b""):
            event = json.loads(line[5:]) if line.startswith(b"data:") else {}
            if event.get("kind") == kind and all(event[key] == value for key, value in wanted.items()):
                return
        raise CommandError(f"the desk ended before it told of “{kind}”")

    def _picture(self) -> bytes:
        locale = self.edition.rpartition(".")[2]
        return _answer(self.port, f"/pages/{locale}/{self.edition}/1.png").read()


@contextmanager
def opened(folder: Path, edition: str, options: Sequence[str]) -> Iterator[Page]:
    """A desk over a build folder that is up to date, and an edition on its page."""
    command = [*engine.GENERATE, "desk", "--port", "0", "--no-open", *options]
    with (folder / "desk.log").open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True)
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        found = re.search(r":(\d+)/", first)
        if found is None:
            raise CommandError(f"the desk did not start:\n{(folder / 'desk.log').read_text(encoding='utf-8')}")
        yield Page(int(found[1]), edition)
    finally:
        process.kill()
        process.communicate()


def _answer(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200:
        raise CommandError(f"the desk answers {answer.status} to {path}")
    return answer

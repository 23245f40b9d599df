"""A print desk as people run it: a real process over a copy of the second article, asked by a plain HTTP client."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.conftest import PROJECTS, ROOT

LONGEST = 60.0
"""Seconds that a test waits for what the desk does in less than one."""
LAYOUTS = ("standard", "large-print", "booklet", "summary", "web")
PLAIN = "hand-washing.overview.plain.standard.en-GB"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Desk:
    """A desk that runs. `log` is what it has said."""

    folder: Path
    process: subprocess.Popen[str]
    port: int
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def article(self) -> Path:
        return self.folder / "project" / "articles" / "hand-washing"

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """An answer. `headers`: with underscores for dashes; they go over those that a browser on the page sends."""
        asked = {"Host": f"127.0.0.1:{self.port}"}
        if body is not None:
            asked |= {"Origin": self.url.rstrip("/"), "Content-Type": FORM}
        asked |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        sent = body.encode() if body is not None else b""
        for name, value in {**asked, **({"Content-Length": str(len(sent))} if body is not None else {})}.items():
            connection.putheader(name, value)
        connection.endheaders(sent or None)
        answer = connection.getresponse()
        found = Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def note(self, edition: str = PLAIN, to: str = "/note", **parts: str) -> Answer:
        """What is answered to a note."""
        return self.ask(to, "POST", urlencode({"edition": edition, **parts}))

    @contextmanager
    def events(self, show: str = PLAIN) -> Iterator[Iterator[dict[str, Any]]]:
        """What an open page is told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.request("GET", f"/events?show={show}")
        answer = connection.getresponse()
        try:
            yield (json.loads(line[5:]) for line in iter(answer.readline, b"") if line.startswith(b"data:"))
        finally:
            answer.close()
            connection.close()

    def settled(self) -> None:
        """Wait until all is up to date."""
        with self.events() as told:
            next(event for event in told if event["kind"] == "work" and event["left"] == 0 and not event["wrong"])

    def change(self, file: str, old: str, new: str) -> None:
        path = self.article / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    def stop(self, signal: int) -> int:
        self.process.send_signal(signal)
        return self.process.wait(timeout=LONGEST)


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Desk]:
    """A desk over a copy of the second article, which answers."""
    project = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
    command = [
        *(sys.executable, "generate.py", "desk", "--project", str(project), "--out", str(folder / "out")),
        *("--article", "hand-washing", "--port", "0", "--no-open", *options),
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
    assert found, first + process.stdout.read()
    desk = Desk(folder, process, int(found[1]), [first])
    said = process.stdout
    reader = threading.Thread(target=lambda: desk.log.extend(said), daemon=True)
    reader.start()
    try:
        yield desk
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reader.join()
        said.close()


def layouts(*names: str) -> list[str]:
    """The options that ask for these layouts."""
    return [part for name in names for part in ("--layout", name)]

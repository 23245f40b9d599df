"""Connections that send nothing: bounded in number and in time, and told in no traceback."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from leaflets.serving import connections
from leaflets.serving.listening import listen

pytestmark = pytest.mark.builds


async def _answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Port of a server that takes three connections, each for half a second without a request."""
    monkeypatch.setattr(connections, "SENDING", 0.5)
    monkeypatch.setattr(connections, "most_connections", lambda: 3)
    listening = listen("127.0.0.1", 0)
    app = Starlette(routes=[Route("/", _answer, methods=["GET", "POST"])])
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", http=connections.BoundedProtocol, ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


def opened(port: int, sent: bytes = b"") -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=10)
    found.sendall(sent)
    return found


def answered(connection: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    found = b""
    try:
        while piece := connection.recv(4096):
            found += piece
    except ConnectionResetError:
        pass
    connection.close()
    return found


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HTTP/1.1\r\nHost: a\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nabc"],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_request_that_does_not_come_whole_is_closed(port: int, sent: bytes) -> None:
    begun = time.monotonic()
    assert b"200" not in answered(opened(port, sent))
    assert time.monotonic() - begun < 5


def test_others_are_answered_while_one_waits_and_more_are_refused(port: int) -> None:
    idle = [opened(port), opened(port)]
    whole = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert answered(opened(port, whole)).endswith(b"0 bytes")
    third = opened(port)
    assert answered(opened(port, whole)) == b""
    for connection in (*idle, third):
        assert answered(connection) == b""
    assert answered(opened(port, whole)).endswith(b"0 bytes")


def test_fewer_handles_are_fewer_connections() -> None:
    assert 8 <= connections.most_connections() <= connections.MOST


def test_an_exception_of_the_server_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("a long\nstory")
    except ValueError as error:
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "Exception", (), (ValueError, error, None))
    connections.OneLine().emit(record)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith(
        "leaflets: a fault of the program, not of your files (ValueError: a long); the details are in "
    )

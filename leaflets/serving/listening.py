"""Listening: a socket of this machine, and the configuration of a server that writes no log of requests."""

from __future__ import annotations

import logging
import socket

import uvicorn
from starlette.types import ASGIApp

from leaflets.serving.connections import BoundedProtocol, OneLine


def listen(host: str, port: int) -> socket.socket:
    """Listening socket. OSError when the port is in use, or the address is not one of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def address_of(host: str, port: int) -> str:
    """Address of a server that listens at a host: that of this machine when it is all of its addresses."""
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def server_config(app: ASGIApp) -> uvicorn.Config:
    """Configuration of a server for an app: bounded connections, no log of requests, no Server header."""
    for name in ("uvicorn.error", "asyncio"):
        errors = logging.getLogger(name)
        errors.handlers, errors.propagate = [OneLine(logging.ERROR)], False
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
    )


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve an app in this thread until the process is told to stop; the socket is closed then."""
    try:
        uvicorn.Server(server_config(app)).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # uvicorn raises the signal again when all is closed
    finally:
        listening.close()

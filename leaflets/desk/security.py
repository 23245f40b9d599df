"""Security of the desk: Host and Origin checks, and the security headers of every response.

A page on the web could make a browser send requests to this machine: under a name that it resolves to 127.0.0.1 (DNS
rebinding), or with a form. So the Host header must be the desk's own, and a POST must come from the desk's own page.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = ("127.0.0.1", "localhost")
EVERYWHERE = ("", "0.0.0.0", "::")
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WEB_PAGE = (
    "sandbox allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Policy for a leaflet as a web page. It has no scripts, and the sandbox would block them."""
PDF = "frame-ancestors 'none'"
"""Policy for a PDF. More directives would stop some browsers from showing it."""
MOST_HOST = 261
"""Characters of a Host header: a name has up to 253 (RFC 1035), then a colon and a port of up to five digits."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True)
class Address:
    """Host and port on which the desk listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """URL of the desk's page."""
        host = LOCAL[0] if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def local(self) -> bool:
        """True if only this machine can connect."""
        return self.host == LOCAL[1] or (self.host not in EVERYWHERE and _is_loopback(self.host))

    def owns(self, authority: str) -> bool:
        """True if `authority` (a Host header, or an Origin without its scheme) is this address. If the desk listens on
        all interfaces, any IP address counts, but no other name than localhost: an attacker controls what a name
        resolves to."""
        host, _, port = authority.rpartition(":")
        if not host or not port.isdecimal():
            host, port = authority, "80"
        host = host.removeprefix("[").removesuffix("]").lower()
        if len(port) > 5 or int(port) != self.port:
            return False
        return host in (*LOCAL, self.host.lower()) or (self.host in EVERYWHERE and _is_number(host))


@dataclass(frozen=True)
class Guard:
    """ASGI middleware that refuses requests from elsewhere before their body is read. `refused` makes the response."""

    app: ASGIApp
    address: Address
    refused: Callable[[str, int], Response]
    asked_from_elsewhere: tuple[str, ...] = ()
    """Beginnings of addresses that other programs may post to: they change nothing and know nobody."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        answer = self._refusal(scope)
        await (answer or self.app)(scope, receive, told)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if len(host) > MOST_HOST:
            return self.refused("error-host", 400)
        if not self.address.owns(host):
            return self.refused("error-host", 421)
        if scope["method"] in ("GET", "HEAD") or scope["path"].startswith(self.asked_from_elsewhere or "\0"):
            return None
        origin = headers.get("origin", "")
        if origin != f"http://{headers['host']}" or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return self.refused("error-origin", 403)
        return None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_number(host) and ipaddress.ip_address(host).is_loopback

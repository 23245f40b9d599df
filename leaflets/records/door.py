"""Web application of the record system's door.

Nothing of a request is written down. Nothing of it is repeated but codes, tasks and languages that we know ourselves.
"""

from __future__ import annotations

import json
import mimetypes
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from leaflets.base.project import Project
from leaflets.base.untrusted.json_data import BrokenDataError, parse_json
from leaflets.publish.catalogue import CatalogueEntry
from leaflets.records import cds_hooks, fhir
from leaflets.records.answer import answer_to
from leaflets.records.feed import FeedSettings, atom, feed_json
from leaflets.records.holdings import ChangedFileError, Holdings, WatchedFolder, read_file
from leaflets.records.knowledge_request import HTML, JSON, JSONP, XML, RequestError, parse_pairs, read_request
from leaflets.records.page import answer_page

LARGEST_FORM, LARGEST_JSON = 256 * 1024, 1024 * 1024
"""Bytes of a body."""
MOST_QUERY = 16 * 1024
FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",  # JSONP is a script on the page of another site
    "Access-Control-Allow-Origin": "*",  # what is served is public, and no cookie or password is read
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
}
NO_CACHE = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}
NOT_READY = "the leaflets cannot be read now; try again later"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, Pragma, "
    "Prefer, X-Requested-With",  # Authorization may be sent, and is not read
    "Access-Control-Max-Age": "3600",
}
"""Headers of the answer to the question that a browser asks before a request from another site."""
PATHS = ("/infobutton", "/fhir/", "/cds-services")
"""Beginnings of the addresses of the door."""
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class RecordsApp:
    """Handlers of the door's routes. `base`: public address with a slash at its end; `region`: see `answer_to`."""

    project: Project
    folder: WatchedFolder
    base: str
    region: str = "GB"
    _hashes: dict[str, str] = field(default_factory=dict)
    """SHA-1 in base64 by SHA-256."""

    def app(self) -> Starlette:
        """The ASGI application."""
        files = Route("/files/{path:path}", self._guarded(self.file), methods=["GET", "OPTIONS"])
        found = Starlette(routes=[*self.routes(), files], exception_handlers={HTTPException: self.wrong})
        found.router.redirect_slashes = False  # the other address would repeat the whole query and the Host header
        return found

    def routes(self) -> list[Route]:
        """Routes of the questions, without the files."""
        return [
            Route(address, self._guarded(handler), methods=[*methods, "OPTIONS"])
            for path, handler, methods in (
                ("/infobutton", self.infobutton, ["GET", "POST"]),
                ("/fhir/metadata", self.metadata, ["GET"]),
                ("/fhir/DocumentReference", self.documents, ["GET"]),
                ("/fhir/DocumentReference/_search", self.documents, ["POST"]),
                ("/fhir/DocumentReference/{id}", self.document, ["GET"]),
                ("/cds-services", self.services, ["GET"]),
                (f"/cds-services/{cds_hooks.SERVICE}", self.hook, ["POST"]),
            )
            for address in (path, f"{path}/")
        ]

    # Infobutton

    async def infobutton(self, request: Request) -> Response:
        """Answer an Infobutton request."""
        pairs = await self._pairs(request)
        asked = read_request(pairs)
        answer = await run_in_threadpool(answer_to, asked, self._holdings(), self.region)
        settings = self._settings()
        if asked.response == JSON:
            return _response(feed_json(answer, settings), JSON)
        if asked.response == JSONP:
            return _response(f"/**/{asked.callback}({feed_json(answer, settings)});", JSONP)
        if asked.response == HTML:
            return _response(answer_page(self.project, answer, settings), HTML)
        return _response(atom(answer, settings), XML)

    # FHIR

    async def metadata(self, _: Request) -> Response:
        """What the FHIR server can do."""
        return _fhir(fhir.capability(self._settings()))

    async def documents(self, request: Request) -> Response:
        """Search leaflets."""
        query = fhir.read_search(await self._pairs(request))
        found = await run_in_threadpool(fhir.find_documents, self._holdings(), query)
        known = [(name, value) for name, value in query if name == "language" and value.lower() in self._languages()]
        link = f"{self.base}fhir/DocumentReference" + (f"?{urlencode(known)}" if known else "")
        return _fhir(await run_in_threadpool(fhir.bundle, found, self._settings(), self._hash, link))

    async def document(self, request: Request) -> Response:
        """One leaflet in one locale."""
        for holding in fhir.find_documents(self._holdings(), [("_id", request.path_params["id"])]):
            return _fhir(await run_in_threadpool(fhir.document, holding, self._settings(), self._hash))
        raise RequestError("there is no such leaflet", 404)

    # CDS Hooks

    async def services(self, _: Request) -> Response:
        """Discovery."""
        return _response(json.dumps(cds_hooks.services()), JSON)

    async def hook(self, request: Request) -> Response:
        """A card with leaflets for the patient's conditions."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            raise RequestError("the body has to be JSON (Content-Type: application/json)", 415)
        try:
            body = parse_json(await _body(request, LARGEST_JSON))
        except BrokenDataError:
            raise RequestError("the body is no JSON") from None
        found = await run_in_threadpool(cds_hooks.cards, body, self._holdings(), self.region, self._settings())
        return _response(json.dumps(found), JSON)

    # files

    async def file(self, request: Request) -> Response:
        """A file that may be handed out."""
        path = request.path_params["path"]
        entry = self._holdings().by_path.get(path)
        if entry is None:
            raise RequestError("there is no such file, or it is not handed out", 404)
        try:
            body = await run_in_threadpool(read_file, self.folder.out, entry)
        except ChangedFileError:
            raise RequestError("this file is being made anew; try again later", 503) from None
        except OSError:
            raise RequestError("there is no such file any more", 404) from None
        headers = {
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(path.rpartition('/')[2])}",
            "ETag": f'"{entry.sha256[:32]}"',
            "Cache-Control": "no-cache",
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        media = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if media == "application/pdf":
            headers["Content-Security-Policy"] = "frame-ancestors *"
        if media == HTML:
            headers["Content-Security-Policy"] = (
                "sandbox allow-forms allow-modals allow-popups; default-src 'none'; style-src 'unsafe-inline'; "
                "img-src data:; font-src data:"
            )
        return Response(body, media_type=media, headers=headers)

    # what they share

    def _holdings(self) -> Holdings:
        try:
            return self.folder.holdings()
        except (OSError, BrokenDataError):
            raise RequestError(NOT_READY, 503) from None

    def _languages(self) -> set[str]:
        tags = {tag.lower() for tag in self._holdings().locales}
        return tags | {tag.split("-")[0] for tag in tags}

    def _settings(self) -> FeedSettings:
        return FeedSettings(self.base, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _hash(self, file: CatalogueEntry) -> str:
        if file.sha256 not in self._hashes:
            try:
                body = read_file(self.folder.out, file)
            except OSError:
                return ""
            self._hashes[file.sha256] = fhir.sha1_of(body)
        return self._hashes[file.sha256]

    async def _pairs(self, request: Request) -> list[tuple[str, str]]:
        query = request.scope.get("query_string", b"")
        if len(query) > MOST_QUERY:
            raise RequestError("the query is too long; send it by POST", 414)
        pairs = parse_pairs(query.decode("latin-1"))
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind not in (FORM, ""):
                raise RequestError(f"the body has to be a form (Content-Type: {FORM})", 415)
            body = await _body(request, LARGEST_FORM)
            pairs += parse_pairs(body.decode("latin-1"))
        return pairs

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            is_fhir = request.url.path.startswith("/fhir")
            try:
                preflight = request.method == "OPTIONS"
                response = Response(status_code=204, headers=PREFLIGHT) if preflight else await handler(request)
            except RequestError as error:
                response = _refused(str(error), error.status, is_fhir)
            except ClientDisconnect:
                response = _refused("the request broke off", 400, is_fhir)
            except Exception as error:  # the words of an error may hold what was sent
                where = error.__traceback__
                while where is not None and where.tb_next is not None:
                    where = where.tb_next
                line = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
                print(f"leaflets records: a fault of the program: {type(error).__name__} at {line}", file=sys.stderr)
                response = _refused("a fault of the program; it was not your request", 500, is_fhir)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    async def wrong(self, request: Request, error: Exception) -> Response:
        """Words for what the routes refuse."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        words = {404: "there is nothing at this address", 405: "this address is asked in another way"}
        headers = dict(getattr(error, "headers", None) or {})
        response = _refused(words.get(status, "this cannot be answered"), status, request.url.path.startswith("/fhir"))
        for name, value in {**HEADERS, **headers}.items():
            response.headers.setdefault(name, value)
        return response


async def _body(request: Request, most: int) -> bytes:
    """Body of a request, in memory. RequestError 413 when it is too large."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise RequestError(f"the body is larger than {most // 1024} kB", 413)
    return bytes(body)


def _response(body: str | bytes, media_type: str) -> Response:
    return Response(body, media_type=media_type, headers=NO_CACHE)


def _fhir(resource: dict[str, Any]) -> Response:
    return Response(json.dumps(resource, ensure_ascii=False), media_type=fhir.MEDIA_TYPE, headers=NO_CACHE)


def _refused(words: str, status: int, is_fhir: bool) -> Response:
    if is_fhir:
        code = {404: "not-found", 405: "not-supported", 413: "too-long", 500: "exception", 503: "transient"}
        body = json.dumps(fhir.outcome(code.get(status, "invalid"), words))
        return Response(body, status, media_type=fhir.MEDIA_TYPE, headers=NO_CACHE)
    return PlainTextResponse(f"{words}\n", status, headers=NO_CACHE)

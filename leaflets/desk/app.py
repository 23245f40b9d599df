"""Web application of the desk: its page, the finished files, images of their pages, patient notes.

An address contains only the name of an edition or a random key. A note arrives in the body of a request; the leaflet
with the note is the body of another response.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, quote

import jinja2
from babel.dates import format_date, format_skeleton
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from leaflets.base.project import Project
from leaflets.desk import patient_note, security
from leaflets.desk.downloads import PreparedDownloads
from leaflets.desk.library import Library, listing
from leaflets.desk.live_updates import OpenPages
from leaflets.desk.page_words import DeskWords
from leaflets.desk.patient_note import NoteField, PatientNote, Problem
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS, ON_PAPER
from leaflets.finder.search_index import NAME as INDEX
from leaflets.html.environment import ProjectLoader
from leaflets.html.imprint import babel_name
from leaflets.l10n.font_table import FONTS
from leaflets.pdfio.page_picture import page_picture
from leaflets.records.door import PATHS, RecordsApp

LARGEST = 64 * 1024
"""Maximum size of a form, bytes."""
SCALE = 1.5
"""Pixels per pt of a picture of a page: 108 pixels an inch, sharp enough for a screen."""
MOST_DIGITS = 6
"""Digits of a page number."""
FORM = "application/x-www-form-urlencoded"
KEPT = "private, max-age=86400, immutable"
"""Cache-Control for responses whose address has their hash, and for the program's own files."""
NEVER = {"Cache-Control": "no-store, private, max-age=0", "Pragma": "no-cache"}
PDF_TYPE = "application/pdf"
NOTE_FIELDS = ("edition", "place", "note", "by", "date")


@dataclass
class Desk:
    """Handlers of the desk's routes, with the values they need."""

    project: Project
    library: Library
    screens: OpenPages
    words: DeskWords
    door: RecordsApp | None = None
    """The record system's door, when the desk has it too."""
    held: PreparedDownloads = field(default_factory=PreparedDownloads)
    _known: dict[Edition, tuple[str, Mapping[str, NoteField]]] = field(default_factory=dict)
    """SHA-256 of an edition's file, and its text fields by name."""

    def __post_init__(self) -> None:
        self.templates = jinja2.Environment(
            loader=ProjectLoader(self.project), undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True
        )

    def app(self, address: security.Address) -> Starlette:
        """ASGI application that answers requests to `address`."""
        routes = [
            Route("/", self.page),
            Route("/desk.css", self.style),
            Route("/desk.js", self.script),
            Route("/fonts/{name}.ttf", self.font),
            Route("/finder.js", self.finder),
            Route("/find.json", self.index),
            Route("/leaflets.json", self.leaflets),
            Route("/events", self.events),
            Route("/files/{path:path}", self.file),
            Route("/print/{path:path}", self.to_print),
            Route("/pages/{locale}/{name}/{number}.png", self.picture),
            Route("/fields/{name}", self.fields),
            Route("/note", self.note, methods=["POST"]),
            Route("/note/{key}", self.noted),
        ]
        routes += self.door.routes() if self.door else []
        asked = PATHS if self.door else ()
        own = Middleware(security.Guard, address=address, refused=self.refused, asked_from_elsewhere=asked)
        found = Starlette(routes=routes, middleware=[own], exception_handlers={HTTPException: self.wrong})
        found.router.redirect_slashes = False  # the other address would repeat the query
        return found

    # the page and its files

    def page(self, _: Request) -> Response:
        """The desk's page."""
        return HTMLResponse(self.templates.get_template("desk/desk.html").render(words=self.words.page))

    def style(self, _: Request) -> Response:
        """Style sheet of the page, with fonts and tokens."""
        sheets = [self.project.read_text(f"templates/{name}") for name in ("css/tokens.css", "desk/desk.css")]
        faces = [_face(name, bold) for name in ("atkinson", "arabic") for bold in (False, True)]
        return Response("\n".join((*faces, *sheets)), media_type="text/css")

    def script(self, _: Request) -> Response:
        """Script of the page."""
        return Response(self.project.read_text("templates/desk/desk.js"), media_type="text/javascript")

    def finder(self, _: Request) -> Response:
        """The finder, a module of the page's script."""
        return Response(self.project.read_text("templates/finder/finder.js"), media_type="text/javascript")

    def index(self, _: Request) -> Response:
        """The search index of the last build; 404 before there is one."""
        try:
            return Response(self.library.out.read(INDEX), media_type="application/json")
        except OSError:
            raise HTTPException(404) from None

    def font(self, request: Request) -> Response:
        """A font file of the page; 404 for any other name."""
        name, _, style = request.path_params["name"].partition("-")
        if name not in ("atkinson", "arabic") or style not in ("regular", "bold"):
            raise HTTPException(404)
        body = FONTS[name].file(bold=style == "bold").read_bytes()
        return Response(body, media_type="font/ttf", headers={"Cache-Control": KEPT})

    def leaflets(self, _: Request) -> Response:
        """JSON list of leaflets and editions."""
        found = listing(self.library.entries())
        for row in found["editions"].values():
            review, due = row.pop("review")
            row["status"] = self.words.status(review, due, row["locale"])
        return JSONResponse(found)

    async def events(self, request: Request) -> Response:
        """Stream of server-sent events to one page."""
        edition = self.library.edition(request.query_params.get("show", ""))
        return StreamingResponse(self.screens.stream(edition), media_type="text/event-stream")

    # finished files

    def file(self, request: Request) -> Response:
        """A finished file of the catalogue."""
        path = request.path_params["path"]
        body = self._body(path)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        policy = {"text/html": security.WEB_PAGE, PDF_TYPE: security.PDF}.get(kind, security.PAGE)
        return Response(body, media_type=kind, headers={**_named(path), "Content-Security-Policy": policy})

    def to_print(self, request: Request) -> Response:
        """A PDF that opens the print dialog."""
        path = request.path_params["path"]
        if not path.endswith(".pdf"):
            raise HTTPException(404)
        return _pdf(patient_note.ready_to_print(self._body(path)), path)

    def picture(self, request: Request) -> Response:
        """Image of one page; 404 beyond the last."""
        name, number = request.path_params["name"], request.path_params["number"]
        if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
            raise HTTPException(400)
        found = page_picture(self._body(f"{request.path_params['locale']}/{name}.pdf"), int(number), scale=SCALE)
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type="image/png", headers={"Cache-Control": KEPT})

    # a note for one patient

    def fields(self, request: Request) -> Response:
        """JSON about the fields of an edition that take a note, and about layouts with more room."""
        edition = self._edition(request.path_params["name"])
        found = self._rooms(edition)
        places = patient_note.note_rooms(found)
        best = max(places, key=lambda room: (room.name == "notes", room.lines), default=None)
        others = [
            {"layout": layout, "lines": lines}
            for layout in ON_PAPER
            if layout != edition.layout and (lines := self._lines(replace(edition, layout=layout)))
            if best is None or _folded(edition) or lines > best.lines
        ]
        answer = {
            "rooms": [{part: getattr(room, part) for part in ("name", "label", "page", "lines")} for room in places],
            "best": best.name if best else "",
            "by": patient_note.GIVEN_BY in found,
            "date": patient_note.GIVEN_DATE in found,
            "today": self._today(edition, found.get(patient_note.GIVEN_DATE)),
            "folded": _folded(edition),
            "others": others,
        }
        return JSONResponse(answer)

    async def note(self, request: Request) -> Response:
        """Fill in a note. Answers with the short-lived address of the leaflet, or with the note's problems."""
        form = await _form(request)
        edition = self._edition(form["edition"])
        if _folded(edition):
            raise HTTPException(404)
        body, typed = self._body(edition.path), PatientNote(form["place"], form["note"], form["by"], form["date"])
        try:
            made = await run_in_threadpool(patient_note.filled, body, typed)
        except Exception:  # its message could contain the note, so nothing of it is passed on
            raise HTTPException(500) from None
        if isinstance(made, bytes):
            return JSONResponse(
                {"problems": [], "address": f"/note/{self.held.hold(made, edition.path)}"}, headers=NEVER
            )
        return JSONResponse({"problems": [_problem(row) for row in made]}, headers=NEVER)

    async def noted(self, request: Request) -> Response:
        """Leaflet with a note, by its key; 410 when it has expired."""
        found = self.held.find(request.path_params["key"])
        if found is None:
            raise HTTPException(410)
        return _pdf(*found)

    def _rooms(self, edition: Edition) -> Mapping[str, NoteField]:
        """Text fields of an edition by name, cached for the file's hash."""
        body = self._body(edition.path)
        key = hashlib.sha256(body).hexdigest()
        if self._known.get(edition, ("", {}))[0] != key:
            self._known[edition] = key, patient_note.rooms(body)
        return self._known[edition][1]

    def _lines(self, edition: Edition) -> int:
        """Maximum number of lines of a note in an edition; 0 when it takes no note or does not exist."""
        if _folded(edition) or self.library.edition(edition.name) is None:
            return 0
        return max((room.lines for room in patient_note.note_rooms(self._rooms(edition))), default=0)

    def _today(self, edition: Edition, room: NoteField | None) -> str:
        """Today's date in the longest format that fits its field; empty if none fits."""
        day, locale = self.project.today(), babel_name(edition.locale)
        dates = (format_date(day, form, locale) for form in ("medium", "short"))
        forms = (*dates, format_skeleton("Md", day, locale=locale), day.isoformat())
        fits = (said for said in forms if room and isinstance(patient_note.fitted(said, room), str))
        return next(fits, "")

    # answers

    def refused(self, words: str, status: int) -> Response:
        """Response to a request that the middleware refuses; `words`: id of the message."""
        hint = [self.words["error-host-hint"]] if words == "error-host" else []
        return self._said([self.words[words], *hint], status)

    def wrong(self, _: Request, error: Exception) -> Response:
        """Response to an HTTP error, as a page with words."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        names = {
            405: ["error-method"],
            410: ["error-forgotten"],
            413: ["error-large"],
            415: ["error-form"],
            500: ["error-inside", "error-inside-hint"],
        }.get(status, ["error-missing", "error-missing-hint"])
        return self._said([self.words[name] for name in names], status)

    def _said(self, lines: list[str], status: int) -> Response:
        page = self.templates.get_template("desk/said.html").render(words=self.words.page, lines=lines)
        return HTMLResponse(page, status, NEVER)

    def _body(self, path: str) -> bytes:
        body = self.library.body(path)
        if body is None:
            raise HTTPException(404)
        return body

    def _edition(self, name: str) -> Edition:
        edition = self.library.edition(name)
        if edition is None:
            raise HTTPException(404)
        return edition


async def _form(request: Request) -> dict[str, str]:
    """Values of a form by name, empty where missing. The body is read in memory: HTTP 400 when it breaks off, 413 when
    it is too large, 415 in another encoding."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(415)
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                raise HTTPException(413)
    except ClientDisconnect:
        raise HTTPException(400) from None
    try:
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except ValueError:
        raise HTTPException(415) from None
    return {name: found.get(name, [""])[0] for name in NOTE_FIELDS}


def _folded(edition: Edition) -> bool:
    return bool(LAYOUTS[edition.layout].imposition)


def _problem(row: Problem) -> dict[str, Any]:
    return {**row.values, "part": row.part, "words": row.words}


def _named(path: str) -> dict[str, str]:
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(path.rpartition('/')[2])}"}


def _pdf(body: bytes, path: str) -> Response:
    headers = {**NEVER, **_named(path), "Content-Security-Policy": security.PDF}
    return Response(body, media_type=PDF_TYPE, headers=headers)


def _face(name: str, bold: bool) -> str:
    letters = " unicode-range: U+600-6FF, U+750-77F;" if name == "arabic" else ""
    weight, style = (700, "bold") if bold else (400, "regular")
    source = f"url(/fonts/{name}-{style}.ttf)"
    return f'@font-face {{ font-family: "Leaflet Sans"; font-weight: {weight};{letters} src: {source} }}'

"""A leaflet as a page for screens, whole in one file: nothing is loaded from anywhere, no script, nothing stored."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.builder.edition.sidecar import Sidecar, beside
from leaflets.builder.edition.webfonts import font_faces
from leaflets.content.logo import Logo
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.html.environment import template_diagnostic
from leaflets.html.render import Renderer
from leaflets.pdf.images.pictures import SVG, PictureError, picture

_IN_ATTRIBUTE = re.compile(r'(?<=[cf]=")(?:asset|dots|qr|logo):[^"]+')
"""An address of ours in `src` or `href`."""
_IN_STYLE = re.compile(r"(?<=url\()asset:[^)]+")
_BETWEEN = re.compile(r">\s+<")
_UNESCAPED = " !$'()*+,-./:;=?@_~|[]{}^`"
"""What stands as it is in the address of a drawing, so that it stays short: all but what ends an attribute or begins
something in an address. An apostrophe and brackets would end it in a style sheet; there they are escaped."""


@dataclass(frozen=True)
class WebPage:
    """A finished page with the files made of it."""

    body: bytes
    title: str
    others: tuple[tuple[Sidecar, bytes], ...] = ()


class BrokenPageError(Exception):
    """The page cannot be made."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass
class PageMaker:
    """Makes pages of one project; keeps the pictures that it has put into addresses."""

    project: Project
    renderer: Renderer
    _addresses: dict[tuple[str, bool], str] = field(default_factory=dict)

    def forget_pictures(self) -> None:
        """Pictures changed: read them anew."""
        self._addresses.clear()

    def make(self, material: Material) -> WebPage:
        """The page of an edition, and its other forms. BrokenPageError when it cannot be made."""
        try:
            html = self.renderer.html(material, PagePlan())
        except MemoryError:  # the worker's limit: it ends, and the edition is tried once more
            raise
        except Exception as error:  # a template may fail in any way; it is reported where it stands
            raise BrokenPageError(template_diagnostic(error, self.renderer.templates)) from error
        try:
            page = _IN_ATTRIBUTE.sub(lambda match: self._address(match[0], html.logo), html.text)
            style = _IN_STYLE.sub(lambda match: self._address(match[0], None, in_style=True), html.css)
        except PictureError as error:
            place = Place(material.edition.name)
            raise BrokenPageError(Diagnostic(place, Severity.ERROR, str(error), "unknown-picture")) from error
        faces = font_faces(material.localised.locale.font)
        page = page.replace("</head>", f"<style>\n{faces}\n{_short(style)}\n</style>\n</head>", 1)
        title = self.renderer.view(material, PagePlan()).description
        return WebPage(page.encode(), title, tuple(other_forms(material, page)))

    def _address(self, name: str, logo: Logo | None, in_style: bool = False) -> str:
        """A picture as an address that holds it."""
        if name.startswith("logo:"):
            return data_address(*picture(self.project, name, logo))
        key = (name, in_style)
        if key not in self._addresses:
            self._addresses[key] = data_address(*picture(self.project, name), in_style)
        return self._addresses[key]


def data_address(kind: str, body: bytes, in_style: bool = False) -> str:
    """A picture as the address of itself, in an attribute in double quotes or, bare, in a style sheet. A drawing stays
    readable, which is shorter."""
    if kind != SVG:
        return f"data:{kind};base64,{base64.b64encode(body).decode()}"
    drawing = _BETWEEN.sub("><", body.decode()).strip().replace('"', "'")
    if "'" in body.decode() or "<style" in drawing:  # its own quotes: left as it is
        drawing = body.decode()
    safe = "".join(char for char in _UNESCAPED if not (in_style and char in " '()"))
    return f"data:{kind},{quote(drawing, safe=safe)}"


def other_forms(material: Material, page: str) -> list[tuple[Sidecar, bytes]]:
    """The same leaflet in forms that are made of its page: e-book, text, braille where it can be made."""
    from leaflets.finish.formats import alternatives

    paths = material.edition.form_paths
    return [beside(kind, paths[kind], body) for kind, body in alternatives.forms(page, material).items()]


def _short(style: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/\s*|^\s+", "", style, flags=re.DOTALL | re.MULTILINE)

"""Web page of a leaflet in one self-contained file: it loads nothing, runs no script and stores nothing."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.builder.edition.sidecar import Sidecar, beside
from leaflets.content.logo import Logo
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.html.environment import template_diagnostic
from leaflets.html.render import Renderer
from leaflets.l10n.webfonts import font_faces
from leaflets.pdf.images.pictures import SVG, PictureError, picture

_IN_ATTRIBUTE = re.compile(r'(?<=[cf]=")(?:asset|dots|qr|logo):[^"]+')
"""Internal address in a `src` or `href` attribute."""
_IN_STYLE = re.compile(r"(?<=url\()asset:[^)]+")
_BETWEEN = re.compile(r">\s+<")
_UNESCAPED = " !$'()*+,-./:;=?@_~|[]{}^`"
"""Characters that stay unescaped in the data URL of an SVG, to keep it short: all but those that end an attribute or
have a meaning in a URL. In a style sheet, apostrophes, spaces and brackets are escaped too."""


@dataclass(frozen=True)
class WebPage:
    """A finished web page with the formats made from it."""

    body: bytes
    title: str
    others: tuple[tuple[Sidecar, bytes], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class BrokenPageError(Exception):
    """The web page cannot be made; `diagnostic` has the reason."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass
class PageMaker:
    """Maker of the web pages of one project, with a cache of pictures as data URLs."""

    project: Project
    renderer: Renderer
    _addresses: dict[tuple[str, bool], str] = field(default_factory=dict)

    def forget_pictures(self) -> None:
        """Drop cached pictures, because some have changed."""
        self._addresses.clear()

    def make(self, material: Material) -> WebPage:
        """Make the web page of an edition and its other formats. Raises BrokenPageError when it cannot be made."""
        try:
            html = self.renderer.html(material, PagePlan())
        except MemoryError:  # the worker's limit: the worker ends, and the edition is tried once more
            raise
        except Exception as error:  # a template can raise any exception
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
        diagnostics = Diagnostics()
        others = tuple(other_forms(material, page, diagnostics))
        return WebPage(page.encode(), title, others, tuple(diagnostics))

    def _address(self, name: str, logo: Logo | None, in_style: bool = False) -> str:
        """The data URL of a picture by its internal address, cached."""
        if name.startswith("logo:"):
            return data_address(*picture(self.project, name, logo))
        key = (name, in_style)
        if key not in self._addresses:
            self._addresses[key] = data_address(*picture(self.project, name), in_style)
        return self._addresses[key]


def data_address(kind: str, body: bytes, in_style: bool = False) -> str:
    """The data URL of a picture, for an attribute in double quotes or, without quotes, for a style sheet. An SVG is
    percent-encoded, which is shorter than base64."""
    if kind != SVG:
        return f"data:{kind};base64,{base64.b64encode(body).decode()}"
    drawing = _BETWEEN.sub("><", body.decode()).strip().replace('"', "'")
    if "'" in body.decode() or "<style" in drawing:  # quotes of its own: unchanged
        drawing = body.decode()
    safe = "".join(char for char in _UNESCAPED if not (in_style and char in " '()"))
    return f"data:{kind},{quote(drawing, safe=safe)}"


def other_forms(material: Material, page: str, diagnostics: Diagnostics) -> list[tuple[Sidecar, bytes]]:
    """The formats made from a web page as sidecars: e-book, text, and braille where it can be made."""
    from leaflets.finish.formats import alternatives

    paths = material.edition.format_paths
    made = alternatives.formats(page, material, diagnostics)
    return [beside(kind, paths[kind], body) for kind, body in made.items()]


def _short(style: str) -> str:
    """A style sheet without comments and indentation."""
    return re.sub(r"/\*.*?\*/\s*|^\s+", "", style, flags=re.DOTALL | re.MULTILINE)

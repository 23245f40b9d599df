"""What WeasyPrint may load: files below `assets/`, and pictures that are drawn here. Nothing else, no network."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from leaflets.base.project import Project
from leaflets.content.logo import Logo
from leaflets.pdf.codes import qr_svg
from leaflets.pdf.dots import dots_svg


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `asset:<path below assets>`, `dots:<count>`, `dots:<count>-rtl`, `qr:<address>` and `logo:<hash>`, the
    clinic's logo that was handed over; anything else stops the document."""

    def __init__(self, project: Project) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.project = project
        self.logo: Logo | None = None

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "dots":
            count, _, direction = name.partition("-")
            drawing = dots_svg(int(count), rtl=direction == "rtl")
            return URLFetcherResponse(url, drawing, {"Content-Type": "image/svg+xml"})
        if scheme == "qr":
            return URLFetcherResponse(url, qr_svg(name), {"Content-Type": "image/svg+xml"})
        if scheme == "logo" and self.logo and self.logo.sha256.startswith(name):
            return URLFetcherResponse(url, self.logo.body, {"Content-Type": self.logo.kind})
        if scheme != "asset" or ".." in name:
            raise FatalURLFetchingError(f"a leaflet may not load {url}")
        try:
            body = self.project.read_bytes(f"assets/{name}")
        except FileNotFoundError as error:
            raise FatalURLFetchingError(str(error)) from error
        kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
        return URLFetcherResponse(url, body, {"Content-Type": kind})

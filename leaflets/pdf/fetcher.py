"""What WeasyPrint may load: files below `assets/`, and pictures that are drawn here. Nothing else, no network."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from leaflets.base.project import Project
from leaflets.content.logo import Logo
from leaflets.pdf.images.pictures import PictureError, picture


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Serves what `picture` knows; anything else stops the document."""

    def __init__(self, project: Project) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.project = project
        self.logo: Logo | None = None

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        try:
            kind, body = picture(self.project, url, self.logo)
        except PictureError as error:
            raise FatalURLFetchingError(str(error)) from error
        return URLFetcherResponse(url, body, {"Content-Type": kind})

"""URL fetcher of WeasyPrint: files below `assets/`, drawn pictures and the clinic's logo; no other file, no network."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from leaflets.base.project import Project
from leaflets.content.logo import Logo
from leaflets.pdf.images.pictures import PictureError, picture


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches the addresses that `picture` knows; raises FatalURLFetchingError for all others, which stops the
    layout."""

    def __init__(self, project: Project) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.project = project
        self.logo: Logo | None = None

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Picture at an address. FatalURLFetchingError for an address that may not be loaded; headers are ignored."""
        try:
            kind, body = picture(self.project, url, self.logo)
        except PictureError as error:
            raise FatalURLFetchingError(str(error)) from error
        return URLFetcherResponse(url, body, {"Content-Type": kind})

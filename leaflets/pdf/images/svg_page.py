"""SVG logos as PDF pages for stamping, drawn by WeasyPrint."""

from __future__ import annotations

import base64

from leaflets.content.logo import Logo
from leaflets.pdf.fontconfig import use_private_fontconfig

_WIDTH = 200
"""Width of the page, px; any would do, since the page is scaled."""


def drawing_pdf(logo: Logo) -> bytes:
    """A PDF of one page with the size of the logo. The logo was checked when it was read: it has no external
    references."""
    use_private_fontconfig()
    import weasyprint

    address = f"data:{logo.kind};base64,{base64.b64encode(logo.body).decode()}"
    height = _WIDTH / logo.ratio
    html = (
        f"<style>@page {{ size: {_WIDTH}px {height:.3f}px; margin: 0 }} img {{ display: block; width: {_WIDTH}px; "
        f'height: {height:.3f}px }} body {{ margin: 0 }}</style><img src="{address}" alt="">'
    )
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    body: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return body

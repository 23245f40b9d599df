"""A drawing (SVG) as the page of a PDF, for what is stamped on finished files: WeasyPrint draws it."""

from __future__ import annotations

import base64

from leaflets.content.logo import Logo
from leaflets.pdf.fontconfig import use_private_fontconfig

_WIDTH = 200
"""px; a drawing has any size."""


def drawing_pdf(logo: Logo) -> bytes:
    """One page as large as the drawing. The logo was checked when it was read: it names nothing outside itself."""
    use_private_fontconfig()
    import weasyprint

    address = f"data:{logo.kind};base64,{base64.b64encode(logo.body).decode()}"
    height = _WIDTH / logo.ratio
    html = (
        f"<style>@page {{ size: {_WIDTH}px {height:.3f}px; margin: 0 }} img {{ display: block; width: {_WIDTH}px; "
        f'height: {height:.3f}px }} body {{ margin: 0 }}</style><img src="{address}" alt="">'
    )
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    found: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return found

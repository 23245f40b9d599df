"""Headless Chromium through Playwright, kept warm: one browser, one page, our HTML loaded and printed each time."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.leaflet import page
from bench.loops.clock import repeat
from leaflets.pdf.fonts import use_private_fontconfig

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
)


def main(count: int, pdf: Path) -> None:
    use_private_fontconfig()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "leaflet.html"
        file.write_text(page(Path(folder)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), env={**os.environ})
        sheet = browser.new_page()

        def make(_: int) -> None:
            sheet.goto(file.as_uri())
            sheet.pdf(path=pdf, prefer_css_page_size=True, print_background=True, tagged=True)

        repeat(count, make)
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

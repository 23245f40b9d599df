"""Headless Chromium through Playwright, kept warm: one browser, one page, our HTML loaded and printed each time."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.loops.clock import run
from leaflets.pdf.fontconfig import use_private_fontconfig

NAMES = ("chromium", "chromium-browser", "google-chrome")
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


def chromium() -> str | None:
    """Where Chromium is, if it is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def main(sources: Path, out: Path) -> None:
    use_private_fontconfig()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS), env={**os.environ})
        sheet = browser.new_page()

        def make(file: Path, pdf: Path) -> None:
            sheet.goto(file.absolute().as_uri())
            sheet.pdf(path=pdf, prefer_css_page_size=True, print_background=True, tagged=True)

        run(sources, out, "html", None, make)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""A real Chromium for tests, without a network, and the accessibility checker axe-core in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-extensions", "--disable-sync", "--no-first-run",
)  # fmt: skip
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
MORE = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
"""Rules beyond the tags: text with 7:1, and targets of 24 px, which axe leaves off by itself."""
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
"""What another choice of colours can change."""


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A browser with nothing but what it is given. `more`: flags."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "there is no Chromium: requirements/chromium.sh installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *more])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, width: int = 320, **reader: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page as a reader has it, and the addresses that it asked for, but for those that hold what they name.

    `reader`: what Playwright can emulate, such as `color_scheme`, `forced_colors`, `media`.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, **reader)
    asked: list[str] = []
    context.on("request", lambda request: None if request.url.startswith("data:") else asked.append(request.url))
    page = context.new_page()
    page.goto(file.absolute().as_uri())
    yield page, asked
    context.close()


def faults(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds wrong, a line each: by the WCAG 2.2 AA and best practice, or by some rules alone."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    only: dict[str, Any] = {"runOnly": list(rules)} if rules else {"runOnly": list(TAGS), "rules": MORE}
    options = {**only, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{row['id']}: {node['html'][:120]}" for row in found for node in row["nodes"]]

"""E-books in a browser: axe-core finds nothing wrong with their words and their contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.tools.browser import COLOURS, chromium, faults, opened
from tests.tools.pages import page

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize(
    ("leaflet", "level", "locale"),
    [
        ("overview", "easy", "en-GB"),
        ("overview", "detailed", "en-US"),
        ("treatment-options", "plain", "en-GB"),
        ("restless-legs-self-care", "plain", "en-GB"),
        ("hand-washing/options-and-diary", "plain", "ar-GB"),
    ],
)
@pytest.mark.parametrize("file", ["leaflet", "nav"])
def test_axe_finds_nothing(tmp_path: Path, browser: Browser, leaflet: str, level: str, locale: str, file: str) -> None:
    with zipfile.ZipFile(io.BytesIO(page(leaflet, level, locale).epub)) as archive:
        archive.extractall(tmp_path)
    with opened(browser, tmp_path / "EPUB" / f"{file}.xhtml") as (shown, _):
        assert [row for row in faults(shown) if not row.startswith(COLOURS)] == []

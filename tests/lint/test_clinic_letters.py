"""A clinic's letters held against the fonts: what no font has is told, and which fonts may be installed for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Clinic, Details
from leaflets.l10n import font_table, fonts
from leaflets.l10n.font_table import FONTS
from leaflets.lint.clinic import check_clinic

EAST = "pip install 'leaflets[cjk]'"


def said(name: str) -> str:
    diagnostics = Diagnostics()
    check_clinic(Details(Clinic(name=name), None, {}, (Path("clinic.toml"),)), [], diagnostics)
    return "\n".join(str(item) for item in diagnostics)


@pytest.fixture
def without_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine where the extra is not installed."""
    found = font_table._package

    def package(name: str) -> Path:
        if name == FONTS["korean"].package:
            raise ModuleNotFoundError(name)
        return found(name)

    monkeypatch.setattr(font_table, "_package", package)
    fonts._coverage.cache_clear()
    yield
    fonts._coverage.cache_clear()


def test_letters_of_every_script_are_printed() -> None:
    assert said("건강 診療所 ਕਲੀਨਿਕ ค\u200dลินิก") == ""


@pytest.mark.usefixtures("without_east")
def test_without_the_fonts_of_the_extra_it_is_named() -> None:
    assert "name: no font has 所 (U+6240), 療 (U+7642), 診 (U+8A3A)" in said("Clinic 診療所")
    assert EAST in said("Clinic 診療所、건강")
    assert said("ਕਲੀਨਿਕ") == ""


@pytest.mark.usefixtures("without_east")
def test_for_letters_that_it_has_not_it_is_not_named() -> None:
    assert "no font has 😀 (U+1F600)" in said("Clinic 😀")
    assert EAST not in said("Clinic 😀")
    assert EAST not in said("Clinic ꯃ")


def test_it_is_not_named_where_it_is_installed() -> None:
    assert "docs/clinic.md" in said("Clinic 𠀋𰻝\U000323af")

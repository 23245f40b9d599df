"""Titles stand on every page: one that is too long is told where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.lint.titles import MOST
from tests.tools.articles import edit, project, said


@pytest.mark.parametrize(("key", "before"), [("title", "Clean hands"), ("short", "Hands")])
def test_a_title_has_a_longest_length(key: str, before: str, tmp_path: Path) -> None:
    whole = ("Wash it. " * 30)[: MOST[key]].strip()
    whole += "." * (MOST[key] - len(whole))
    change = edit("leaflets/hands", f"{key}:\n  all: {before}", f"{key}:\n  all: {whole}")
    assert "title-length" not in said(project(tmp_path / "fits", change))
    change = edit("leaflets/hands", f"{key}:\n  all: {before}", f"{key}:\n  all: {whole}x")
    found = [line for line in said(project(tmp_path / "long", change)).splitlines() if "title-length" in line]
    assert len(found) == 1
    assert "leaflets/hands.yaml:" in found[0]
    assert f"error: the {key} has {MOST[key] + 1} characters, and {MOST[key]} are the most [title-length]" in found[0]

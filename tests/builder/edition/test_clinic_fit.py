"""Whose words stick out: the clinic is blamed for its own alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.edition.clinic_fit import RULE, too_wide
from leaflets.content.clinic import Clinic, Details
from leaflets.pdf.pagination.measure import Marker, MeasuredPages, Overhang
from tests.tools.articles import KEY_CONTENT, material, project


@pytest.mark.parametrize(
    ("words", "page", "blamed"),
    [
        ("Road to the Sea", 1, True),
        ("the", 1, True),
        ("the", 0, False),  # a word of the leaflet, which the address happens to have too
        ("", 1, False),  # a picture
        ("hands", 1, False),
    ],
)
def test_the_clinic_is_blamed_for_its_own_words(tmp_path: Path, words: str, page: int, blamed: bool) -> None:
    details = Details(Clinic(name="Example", address=("Road to the Sea",)), None, {}, (tmp_path / "clinic.toml",))
    made = replace(material(project(tmp_path, KEY_CONTENT, shipped=True), layout="standard"), details=details)
    markers = tuple(Marker("field", 1, 0, 5, None, part) for part in ("name", "address"))
    diagnostics = Diagnostics()
    assert too_wide(Overhang(page, words, 3.0), MeasuredPages((), markers, ()), made, diagnostics) is blamed
    assert [item.rule for item in diagnostics] == ([RULE] if blamed else [])

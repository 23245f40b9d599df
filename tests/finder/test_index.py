"""The index: one file, held to its form when it is read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaflets.base.store import LocalStore
from leaflets.base.untrusted.json_data import BrokenDataError
from leaflets.content.model.search_terms import is_code
from leaflets.finder.search_index import NAME, SearchIndex, index_json, read_index


def test_read_back_it_is_the_same(index: SearchIndex, index_folder: Path) -> None:
    assert index_json(index) == (index_folder / NAME).read_text(encoding="utf-8")
    assert {row.leaflet for row in index.leaflets} >= {"overview", "restless-legs-self-care", "treatment-options"}
    assert all(row.phrases and row.made["locale"] for row in index.leaflets)


def spoilt(index_folder: Path, change: str) -> str:
    body = json.loads((index_folder / NAME).read_text(encoding="utf-8"))
    exec(change, {"body": body, "row": body["leaflets"][0]})
    return json.dumps(body)


@pytest.mark.parametrize(
    "change",
    [
        "body['form'] = 2",
        "del body['leaflets']",
        "body['filters'] = [['large', 'layout']]",
        "row['phrases'] = [['leg', '100']]",
        "row['titles'] = ['leg']",
        "row['more'] = 1",
        "row['codes'] = [['icd-11', 'M79.7', 'exact']]",
        "row['codes'] = [['icd-10', '../M79', 'exact']]",
        "row['codes'] = [['icd-10', 'M79.7', 'perhaps']]",
    ],
)
def test_another_form_is_refused(index_folder: Path, tmp_path: Path, change: str) -> None:
    (tmp_path / NAME).write_text(spoilt(index_folder, change), encoding="utf-8")
    with pytest.raises(BrokenDataError):
        read_index(LocalStore(tmp_path))


@pytest.mark.parametrize(
    ("system", "code", "good"),
    [
        ("icd-10", "M79.7", True),
        ("icd-10", "M797", False),
        ("icd-10", "M79.701", False),
        ("icd-10-cm", "G25.81", True),
        ("icd-10-cm", "S52.521A", True),
        ("icd-9-cm", "729.1", True),
        ("icd-9-cm", "7291", False),
        ("snomed-ct", "203082005", True),
        ("snomed-ct", "203082006", False),  # its check digit
        ("snomed-ct", "32914008", True),
        ("snomed-ct", "Fibromyalgia", False),
        ("mesh", "D005356", True),
        ("mesh", "5356", False),
    ],
)
def test_a_code_has_the_form_of_its_system(system: str, code: str, good: bool) -> None:
    assert is_code(system, code) == good

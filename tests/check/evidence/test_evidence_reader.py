"""Evidence is read as it was written; any other file beside an edition is told, and nothing is raised."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.check.evidence.evidence_reader import read_evidence
from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.editions.edition import Edition
from tests.conftest import PROJECTS, build
from tests.tools.json_fuzz import JSON, WHERE, changed

EDITION = Edition("hand-washing", "overview", "plain", "summary", "en-GB")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The evidence of one edition, as parsed JSON."""
    asked = ("--leaflet", "overview", "--level", "plain", "--layout", "summary", "--locale", "en-GB", "--jobs", "1")
    own = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")
    made = build(tmp_path_factory.mktemp("made"), *own, *asked)
    return json.loads((made.folder / EDITION.evidence_path).read_text())


def read(body: bytes) -> tuple[Evidence | None, list[str]]:
    store, diagnostics = open_store("memory://evidence"), Diagnostics()
    store.write_whole(EDITION.evidence_path, body)
    return read_evidence(store, EDITION, diagnostics), [str(item) for item in diagnostics]


pytestmark = pytest.mark.builds


def test_what_is_written_is_read(whole: Any) -> None:
    found, said = read(json.dumps(whole).encode())
    assert said == []
    assert found == Evidence.model_validate(whole)


def test_none_is_told_with_what_to_do() -> None:
    assert read_evidence(open_store("memory://none"), EDITION, said := Diagnostics()) is None
    assert "summary.en-GB.pdf: error: it has no evidence [evidence]" in str(said.items[0])


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("file", {"path": "../../victim.pdf"}, "it is the evidence of ../../victim.pdf"),
        ("file", {"path": "\x1b[2J"}, "it is the evidence of \\x1b[2J"),
        ("about", {"level": "easy"}, "it is the evidence of hand-washing.overview.easy.summary.en-GB"),
        ("about", {"issued": 5.5}, "it is no evidence that this version of leaflets can read"),
        ("file", {"pages": {"value": 1e999, "says": ""}}, "it is no evidence that this version of leaflets can read"),
        ("file", {"pages": {"value": 10**400, "says": ""}}, "it is no evidence that this version of leaflets can read"),
    ],
)
def test_what_is_not_the_evidence_of_the_edition_is_told(
    whole: Any, key: str, change: dict[str, Any], said: str
) -> None:
    found, (told,) = read(json.dumps({**whole, key: {**whole[key], **change}}).encode())
    assert found is None
    assert said in told


def test_whatever_stands_in_it_nothing_is_raised(whole: Any) -> None:
    @given(WHERE, JSON)
    def check(where: list[int], value: Any) -> None:
        found, said = read(json.dumps(changed(whole, where, value)).encode())
        assert (found is None) == (len(said) == 1)
        if found:
            assert found.file.path == EDITION.path

    check()

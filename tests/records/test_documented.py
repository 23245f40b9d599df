"""The requests in docs/records.md are run."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.conftest import ROOT

EXAMPLES = re.findall(r"^curl 'http://127\.0\.0\.1:8770(/[^']+)'$", (ROOT / "docs/records.md").read_text("utf-8"), re.M)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("address", EXAMPLES)
def test_an_example_finds_the_leaflet(door: TestClient, address: str) -> None:
    response = door.get(quote(address, safe="/?&=:+%|"))
    assert response.status_code == 200
    assert "Calm your restless legs" in response.text

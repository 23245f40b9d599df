"""What several tests of finished files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Built
from tests.tools.printed import Pair, sides_of
from tests.tools.stamping import LEEDS, LODZ, SMALL, rows, stamp


@pytest.fixture(scope="session")
def served(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clinics on every edition of a shipped leaflet."""
    folder = tmp_path_factory.mktemp("clinics")
    assert stamp(shipped, rows(folder, LEEDS, LODZ), folder / "out", "--leaflet", "overview", *SMALL) == 0
    return folder / "out"


@pytest.fixture(scope="session")
def pairs(shipped: Built, second: Built) -> list[Pair]:
    """Every one that is built."""
    found = []
    for built in (shipped, second):
        reading = {entry["path"]: entry for entry in built.entries}
        for entry in built.twins:
            twin = built.folder / entry["path"]
            path = entry["path"].replace(".print.pdf", ".pdf")
            found.append(Pair(built.folder / path, twin, sides_of(entry, reading[path]["pages"]), entry))
    return found


@pytest.fixture(scope="session")
def looked_at(pairs: list[Pair]) -> list[Pair]:
    """One of each layout, paper and direction."""
    return list({(pair.entry["layout"], pair.entry["locale"], pair.entry["article"]): pair for pair in pairs}.values())

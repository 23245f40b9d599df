"""What several tests of finished files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Built
from tests.tools.stamping import LEEDS, LODZ, SMALL, rows, stamp


@pytest.fixture(scope="session")
def served(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clinics on every edition of a shipped leaflet."""
    folder = tmp_path_factory.mktemp("clinics")
    assert stamp(shipped, rows(folder, LEEDS, LODZ), folder / "out", "--leaflet", "overview", *SMALL) == 0
    return folder / "out"

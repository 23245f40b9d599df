"""One desk for the tests that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.desk import LAYOUTS, Desk, layouts, running


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The plain overview of the second article in two languages and five layouts; all of it is finished."""
    options = ("--records", "--leaflet", "overview", "--level", "plain", *layouts(*LAYOUTS))
    with running(tmp_path_factory.mktemp("desk"), *options) as found:
        found.settled()
        yield found

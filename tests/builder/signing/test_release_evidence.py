"""Which evidence a release accepts: what the reader of evidence can read, and what does not fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.store import LocalStore
from leaflets.builder.signing.release import failing
from leaflets.editions.edition import Edition

EDITION = Edition("mini", "hands", "plain", "summary", "en-GB")
NO_EVIDENCE = "it is no evidence that this version of leaflets can read"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, "it has no evidence"),
        ("[" * 100_000, NO_EVIDENCE),
        ('{"result": "pass", "says": []}', NO_EVIDENCE),
        ('{"result": "pass", "says": 5}', NO_EVIDENCE),
    ],
)
def test_what_is_no_evidence_is_refused(tmp_path: Path, body: str | None, says: str) -> None:
    out = LocalStore(tmp_path)
    if body is not None:
        out.write_whole(EDITION.evidence_path, body.encode())
    ((edition, found),) = failing(out, [EDITION])
    assert edition == EDITION
    assert found.message == f"refused, since its evidence fails: {says}"

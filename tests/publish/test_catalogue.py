"""The catalogue is read as it was written, PDFs and other forms alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from leaflets.base.store import LocalStore
from leaflets.publish.catalogue import ALTERNATIVES, CatalogueEntry, catalogue_json, read_catalogue

READ = CatalogueEntry(
    "a", "hands", "plain", "standard", "en-GB", "read", "en-GB/a.pdf", "Hands", 4, "A4", "1", "reviewed", "00"
)
OTHERS = [
    replace(READ, layout="web", kind=kind, path=f"en-GB/a.{kind}", pages=0, paper="", sha256=kind)
    for kind in ALTERNATIVES
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text(catalogue_json([*OTHERS, READ]), encoding="utf-8")
    assert sorted(read_catalogue(LocalStore(tmp_path))) == sorted([READ, *OTHERS])


def test_other_forms_stand_apart_from_the_editions_that_other_tools_know() -> None:
    found = json.loads(catalogue_json([READ, *OTHERS]))
    assert [row["path"] for row in found["editions"]] == [READ.path]
    assert {row["format"] for row in found["alternatives"]} == set(ALTERNATIVES)
    assert not any({"pages", "paper", "layout", "kind"} & row.keys() for row in found["alternatives"])
    assert "alternatives" not in json.loads(catalogue_json([READ]))

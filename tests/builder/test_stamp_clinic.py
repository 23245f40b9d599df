"""One clinic served: what goes wrong costs it alone, and what makes the files is part of their freshness."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder import stamp_clinic
from leaflets.builder.stamp_all import chosen
from leaflets.builder.stamp_clinic import StampOrder, stamp_editions
from leaflets.builder.state import manifest
from leaflets.content.clinic import read_all_details
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.finish.stamping.template import StampBaseError
from leaflets.publish.catalogue import CatalogueEntry, catalogue_json

ENTRY = CatalogueEntry(
    "a", "overview", "plain", "standard", "en-GB", "read", "en-GB/a.overview.plain.standard.en-GB.pdf",
    "Title", 1, "A4", "1", "reviewed", "0" * 64,
)  # fmt: skip


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("fira"), "clinic “leeds”: stamping failed: KeyError: 'fira'"),
        (StampBaseError("it is another file"), "it is another file"),
    ],
)
def test_what_goes_wrong_costs_one_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    (tmp_path / "c.csv").write_text("id,name\nleeds,Example Clinic\n")
    ((_, details),) = read_all_details(tmp_path / "c.csv", Diagnostics())

    def fails(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(stamp_clinic, "_stamp_base", fails)
    served = stamp_editions(StampOrder(tmp_path, tmp_path / "out", (ENTRY,)), "leeds", details)
    assert served.failed
    assert said in str(served.diagnostics[0])
    assert not (tmp_path / "out").exists()


def test_what_no_leaflet_has_is_told_apart_from_what_does_not_go_together(tmp_path: Path) -> None:
    other = Edition("a", "overview", "detailed", "booklet", "en-GB")
    rows = [ENTRY, replace(ENTRY, layout="booklet", level="detailed", path=other.path)]
    (tmp_path / "en-GB").mkdir()
    for row in rows:
        (tmp_path / row.path).write_bytes(b"")
    (tmp_path / "catalogue.json").write_text(catalogue_json(rows))
    for choice, rule in (
        (Choice(layout=("booklet",), level=("plain",)), "nothing-fits"),
        (Choice(layout=("booklit",)), "unknown-layout"),
    ):
        told = Diagnostics()
        assert not chosen(tmp_path, choice, told)
        assert [item.rule for item in told] == [rule]


def test_a_newer_typesetter_or_font_makes_stamped_files_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    stamp_clinic._makers.cache_clear()
    before = stamp_clinic._makers()
    for package in ("weasyprint", "fontpkg-fira-sans", "fontpkg-ibm-plex-sans-arabic", "segno"):
        stamp_clinic._makers.cache_clear()
        monkeypatch.setattr(manifest, "version", lambda name, newer=package: "999" if name == newer else "1")
        newer = stamp_clinic._makers()
        stamp_clinic._makers.cache_clear()
        monkeypatch.setattr(manifest, "version", lambda name: "1")
        assert newer != stamp_clinic._makers(), package
    monkeypatch.undo()
    stamp_clinic._makers.cache_clear()
    assert stamp_clinic._makers() == before

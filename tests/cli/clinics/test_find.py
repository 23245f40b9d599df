"""`leaflets find`: lines for people, JSON for programs, clear words without an index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaflets.cli.main import main
from tests.conftest import Built


def test_lines_for_people_and_json_for_programs(shipped: Built, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--from", str(shipped.folder))
    assert main(["find", "RLS", "easy", *at]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1.00  Calm your restless legs  (fibromyalgia-leg-pain.restless-legs-self-care)")
    assert lines[-1] == "only: level easy"
    assert main(["find", "G2581", "--json", *at]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["leaflet"], row["article"], row["score"]) == ("restless-legs-self-care", "fibromyalgia-leg-pain", 1.0)


def test_nothing_found_is_said_with_what_is_near(shipped: Built, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--from", str(shipped.folder))
    assert main(["find", "leg", "ulcer", *at]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "nothing is found"
    assert lines[1] == "  near: Leg pain and fibromyalgia  (overview)"
    assert main(["find", "leg", "ulcer", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_without_an_index_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "leg", "--from", str(tmp_path)]) == 1
    assert "error: there is no index of leaflets [find]\n  hint: build them first" in capsys.readouterr().err
    (tmp_path / "find.json").write_text("[]", encoding="utf-8")
    assert main(["find", "leg", "--from", str(tmp_path)]) == 1
    assert "the index cannot be read: this is no search index" in capsys.readouterr().err

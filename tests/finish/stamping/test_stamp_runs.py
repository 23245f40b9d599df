"""`leaflets stamp` as it is run: what is made anew, what is told, what a stop leaves."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Built
from tests.tools.stamping import LEEDS, LODZ, chosen, entries, rows, stamp


def test_what_does_not_fit_is_an_error_and_costs_its_clinic_alone(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = (
        "long,Example Clinic,"
        + " | ".join(["1 Very Long Example Street Without Any End"] * 4)
        + ",0113 496 0000,,www.example.org,https://example.org/,"
    )
    csv = rows(tmp_path, long, LODZ)
    choice = ("--leaflet", "overview", "--layout", "tri-fold", "--layout", "standard", "--leave-out", "tri-fold:logo")
    assert stamp(shipped, csv, tmp_path / "out", *choice) == 1
    said = capsys.readouterr().err
    found = re.search(r"clinics\.csv:2:\d+: error: clinic “long”: \w+ does not fit the room on tri-fold .*", said)
    assert found
    assert re.search(r"\d+\.\d mm too high \[clinic-room\]", found[0])
    assert "--leave-out tri-fold:" in said
    assert not (tmp_path / "out" / "long").exists()
    assert len(list((tmp_path / "out" / "lodz").rglob("*.pdf"))) == len(
        [row for row in chosen(shipped, leaflet="overview") if row["layout"] in ("tri-fold", "standard")]
    )


def test_only_what_is_missing_or_changed_is_made(shipped: Built, tmp_path: Path) -> None:
    choice = ("--layout", "large-print", "--leaflet", "overview", "--jobs", "1")
    out, csv = tmp_path / "out", rows(tmp_path, LEEDS, LODZ)
    assert stamp(shipped, csv, out, *choice) == 0
    first = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.rglob("*") if path.is_file()}
    gone = sorted(out.glob("leeds/*/*.pdf"))[0]
    gone.unlink()
    rows(tmp_path, LEEDS, LODZ.replace("0001", "0002"))
    assert stamp(shipped, csv, out, *choice) == 0
    for path, (body, changed) in first.items():
        lodz = "lodz" in path.parts
        assert (path.read_bytes() == body) is not lodz, path
        assert (path.stat().st_mtime_ns == changed) is (not lodz and path != gone), path
    rows(tmp_path, LEEDS, LODZ)
    assert stamp(shipped, csv, out, *choice, "--force") == 0
    assert {path: path.read_bytes() for path in first} == {path: body for path, (body, _) in first.items()}


def test_a_leaflet_that_is_offered_no_longer_goes(shipped: Built, tmp_path: Path) -> None:
    source = tmp_path / "build"
    shutil.copytree(shipped.folder, source)
    built, out, csv = Built(source, shipped.entries, shipped.twins), tmp_path / "out", rows(tmp_path, LODZ)
    choice = ("--layout", "standard", "--leaflet", "overview", "--locale", "en-GB", "--jobs", "1")
    assert stamp(built, csv, out, *choice) == 0
    gone = next(entry["path"] for entry in chosen(shipped, layout="standard", leaflet="overview", locale="en-GB"))
    (source / gone).unlink()
    assert stamp(built, csv, out, *choice, "--force") == 0
    assert not (out / "lodz" / gone).exists()
    assert gone not in {entry["path"] for entry in entries(out / "lodz")}


def test_a_leaflet_that_is_not_what_the_catalogue_says_is_not_stamped(
    shipped: Built, second: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "build"
    shutil.copytree(shipped.folder, source)
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    other = chosen(second, kind="read", layout="standard")[0]
    shutil.copyfile(second.folder / other["path"], source / path.relative_to(shipped.folder))
    choice = ("--layout", "standard", "--leaflet", "overview", "--locale", "en-GB", "--level", "plain")
    assert stamp(Built(source, (), ()), rows(tmp_path, LODZ), tmp_path / "out", *choice) == 1
    assert "not the file that the catalogue names [no-room]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("leeds,Other,,,,,,", r"clinics\.csv:3:1: error: the id “leeds” stands here twice"),
        ("Bad Id,Other,,,,,,", r"clinics\.csv:3:1: error: "),
        ("other,Example Clinic, Leeds,,,,,,", r"clinics\.csv:3:1: error: the row has 9 cells, and there are 8 columns"),
        ("other,Clinic \uabc3,,,,,,", r"clinics\.csv:3:1: error: name: no font has \uabc3 \(U\+ABC3\)"),
        ("other,Other,,,,,http://example.org,", r"clinics\.csv:3:\d+: error: .*https://"),
        ("other,Other,,,,,,none.png", r"clinics\.csv:3:\d+: error: the logo .* cannot be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    choice = ("--layout", "standard", "--leaflet", "overview", "--level", "plain")
    assert stamp(shipped, rows(tmp_path, LEEDS, line), tmp_path / "out", *choice) == 1
    told = capsys.readouterr().err
    assert re.search(said, told)
    assert ("a row of the file was left out" in told) is ("no font has" not in said)
    assert (tmp_path / "out" / "leeds" / "catalogue.json").is_file()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["leeds"]


def test_wrong_use(shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = rows(tmp_path, LEEDS)
    assert stamp(shipped, csv, shipped.folder) == 2
    assert stamp(shipped, csv, tmp_path / "out", "--locale", "en-GX") == 1
    assert "did you mean “en-GB”?" in capsys.readouterr().err
    assert stamp(Built(tmp_path, (), ()), csv, tmp_path / "out") == 1
    assert "there are no finished leaflets [no-catalogue]" in capsys.readouterr().err
    for wrong in ("nothing", "tri-fold:name", "no-layout:hours"):
        with pytest.raises(SystemExit) as ended:
            stamp(shipped, csv, tmp_path / "out", "--leave-out", wrong)
        assert ended.value.code == 2
    assert not (tmp_path / "out").exists()


def test_stopped_half_way_nothing_is_half_written(shipped: Built, tmp_path: Path) -> None:
    lines = [LODZ.replace("lodz", f"clinic-{number}").replace("drawing.svg", "") for number in range(300)]
    csv, out = rows(tmp_path, *lines), tmp_path / "out"
    command = [sys.executable, str(ROOT / "generate.py"), "stamp", "--clinics", str(csv), "--jobs", "2"]
    command += ["--from", str(shipped.folder), "--out", str(out), "--layout", "standard"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    until = time.monotonic() + 120
    while not list(out.glob("*/catalogue.json")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "stopped; nothing is left half-written" in said
    assert not list(out.rglob("*.part"))
    done = list(out.glob("*/catalogue.json"))
    assert 0 < len(done) < 300
    assert {path.parent for path in done} == {path for path in out.iterdir() if path.is_dir()}
    for path in out.rglob("*.pdf"):
        assert path.read_bytes().endswith(b"%%EOF\n")

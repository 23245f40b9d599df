"""The build as people run it: what it writes, what it says when something is wrong; nothing is half-written."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leaflets.cli.main import main
from tests.conftest import PROJECTS, ROOT, Built
from tests.tools.pdf import text
from tests.tools.scaffold import written_article

HAND_WASHING = PROJECTS / "hand-washing"
ONE = (
    "--article",
    "hand-washing",
    "--leaflet",
    "overview",
    "--level",
    "plain",
    "--layout",
    "standard",
    "--locale",
    "en-GB",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the second article's project, to break."""
    return Path(shutil.copytree(HAND_WASHING, tmp_path / "project"))


def run(project: Path, out: Path, *arguments: str) -> int:
    return main(["build", "--project", str(project), "--out", str(out), "--jobs", "1", *arguments])


def test_the_catalogue_names_every_file_with_its_hash(shipped: Built) -> None:
    keys = {
        "article", "leaflet", "level", "layout", "locale", "kind", "path",
        "title", "pages", "paper", "version", "status", "sha256", "review", "review_due",
    }  # fmt: skip
    endings = {"read": "pdf", "print": "print.pdf"}
    for entry in (*shipped.entries, *shipped.twins):
        assert set(entry) == keys
        assert entry["status"] == "awaiting-review"
        name = ".".join(entry[key] for key in ("article", "leaflet", "level", "layout", "locale"))
        assert entry["path"] == f"{entry['locale']}/{name}.{endings[entry['kind']]}"
        assert entry["sha256"] == hashlib.sha256((shipped.folder / entry["path"]).read_bytes()).hexdigest()


def test_the_page_for_people_links_every_file(shipped: Built) -> None:
    page = (shipped.folder / "index.html").read_text()
    for entry in (*shipped.entries, *shipped.twins):
        assert f'href="{entry["path"]}"' in page


def test_the_same_bytes_in_one_process_and_in_another(shipped: Built, tmp_path: Path) -> None:
    arguments = ["build", "--leaflet", "overview", "--level", "easy", "--locale", "en-GB", "--jobs", "1"]
    assert main([*arguments, "--article", "fibromyalgia-leg-pain", "--out", str(tmp_path)]) == 0
    entries = json.loads((tmp_path / "catalogue.json").read_text())["editions"]
    assert len(entries) == 3
    for entry in entries:
        assert entry in shipped.entries


def test_all_errors_are_told_in_one_run_and_nothing_is_written(project, tmp_path, capsys) -> None:
    folder = project / "articles" / "hand-washing"
    leaflet = folder / "leaflets" / "overview.yaml"
    leaflet.write_text(leaflet.read_text().replace("stamp: leaflet", "stamp: leaflte"))
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text().replace("certainty: stated", "certainly: stated", 1))
    template = project / "templates" / "parts" / "closing.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text("<section>\n{% if leaflet.status %}\n")
    assert run(project, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert "unknown key “certainly” [unknown-key]\n  hint: did you mean “certainty”?" in said
    assert "closing.html:2:1: error:" in said
    assert not (tmp_path / "out").exists()


def test_an_undefined_name_in_a_template_points_to_its_line(project, tmp_path, capsys) -> None:
    template = project / "templates" / "parts" / "closing.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text("<section>\n<p>{{ leaflet.tilte }}</p>\n</section>\n")
    assert run(project, tmp_path / "out", *ONE) == 1
    said = capsys.readouterr().err
    assert "closing.html:2:1: error:" in said
    assert "tilte" in said
    assert not list((tmp_path / "out").rglob("*.pdf"))
    assert not list((tmp_path / "out").rglob("*.part"))


def test_a_picture_that_may_not_be_loaded_stops_the_edition(project, tmp_path, capsys) -> None:
    template = project / "templates" / "parts" / "closing.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text('<p><img src="file:///etc/hostname" alt="x"></p>\n')
    assert run(project, tmp_path / "out", *ONE) == 1
    assert "may not load file:///etc/hostname [unknown-picture]" in capsys.readouterr().err


def test_a_glyph_the_font_lacks_is_an_error_that_names_it(project, tmp_path, capsys) -> None:
    words = project / "articles" / "hand-washing" / "article.yaml"
    words.write_text(words.read_text().replace("locales: [en-GB, ar-GB]", "locales: [en-GB]"))
    leaflet = project / "articles" / "hand-washing" / "leaflets" / "overview.yaml"
    leaflet.write_text(leaflet.read_text().replace("\n  all: ", "\n  all: 手 ", 1))
    assert run(project, tmp_path / "out", *ONE) == 1
    said = capsys.readouterr().err
    assert "overview.yaml:4:8: error: the font of en-GB has no glyph for 手 (U+624B) [missing-glyph]" in said
    assert not (tmp_path / "out").exists()


def test_a_name_that_is_not_known_is_an_error_with_a_hint(tmp_path, capsys) -> None:
    assert main(["build", "--leaflet", "overveiw", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "there is no leaflet “overveiw” [unknown-leaflet]\n  hint: did you mean “overview”?" in said
    assert not (tmp_path / "out").exists()


def test_building_a_part_keeps_the_rest_in_the_catalogue(tmp_path) -> None:
    out = tmp_path / "out"
    assert run(HAND_WASHING, out, *ONE) == 0
    assert run(HAND_WASHING, out, *[*ONE[:-4], "--layout", "large-print", "--locale", "en-GB"]) == 0
    entries = json.loads((out / "catalogue.json").read_text())["editions"]
    assert sorted(entry["layout"] for entry in entries) == ["large-print", "standard"]


def test_a_clinics_folder_overrides_one_template_and_keeps_the_rest(project, tmp_path) -> None:
    shipped = (ROOT / "templates" / "parts" / "clinic.html").read_text()
    template = project / "templates" / "parts" / "clinic.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(shipped.replace('<div class="stamp-room">', '<p>Room 12</p><div class="stamp-room">'))
    out = tmp_path / "out"
    assert run(project, out, *ONE) == 0
    (path,) = out.rglob("*.pdf")
    assert "Room 12" in text(path)
    assert "Clinic stamp" in text(path)


def test_ctrl_c_leaves_no_half_written_file_and_the_next_run_builds_the_rest(tmp_path) -> None:
    out = tmp_path / "out"
    chosen = ["--article", "hand-washing", "--level", "plain", "--locale", "en-GB"]
    command = [sys.executable, "generate.py", "build", "--project", str(HAND_WASHING), *chosen, "--jobs", "2"]
    process = subprocess.Popen([*command, "--out", str(out)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[2/14]"):
        assert process.poll() is None
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) >= 2
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "nothing is left half-written" in said
    deadline = time.monotonic() + 20  # the workers are gone; the tracker of multiprocessing sees it a moment later
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not [path for path in out.rglob("*") if path.name.endswith((".part", ".lock"))]
    for path in out.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    catalogue = json.loads((out / "catalogue.json").read_text())
    recorded = len([*catalogue["editions"], *catalogue.get("alternatives", [])])
    assert 2 <= recorded < 14
    again = subprocess.run([*command, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"{14 - recorded} built" in again.stdout
    assert f", {recorded} up to date, 0 failed" in again.stdout


def test_a_fault_in_a_style_sheet_is_told_once_and_fails_every_edition_that_is_set_with_it(
    project, tmp_path, capsys
) -> None:
    style = project / "templates" / "css" / "easy.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text((ROOT / "templates" / "css" / "easy.css").read_text() + "\n.er { colr: red }\n")
    out = tmp_path / "out"
    both = ("--article", "hand-washing", "--level", "plain", "--layout", "standard", "--locale", "en-GB")
    assert run(project, out, *both) == 1
    said = capsys.readouterr().err
    line = len(style.read_text().splitlines())
    assert said.count(f"templates/css/easy.css:{line}:7: error: “colr: red” is ignored: unknown property") == 1
    assert said.count(": failed\n") == 2
    assert not list(out.rglob("*.pdf"))


def test_a_leaflet_that_is_offered_no_longer_goes_from_the_folder_and_the_catalogue(tmp_path) -> None:
    clinic, out = tmp_path / "clinic", tmp_path / "out"
    folder = written_article(clinic, "back-pain")
    info, first = folder / "article.yaml", folder / "leaflets" / "overview.yaml"
    second = folder / "leaflets" / "second.yaml"
    second.write_text(first.read_text().replace("id: overview", "id: second"))
    info.write_text(info.read_text().replace("leaflets: [overview]", "leaflets: [overview, second]"))
    choice = ("--article", "back-pain", "--level", "plain", "--layout", "standard")
    assert run(clinic, out, *choice) == 0
    assert len(list(out.rglob("*.pdf"))) == 2
    second.unlink()
    info.write_text(info.read_text().replace("leaflets: [overview, second]", "leaflets: [overview]"))
    assert run(clinic, out, *choice) == 0
    assert [path.name for path in out.rglob("*.pdf")] == ["back-pain.overview.plain.standard.en-GB.pdf"]
    entries = json.loads((out / "catalogue.json").read_text())["editions"]
    assert [entry["leaflet"] for entry in entries] == ["overview"]


def test_a_folder_that_cannot_be_written_is_told_before_any_work(tmp_path, capsys) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(HAND_WASHING, tmp_path / "file", *ONE) == 1
    assert "nothing can be written here" in capsys.readouterr().err


def test_a_locale_that_only_some_articles_have_is_built_for_these(tmp_path: Path) -> None:
    choice = ["--locale", "ar-GB", "--layout", "summary", "--level", "plain"]
    assert main(["build", "--project", str(PROJECTS / "hand-washing"), "--out", str(tmp_path), *choice]) == 0
    rows = json.loads((tmp_path / "catalogue.json").read_text())["editions"]
    assert {(row["article"], row["locale"]) for row in rows} == {("hand-washing", "ar-GB")}

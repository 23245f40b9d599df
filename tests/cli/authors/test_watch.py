"""`watch` as people run it: a real process, files saved beside it, errors made and mended, ended with Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECTS, ROOT
from tests.tools.clinics import clinic, picture
from tests.tools.pdf import reader, text

pytestmark = pytest.mark.builds

CHOICE = ["--article", "hand-washing", "--level", "plain", "--layout", "standard", "--locale", "en-GB"]


class Watch:
    """A running `watch` on a copy of the second article."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.project = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
        self.article, self.out = self.project / "articles" / "hand-washing", folder / "out"
        self.change("article.yaml", "locales: [en-GB, ar-GB]", "locales: [en-GB]")
        command = [sys.executable, "generate.py", "watch", "--project", str(self.project), "--out", str(self.out)]
        self.process = subprocess.Popen(
            [*command, *CHOICE, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def change(self, file: str, old: str, new: str) -> None:
        path = self.article / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    def said(self) -> str:
        """What it says until it watches again."""
        assert self.process.stdout is not None
        lines: list[str] = []
        while not lines or "watching" not in lines[-1]:
            line = self.process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line)
        return "".join(lines)

    def page(self) -> str:
        text.cache_clear()
        reader.cache_clear()
        return text(self.out / "en-GB" / "hand-washing.overview.plain.standard.en-GB.pdf")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    running = Watch(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def test_a_saved_file_shows_an_error_is_told_and_the_next_good_save_recovers(watch: Watch) -> None:
    assert "2 built, 0 up to date" in watch.said()

    watch.change("leaflets/overview.yaml", "  plain: ", "  plain: Really ")
    assert "1 built, 1 up to date" in watch.said()
    assert "Really" in watch.page()

    watch.change("leaflets/overview.yaml", "stamp: leaflet", "stamp: leaflte")
    said = watch.said()
    assert "there is no stamp “leaflte” [unknown-picture]\n  hint: did you mean “leaflet”?" in said
    assert "1 errors, " in said
    watch.change("leaflets/overview.yaml", "stamp: leaflte", "stamp: leaflet")
    assert "0 built, 2 up to date" in watch.said()

    drawing = watch.project / "assets" / "drawings" / "hand.svg"
    body = drawing.read_text()
    drawing.unlink()
    assert "there is no drawing “hand” [unknown-picture]" in watch.said()
    drawing.write_text(body)
    assert "0 built, 2 up to date" in watch.said()

    own = watch.project / "templates" / "parts" / "clinic.html"
    own.parent.mkdir()
    own.write_text("<p>Room 12</p>\n")  # a new file, which hides the one that is shipped
    assert "2 built, 0 up to date" in watch.said()
    assert "Room 12" in watch.page()

    watch.process.send_signal(signal.SIGINT)
    rest = watch.process.communicate(timeout=30)[0]
    assert rest == "\nstopped; nothing is left half-written\n"
    assert watch.process.returncode == 1
    assert not [path for path in watch.out.rglob("*") if path.name.endswith((".part", ".lock"))]


@pytest.mark.heavy
def test_a_half_typed_style_sheet_is_told_and_watch_lives_on(watch: Watch) -> None:
    assert "2 built, 0 up to date" in watch.said()
    shipped = (ROOT / "templates" / "css" / "parts.css").read_text()
    own = watch.project / "templates" / "css" / "parts.css"
    own.parent.mkdir(parents=True)
    last = shipped.count("\n") + 1

    own.write_text(f"{shipped}.x {{ colr: red; color: ; ")
    said = watch.said()
    assert f"templates/css/parts.css:{last}:4: error: “{{” is not closed [css]" in said
    assert "1 errors, " in said

    own.write_text(f"{shipped}.x {{ colr: red }}\n")
    said = watch.said()
    assert f"templates/css/parts.css:{last}:6: error: “colr: red” is ignored: unknown property [typeset]" in said
    assert "Traceback" not in said
    assert "1 errors, " in said  # told once, not for each edition

    own.write_text(shipped)
    assert " built, " in watch.said()
    assert watch.process.poll() is None


def test_a_saved_clinic_shows_on_the_page_and_so_does_its_logo(tmp_path: Path) -> None:
    file = clinic(tmp_path / "clinic")
    running = Watch(tmp_path, "--clinic", str(file))
    try:
        assert "2 built, 0 up to date" in running.said()
        assert "01632 960001" in running.page()
        clinic(tmp_path / "clinic", phone='"01632 960002"')
        assert "2 built, 0 up to date" in running.said()
        assert "01632 960002" in running.page()
        (tmp_path / "clinic" / "logo.png").unlink()
        assert "logo" in running.said()
        clinic(tmp_path / "clinic", picture(width=600), phone='"01632 960002"')
        assert "2 built, 0 up to date" in running.said()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=30) == 1
    finally:
        running.process.kill()
        running.process.communicate()


def test_a_name_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    running = Watch(tmp_path, "--leaflet", "overveiw")
    try:
        said = running.process.communicate(timeout=60)[0]
    finally:
        running.process.kill()
    told = "command line:1:1: error: there is no leaflet “overveiw” [unknown-leaflet]"
    assert said == f"{told}\n  hint: did you mean “overview”?\n"
    assert running.process.returncode == 2


@pytest.mark.heavy
def test_a_burst_of_saves_is_one_build(watch: Watch) -> None:
    watch.said()
    for number in range(5):
        watch.change("leaflets/overview.yaml", "  plain: ", f"  plain: Twice{number} ")
    assert "1 built, 1 up to date" in watch.said()
    assert all(f"Twice{number}" in watch.page() for number in range(5))
    watch.process.send_signal(signal.SIGTERM)  # as a batch service does
    assert watch.process.communicate(timeout=30)[0] == "\nstopped; nothing is left half-written\n"
    assert watch.process.returncode == 1

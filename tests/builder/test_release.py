"""A release has what may be handed out and nothing else; a leaflet whose review falls due overnight is stale the next
day, and says that it is out of date in every form."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leaflets.base.project import Project
from leaflets.cli.main import main
from tests.tools.pdf import text
from tests.tools.signing import ARTICLE, BY, ROLE, copied, edit, signed
from tests.tools.some import some

pytestmark = pytest.mark.builds

DUE = date(2028, 11, 22)
SAYS = "Out of date: it should have been reviewed by 22 November 2028."


def words_of(path: Path) -> str:
    """Words of a file as it is now: the same path has other bytes after the next build."""
    text.cache_clear()
    return text(path)


def at(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))


class Desk:
    """A project, its build folder, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.project: Project = copied(folder / "project")
        self.out = folder / "out"

    def build(self, *options: str) -> int:
        arguments = ["--project", str(self.project.folder), "--article", ARTICLE, "--out", str(self.out)]
        return main(["build", *arguments, "--locale", "en-GB", "--leaflet", "overview", *options])

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Catalogue entries by level, layout and kind."""
        if not (self.out / "catalogue.json").exists():
            return {}
        found = json.loads((self.out / "catalogue.json").read_text())
        rows = [*found["editions"], *found.get("alternatives", [])]
        return {f"{row['level']}/{row.get('layout', row.get('format'))}/{row.get('kind', '')}": row for row in rows}

    def files(self) -> set[str]:
        return {path.name.split(".")[2] for path in self.out.glob("en-GB/*")}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    at(date(2026, 12, 1), monkeypatch)
    return Desk(tmp_path)


SUMMARIES = ("--layout", "summary")


def test_nothing_is_released_that_nobody_has_signed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.build(*SUMMARIES, "--release") == 1
    said = capsys.readouterr().err
    assert "“overview” (en-GB) is not signed; refused: all 2 editions [release]" in said
    assert "leaflets sign hand-washing --leaflet overview --locale en-GB --by NAME --role ROLE" in said
    assert not desk.out.exists()


def test_a_release_has_what_is_signed_and_takes_the_rest_out(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.build(*SUMMARIES) == 0
    assert {row["status"] for row in some(desk.rows.values())} == {"awaiting-review"}
    signed(desk.project)
    assert desk.build(*SUMMARIES, "--release") == 0
    assert {(row["status"], row["review"]) for row in some(desk.rows.values())} == {("reviewed", "signed")}
    assert f"Reviewed by {BY}, {ROLE}, 1 December 2026." in words_of(desk.out / desk.rows["plain/summary/read"]["path"])
    edit(desk.project, "leaflets/overview.yaml", "plain: Soap and water take off most germs.", "plain: Soap kills all.")
    capsys.readouterr()
    assert desk.build(*SUMMARIES, "--release") == 1
    said = capsys.readouterr().err
    assert "the text “leaflets.overview.key.main.plain” has changed" in said
    assert "“overview” (en-GB) has changed since it was signed; refused: plain (summary) [release]" in said
    assert set(desk.rows) == {"detailed/summary/read"}
    assert desk.files() == {"detailed"}
    assert desk.build(*SUMMARIES) == 0
    found = desk.rows["plain/summary/read"]
    assert (found["status"], found["review"]) == ("awaiting-review", "changed")
    said = words_of(desk.out / found["path"])
    assert "Draft: changed since a clinician signed it." in said
    assert "Reviewed by" not in said
    assert desk.build(*SUMMARIES) == 0  # nothing is stale, and what changed is said again
    assert "the text “leaflets.overview.key.main.plain” has changed" in capsys.readouterr().err


PENDING = """
pending:
  - {rule: hard-sentence, at: [leaflets.overview.key.plain]}
"""


def test_a_leaflet_with_words_to_be_rewritten_is_not_released(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    hard = "plain: Infections contaminate everybody immediately."
    edit(desk.project, "leaflets/overview.yaml", "plain: Soap and water take off most germs.", hard)
    assert desk.project.folder
    article = desk.project.folder / "articles" / ARTICLE / "article.yaml"
    article.write_text(article.read_text() + PENDING)
    signed(desk.project)
    assert desk.build(*SUMMARIES, "--release") == 1
    said = capsys.readouterr().err
    assert "“overview” (en-GB) has words that are still to be rewritten; refused: plain (summary) [release]" in said
    assert (
        "  hint: mend the words, and take them from “pending”: hard-sentence at leaflets.overview.key.plain\n" in said
    )
    assert set(desk.rows) == {"detailed/summary/read"}


def test_what_fails_its_evidence_is_not_released(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    signed(desk.project)
    assert desk.build(*SUMMARIES) == 0
    path = next(desk.out.glob("en-GB/*plain.summary*.evidence.json"))
    found = json.loads(path.read_text())
    body = path.read_text().replace(
        f'"result": "{found["result"]}"', '"result": "fail"'.ljust(12 + len(found["result"])), 1
    )
    assert len(body) == len(path.read_text())  # so that it counts as the file that was made
    path.write_text(body)
    assert desk.build(*SUMMARIES, "--release") == 1
    said = capsys.readouterr().err
    assert "hand-washing.overview.plain.summary.en-GB:1:1: error: refused, since its evidence fails" in said
    assert set(desk.rows) == {"detailed/summary/read"}
    assert desk.files() == {"detailed"}


def test_an_old_day_of_the_build_releases_nothing_that_is_out_of_date(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """SOURCE_DATE_EPOCH is often the day of the last commit, which may be long ago."""
    signed(desk.project)
    monkeypatch.setattr(Project, "latest_today", lambda _: DUE + timedelta(days=1))
    assert desk.build(*SUMMARIES, "--release") == 1
    assert f"is out of date: its review was due on {DUE}" in capsys.readouterr().err
    assert desk.files() == set()


def test_a_release_needs_evidence(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.build("--release", "--no-evidence") == 2
    assert "a release needs evidence" in capsys.readouterr().err


def test_a_leaflet_that_falls_due_overnight_is_stale_the_next_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(desk.project)
    choice = ("--level", "plain", "--layout", "summary", "--layout", "web")
    at(DUE, monkeypatch)
    assert desk.build(*choice) == 0
    assert desk.build(*choice) == 0
    assert "2 leaflets are up to date" in capsys.readouterr().out
    page = desk.rows["plain/summary/read"]
    assert (page["status"], page["review_due"]) == ("reviewed", "2028-11-22")
    before = (desk.out / page["path"]).read_bytes()
    at(date(2028, 11, 23), monkeypatch)
    assert desk.build(*choice) == 0
    assert "2 built" in capsys.readouterr().out
    assert {row["status"] for row in some(desk.rows.values())} == {"awaiting-review"}
    folder = desk.out / "en-GB"
    said = [words_of(desk.out / page["path"])]
    said += [" ".join(path.read_text().split()) for path in some([*folder.glob("*.txt"), *folder.glob("*.html")])]
    with zipfile.ZipFile(next(folder.glob("*.epub"))) as book:
        said += [" ".join(book.read(name).decode() for name in book.namelist() if name.endswith("xhtml"))]
    for words in said:
        assert SAYS in words.replace("\N{NO-BREAK SPACE}", " ")
    capsys.readouterr()
    assert desk.build(*choice) == 0
    assert "2 leaflets are up to date" in capsys.readouterr().out
    assert desk.build(*choice, "--release") == 1
    assert "is out of date: its review was due on 2028-11-22; refused: " in capsys.readouterr().err
    assert desk.files() == set()
    at(DUE, monkeypatch)
    assert desk.build(*choice) == 0
    assert (desk.out / page["path"]).read_bytes() == before


def test_what_is_signed_and_out_of_date_fits_on_folded_and_one_sided_leaflets_in_both_directions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(desk.project)
    signed(desk.project, "ar-GB", by="Second Test Signer")
    at(date(2028, 11, 23), monkeypatch)
    layouts = ("--layout", "tri-fold", "--layout", "summary", "--layout", "booklet", "--level", "plain")
    assert desk.build(*layouts, "--locale", "ar-GB") == 0
    found = [path for path in desk.out.glob("*/*.pdf") if ".print." not in path.name]
    assert len(found) == 6
    for path in some(found):
        words = words_of(path)
        assert SAYS in words, path  # in Arabic beside the translated sentence
        assert all(word in words for word in f"{BY} {ROLE}".split())  # letters from right to left change their order
        assert ("Second" in words) is (".ar-GB." in path.name)
        assert "2026.." not in words or ".ar-GB." in path.name


def test_a_signature_makes_the_leaflets_stale(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    choice = ("--level", "plain", "--layout", "summary")
    assert desk.build(*choice) == 0
    signed(desk.project)
    assert desk.build(*choice) == 0
    assert "1 built" in capsys.readouterr().out

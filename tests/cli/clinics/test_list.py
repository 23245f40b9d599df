"""`leaflets list`: editions by name, what falls due for review, and the same for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.cli.main import main
from tests.tools.signing import ARTICLE, BY, copied, edit, signed
from tests.tools.some import some

DAY = 86_400
DUE = 1_858_464_000
"""2028-11-22, when the review of the article is due; seconds since 1970."""
CHOICE = ["--article", ARTICLE, "--locale", "en-GB", "--leaflet", "overview"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = copied(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return made


def test_editions_are_listed_by_name(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *CHOICE, "--level", "easy"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{ARTICLE}.overview.easy.{layout}.en-GB" for layout in ("standard", "large-print", "giant-print", "web")
    ]
    assert said.err == ""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DUE - 91 * DAY, "no review falls due within 90 days"),
        (DUE - 90 * DAY, f"2028-11-22  in 90 days  {ARTICLE}.overview  en-GB  not signed"),
        (DUE - DAY, f"2028-11-22  in 1 day  {ARTICLE}.overview  en-GB  not signed"),
        (DUE, f"2028-11-22  due today  {ARTICLE}.overview  en-GB  not signed"),
        (DUE + 9 * DAY, f"2028-11-22  overdue by 9 days  {ARTICLE}.overview  en-GB  not signed"),
    ],
)
def test_what_falls_due_is_listed_by_leaflet(
    day: int, said: str, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day))
    assert main(["list", *CHOICE, "--due", "90"]) == 0
    assert capsys.readouterr().out == f"{said}\n"


def test_who_signed_what_falls_due_is_said(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    signed(project)
    assert main(["list", *CHOICE, "--due", "9999"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert f"{ARTICLE}.overview  en-GB  signed by {BY} on " in line
    edit(
        project,
        "red-flags.yaml",
        "            Then your lips or tongue swell up.",
        "            Then your lips swell up.",
    )
    assert main(["list", *CHOICE, "--due", "9999"]) == 0
    assert capsys.readouterr().out.endswith("; 4 of 19 editions are drafts\n")


def test_a_program_gets_the_status_of_each_edition(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    signed(project)
    edit(
        project,
        "red-flags.yaml",
        "            Then your lips or tongue swell up.",
        "            Then your lips swell up.",
    )
    assert main(["list", *CHOICE, "--json"]) == 0
    said = capsys.readouterr()
    rows = {row["name"]: row for row in some(json.loads(said.out))}
    assert len(rows) == 19
    easy, plain = (rows[f"{ARTICLE}.overview.{level}.web.en-GB"] for level in ("easy", "plain"))
    assert (easy["review"], easy["status"], easy["signed_by"]) == ("changed", "awaiting-review", None)
    assert (plain["review"], plain["status"], plain["signed_by"]) == ("signed", "reviewed", BY)
    assert (plain["review_due"], plain["out_of_date"]) == ("2028-11-22", False)
    assert "changed since it was signed by" in said.err


@pytest.mark.parametrize("days", ["-1", "soon", "1.5"])
def test_days_are_a_number(days: str, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["list", f"--due={days}"])
    assert ended.value.code == 2
    assert "write a number of days, such as 90" in capsys.readouterr().err

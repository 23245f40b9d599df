"""`leaflets sign` and `leaflets history`: no questions, nothing by halves, and a record that only grows."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.cli.main import main
from tests.tools.signing import ARTICLE, BY, FOLDER, ROLE, copied, edit

NAMES = ("--by", BY, "--role", ROLE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = copied(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
    return made


def files(project: Project) -> set[str]:
    folder = Path(str(project.folder)) / FOLDER / "signatures"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_signature_says_what_it_covers_and_what_not(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", ARTICLE, *NAMES]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        f"signed by {BY}, {ROLE}, on 2026-12-01: hand-washing, version 0.1\n  en-GB: overview, options"
    )
    assert " 2 numbers to call, " in said
    assert "  ar-GB: leaflets sign hand-washing --locale ar-GB --by NAME --role ROLE\n" in said
    assert "a clinic's details" in said
    (snapshot,) = files(project) - {"en-GB.yaml"}
    text = (Path(FOLDER) / "signatures" / "en-GB.yaml").read_text(encoding="utf-8")
    assert text.count("- state: signed\n") == 1
    assert f"sha256: {snapshot.removesuffix('.json')}" in text


def test_the_hash_of_each_segment_is_recorded(project: Project) -> None:
    assert main(["sign", ARTICLE, *NAMES, "--leaflet", "overview"]) == 0
    (path,) = Path(FOLDER).glob("signatures/en-GB/*.json")
    items = {id_: sha256 for id_, sha256, _ in json.loads(path.read_text(encoding="utf-8"))["items"]}
    for id_ in (
        "text sections.why-wash.germs.text.easy", "text red-flags.emergency.breathing.text.plain", "fact num-emergency",
        "number emergency", "words key-messages", "claim germs-on-hands", "reference numbers", "picture stamps/leaflet",
    ):  # fmt: skip
        assert len(items[id_]) == 64, id_
    assert "words status-strip" not in items


def test_files_only_grow_and_each_locale_has_its_own(project: Project) -> None:
    texts = []
    for rest in ([*NAMES], [*NAMES], ["--locale", "ar-GB", *NAMES], ["--withdraw", "an error", *NAMES], [*NAMES]):
        assert main(["sign", ARTICLE, *rest]) == 0
        texts.append((Path(FOLDER) / "signatures" / "en-GB.yaml").read_text(encoding="utf-8"))
    assert all(after.startswith(before) for before, after in pairwise(texts))
    assert texts[-1].count("state: signed") == 3
    assert texts[-1].count("state: withdrawn") == 1
    assert "reason: an error" in texts[-1]
    arabic = (Path(FOLDER) / "signatures" / "ar-GB.yaml").read_text(encoding="utf-8")
    assert [arabic.count(f"state: {state}") for state in ("signed", "withdrawn")] == [1, 1]


def test_nothing_is_signed_while_check_finds_an_error(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "sections/why-wash.yaml", "claims: [germs-on-hands, soap-and-water]", "claims: [germs]")
    assert main(["sign", ARTICLE, *NAMES]) == 1
    said = capsys.readouterr()
    assert "there is no claim “germs” [unknown-claim]" in said.err
    assert "nothing was signed" in said.err
    assert said.out == ""
    assert files(project) == set()


@pytest.mark.parametrize(
    ("rest", "status", "message"),
    [
        ([ARTICLE], 2, "a signature needs a name and a role, typed by the person who signs"),
        ([ARTICLE, "--by", BY], 2, "a signature needs a name and a role"),
        ([ARTICLE, "--by", " ", "--role", ROLE], 2, "a signature needs a name and a role"),
        ([ARTICLE, "--by", "x" * 61, "--role", ROLE], 2, "--by takes one line of at most 60 letters"),
        ([ARTICLE, "--by", "a\nb", "--role", ROLE], 2, "--by takes one line of at most 60 letters"),
        ([ARTICLE, *NAMES, "--reason", "x"], 2, "--reason goes with --withdraw"),
        ([*NAMES], 2, "name the article"),
        (["hand-wash", *NAMES], 1, "did you mean “hand-washing”?"),
        ([ARTICLE, *NAMES, "--leaflet", "overvew"], 1, "did you mean “overview”?"),
        ([ARTICLE, *NAMES, "--locale", "en-US"], 1, "there is no locale “en-US”"),
        ([ARTICLE, "--by", "診療所", "--role", ROLE], 1, "the font of en-GB has no glyph for 所, 療, 診"),
        ([ARTICLE, "--withdraw", "x", *NAMES], 1, "nothing of this is signed, so nothing can be taken back"),
    ],
)
def test_what_cannot_be_signed_is_said(
    project: Project, capsys: pytest.CaptureFixture[str], rest: list[str], status: int, message: str
) -> None:
    assert main(["sign", *rest]) == status
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""
    assert files(project) == set()


@pytest.mark.parametrize("order", [["--withdraw", ARTICLE], [ARTICLE, "--withdraw"]])
def test_taking_back_needs_neither_a_reason_nor_a_sound_article(
    project: Project, capsys: pytest.CaptureFixture[str], order: list[str]
) -> None:
    assert main(["sign", ARTICLE, *NAMES]) == 0
    edit(project, "sections/why-wash.yaml", "claims: [germs-on-hands, soap-and-water]", "claims: [germs]")
    capsys.readouterr()
    assert main(["sign", *order]) == 0
    said = capsys.readouterr().out
    assert "taken back by somebody who gave no name, on 2026-12-01: no reason is given" in said
    assert "--withdraw REASON says so" in said


def test_check_build_and_list_name_what_has_changed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sign", ARTICLE, *NAMES]) == 0
    edit(project, "facts.yaml", "ask a pharmacist.", "ask your GP.")
    message = f"facts.yaml:28:5: warning: changed since it was signed by {BY} on 2026-12-01: the fact “sore-skin” has"
    for command in (["check"], ["list"]):
        capsys.readouterr()
        assert main([*command, "--article", ARTICLE, "--locale", "en-GB"]) == 0
        assert message in capsys.readouterr().err, command


def test_the_history_shows_the_words_before_and_after(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", ARTICLE]) == 0
    assert capsys.readouterr().out == "nobody has signed anything of hand-washing\n"
    assert main(["sign", ARTICLE, *NAMES]) == 0
    edit(project, "sections/your-hands.yaml", "plain: Which soap suits my skin?", "plain: Which soap is best?")
    path = Path(FOLDER) / "l10n" / "ar-GB.po"
    path.write_text(path.read_text().replace('msgid "Which soap suits my skin?"', 'msgid "Which soap is best?"'))
    assert main(["sign", ARTICLE, "--by", "Second Test Signer", "--role", ROLE]) == 0
    edit(project, "facts.yaml", "ask a pharmacist.", "ask your GP.")
    assert main(["sign", ARTICLE, "--withdraw", "the fact", *NAMES]) == 0
    capsys.readouterr()
    assert main(["history", ARTICLE]) == 0
    assert (
        capsys.readouterr().out
        == f"""\
hand-washing, en-GB
  2026-12-01  signed by {BY}, {ROLE}: version 0.1: overview, options-and-diary
  2026-12-01  signed by Second Test Signer, {ROLE}: version 0.1: overview, options-and-diary
    changed: the text “sections.your-hands.questions.which-soap.text.plain”
      before: Which soap suits my skin?
      after:  Which soap is best?
  2026-12-01  taken back by {BY}, {ROLE}: overview, options-and-diary: the fact
  since then, not signed:
    changed: the fact “sore-skin”
      before: Washing often can make skin dry and sore; ask a pharmacist. [confirmed; skin-care]
      after:  Washing often can make skin dry and sore; ask your GP. [confirmed; skin-care]
"""
    )
    assert main(["history", ARTICLE, "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)
    assert [step["state"] for step in steps] == ["signed", "signed", "withdrawn", "not signed"]
    assert steps[1]["changes"] == [
        {
            "item": "text sections.your-hands.questions.which-soap.text.plain",
            "before": "Which soap suits my skin?",
            "after": "Which soap is best?",
        }
    ]


def test_the_history_of_nothing_is_refused(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "hand-wash"]) == 1
    assert "did you mean “hand-washing”?" in capsys.readouterr().err
    assert main(["history", ARTICLE, "--locale", "en-US"]) == 1
    assert "there is no locale “en-US” of “hand-washing”" in capsys.readouterr().err

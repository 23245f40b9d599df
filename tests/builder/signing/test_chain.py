"""The record of signatures is a chain: an entry that was changed, taken out, put in, moved or copied is told."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.signing.signature_file import read_signatures
from leaflets.builder.signing.signer import SignRequest, sign, withdraw
from leaflets.builder.signing.snapshot import SnapshotError, read_snapshot
from leaflets.cli.main import main
from tests.tools.signing import ARTICLE, BY, FOLDER, OTHER, ROLE, copied, drafts, signed, withdrawn

CHANGED = "this entry was changed since it was written"
GONE = "an entry before this one was taken out, put in or moved"
HINT = "hint: take the file back from your version control; nothing can be signed while its record is broken"
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with a signature, its withdrawal with a reason in odd letters, and another signature."""
    project = copied(tmp_path_factory.mktemp("three") / "project")
    signed(project)
    withdrawn(project, "“dose”: wrong, ä # 1\u00a0mg – it's: - no", "en-GB")
    signed(project, by=OTHER)
    return path(project).read_text(encoding="utf-8")


def path(project: Project) -> Path:
    return Path(str(project.folder)) / FOLDER / "signatures" / "en-GB.yaml"


def told(project: Project) -> list[str]:
    diagnostics = Diagnostics()
    read_signatures(project, ARTICLE, "en-GB", diagnostics)
    return [f"{item.place.line}: {item.message} [{item.rule}]" for item in diagnostics.errors]


def tampered(folder: Path, text: str, change: Callable[[Rows], Rows]) -> Project:
    project = copied(folder / "project")
    path(project).parent.mkdir()
    rows = change(yaml.safe_load(text)["signatures"])
    path(project).write_text(yaml.safe_dump({"signatures": rows}, sort_keys=False), encoding="utf-8")
    return project


def with_value(number: int, key: str, value: object) -> Callable[[Rows], Rows]:
    return lambda rows: [{**row, key: value} if at == number else row for at, row in enumerate(rows)]


def without(number: int, key: str) -> Callable[[Rows], Rows]:
    return lambda rows: [
        {name: value for name, value in row.items() if at != number or name != key} for at, row in enumerate(rows)
    ]


def test_what_the_command_writes_is_a_whole_chain(three: str, tmp_path: Path) -> None:
    project = tampered(tmp_path, three, lambda rows: rows)
    assert told(project) == []
    rows = yaml.safe_load(three)["signatures"]
    assert "before" not in rows[0]
    assert [row["before"] for row in rows[1:]] == [row["entry"] for row in rows[:-1]]


CHANGES: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "another name": (with_value(0, "by", OTHER), CHANGED),
    "another role": (with_value(2, "role", "GP"), CHANGED),
    "another day": (with_value(0, "on", "2026-12-02"), CHANGED),
    "another reason": (with_value(1, "reason", "none"), CHANGED),
    "fewer leaflets": (with_value(2, "leaflets", ["overview"]), CHANGED),
    "other words": (with_value(0, "sha256", "0" * 64), CHANGED),
    "a withdrawal that is a signature": (
        lambda rows: [rows[0], {**rows[1], "state": "signed", "sha256": rows[0]["sha256"]}, rows[2]], CHANGED,
    ),
    "another hash": (with_value(1, "entry", "0" * 64), CHANGED),
    "no hash": (without(1, "entry"), "this entry has no hash: “leaflets sign” did not write it"),
    "no hash of the one before": (without(2, "before"), CHANGED),
    "the first is gone": (lambda rows: rows[1:], GONE),
    "the withdrawal is gone": (lambda rows: [rows[0], rows[2]], GONE),
    "two are exchanged": (lambda rows: [rows[0], rows[2], rows[1]], GONE),
    "one twice": (lambda rows: [rows[0], copy.deepcopy(rows[0]), *rows[1:]], GONE),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_break_is_told_once_at_its_entry(case: str, three: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796256000")  # a later day than any of the entries
    change, message = CHANGES[case]
    project = tampered(tmp_path, three, change)
    (said,) = told(project)
    assert said.endswith(f": {message} [signature-chain]")


def test_a_file_of_another_locale_or_article_is_no_record_of_this_one(three: str, tmp_path: Path) -> None:
    project = tampered(tmp_path, three, lambda rows: rows)
    path(project).rename(path(project).with_name("ar-GB.yaml"))
    diagnostics = Diagnostics()
    read_signatures(project, ARTICLE, "ar-GB", diagnostics)
    assert [item.message for item in diagnostics.errors] == [CHANGED]


def test_what_was_taken_from_the_end_is_not_found(three: str, tmp_path: Path) -> None:
    """As SECURITY.md says: version control has to show it."""
    assert told(tampered(tmp_path, three, lambda rows: rows[:1])) == []


def test_a_broken_record_signs_nothing_and_takes_no_entry(three: str, tmp_path: Path) -> None:
    project = tampered(tmp_path, three, lambda rows: [rows[0], rows[2]])
    text = path(project).read_text(encoding="utf-8")
    for write in (sign, withdraw):
        diagnostics = Diagnostics()
        done = write(project, SignRequest(ARTICLE, by=BY, role=ROLE), diagnostics)
        assert not done.written
        assert GONE in {item.message for item in diagnostics.errors}
    assert path(project).read_text(encoding="utf-8") == text


def test_check_and_history_tell_of_a_break_and_all_are_drafts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    signed(project)
    assert drafts(project) == set()
    text = path(project).read_text(encoding="utf-8")
    path(project).write_text(text.replace(f"by: {BY}", f"by: {OTHER}"), encoding="utf-8")
    for command in (["check", "--article", ARTICLE, "--locale", "en-GB"], ["history", ARTICLE]):
        assert main(command) == 1
        said = capsys.readouterr().err
        assert f"{FOLDER}/signatures/en-GB.yaml:4:3: error: {CHANGED} [signature-chain]\n  {HINT}" in said


BROKEN = {
    "no JSON": lambda text: text[:-20],
    "twice a number": lambda text: text.replace('"format": 1', '"format": true'),
    "another format": lambda text: text.replace('"format": 1', '"format": 2'),
    "no number": lambda text: text.replace('"format": 1', '"format": NaN'),
    "an item of two": lambda text: text.replace('"items": [', '"items": [["a", "b"],', 1),
    "a number for words": lambda text: text.replace('"items": [', '"items": [["a", "b", 1],', 1),
    "a key more": lambda text: text.replace('"format": 1', '"format": 1, "more": 1'),
    "an item that is not there": lambda text: text.replace('"outlines": {', '"outlines": {"a/b/c": [99999999],', 1),
    "lists in lists": lambda text: "[" * 100_000,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_snapshot_with_a_true_hash_and_a_broken_inside_is_told(case: str, tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    signed(project)
    (snapshot,) = path(project).with_suffix("").glob("*.json")
    body = BROKEN[case](snapshot.read_text(encoding="utf-8")).encode()
    sha256 = hashlib.sha256(body).hexdigest()
    snapshot.with_name(f"{sha256[:16]}.json").write_bytes(body)
    with pytest.raises(SnapshotError, match="the file with the words that were signed cannot be read"):
        read_snapshot(project, ARTICLE, "en-GB", sha256)

"""The command line as a whole: commands, help, exit statuses."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import leaflets
import leaflets.cli.authors.check
from leaflets.cli.main import COMMANDS, DONE, PROBLEMS, WRONG_USE, command_module, main

ROOT = Path(__file__).resolve().parent.parent.parent


def leave(*arguments: str) -> int:
    """The exit status of a command line, also of one that argparse ends."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


def test_the_exit_statuses_are_fixed() -> None:
    assert (DONE, PROBLEMS, WRONG_USE) == (0, 1, 2)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_a_module_that_can_run(command: str) -> None:
    module = command_module(command)
    assert callable(module.add_arguments)
    assert callable(module.run)
    assert str(module.__doc__).startswith(f"`leaflets {command}`: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(command, "--help") == DONE
    said = capsys.readouterr().out
    assert "example" in said
    assert f"  leaflets {command}" in said.split("\nexample")[-1]


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert leave("--help") == DONE
    said = " ".join(capsys.readouterr().out.split())
    for command, (_, summary) in COMMANDS.items():
        assert f"{command} {summary}" in said
    assert "examples" in said


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert leave("--version") == DONE
    assert capsys.readouterr().out == f"leaflets {leaflets.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bulid"], "leaflets: there is no command “bulid”; did you mean “build”?"),
        (["bild"], "leaflets: there is no command “bild”; did you mean “build”?"),
        (["new", "article", "Gout"], "lower case words with hyphens; try: gout"),
        (["new", "article", "gout_foot"], "lower case words with hyphens; try: gout-foot"),
        (["new", "article"], "lower case words with hyphens, such as back-pain"),
        (["check", "--leaflets", "x"], "unrecognized arguments"),
        (["check", "stray"], "unrecognized arguments: stray"),
        (["check", "--leaflet"], "expected one argument"),
        (["build", "--jobs", "many"], "argument --jobs: write a number of processes, 1 or more"),
        (["build", "--jobs", "0"], "argument --jobs: write a number of processes, 1 or more"),
        (["build", "--memory", "20"], "argument --memory: write a number of MB, 300 or more"),
        (["build", "--out", ""], "argument --out: no folder is named; the current one is “.”"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave(*arguments) == WRONG_USE
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err


def test_no_command_is_build(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    build = importlib.import_module("leaflets.cli.authors.build")
    monkeypatch.setattr(build, "run", lambda options: asked.append((options.command, str(options.out))) or 0)
    assert main([]) == DONE
    assert main(["--out", "there"]) == DONE
    assert asked == [("build", "build"), ("build", "there")]


def test_a_choice_may_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(leaflets.cli.authors.check, "run", lambda options: asked.append(options.level) or 0)
    main(["check", "--level", "easy", "--level", "plain"])
    main(["check"])
    main(["check", "--level", "easy"])
    assert asked == [["easy", "plain"], [], ["easy"]]


def test_stopping_it_is_no_crash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(leaflets.cli.authors.check, "run", stopped)
    assert main(["check"]) == PROBLEMS
    assert capsys.readouterr().err == "\nstopped; nothing is left half-written\n"


@pytest.mark.parametrize(("arguments", "status"), [(["--version"], 0), (["bulid"], 2)])
def test_generate_py_is_the_same_command_line(arguments: list[str], status: int) -> None:
    done = subprocess.run([sys.executable, "generate.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == status
    assert "Traceback" not in done.stderr


def test_a_misspelt_folder_of_a_project_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("artcles", "template", "regions", "notes"):
        (tmp_path / name).mkdir()
    main(["list", "--project", str(tmp_path), "--level", "plain", "--layout", "summary"])
    assert capsys.readouterr().err.splitlines() == [
        f"leaflets: warning: {tmp_path}/artcles is not read; did you mean “articles”?",
        f"leaflets: warning: {tmp_path}/template is not read; did you mean “templates”?",
    ]


def test_what_is_not_yet_translated_is_counted_apart() -> None:
    from leaflets.base.diagnostics import Diagnostics, Place
    from leaflets.cli.output import counted

    diagnostics = Diagnostics()
    diagnostics.error(Place("a"), "a", "spelling")
    assert counted(diagnostics) == "1 error"
    for rule in ("missing-message", "stale-message"):
        diagnostics.error(Place("a"), rule, rule)
    assert counted(diagnostics) == "3 errors, 2 of them what is not yet translated"

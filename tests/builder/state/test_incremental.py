"""Only what changed is built, exactly that, and the bytes are those of a clean build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder.build import _share, build
from leaflets.builder.edition.make import Result
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.freshness import Freshness
from leaflets.builder.state.manifest import unchanged
from leaflets.builder.state.manifest_file import read_state, write_state
from leaflets.builder.state.up_to_date import up_to_date
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from tests.conftest import PROJECTS, ROOT


class Silent:
    """Progress that nobody reads."""

    def planned(self, stale: int, fresh: int) -> None:
        pass

    def done(self, result: Result, done: int, total: int) -> None:
        pass


class Folder:
    """A copy of the second article's project with a build of it."""

    def __init__(self, folder: Path) -> None:
        self.project = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
        self.article = self.project / "articles" / "hand-washing"
        self.out = folder / "out"

    def change(self, file: str, old: str, new: str) -> None:
        path = self.article / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def build(self, out: Path | None = None, **choice: list[str]) -> list[str]:
        """Names of the editions that were built, without the article's."""
        asked = Choice(article=["hand-washing"], **choice)
        done = build(Project(self.project), BuildRequest(asked, out or self.out), Machine(1), Silent())
        assert not done.diagnostics.errors, "\n".join(map(str, done.diagnostics))
        return sorted(result.edition.name.removeprefix("hand-washing.") for result in done.results)


CHOICE = {"locale": ["en-GB"], "layout": ["standard"]}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("incremental"))
    # English only, so that a changed word needs no new translation
    folder.change("article.yaml", "locales: [en-GB, ar-GB]", "locales: [en-GB]")
    (folder.article / "l10n" / "ar-GB.po").unlink()  # a file of a locale that is not listed is a warning
    assert len(folder.build(**CHOICE)) == 6
    return folder


def test_nothing_changed_nothing_is_built(base: Folder) -> None:
    assert base.build(**CHOICE) == []


def test_one_word_of_one_level_rebuilds_the_editions_that_show_it(base: Folder, tmp_path: Path) -> None:
    base.change("leaflets/overview.yaml", "  plain: ", "  plain: Really ")
    assert base.build(**CHOICE) == ["overview.plain.standard.en-GB"]
    assert base.build(**CHOICE) == []
    clean = tmp_path / "clean"
    base.build(clean, **CHOICE)
    for path in sorted(clean.rglob("*.pdf")):
        assert path.read_bytes() == (base.out / path.relative_to(clean)).read_bytes(), path.name
    assert (clean / "catalogue.json").read_text() == (base.out / "catalogue.json").read_text()


def test_building_a_part_does_not_make_the_rest_look_fresh(base: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    base.change("leaflets/overview.yaml", "  plain: ", "  plain: Truly ")
    choice = ["--article", "hand-washing", "--locale", "en-GB", "--layout", "standard", "--jobs", "1"]
    arguments = ["build", "--project", str(base.project), "--out", str(base.out), *choice]
    assert main([*arguments, "--level", "easy"]) == 0
    assert main(arguments) == 0
    assert "overview plain standard en-GB" in capsys.readouterr().err
    assert base.build(**CHOICE) == []


def test_a_heading_of_the_red_flags_is_in_every_edition_of_its_levels(base: Folder) -> None:
    flags = base.article / "red-flags.yaml"
    text = flags.read_text()
    assert "heading:\n  all: " in text
    flags.write_text(text.replace("heading:\n  all: ", "heading:\n  all: Read this. ", 1))
    assert len(base.build(**CHOICE)) == 6


def test_a_note_of_an_editor_that_is_not_printed_rebuilds_nothing(base: Folder) -> None:
    path = base.article / "claims.yaml"
    path.write_text(path.read_text() + "\n# a remark\n")
    assert base.build(**CHOICE) == []


def test_a_picture_rebuilds_the_editions_that_show_it(base: Folder) -> None:
    name = "hand.svg"
    drawing = base.project / "assets" / "drawings" / name
    drawing.write_text(drawing.read_text().replace("</svg>", "<!-- touched --></svg>"))
    built = base.build(**CHOICE)
    assert built
    assert all(edition.startswith("overview.") for edition in built)


def test_a_file_that_is_gone_is_built_again(base: Folder) -> None:
    path = next(base.out.rglob("*options-and-diary.easy*.pdf"))
    path.unlink()
    assert base.build(**CHOICE) == ["options-and-diary.easy.standard.en-GB"]


def test_explain_says_what_changed(base: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    name = "hand-washing.overview.detailed.standard.en-GB"
    arguments = ["explain", name, "--project", str(base.project), "--out", str(base.out)]
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"{name}: up to date\n"
    base.change("leaflets/overview.yaml", "  detailed: ", "  detailed: Really ")
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"{name}: out of date: page has changed\n"
    base.build(**CHOICE)


def test_with_nothing_to_do_the_typesetter_is_not_loaded(base: Folder) -> None:
    base.build(**CHOICE)
    code = (
        "import sys; from leaflets.cli.main import main; "
        f"status = main(['build', '--project', {str(base.project)!r}, '--out', {str(base.out)!r}, "
        "'--article', 'hand-washing', '--locale', 'en-GB', '--layout', 'standard']); "
        "assert status == 0; assert not {'weasyprint', 'pydantic', 'jinja2'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "6 leaflets are up to date" in done.stdout


def test_another_hash_seed_and_another_process_give_the_same_bytes(base: Folder, tmp_path: Path) -> None:
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--level", "easy", "--layout", "standard"]
    arguments = ["build", "--project", str(base.project), *choice, "--out"]
    assert main([*arguments, str(tmp_path / "here")]) == 0
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "UTC+2"}
    command = [sys.executable, "generate.py", *arguments, str(tmp_path / "there")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    here, there = (
        json.loads((tmp_path / name / "catalogue.json").read_text())["editions"] for name in ("here", "there")
    )
    assert [entry["sha256"] for entry in here] == [entry["sha256"] for entry in there]
    assert here


def test_what_a_build_was_stopped_at_is_built_again_even_when_nothing_differs_any_more(base: Folder, capsys) -> None:
    """Its worker may have written the file after the build was stopped: the same size would not tell."""
    name = "hand-washing.overview.plain.standard.en-GB"
    base.change("leaflets/overview.yaml", "  plain: ", "  plain: Once ")

    class Stopped(Silent):
        def planned(self, stale: int, fresh: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(Project(base.project), BuildRequest(Choice(["hand-washing"], **CHOICE), base.out), Machine(1), Stopped())
    base.change("leaflets/overview.yaml", "  plain: Once ", "  plain: ")
    assert main(["explain", name, "--project", str(base.project), "--out", str(base.out)]) == 0
    assert capsys.readouterr().out == f"{name}: out of date: a build was stopped at it\n"
    assert base.build(**CHOICE) == ["overview.plain.standard.en-GB"]


def test_a_page_that_cannot_be_made_ahead_is_never_up_to_date(base: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    choice = {"leaflet": ["overview"], "level": ["plain"], **CHOICE}
    path = base.article / "claims.yaml"
    path.write_text(f"{path.read_text()}# with the files of the last build nothing is looked at\n")
    with monkeypatch.context() as patch:
        patch.setattr(Freshness, "inputs", fails)
        assert base.build(**choice) == base.build(**choice) == ["overview.plain.standard.en-GB"]
        (base.out / ".state.json").unlink()  # it is looked at when it is built
        assert base.build(**choice) == base.build(**choice) == ["overview.plain.standard.en-GB"]
    assert base.build(**choice) == ["overview.plain.standard.en-GB"]
    assert base.build(**choice) == []


def test_who_builds_an_edition_finds_the_same_parts_as_who_looks_at_it_before(base: Folder, tmp_path: Path) -> None:
    """One that was never built is looked at by its worker; with a cache, and on the next day, by the builder."""
    with_cache = tmp_path / "with-cache"
    asked = Choice(["hand-washing"], ["overview"], ["plain"], ["standard", "booklet", "web"], ["en-GB"])
    build(Project(base.project), BuildRequest(asked, with_cache), Machine(1, cache=tmp_path / "cache"), Silent())
    without = BuildRequest(asked, tmp_path / "without")
    build(Project(base.project), without, Machine(2), Silent())
    before, after = (read_state(LocalStore(folder)).editions for folder in (with_cache, tmp_path / "without"))
    assert before.keys() == after.keys()
    assert len(before) == 3
    assert all(before[name].inputs == after[name].inputs != {} for name in before)
    assert build(Project(base.project), without, Machine(1), Silent()).results == ()


def test_what_only_another_plan_of_the_pages_shows_counts_too(base: Folder) -> None:
    """Pages for notes are put into a booklet only where its sheets are not full."""
    choice = {"leaflet": ["overview"], "level": ["plain"], "layout": ["booklet"], "locale": ["en-GB"]}
    base.build(**choice)
    template = base.project / "templates" / "booklet" / "leaflet.html"
    template.parent.mkdir(parents=True)
    shipped = (ROOT / "templates" / "booklet" / "leaflet.html").read_text()
    template.write_text(shipped.replace('<h2>{{ words("notes") }}</h2>', "<h2>Our plan</h2>"))
    assert base.build(**choice) == ["overview.plain.booklet.en-GB"]
    template.unlink()


@pytest.mark.parametrize("command", ["build", "explain"])
def test_a_state_that_cannot_be_read_is_told_and_not_taken_for_none(base, tmp_path, capsys, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".state.json").mkdir()
    assert main([command, "--project", str(base.project), "--out", str(tmp_path)]) == 1
    assert "cannot be read: it is a folder" in capsys.readouterr().err
    assert not (tmp_path / "catalogue.json").exists()


def test_what_was_saved_on_the_way_is_published_by_the_next_build(base: Folder) -> None:
    """A build that was killed after its last edition left all files and no catalogue that names them."""
    base.build(**CHOICE)
    out, catalogue = LocalStore(base.out), base.out / "catalogue.json"
    whole = catalogue.read_text()
    wanted = BuildRequest(Choice(["hand-washing"], layout=["standard"], locale=["en-GB"]), out)
    assert up_to_date(Project(base.project), wanted) is not None
    catalogue.write_text(whole.replace('"pages": ', '"pages": 1'))
    state = read_state(out)
    state.published = False
    write_state(out, state)
    assert up_to_date(Project(base.project), wanted) is None
    assert base.build(**CHOICE) == []
    assert catalogue.read_text() == whole
    assert up_to_date(Project(base.project), wanted) is not None


def test_a_state_of_another_format_is_no_state(base: Folder, tmp_path: Path) -> None:
    (tmp_path / ".state.json").write_text('{"format": 0, "files": {}}')
    assert not unchanged(Project(base.project), read_state(LocalStore(tmp_path)))


def test_shards_make_the_whole_together(base: Folder, tmp_path: Path) -> None:
    names = []
    for part in ("1/2", "2/2"):
        arguments = ["build", "--project", str(base.project), "--out", str(tmp_path), "--shard", part, "--jobs", "1"]
        choice = ("--layout", "standard", "--layout", "booklet", "--layout", "summary", "--level", "plain")
        assert main([*arguments, "--article", "hand-washing", *choice, "--locale", "en-GB"]) == 0
        names.append(len(list(tmp_path.rglob("*.en-GB.pdf"))))
    assert names == [3, 5]
    rows = json.loads((tmp_path / "catalogue.json").read_text())["editions"]
    assert sorted(row["kind"] for row in rows) == ["print"] * 2 + ["read"] * 5


def test_a_shard_takes_whole_articles_where_there_are_enough() -> None:
    known = ["a", "b", "c", "d", "e"]
    parts = [_share(Choice(), known, (number, 2)) for number in (1, 2)]
    assert [(choice.article, shard) for choice, shard in parts] == [(["a", "c", "e"], (1, 1)), (["b", "d"], (1, 1))]
    for choice in (Choice(article=["a"]), Choice(leaflet=["overview"]), Choice(locale=["en-GB"])):
        assert _share(choice, known, (1, 2)) == (choice, (1, 2))
    assert _share(Choice(), known, (2, 6)) == (Choice(), (2, 6))


def test_events_are_json_for_programs(base: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", "--project", str(base.project), "--out", str(tmp_path), "--json", "--jobs", "1"]
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--layout", "standard"]
    assert main([*arguments, *choice, "--locale", "en-GB"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["plan", "built", "end"]
    assert events[0] == {"event": "plan", "editions": 1, "fresh": 0}
    assert events[1]["edition"] == "hand-washing.overview.plain.standard.en-GB"
    assert events[1]["seconds"] > 0
    assert events[1]["eta"] == 0
    assert events[2].pop("seconds") > 0
    assert events[2].pop("pages") == events[1]["pages"]
    assert events[2] == {"event": "end", "built": 1, "cached": 0, "fresh": 0, "failed": 0, "left": 0, "not_offered": 0}


def test_faults_of_another_locale_do_not_stop_this_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    messages = folder.article / "l10n" / "ar-GB.po"
    messages.write_text(messages.read_text().replace('msgstr "', 'msgstr "{oops} ', 40))
    assert folder.build(leaflet=["overview"], level=["plain"], **CHOICE) == ["overview.plain.standard.en-GB"]

"""A cache of finished editions that builders share: what is there costs no typesetting, what is broken is replaced."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.open_store import open_store
from leaflets.base.project import Project
from leaflets.base.store import LocalStore, Store
from leaflets.builder import build as build_module
from leaflets.builder.build import Built, build
from leaflets.builder.edition.make import MadeEdition, Result
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.cache import Cache, key_of
from leaflets.builder.state.freshness import Freshness
from leaflets.builder.state.lock import sweep_cache
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.html.render import Renderer
from tests.builder.state.test_incremental import Silent
from tests.conftest import PROJECTS, ROOT

HAND_WASHING = PROJECTS / "hand-washing"
TWO = Choice(article=["hand-washing"], level=["plain"], layout=["standard"], locale=["en-GB"])
TWO_ASKED = ["--article", "hand-washing", "--level", "plain", "--layout", "standard", "--locale", "en-GB"]


def build_two(out: Store | Path | str, cache: Store | Path | str | None, jobs: int = 1, force: bool = False) -> Built:
    done = build(Project(HAND_WASHING), BuildRequest(TWO, out, force=force), Machine(jobs, cache=cache), Silent())
    assert not done.diagnostics.errors, "\n".join(map(str, done.diagnostics))
    assert len(done.results) == 2
    return done


def pdfs(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A build folder, and the cache that was filled by it."""
    folder = tmp_path_factory.mktemp("kept")
    build_two(folder / "out", folder / "cache")
    return folder / "out", folder / "cache"


def entries(cache: Path) -> list[Path]:
    return sorted(cache.rglob("*.edition"))


def test_what_the_cache_has_is_not_typeset(kept: tuple[Path, Path], tmp_path: Path) -> None:
    out, cache = kept
    done = build_two(tmp_path / "out", cache)
    assert [result.cached for result in done.results] == [True, True]
    assert pdfs(tmp_path / "out") == pdfs(out)
    assert (tmp_path / "out" / "catalogue.json").read_text() == (out / "catalogue.json").read_text()


def test_an_edition_from_the_cache_is_up_to_date_afterwards(kept: tuple[Path, Path], tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    arguments = ["build", "--project", str(HAND_WASHING), "--out", str(tmp_path), *TWO_ASKED]
    assert main([*arguments, "--cache", str(kept[1]), "--json", "--jobs", "1"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["plan", "cached", "cached", "end"]
    assert (events[-1]["built"], events[-1]["cached"]) == (0, 2)
    assert main(arguments) == 0
    assert "2 leaflets are up to date" in capsys.readouterr().out


def test_what_dead_builders_left_half_written_goes_from_a_folder(kept, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    turns = []
    monkeypatch.setattr(build_module, "sweep_cache", lambda folder, turn: turns.append((folder, turn)))
    build_two(tmp_path / "out", kept[1])
    ((folder, turn),) = turns
    assert folder == kept[1]
    assert isinstance(turn, int)
    names = ("ab/x.edition.7.part", "ab/y.edition.7.part", "ac/z.edition.7.part", "ab/film.part")
    old, young, elsewhere, foreign = (tmp_path / "cache" / name for name in names)
    for path in (old, young, elsewhere, foreign):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        if path != young:
            os.utime(path, (1, 1))
    sweep_cache(tmp_path / "cache", turn=0x3AB)
    assert [path.exists() for path in (old, young, elsewhere, foreign)] == [False, True, True, True]


EDITION = Edition("hands", "overview", "plain", "standard", "en-GB")


def finished(body: bytes = b"%PDF made of hands") -> MadeEdition:
    warning = Diagnostic(Place(EDITION.name), Severity.WARNING, "nearly empty", "last-page", "add some lines")
    digest = hashlib.sha256(body).hexdigest()
    return MadeEdition(Result(EDITION, 3, digest, "Händewaschen", diagnostics=(warning,)), body, "ab12")


def test_an_entry_has_the_file_and_its_row(tmp_path: Path) -> None:
    cache = Cache(open_store(tmp_path))
    assert cache.get(EDITION, "ab12") is None
    cache.put(finished())
    found = cache.get(EDITION, "ab12")
    assert found is not None
    assert found.body == finished().body
    assert found.result == replace(finished().result, cached=True, size=len(found.body))
    assert [path.relative_to(tmp_path).as_posix() for path in entries(tmp_path)] == ["ab/ab12.edition"]


@pytest.mark.parametrize("harm", ["cut", "a byte", "of another edition", "under another key", "empty", "no row", "row"])
def test_a_broken_entry_is_no_entry(tmp_path: Path, harm: str) -> None:
    cache = Cache(open_store(tmp_path))
    cache.put(finished())
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    _, row, body = whole.split(b"\n", 2)

    def signed(rest: bytes) -> bytes:
        return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest

    broken = {
        "cut": whole[:-1],
        "a byte": whole[:-1] + bytes([whole[-1] ^ 1]),
        "of another edition": signed(row.replace(b".en-GB", b".en-US") + b"\n" + body),
        "under another key": signed(row.replace(b"ab12", b"ab13") + b"\n" + body),
        "empty": b"",
        "no row": signed(b""),
        "row": signed(row + b"\n" + body + b"more"),
    }
    path.write_bytes(broken[harm])
    assert cache.get(EDITION, "ab12") is None


def test_a_broken_entry_is_built_again_and_replaced(kept: tuple[Path, Path], tmp_path: Path) -> None:
    out, cache = kept
    first, second = entries(cache)
    whole = first.read_bytes()
    first.write_bytes(whole[:-100])
    done = build_two(tmp_path, cache)
    assert sorted(result.cached for result in done.results) == [False, True]
    assert pdfs(tmp_path) == pdfs(out)
    assert first.read_bytes() == whole
    assert second.read_bytes()[:64] == hashlib.sha256(second.read_bytes()[65:]).hexdigest().encode()


def test_force_builds_all_the_same(kept: tuple[Path, Path], tmp_path: Path) -> None:
    done = build_two(tmp_path, kept[1], force=True)
    assert not any(result.cached for result in done.results)
    assert pdfs(tmp_path) == pdfs(kept[0])


def test_another_tool_means_another_key() -> None:
    assert key_of({"page": "1", "tool pango": "15600"}) != key_of({"page": "1", "tool pango": "15601"})
    assert key_of({"a": "1", "b": "2"}) == key_of({"b": "2", "a": "1"})


def test_a_key_names_everything_whoever_reads_it() -> None:
    """The same project in another folder has the same keys; a template that no page shows yet has its part in them."""

    def of(project: Project, path: str, digest: str) -> Freshness:
        return Freshness(project, {path: (1, 1, digest)}, {}, Renderer(project))

    freshness = of(Project(HAND_WASHING), f"{ROOT}/templates/booklet/leaflet.html", "one")
    other = of(Project(HAND_WASHING), f"{ROOT}/templates/booklet/leaflet.html", "other")
    assert freshness._templates != other._templates
    again = of(Project(HAND_WASHING, HAND_WASHING), f"{HAND_WASHING}/templates/booklet/leaflet.html", "one")
    assert freshness._templates == again._templates


class ReadOnly(LocalStore):
    """A folder that workers, too, cannot write to."""

    def write_whole(self, name: str, body: bytes) -> None:
        raise PermissionError(13, "Permission denied")


def test_a_cache_that_cannot_be_written_costs_nothing_but_a_warning(tmp_path: Path) -> None:
    done = build_two(tmp_path / "out", ReadOnly(tmp_path / "cache"))
    assert [item.message for item in done.diagnostics if item.rule == "cache"] == [
        "editions were built, but not kept here: Permission denied"
    ]
    assert len(pdfs(tmp_path / "out")) == 2


def test_a_cache_in_memory_serves_builds_with_worker_processes(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Workers cannot reach it: this process asks it, and keeps in it what they bring."""
    cache = f"memory://{tmp_path.name}/cache"
    first = build_two(tmp_path / "first", cache, jobs=2)
    assert not any(result.cached for result in first.results)
    second = build_two(f"memory://{tmp_path.name}/second", cache, jobs=2)
    assert all(result.cached for result in second.results)
    for name, body in pdfs(tmp_path / "first").items():
        assert open_store(f"memory://{tmp_path.name}/second").read(name) == body


def test_two_builders_at_once_on_one_cache(tmp_path: Path) -> None:
    command = [sys.executable, "generate.py", "build", "--project", str(HAND_WASHING), "--jobs", "1", *TWO_ASKED]
    running = [
        subprocess.Popen(
            [*command, "--cache", str(tmp_path / "cache"), "--out", str(tmp_path / out)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for out in ("first", "second")
    ]
    for process in running:
        said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert pdfs(tmp_path / "first") == pdfs(tmp_path / "second")
    assert len(entries(tmp_path / "cache")) == 2
    assert [path.suffix for path in (tmp_path / "cache").rglob("*") if path.is_file()] == [".edition"] * 2
    done = build_two(tmp_path / "third", tmp_path / "cache")
    assert all(result.cached for result in done.results)


def test_a_bucket_takes_a_build_and_a_second_builder_has_it_from_the_cache(
    kept: tuple[Path, Path], bucket: str, tmp_path: Path
) -> None:
    out, cache = f"{bucket}/{tmp_path.name}/out", f"{bucket}/{tmp_path.name}/cache"
    arguments = ["build", "--project", str(HAND_WASHING), "--jobs", "2", "--cache", cache, *TWO_ASKED]
    assert main([*arguments, "--out", out]) == 0
    store = open_store(out)
    assert {name: store.read(name) for name in pdfs(kept[0])} == pdfs(kept[0])
    assert b'href="en-GB/hand-washing.overview' in store.read("index.html")
    editions = json.loads(store.read("catalogue.json"))["editions"]
    assert len(editions) == 2
    assert all(result.cached for result in build_two(tmp_path, cache).results)
    assert pdfs(tmp_path) == pdfs(kept[0])


def test_a_build_into_a_bucket_makes_only_what_changed(bucket: str, kept, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    out = f"{bucket}/{tmp_path.name}"
    build_two(out, kept[1])
    arguments = ["build", "--project", str(HAND_WASHING), "--out", out, *TWO_ASKED]
    assert main(arguments) == 0
    assert f"2 leaflets are up to date in {out}/" in capsys.readouterr().out
    store = open_store(out)
    gone = "en-GB/hand-washing.overview.plain.standard.en-GB.pdf"
    store.delete(gone)
    done = build(Project(HAND_WASHING), BuildRequest(TWO, out), Machine(1, cache=kept[1]), Silent())
    assert [result.edition.path for result in done.results] == [gone]
    assert store.sizes([gone])


def test_a_bucket_that_is_not_there_is_told_before_any_work(bucket: str, capsys) -> None:  # type: ignore[no-untyped-def]
    arguments = ["build", "--project", str(HAND_WASHING), *TWO_ASKED]
    assert main([*arguments, "--out", "s3://no-such-bucket/leaflets"]) == 1
    assert "s3://no-such-bucket/leaflets:1:1: error: nothing can be written here: " in capsys.readouterr().err


def test_nothing_to_do_loads_no_library_for_addresses(kept: tuple[Path, Path]) -> None:
    code = (
        "import sys; from leaflets.cli.main import main; "
        f"status = main(['build', '--project', {str(HAND_WASHING)!r}, '--out', {str(kept[0])!r}, "
        f"'--cache', {str(kept[1])!r}, *{TWO_ASKED!r}]); "
        "assert status == 0; assert not {'weasyprint', 'fsspec', 'distributed', 's3fs'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "2 leaflets are up to date" in done.stdout

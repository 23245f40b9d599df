"""What the contestants of the benchmark set, and how: the same editions, and WeasyPrint as it comes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from bench import engine
from bench.contestants import CONTESTANTS
from bench.editions import ARTICLE, LAYOUTS, SAMPLE, common
from bench.loops import leaflets_loop
from bench.loops.weasyprint_loop import unmixed
from bench.project import WORDS, change_word, copy
from bench.sources import write
from bench.verdict import judge
from leaflets.content.levels import LEVELS
from leaflets.l10n.font_table import FONTS
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    write(SAMPLE, folder)
    return folder


def test_the_sample_has_every_level_and_layout_of_the_set_once() -> None:
    assert set(SAMPLE) <= set(common())
    assert sorted((row.level, row.layout) for row in SAMPLE) == sorted((a, b) for a in LEVELS for b in LAYOUTS)


def test_every_contestant_has_a_name_of_its_own() -> None:
    assert len({contestant.name for contestant in CONTESTANTS}) == len(CONTESTANTS)


def test_the_transcript_is_a_typst_document_at_every_level(sources: Path, tmp_path: Path) -> None:
    fonts = [str(FONTS["atkinson"].folder)]
    compiler = typst.Compiler(root=str(sources), font_paths=fonts, ignore_system_fonts=True)
    files = sorted(sources.glob("*.typ"))
    assert len(files) == len(SAMPLE)
    for file in files:
        pdf = tmp_path / f"{file.stem}.pdf"
        compiler.compile(input=str(file), output=str(pdf), pdf_standards=["ua-1"])
        verdict = judge(pdf)
        assert verdict.compliant, (file.name, verdict.broken)
        assert verdict.pages > 5, file.name


def test_the_html_names_only_pictures_that_lie_beside_it(sources: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sources.glob("*.html")]
    assert len(texts) == len(SAMPLE)
    assert not [text for text in texts if "asset:" in text or "dots:" in text]
    assert all((sources / "asset-icons-tick.svg").is_file() for text in texts if "asset-icons-tick.svg" in text)


@pytest.mark.parametrize("variant", [(), ("pdf/ua-1",)])
def test_the_naive_loop_sets_every_source_with_weasyprint_as_it_comes(tmp_path: Path, variant: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    for name in ("one", "two"):
        page = f"<html lang=en><title>{name}</title><p>Some words.</p></html>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "bench.loops.weasyprint_loop", str(tmp_path), str(out), *variant]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["editions"] == 2
    assert sorted(file.name for file in out.iterdir()) == ["one.pdf", "two.pdf"]


def test_the_naive_loop_refuses_our_changes_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("leaflets.pdf.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "leaflets.pdf.fontconfig", sys)
    unmixed()
    monkeypatch.setitem(sys.modules, "leaflets.pdf.patches.apply", sys)
    with pytest.raises(RuntimeError, match=r"leaflets\.pdf\.patches\.apply is loaded"):
        unmixed()


def test_a_word_is_another_one_each_time(tmp_path: Path) -> None:
    article = copy(tmp_path)
    texts = []
    for number in range(len(WORDS)):
        change_word(article, number)
        texts.append((article / "leaflets" / "overview.yaml").read_text(encoding="utf-8"))
    assert len(set(texts)) == len(WORDS)
    assert all(len(text.splitlines()) == len(texts[0].splitlines()) for text in texts)


def test_a_build_and_the_same_again_with_nothing_to_do(tmp_path: Path) -> None:
    options = ("--article", ARTICLE, "--leaflet", "overview", "--level", "plain", "--layout", "summary")
    built = engine.build(tmp_path, 1, (*options, "--locale", "en-GB"))
    assert built.editions == (f"{ARTICLE}.overview.plain.summary.en-GB",)
    assert built.pages == 1
    assert 0 < built.ends[0] <= built.wall
    assert engine.nothing_to_do(tmp_path, (*options, "--locale", "en-GB")).wall > 0
    assert not engine.loads("weasyprint", tmp_path, (*options, "--locale", "en-GB"))
    assert engine.loads("argparse", tmp_path, (*options, "--locale", "en-GB"))


def test_our_engine_kept_warm_sets_what_it_is_given_and_leaves_nothing_of_its_warm_up(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    leaflets_loop.main(tmp_path, 1, SAMPLE[:1])
    told = json.loads(capsys.readouterr().out)
    assert told["editions"] == 1
    assert told["cpu"] > 0
    (file,) = tmp_path.rglob("*.pdf")
    assert judge(file).compliant

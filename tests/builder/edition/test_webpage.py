"""The web page of a leaflet: the words of the paper, whole in one file, built, told and forgotten as a PDF is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder.build import build as build_with
from leaflets.builder.edition.make import Toolchain
from leaflets.builder.edition.webpage import data_address
from leaflets.builder.engine import Engine
from leaflets.builder.materials import Materials, gather
from leaflets.builder.request import BuildRequest, Machine
from leaflets.cli.main import main
from leaflets.content.levels import LEVELS
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS, layout_for
from leaflets.editions.page_plan import PagePlan
from leaflets.editions.plan import plan
from leaflets.html.blocks import DAYS
from leaflets.html.style import declared, tokens
from leaflets.publish.catalogue import read_catalogue
from tests.builder.state.test_incremental import Silent
from tests.conftest import PROJECTS, ROOT
from tests.tools.articles import KEY_CONTENT, project
from tests.tools.blocks import Blocks
from tests.tools.pdf import squeezed

ARTICLES = {"fibromyalgia-leg-pain": Project(), "hand-washing": Project(PROJECTS / "hand-washing")}
PAPER_ONLY = ("pointer", "marker", "sources", "bars-key")
"""Classes of what names a page, of the line whose parts stand in another order, of sources, of which paper has few, and
of what the bars mean that only paper has."""
OTHERWISE = re.compile(
    r'<section class="alarm.*?</section>|<table class="diary.*?</thead>|<strong class="n">\d+</strong>', re.DOTALL
)
"""What a page says otherwise: red flags, which paper has in short, the heads of a week, numbers of steps."""


HEADING = re.compile(r"<(h\d)[^>]*>(.*?)</h\d>", re.DOTALL)
STATUS = re.compile(r"\. (<strong>[^<]*</strong>) </p>")
"""Status in the colophon, which is a row of its own on the page."""
FLAGS = re.compile(r'<section class="alarm.*?</section>', re.DOTALL)
"""Red flags, which are in their short form on paper and in full on the page."""


def materials(article: str) -> Materials:
    diagnostics = Diagnostics()
    found = gather(ARTICLES[article], [article], diagnostics)
    assert not diagnostics.errors, list(diagnostics)
    return found


@pytest.mark.parametrize("article", ARTICLES)
def test_every_word_of_the_paper_is_on_the_page(article: str) -> None:
    bench, found = Toolchain(ARTICLES[article]), materials(article)
    for edition in plan(found.articles(), Choice(layout=[WEB]), Diagnostics()):
        paper = found.of(Edition(edition.article, edition.leaflet, edition.level, "standard", edition.locale))
        page = bench.make(found.of(edition)).body.decode()
        printed = Blocks(STATUS.sub(r".</p><p>\1</p>", OTHERWISE.sub("", bench.renderer.html(paper).text)))
        wanted = Counter(
            words.replace(f"{edition.level}standard", f"{edition.level}web") for words in printed.words(*PAPER_ONLY)
        )
        told = squeezed(" ".join(re.findall(r'(?:alt|data-label)="([^"]*)"', page)))
        shown = "".join(Blocks(page).words()) + told
        view = bench.renderer.view(found.of(edition), PagePlan())
        wanted += Counter(squeezed(part.striptags()) for part in (view.topic, view.which, view.edition))
        assert [words for words, count in wanted.items() if shown.count(words) < count] == [], edition
        assert len(wanted) > 30


@pytest.mark.parametrize("article", ARTICLES)
def test_its_headings_are_those_of_the_paper(article: str) -> None:
    bench, found = Toolchain(ARTICLES[article]), materials(article)
    for edition in plan(found.articles(), Choice(layout=[WEB]), Diagnostics()):
        paper = found.of(Edition(edition.article, edition.leaflet, edition.level, "standard", edition.locale))
        both = [bench.renderer.html(paper).text, bench.renderer.html(found.of(edition)).text]
        paper_has, page_has = [
            [(tag, squeezed(re.sub("<[^>]*>", " ", said))) for tag, said in HEADING.findall(FLAGS.sub("", text))]
            for text in both
        ]
        more = {
            squeezed(found.of(edition).words(id_))
            for id_ in ("contents", "control-sources", "web-papers", "web-leaflets", *DAYS)
        }
        page_has = [row for row in page_has if row[1] not in more]
        assert sorted(page_has) == sorted(paper_has), edition
        assert len(paper_has) > 6


def test_a_page_is_whole_in_one_file_and_the_same_each_time(tmp_path: Path) -> None:
    made = project(tmp_path, KEY_CONTENT, shipped=True)
    found = gather(made, ["mini"], Diagnostics())
    material = found.of(Edition("mini", "hands", "easy", WEB, "en-GB"))
    finished = Toolchain(made).make(material)
    page = finished.body.decode()
    assert finished.body == Toolchain(made).make(material).body
    assert (finished.result.title, finished.result.pages, finished.result.size) == (
        "Clean hands",
        0,
        len(page.encode()),
    )
    assert "<script" not in page
    assert re.findall(r"(?:asset|dots|qr|logo|https?):[^\s\"]{3}", page.replace("http://www.w3.org/2000/svg", "")) == []
    assert {address.partition(":")[0] for address in re.findall(r'(?:src=|url\()"?([^")]*)', page)} == {"data"}
    assert "default-src 'none'" in page
    links = [link for link in re.findall(r'href="([^"#][^"]*)"', page) if not link.startswith("data:")]
    assert "mini.hands.easy.standard.en-GB.pdf" in links
    assert "../en-US/mini.hands.easy.web.en-US.html" in links
    assert "mini.hands.plain.web.en-GB.html" in links
    assert not [link for link in links if "tri-fold" in link]  # not offered at this level
    assert "tel:999" in links


def test_links_lead_to_what_a_whole_build_makes_but_for_the_clinicians_page() -> None:
    found = materials("hand-washing")
    everything = plan(found.articles(), Choice(), Diagnostics())
    paths = {edition.path for edition in everything}
    bench = Toolchain(ARTICLES["hand-washing"])
    led = set()
    for edition in (edition for edition in everything if edition.layout == WEB):
        page = bench.renderer.html(found.of(edition)).text
        for link in re.findall(r'href="([^"#:]+\.(?:pdf|html))"', page):
            led.add(link.removeprefix("../") if link.startswith("../") else f"{edition.locale}/{link}")
    clinicians = {path for path in paths if ".clinician." in path}
    assert clinicians
    assert led == paths - clinicians


def test_web_pages_need_no_typesetter(tmp_path: Path) -> None:
    project(tmp_path / "mini", shipped=True)
    code = (
        "import sys; from leaflets.cli.main import main\n"
        f"code = main(['build', '--project', {str(tmp_path / 'mini')!r}, '--article', 'mini', '--layout', 'web', "
        f"'--jobs', '1', '--out', {str(tmp_path / 'out')!r}])\n"
        "print(code, 'weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"
    assert "hands plain web en-GB: a web page" in done.stderr


def build(folder: Path, *more: str) -> int:
    options = ("--article", "mini", "--leaflet", "hands", "--level", "easy", "--locale", "en-GB")
    return main(["build", "--project", str(folder / "mini"), "--out", str(folder / "out"), *options, *more])


def test_a_page_is_built_once_and_again_when_a_picture_on_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path / "mini", shipped=True)
    shutil.rmtree(tmp_path / "mini" / "regions")  # “explain” reads the shipped article too
    page = tmp_path / "out" / "en-GB" / "mini.hands.easy.web.en-GB.html"
    assert build(tmp_path, "--layout", WEB) == 0
    first = page.read_bytes()
    assert build(tmp_path, "--layout", WEB) == 0
    assert "1 leaflets are up to date" in capsys.readouterr().out
    picture = tmp_path / "mini" / "assets" / "pictograms" / "tap.svg"
    picture.write_text(picture.read_text().replace("0 0 1 1", "0 0 2 2"))
    name = "mini.hands.easy.web.en-GB"
    assert main(["explain", "--project", str(tmp_path / "mini"), "--out", str(tmp_path / "out"), name]) == 0
    assert f"{name}: out of date: picture pictograms/tap.svg has changed" in capsys.readouterr().out
    assert build(tmp_path, "--layout", WEB) == 0
    assert page.read_bytes() != first


def test_the_catalogue_has_it_among_the_alternatives_and_the_index_links_it(tmp_path: Path) -> None:
    project(tmp_path / "mini", shipped=True)
    assert build(tmp_path, "--layout", WEB, "--layout", "standard") == 0
    catalogue = json.loads((tmp_path / "out" / "catalogue.json").read_text())
    assert [row["layout"] for row in catalogue["editions"]] == ["standard"]
    rows = {row["format"]: row for row in catalogue["alternatives"]}
    assert {name: row["path"].rpartition(".")[2] for name, row in rows.items()} == {
        "web": "html", "epub": "epub", "text": "txt", "braille": "brf",
    }  # fmt: skip
    row = rows["web"]
    assert row["path"] == "en-GB/mini.hands.easy.web.en-GB.html"
    index = (tmp_path / "out" / "index.html").read_text()
    assert f'<a href="{row["path"]}" aria-label="Read: Clean hands, Easy read">Read</a>' in index
    assert "Draft: no clinician has signed these leaflets yet." in index
    entries = read_catalogue(LocalStore(tmp_path / "out"), Diagnostics()).entries
    assert {entry.layout for entry in entries} == {"standard", "web"}


def test_what_is_done_with_pdf_files_leaves_web_pages_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path / "mini", shipped=True)
    assert build(tmp_path, "--layout", WEB, "--layout", "standard") == 0
    capsys.readouterr()
    out = str(tmp_path / "out")
    assert main(["check", "--pdf", out, "--json", "--jobs", "1"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [row["path"].endswith(".standard.en-GB.pdf") for row in files] == [True]
    rows = tmp_path / "clinics.csv"
    rows.write_text("id,name\none,One\n")
    stamp = ["stamp", "--clinics", str(rows), "--from", out, "--out", str(tmp_path / "stamped"), "--jobs", "1"]
    assert main(stamp) == 0
    assert [path.suffix for path in (tmp_path / "stamped").glob("one/en-GB/*")] == [".pdf"]
    assert main([*stamp, "--layout", WEB]) == 1
    pack = ["pack", "--project", str(tmp_path / "mini"), "--article", "mini", "--out", str(tmp_path / "pack.pdf")]
    assert main([*pack, "--layout", WEB]) == 1
    said = capsys.readouterr().err
    assert "details are stamped on PDF files, not on web pages [not-offered]" in said
    assert "a pack is of PDF files: a web page is not in it [not-offered]" in said


def test_a_page_that_cannot_be_made_is_told_and_its_old_file_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path / "mini", shipped=True)
    assert build(tmp_path, "--layout", WEB) == 0
    page = tmp_path / "out" / "en-GB" / "mini.hands.easy.web.en-GB.html"
    template = (ROOT / "templates" / "web" / "closing.html").read_text()
    (tmp_path / "mini" / "templates" / "web").mkdir(parents=True)
    own = tmp_path / "mini" / "templates" / "web" / "closing.html"
    own.write_text('<img src="asset:pictograms/none.svg" alt="">' + template)
    assert build(tmp_path, "--layout", WEB) == 1
    assert "mini.hands.easy.web.en-GB:1:1: error: assets/pictograms/none.svg is in none of: " in capsys.readouterr().err
    assert not page.exists()
    own.write_text("{{ leaflet.nothing }}")
    assert build(tmp_path, "--layout", WEB) == 1
    assert f"{own}:1:1: error: " in capsys.readouterr().err


def test_pictures_that_change_are_read_anew(tmp_path: Path) -> None:
    made = project(tmp_path, shipped=True)
    edition = Edition("mini", "hands", "easy", WEB, "en-GB")
    choice = Choice(["mini"], ["hands"], ["easy"], [WEB], ["en-GB"])
    request = BuildRequest(choice, tmp_path / "out")
    with closing(Engine(made, reused=True)) as engine:
        pages = []
        for replaced in ("0 0 1 1", "0 0 3 3"):
            picture = tmp_path / "assets" / "pictograms" / "tap.svg"
            picture.write_text(picture.read_text().replace("0 0 1 1", replaced))
            assert not build_with(made, request, Machine(1), Silent(), engine).diagnostics.errors
            pages.append((tmp_path / "out" / edition.path).read_bytes())
    assert pages[0] != pages[1]


def test_a_drawing_becomes_an_address_that_holds_it() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" fill="url(#a)">\n  <path d="M0 0"/>\n</svg>'
    wanted = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' fill='url(%23a)'%3E%3Cpath d='M0 0'/%3E%3C/svg%3E"
    )
    assert data_address("image/svg+xml", drawing) == wanted
    assert not set("\"'() ") & set(data_address("image/svg+xml", drawing, in_style=True))
    assert data_address("image/png", b"\x00") == "data:image/png;base64,AA=="


def test_a_token_that_is_nowhere_is_told() -> None:
    assert declared("a { color: var(--a); top: var(--own) } b { --own: 1 }", {"--a": "var(--b)", "--b": "red"}) == (
        ":root { --a: var(--b); --b: red }"
    )
    with pytest.raises(KeyError, match="--none"):
        declared("a { color: var(--none) }", {})


PAIRS = [
    ("ink", "paper"), ("ink-2", "paper"), ("strong", "paper"), ("alarm", "paper"), ("on-bar", "bar"), ("ink", "ground"),
    ("strong", "ground"),
]  # fmt: skip


@pytest.mark.parametrize("mode", ["", "dark-"])
def test_words_have_a_contrast_of_seven_to_one_also_where_a_picture_is_behind_them(mode: str) -> None:
    sheet = (ROOT / "templates" / "css" / "tokens.css").read_text()
    for level in LEVELS:
        values = tokens(sheet, {"data-layout": WEB, "data-level": level}, "en")

        def colour(name: str, values: dict[str, str] = values) -> str:
            return values.get(f"--{mode}{name}", values[f"--{name}"])

        for words, behind in PAIRS:
            assert ratio(colour(words), colour(behind)) >= 7, (words, behind)
        assert ratio(colour("rule"), colour("paper")) >= 3


def ratio(one: str, other: str) -> float:
    """The contrast of two colours (WCAG)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_options_are_cards_where_they_are_on_paper() -> None:
    for level in LEVELS:
        page, paper = layout_for(WEB, level, "ukaaf"), layout_for("standard", level, "ukaaf")
        assert (page.cards, page.diary_cards) == (paper.cards, paper.diary_cards)
    assert not LAYOUTS[WEB].on_paper

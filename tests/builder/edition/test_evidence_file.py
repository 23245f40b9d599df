"""Evidence is one of an edition's files: written, kept fresh, cached and taken away with it; and the page of all."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder.build import build
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.manifest_file import read_state
from leaflets.cli.main import main
from leaflets.content.drawings.reader_tests import drawn
from leaflets.editions.choice import Choice
from tests.builder.state.test_incremental import Folder, Silent
from tests.conftest import Built

ONE = {"leaflet": ["overview"], "level": ["plain"], "layout": ["summary"], "locale": ["en-GB"]}
NAME = "en-GB/hand-washing.overview.plain.summary.en-GB"
EDITION = "overview.plain.summary.en-GB"


@pytest.fixture
def base(tmp_path: Path) -> Folder:
    """One summary, built; English only, so that changed words need no translation."""
    folder = Folder(tmp_path)
    folder.change("article.yaml", "locales: [en-GB, ar-GB]", "locales: [en-GB]")
    assert folder.build(**ONE) == [EDITION]
    return folder


def evidence(folder: Folder) -> Path:
    return folder.out / f"{NAME}.evidence.json"


def again(folder: Folder, wanted: bool = True, cache: Path | None = None) -> list[str]:
    """Build once more; the names of what was built."""
    choice = Choice(article=["hand-washing"], **ONE)
    done = build(
        Project(folder.project), BuildRequest(choice, folder.out, evidence=wanted), Machine(1, cache=cache), Silent()
    )
    assert not done.diagnostics.errors
    return [result.edition.name.removeprefix("hand-washing.") for result in done.results]


def test_it_is_written_with_the_file_and_is_in_no_catalogue(base: Folder) -> None:
    assert json.loads(evidence(base).read_bytes())["file"]["path"] == f"{NAME}.pdf"
    catalogue = json.loads((base.out / "catalogue.json").read_text())
    assert [row["path"] for row in catalogue["editions"]] == [f"{NAME}.pdf"]
    assert "alternatives" not in catalogue
    assert again(base) == []


def test_evidence_that_is_gone_or_changed_is_made_again_the_same_to_the_byte(base: Folder) -> None:
    before = evidence(base).read_bytes()
    evidence(base).unlink()
    assert again(base) == [EDITION]
    assert evidence(base).read_bytes() == before
    evidence(base).write_bytes(before + b" ")
    assert again(base) == [EDITION]
    assert evidence(base).read_bytes() == before


def test_a_claim_that_is_told_in_other_words_changes_the_evidence_and_not_the_file(base: Folder) -> None:
    claims = base.article / "claims.yaml"
    before, pdf = evidence(base).read_bytes(), (base.out / f"{NAME}.pdf").read_bytes()
    said = json.loads(before)["basis"]["claims"][0]["says"]
    assert said in claims.read_text()
    claims.write_text(claims.read_text().replace(said, f"{said} So it is written."))
    assert again(base) == [EDITION]
    assert "So it is written." in evidence(base).read_text()
    assert (base.out / f"{NAME}.pdf").read_bytes() == pdf


def test_drafts_can_do_without_and_say_so(base: Folder) -> None:
    assert again(base, wanted=False) == [], "more than is asked for does no harm"
    assert evidence(base).is_file()
    base.change("leaflets/overview.yaml", "Wash your hands well", "Wash your hands very well")
    assert again(base, wanted=False) == [EDITION]
    assert not evidence(base).exists(), "the evidence of another file must not lie beside it"
    assert "built without evidence" in (base.out / "index.html").read_text()
    assert "this file has no evidence" in (base.out / "evidence.html").read_text()
    assert again(base, wanted=False) == []
    assert again(base) == [EDITION]
    assert evidence(base).is_file()
    assert 'href="evidence.html"' in (base.out / "index.html").read_text()


def test_the_page_says_how_readers_took_the_pictures(base: Folder) -> None:
    page, results = base.out / "evidence.html", base.project / "assets" / "reader-tests.yaml"
    assert again(base) == []
    assert re.search(r"nobody yet\. No reader has said what the 1\d pictures mean\.", page.read_text())
    digest = drawn(Project(), "stop-hand")
    row = f"{{picture: stop-hand, sha256: {digest}, right: 4, opposite: 1, said: hello}}"
    results.parent.mkdir(exist_ok=True)
    results.write_text(
        f"tests: [{{id: one, on: 2026-12-01, locale: en-GB, readers: 6, who: six, pictures: [{row}]}}]\n"
    )
    assert again(base) == [], "the results of readers are no input of a leaflet"
    assert "stop-hand: misread; 4 of 6 said what it means, 1 the opposite; taken for: hello" in page.read_text()


def test_the_quick_way_knows_whether_evidence_is_wanted(base: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    choice = [argument for part, names in ONE.items() for argument in (f"--{part}", *names)]
    arguments = ["build", "--project", str(base.project), "--article", "hand-washing", *choice]
    arguments += ["--out", str(base.out), "--jobs", "1"]
    assert main([*arguments, "--force", "--no-evidence"]) == 0
    assert not evidence(base).exists()
    capsys.readouterr()
    assert main([*arguments, "--no-evidence"]) == 0
    assert "1 leaflets are up to date" in capsys.readouterr().out
    assert main(arguments) == 0
    assert evidence(base).is_file()


def test_the_cache_has_it(base: Folder, tmp_path: Path) -> None:
    before = evidence(base).read_bytes()
    cache = tmp_path / "cache"
    evidence(base).unlink()
    assert again(base, cache=cache) == [EDITION]
    for path in (evidence(base), base.out / f"{NAME}.pdf"):
        path.unlink()
    assert again(base, cache=cache) == [EDITION]
    assert evidence(base).read_bytes() == before
    assert list(cache.rglob("*.edition"))


def test_it_goes_with_an_edition_that_is_offered_no_longer(base: Folder) -> None:
    base.change("leaflets/overview.yaml", "\nsummary:", "\n# summary:")
    text = (base.article / "leaflets" / "overview.yaml").read_text()
    (base.article / "leaflets" / "overview.yaml").write_text(re.sub(r"(?m)^# summary:[^\n]*\n(  [^\n]*\n)*", "", text))
    choice = Choice(article=["hand-washing"], leaflet=["overview"], level=["plain"], layout=["standard"])
    done = build(Project(base.project), BuildRequest(choice, base.out), Machine(1), Silent())
    assert not done.diagnostics.errors
    assert not evidence(base).exists()
    assert not (base.out / f"{NAME}.pdf").exists()


def test_the_state_knows_its_size(base: Folder) -> None:
    made = read_state(LocalStore(base.out)).editions[f"hand-washing.{EDITION}"]
    assert made.beside == {f"{NAME}.evidence.json": evidence(base).stat().st_size}


class Page(HTMLParser):
    """What a test asks of a page: ids, links, headings, tables without headings, what is left open."""

    VOID = frozenset(("meta", "link", "br", "img", "input", "hr"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.heads = self.tables = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if found := known.get("id"):
            self.ids.append(found)
        if found := known.get("href"):
            self.links.append(found)
        if tag in ("script", "iframe") or (known.get("src") or "").startswith("http"):
            self.faults.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.tables += tag == "table"
        self.heads += tag == "thead"
        if tag == "th" and not known.get("scope"):
            self.faults.append("th without scope")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def test_the_page_of_all_is_well_formed_and_leads_to_every_file(shipped: Built) -> None:
    text = (shipped.folder / "evidence.html").read_text()
    page = Page(text)
    assert page.faults == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert page.heads == page.tables > 5
    assert set(page.links) >= {entry["path"] for entry in shipped.entries}
    there = {path.relative_to(shipped.folder).as_posix() for path in shipped.folder.rglob("*.evidence.json")}
    assert len(there) == len(shipped.entries)
    assert set(page.links) >= there
    assert {link for link in page.links if not (shipped.folder / link).is_file()} == set()


def test_the_page_has_sources_in_full_claims_and_who_has_to_sign(shipped: Built) -> None:
    text = (shipped.folder / "evidence.html").read_text()
    names = sorted(shipped.folder.rglob("*.evidence.json"))
    found = [json.loads(path.read_text()) for path in names]
    for one in found[::7]:
        for row in one["basis"]["sources"]:
            assert str(escape(row["full"])) in text
        for row in one["basis"]["claims"]:
            assert str(escape(row["says"])) in text
    reasons = {row["why"] for one in found for row in one["basis"]["left_out"]}
    assert reasons
    assert all(str(escape(why)) in text for why in reasons)
    assert "<strong>not signed</strong>" in text
    assert "a named clinician" in text
    assert f"Of {len(found)} leaflets" in text
    assert text.count("<td>awaiting review</td>") == len(found)

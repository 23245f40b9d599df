"""Pages look as they did: 29 of them are compared with the pictures in `tests/references/`.

`pytest --update-references tests/pdf/test_references.py` draws them anew; look at the changed files before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from leaflets.editions.layouts import ON_PAPER
from tests.conftest import Built
from tests.tools import references
from tests.tools.selection import always_built, sampled
from tests.tools.sharing import shared_folder

FIRST, SECOND = "fibromyalgia-leg-pain", "hand-washing"
PAGES = (
    (FIRST, "overview", "easy", "standard", "en-GB", "read", 1),
    (FIRST, "overview", "plain", "standard", "en-GB", "read", 2),
    (FIRST, "treatment-options", "plain", "standard", "en-US", "read", 3),
    (FIRST, "restless-legs-self-care", "detailed", "standard", "en-GB", "read", 7),
    (FIRST, "overview", "plain", "large-print", "en-US", "read", 1),
    (FIRST, "treatment-options", "easy", "large-print", "en-GB", "read", 5),
    (FIRST, "overview", "plain", "giant-print", "en-GB", "read", 2),
    (FIRST, "restless-legs-self-care", "easy", "giant-print", "en-US", "read", 17),
    (FIRST, "overview", "plain", "booklet", "en-GB", "read", 1),
    (FIRST, "treatment-options", "detailed", "booklet", "en-GB", "print", 2),
    (FIRST, "overview", "plain", "tri-fold", "en-GB", "read", 3),
    (FIRST, "restless-legs-self-care", "plain", "tri-fold", "en-US", "print", 1),
    (FIRST, "overview", "plain", "summary", "en-GB", "read", 1),
    (FIRST, "treatment-options", "detailed", "summary", "en-US", "read", 1),
    (FIRST, "treatment-options", "detailed", "clinician", "en-GB", "read", 1),
    (FIRST, "restless-legs-self-care", "plain", "handout", "en-GB", "read", 1),
    (FIRST, "treatment-options", "plain", "handout", "en-GB", "read", 2),
    (SECOND, "options-and-diary", "plain", "standard", "en-GB", "read", 2),
    (SECOND, "overview", "plain", "booklet", "en-GB", "print", 1),
    (SECOND, "overview", "easy", "standard", "ar-GB", "read", 1),
    (SECOND, "options-and-diary", "detailed", "standard", "ar-GB", "read", 2),
    (SECOND, "overview", "plain", "handout", "ar-GB", "read", 1),
    (SECOND, "overview", "plain", "large-print", "ar-GB", "read", 2),
    (SECOND, "options-and-diary", "plain", "giant-print", "ar-GB", "read", 4),
    (SECOND, "overview", "detailed", "booklet", "ar-GB", "read", 2),
    (SECOND, "overview", "plain", "booklet", "ar-GB", "print", 1),
    (SECOND, "overview", "plain", "tri-fold", "ar-GB", "print", 2),
    (SECOND, "overview", "plain", "summary", "ar-GB", "read", 1),
    (SECOND, "overview", "detailed", "clinician", "ar-GB", "read", 1),
)
"""Article, leaflet, level, layout, locale, the file to read or the one for the printer, and the page."""
ALWAYS = [page for page in PAGES if page[0] == SECOND or always_built(page[2], page[4])]


def name(page: tuple[str, str, str, str, str, str, int]) -> str:
    return ".".join(map(str, page)) + ".png"


@pytest.mark.parametrize("page", sampled(PAGES, ALWAYS), ids=name)
def test_a_page_looks_as_it_did(
    page: tuple[str, str, str, str, str, str, int],
    shipped: Built,
    second: Built,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    article, leaflet, level, layout, locale, kind, number = page
    built = shipped if article == FIRST else second
    wanted = {"leaflet": leaflet, "level": level, "layout": layout, "locale": locale, "kind": kind}
    (entry,) = [row for row in (*built.entries, *built.twins) if all(row[key] == wanted[key] for key in wanted)]
    after = references.picture(built.folder / entry["path"], number)
    kept = references.FOLDER / name(page)
    if request.config.getoption("--update-references"):
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists() or not references.alike(references.opened(kept), after):
            kept.write_bytes(references.png(after))
    before = references.opened(kept) if kept.exists() else None
    if before is None or not references.alike(before, after):
        rows = shared_folder(tmp_path_factory) / "references"
        pytest.fail(f"the page is not as in {kept.name}; see {references.report(kept.name, before, after, rows)}")


def test_the_references_are_those_of_the_table_and_are_small(request: pytest.FixtureRequest) -> None:
    there = {path.name: path for path in references.FOLDER.glob("*.png")}
    if request.config.getoption("--update-references"):
        for left in there.keys() - set(map(name, PAGES)):
            there.pop(left).unlink()
    else:
        assert there.keys() == set(map(name, PAGES))
    assert {path.stat().st_size <= references.MOST_BYTES for path in there.values()} == {True}


def test_the_table_has_both_articles_all_layouts_both_files_and_arabic() -> None:
    assert len(set(PAGES)) == len(PAGES) >= 24
    assert {page[0] for page in PAGES} == {FIRST, SECOND}
    for article, locale in ((FIRST, "en-GB"), (SECOND, "ar-GB")):
        assert {page[3] for page in PAGES if page[0] == article and page[4] == locale} == set(ON_PAPER)
    assert {(page[3], page[5]) for page in PAGES} >= {("booklet", "print"), ("tri-fold", "print")}


def some_page() -> Image.Image:
    return references.opened(references.FOLDER / name(PAGES[0]))


def test_a_line_that_moved_by_half_a_millimetre_is_a_difference() -> None:
    before = some_page()
    moved = before.copy()
    half = before.height // 2
    moved.paste(before.crop((0, half, before.width, half + 14)), (0, half + 1))
    assert references.DPI / 25.4 < 2  # one dot is about half a millimetre
    assert references.alike(before, before.copy())
    assert not references.alike(before, moved)


def test_another_shade_of_single_dots_is_none() -> None:
    before = some_page()
    noise = Image.new("L", before.size)
    noise.putdata([36 * (at * 7919 % 5 == 0) for at in range(before.width * before.height)])
    assert references.alike(before, ImageChops.subtract(before, noise))
    assert references.alike(before, ImageChops.add(before, noise))


def test_a_difference_is_shown_on_one_page_that_needs_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "REPORT", tmp_path / "differences.html")
    before = some_page()
    after = ImageChops.offset(before, 0, 9)
    for page, old in (("second", before), ("first", before), ("new", None)):
        path = references.report(page, old, after, tmp_path / "rows")
    said = path.read_text(encoding="utf-8")
    assert said.index("<h2>first") < said.index("<h2>new") < said.index("<h2>second")
    assert said.count("<td>before<br><img") == said.count("<td>difference<br><img") == 2
    assert said.count("<td>after<br><img") == said.count("--update-references") * 3 == 3
    assert 'src="data:image/png;base64,' in said
    assert said.count("src=") == said.count('src="data:')


def test_a_picture_is_read_as_it_was_written(tmp_path: Path) -> None:
    before = some_page()
    (tmp_path / "again.png").write_bytes(references.png(before))
    assert references.opened(tmp_path / "again.png").tobytes() == before.tobytes()
    assert len(set(before.tobytes())) <= references.SHADES

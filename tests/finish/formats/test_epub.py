"""E-books: valid for EPUBCheck, all the words of the leaflet, and what readers are told about them beforehand."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.finish.formats import alternatives, liblouis
from leaflets.finish.formats.alternatives import epub
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words
from tests.tools.epubcheck import findings
from tests.tools.pages import page, pages, plain

pytestmark = pytest.mark.builds

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
WORDS = Words(
    "en-GB",
    {"contents": "In this leaflet", "epub-access": "Summary.", "control-version": "Version", "control-state": "Status"},
)
ABOUT = Metadata(
    "a.b.plain.web.en-GB", "Soap & hands", "plain", "en-GB", "ltr", "1.0, 2 May", date(2026, 5, 2), "Draft."
)
DOT = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/%3E"


def opened(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made(body: str, direction: str = "ltr", about: Metadata = ABOUT) -> dict[str, bytes]:
    """The files of a book whose page has this in its `main`."""
    html = f'<!doctype html><html lang="{about.locale}" dir="{direction}"><body><main>{body}</main></body></html>'
    return opened(epub(html, replace(about, direction=direction), WORDS))


def words_in(files: dict[str, bytes]) -> Element:
    body = ElementTree.fromstring(files["EPUB/leaflet.xhtml"]).find(f"{XHTML}body")
    assert body is not None
    return body


def metadata(files: dict[str, bytes]) -> dict[str, list[str]]:
    """What the package file says of the book, by property or element."""
    rows = ElementTree.fromstring(files["EPUB/leaflet.opf"]).find(f"{OPF}metadata")
    assert rows is not None
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.get("property") or row.tag.removeprefix(DC), []).append(row.text or "")
    return found


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What EPUBCheck says of every book, and of one that is broken in two places."""
    books = {name: row.epub for name, row in pages().items()}
    return findings(tmp_path_factory.mktemp("books"), {**books, "broken": broken(page("overview").epub)})


def broken(book: bytes) -> bytes:
    files = opened(book)
    files["EPUB/leaflet.xhtml"] = files["EPUB/leaflet.xhtml"].replace(b"<h1>", b"<h1 colour='red'>")
    files["EPUB/leaflet.opf"] = re.sub(rb"<dc:language>.*?</dc:language>", b"", files["EPUB/leaflet.opf"])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return target.getvalue()


def test_every_book_is_valid_and_without_warnings(checked: dict[str, list[str]]) -> None:
    assert len(checked) > 24
    assert {name: said for name, said in checked.items() if said and name != "broken"} == {}


def test_the_checker_sees_what_is_wrong(checked: dict[str, list[str]]) -> None:
    said = checked["broken"]
    assert any("colour" in row for row in said)
    assert any("dc:language" in row for row in said)


@pytest.mark.parametrize("name", pages())
def test_a_book_says_all_that_the_page_says(name: str) -> None:
    found = pages()[name]
    body = words_in(opened(found.epub))
    whole = plain(" ".join(body.itertext())).replace(" ", "")
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", found.html)
    said = [words.replace(" ", "") for words in found.said if words not in heads]
    assert [words for words in said if words not in whole] == []


@pytest.mark.parametrize("name", pages())
def test_every_picture_of_the_page_is_in_the_book_with_its_words(name: str) -> None:
    found = pages()[name]
    files = opened(found.epub)
    images = list(words_in(files).iter(f"{XHTML}img"))
    assert all(f"EPUB/{image.get('src')}" in files and image.get("alt") is not None for image in images)
    wanted = [alt for alt in re.findall(r'<img [^>]*alt="([^"]*)"', found.html) if alt]
    assert [image.get("alt") for image in images if image.get("alt")] == wanted
    named = re.findall(r"url\((asset:[^)]*)\)", found.html)
    assert len([image for image in images if not image.get("alt")]) == len(named) + found.html.count(' alt=""')
    assert ("visual" in metadata(files)["schema:accessMode"]) == bool(wanted)
    assert ("alternativeText" in metadata(files)["schema:accessibilityFeature"]) == bool(wanted)


def test_the_type_comes_first_and_the_bytes_are_the_same_each_time() -> None:
    body = page("overview", "easy").epub
    assert page("overview", "easy").epub == body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {row.date_time for row in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert body[30:58] == b"mimetypeapplication/epub+zip"


def test_the_package_says_what_readers_look_for() -> None:
    told = metadata(made("<h1>S</h1><p>Wash.</p>"))
    assert told["identifier"] == ["urn:leaflets:a.b.plain.web.en-GB"]
    assert told["title"] == ["Soap & hands"]
    assert told["language"] == ["en-GB"]
    assert told["description"] == ["Version: 1.0, 2 May. Status: Draft."]
    assert told["dcterms:modified"] == ["2026-05-02T00:00:00Z"]
    assert told["schema:accessModeSufficient"] == ["textual"]
    assert told["schema:accessibilityHazard"] == ["none"]
    assert told["schema:accessibilitySummary"] == ["Summary."]
    assert {"readingOrder", "structuralNavigation", "tableOfContents"} <= set(told["schema:accessibilityFeature"])
    assert "publisher" not in told


def test_it_was_changed_when_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86401")
    assert metadata(made("<h1>S</h1>"))["dcterms:modified"] == ["1970-01-02T00:00:01Z"]


def test_a_clinic_is_the_publisher() -> None:
    assert metadata(made("<h1>S</h1>", about=replace(ABOUT, publisher="Dr B & Co")))["publisher"] == ["Dr B & Co"]


def test_arabic_is_turned_from_right_to_left() -> None:
    files = made("<h1>غ</h1>", "rtl", replace(ABOUT, locale="ar-GB"))
    assert 'page-progression-direction="rtl"' in files["EPUB/leaflet.opf"].decode()
    for name in ("leaflet", "nav"):
        root = ElementTree.fromstring(files[f"EPUB/{name}.xhtml"])
        assert (root.get("dir"), root.get("lang")) == ("rtl", "ar-GB")
    assert "page-progression-direction" not in made("<h1>S</h1>")["EPUB/leaflet.opf"].decode()


def test_foreign_words_keep_their_language_and_direction() -> None:
    span = words_in(made('<p>غ <span lang="en-GB" dir="ltr">soap</span></p>', "rtl")).find(f".//{XHTML}span")
    assert span is not None
    assert span.get("{http://www.w3.org/XML/1998/namespace}lang") == span.get("lang") == "en-GB"
    assert span.get("dir") == "ltr"


def test_the_contents_lead_to_every_section() -> None:
    files = opened(page("overview", "detailed").epub)
    nav = ElementTree.fromstring(files["EPUB/nav.xhtml"])
    links = [link for link in nav.iter(f"{XHTML}a") if "#" in link.attrib["href"]][:-1]
    headings = [plain("".join(row.itertext())) for row in words_in(files).iter(f"{XHTML}h2")]
    assert [link.text for link in links] == headings
    ids = {row.get("id") for row in words_in(files).iter()}
    assert {link.attrib["href"].partition("#")[2] for link in links} <= ids
    assert [row.get(TYPE) for row in nav.iter(f"{XHTML}nav")] == ["toc", "landmarks"]


def test_parts_are_named_in_the_words_of_books() -> None:
    body = words_in(opened(page("overview").epub))
    roles = {row.get("class"): (row.get(TYPE), row.get("role")) for row in body.iter(f"{XHTML}section")}
    assert roles["alarm"] == ("notice", "doc-notice")
    assert roles["key"] == ("abstract", "doc-abstract")
    assert roles["sec"] == ("chapter", "doc-chapter")


def test_options_become_cards_one_heading_below_the_last() -> None:
    head = "<thead><tr><th>Help</th><th>Harm</th></tr></thead>"
    row = "<tbody><tr><th colspan=2>Soap</th></tr><tr><td>A <b>lot</b>.</td><td>No.</td></tr></tbody>"
    body = words_in(made(f"<h1>S</h1><h2>H</h2><h3>K</h3><table class=options>{head}{row}</table><p>After.</p>"))
    assert body.find(f".//{XHTML}table") is None
    card = body.find(f".//{XHTML}div[@class='card']")
    assert card is not None
    assert [plain("".join(line.itertext())) for line in card] == ["Soap", "Help: A lot.", "Harm: No."]
    assert card[0].tag == f"{XHTML}h4"
    assert plain(" ".join(body.itertext())).endswith("No. After.")


def test_each_picture_is_one_file() -> None:
    body = f'<p><img src="{DOT}" alt="A dot."></p><div style="background-image: url({DOT})"><p>W</p></div>'
    files = made(body)
    assert [name for name in files if "pictures" in name] == ["EPUB/pictures/1.svg"]
    assert files["EPUB/pictures/1.svg"].startswith(b"<svg")
    assert [image.get("alt") for image in words_in(files).iter(f"{XHTML}img")] == ["A dot.", ""]


def test_drawings_bring_their_white_ground_into_night_mode() -> None:
    files = opened(page("overview", "easy").epub)
    drawings = [body.decode() for name, body in files.items() if name.endswith(".svg")]
    assert len(drawings) > 10
    for body in drawings:
        first = next(row for row in ElementTree.fromstring(body) if not row.tag.endswith("title"))
        box = re.search(r"viewBox=['\"]([^'\"]*)", body)
        assert box is not None
        assert " ".join(first.attrib[name] for name in ("x", "y", "width", "height")) == box[1]
        assert first.get("fill") == "#ffffff"


def test_fields_become_what_paper_has() -> None:
    ticks = '<ul class="ticks" role="list"><li><label><input type="checkbox"> <span>Ask</span></label></li></ul>'
    body = words_in(made(f"<h1>S</h1>{ticks}<p>Name <input type=text></p><textarea></textarea>"))
    tags = {row.tag.removeprefix(XHTML) for row in body.iter()}
    assert not tags & {"input", "textarea", "label", "form", "select"}
    assert body.find(f".//{XHTML}span[@class='blank']") is not None
    assert body.find(f".//{XHTML}div[@class='lines']") is not None
    assert plain(" ".join(body.itertext())) == "S Ask Name"


def test_all_forms_of_a_page_at_once() -> None:
    found = page("overview")
    made = alternatives.formats(found.html, found.material, Diagnostics())
    assert made["text"].decode() == found.text
    assert made["braille"] == found.braille
    assert list(made) == ["epub", "text", "braille"]


def test_what_shows_beyond_the_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = page("overview").material
    before = alternatives.beyond_the_page(found)
    assert "missing" not in before.values()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86401")
    monkeypatch.setattr(liblouis, "found", lambda: "9.9")
    words = replace(found.words, table={**found.words.table, "text-picture": "Drawing: {alt}"})
    after = alternatives.beyond_the_page(replace(found, words=words))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"changed", "tool liblouis", "words text-picture"}


def test_the_words_that_are_put_in_are_all_named() -> None:
    """Those asked for by the modules that make these forms."""
    folder = Path(alternatives.__file__).parent
    texts = [(folder / f"{name}.py").read_text() for name in ("metadata", "plaintext", "epub_package", "braille")]
    asked = {id_ for text in texts for id_ in re.findall(r"""\bwords\(["']([^"']+)""", text)}
    assert asked == set(alternatives.WORDS)

"""The structure that is built in WeasyPrint's place, on small documents; an upgrade of WeasyPrint fails here."""

from __future__ import annotations

import io
import types
from functools import cache
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from leaflets.base.project import Project
from leaflets.check.readback.interpreter import paint_page
from leaflets.check.readback.structure_tree import Element, read_structure
from leaflets.html.render import Html
from leaflets.pdf.tags.spoken_text import actual_text_place
from leaflets.pdf.tags.table_headers import header_cells
from leaflets.pdf.tags.tree_builder import TreeBuilder
from leaflets.pdf.typesetter import Typesetter

STYLE = """@page { size: 80mm 60mm; margin: 8mm; @bottom-left { content: "a foot" } }
body { font: 12pt "Leaflet Sans", "Noto Sans Devanagari", "IBM Plex Sans Arabic" }
ul { list-style: "• " } .aside { float: left; width: 10mm }"""


@cache
def typesetter() -> Typesetter:
    return Typesetter(Project())


def made(body: str, style: str = "", lang: str = "en", direction: str = "ltr") -> bytes:
    text = f'<html lang="{lang}" dir="{direction}"><head><title>t</title></head><body><main><h1>Title</h1>{body}</main>'
    return typesetter().write(typesetter().lay_out(Html(text, (STYLE + style,))))


def said(body: str, style: str = "", **how: str) -> Element:
    """What is heard of a document. It is PDF/UA-1, and nothing in it is lost or said twice."""
    file = made(body, style, **how)
    report = page_validation.validate_pdf_bytes(file)
    assert report.is_compliant, [str(failure) for failure in report.failures]
    reader = PdfReader(io.BytesIO(file))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    spoken, _ = read_structure(reader.root_object, numbers, [paint_page(page, {}) for page in reader.pages])
    assert spoken is not None
    assert (spoken.orphans, spoken.twice) == ((), ())
    assert "a foot" not in spoken.document.text
    return spoken.document


def texts(document: Element, role: str) -> list[str]:
    return [element.text for element in document.walk() if element.role == role]


LONG = "one two three four five six seven eight nine ten " * 20


SOFT = "hand\u00adwashing" * 12
WHOLE = "handwashing" * 12


@pytest.mark.parametrize("body", [f"<p>Wash {SOFT} well.</p>", f"<p>{SOFT}</p>", f"<p>A {SOFT} and a {SOFT} here.</p>"])
def test_a_word_that_is_broken_at_soft_hyphens_is_found_and_heard_whole(body: str) -> None:
    plain = body.replace(SOFT, WHOLE).removeprefix("<p>").removesuffix("</p>")
    assert [" ".join(text.split()) for text in texts(said(body), "P")] == [plain]
    found = 0
    for page in pypdfium2.PdfDocument(made(body)):
        search = page.get_textpage().search(WHOLE)
        while search.get_next():
            found += 1
    assert found == body.count(SOFT)


def test_a_word_that_is_not_broken_has_no_soft_hyphens_either() -> None:
    assert texts(said("<p>One over\u00adcoming.</p>"), "P") == ["One overcoming."]


def test_a_paragraph_over_pages_is_one_element() -> None:
    document = said(f"<p>{LONG}</p>")
    assert texts(document, "P") == [LONG.strip()]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a long enough line of words with self-management-of-symptoms-and-care in it", None),
        ("<strong>A line that is just about full.</strong><br>Next.", "A line that is just about full. Next."),
        ("<strong>First:</strong> <strong>and</strong> then", "First: and then"),
        ("one<br>two <span>three</span><br>four", "one two three four"),
        ("<span class=aside>1</span>After it.", "1 After it."),
        ("<em>em</em>phasis in a word", "emphasis in a word"),
    ],
)
@pytest.mark.parametrize("width", [20, 33, 47, 64])
def test_words_are_apart_where_a_line_ends_and_only_there(body: str, text: str | None, width: int) -> None:
    document = said(f"<p>{body}</p>", f"p {{ width: {width}mm }}")
    assert texts(document, "P") == [text or body]


def test_points_have_a_label_and_a_body_whatever_stands_in_them() -> None:
    document = said("<ul><li>plain<li><p>block</p><p>two</p><li>outer<ul><li>inner</ul></ul>")
    points = [element for element in document.walk() if element.role == "LI"]
    assert [[kid.role for kid in point.kids] for point in points] == [["Lbl", "LBody"]] * 4  # type: ignore[union-attr]
    assert texts(document, "LBody") == ["plain,", "block two,", "outer • inner.", "inner."]
    assert texts(document, "L")[1] == "• inner."


def test_a_head_that_is_repeated_is_heard_once() -> None:
    rows = "".join(f"<tr><th scope=row>row {n}</th><td>cell</td></tr>" for n in range(30))
    table = (
        f"<table><thead><tr><th scope=col>key</th><th scope=col>value</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    file = made(table)
    assert PdfReader(io.BytesIO(file)).pages[2].extract_text().count("value") == 1  # it is there to see
    document = said(table)
    assert len(texts(document, "Table")) == 1
    assert texts(document, "TH")[:2] == ["key", "value"]
    assert document.text.count("value") == 1
    cells = [element for element in document.walk() if element.role == "TD"]
    assert {cell.heads for cell in cells} == {2}


def test_a_link_is_one_link_whatever_stands_in_it() -> None:
    document = said('<p>See <a href="https://example.org/">the <strong>site</strong> of it</a>.</p>')
    assert texts(document, "P") == ["See the site of it."]
    found = [(element.role, target.contents, target.address) for element, target in document.targets]
    assert set(found) == {("Link", "the site of it", "https://example.org/")}
    assert len(texts(document, "Link")) == 1


def test_an_ornament_is_not_heard_and_a_picture_says_what_it_shows() -> None:
    picture = '<img src="asset:icons/box.svg" alt="{}" style="width: 5mm">'
    document = said(picture.format("") + picture.format("An empty box"))
    assert [element.alt for element in document.walk() if element.role == "Figure"] == ["An empty box"]


def test_a_foreign_phrase_says_its_language() -> None:
    document = said(
        '<p>They say <span lang="fr">bonne nuit</span> there.</p><div lang="ar" dir="rtl"><p>ليلة</p></div>'
    )
    assert next((item.lang, item.text) for item in document.walk() if item.lang != "en") == ("fr", "bonne nuit")
    assert {item.lang for item in document.walk() if "ليلة" in item.text and item.role == "P"} == {"ar"}


HINDI, ARABIC = "ज्ञान और हिन्दी की शिक्षा", "اغسل يديك بالماء والصابون، ثم جففهما (5 مل)."


def test_words_are_said_as_they_are_written() -> None:
    assert texts(said(f"<p>{HINDI} {HINDI} {HINDI}</p>"), "P") == [f"{HINDI} {HINDI} {HINDI}"]
    arabic = said(f"<p>{ARABIC} {ARABIC}</p>", lang="ar", direction="rtl")
    assert texts(arabic, "P") == [f"{ARABIC} {ARABIC}"]


def test_where_text_is_written_out() -> None:
    assert actual_text_place("Plain words, “quoted” – €5", "ltr") == ""
    assert actual_text_place("Привіт, Łęcka, Ελλάδα, 中文、日本", "ltr") == ""
    assert actual_text_place("e\N{COMBINING ACUTE ACCENT}", "ltr") == "mark"
    assert actual_text_place(HINDI, "ltr") == "mark"
    assert actual_text_place(ARABIC, "rtl") == "element"
    assert actual_text_place("، ", "rtl") == "element"
    assert actual_text_place("NHS111", "rtl") == ""


def test_heads_of_a_cell_are_those_of_its_group_its_row_and_its_columns() -> None:
    from xml.etree.ElementTree import fromstring

    table = fromstring(
        "<table><thead><tr><th id='a'/><th id='b' colspan='2'/></tr></thead>"
        "<tbody><tr><th id='g' scope='rowgroup' colspan='3'/></tr>"
        "<tr><th id='r' scope='row' rowspan='2'/><td id='1'/><td id='2'/></tr><tr><td id='3' colspan='2'/></tr></tbody>"
        "</table>"
    )
    found = {cell.get("id"): [head.get("id") for head in heads] for cell, heads in header_cells(table)}
    assert found == {"1": ["g", "r", "b"], "2": ["g", "r", "b"], "3": ["g", "b"]}


def test_words_that_no_box_has_are_an_error() -> None:
    page = types.SimpleNamespace(children=[])
    with pytest.raises(RuntimeError, match=r"page 1: \['lost'\] would be lost"):
        TreeBuilder("en").add_page(0, page, {_Lost(): {"mcid": 0}})


class _Lost:
    text = "lost"


def test_the_tree_names_its_parents_and_its_heads(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made("<table><tr><th scope=col>a</th></tr><tr><td>b</td></tr></table><p>c</p>"))
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.StructTreeRoot
        assert tree.ParentTreeNextKey == len(pdf.pages)
        names = list(tree.IDTree.Names)
        assert str(names[1].S) == "/TH"
        marks = [element for page in range(len(pdf.pages)) for element in tree.ParentTree.Nums[2 * page + 1]]
        assert [str(element.S) for element in marks] == ["/H1", "/TH", "/TD", "/P"]

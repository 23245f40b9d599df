"""What a content stream paints: sizes, places, colours, clips, drawings; and that operators are split as pypdf does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, NameObject, NumberObject

from leaflets.check.readback.colours import contrast, grey, hex_name
from leaflets.check.readback.display_list import DisplayList, ShownWords, _below
from leaflets.check.readback.embedded_fonts import PageFont, read_font
from leaflets.check.readback.geometry import EVERYTHING, Shape
from leaflets.check.readback.interpreter import paint_page
from leaflets.check.readback.structure_tree import read_structure
from leaflets.pdfio.content_stream import items, operators, string_bytes
from tests.tools.handmade import Handmade, code, dictionary, drawing, numbers, picture, stream


def painted(tmp_path: Path, content: str, **resources: dict[str, object]) -> DisplayList:
    """A page of 100 mm square with this content."""
    file = Handmade(resources=resources)
    file.page(100, 100).raw(content)
    return paint_page(PdfReader(file.save(tmp_path / "made.pdf")).pages[0], {})


def glyphs(text: str) -> str:
    return "<" + "".join(f"{code(char):04x}" for char in text) + ">"


A = glyphs("A")
NOWHERE = (0.0, 0.0, 0.0, 0.0)
WORDS = ShownWords(
    order=1, text="words", size=10.0, box=NOWHERE, band=NOWHERE, reach=NOWHERE, baseline=0.0, spots=(), font="",
    colour=(0.0, 0.0, 0.0), alpha=1.0, mode=0, mcid=None, artifact=False, clip=EVERYTHING,
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "size", "x", "y"),
    [
        (f"BT /F1 14 Tf 10 20 Td {A} Tj ET", 14, 10, 20),
        (f"BT /F1 1 Tf 14 0 0 14 10 20 Tm {A} Tj ET", 14, 10, 20),
        (f"0.5 0 0 0.5 5 5 cm BT /F1 14 Tf 10 20 Td {A} Tj ET", 7, 10, 15),
        (f"1 0 0 -1 0 100 cm BT 1 0 0 -1 10 20 Tm /F1 14 Tf {A} Tj ET", 14, 10, 80),
        (f"0 1 -1 0 50 0 cm BT /F1 14 Tf 10 20 Td {A} Tj ET", 14, None, 10),
        (f"BT /F1 14 Tf 50 Tz 10 20 Td {A} Tj ET", 7, 10, 20),
        (f"BT /F1 14 Tf 5 Ts 10 20 Td {A} Tj ET", 14, 10, 25),
        (f"BT /F1 14 Tf 10 90 Td 0 -30 TD T* {A} Tj ET", 14, 10, 30),
        (f"BT /F1 14 Tf 12 TL 10 90 Td {A} ' ET", 14, 10, 78),
        (f'BT /F1 14 Tf 12 TL 10 90 Td 1 2 {A} " ET', 14, 10, 78),
        (f"BT /F1 14 Tf 10 90 Td [-1000 {A}] TJ ET", 14, 24, 90),
        (f"q 2 0 0 2 0 0 cm Q BT /F1 14 Tf 10 20 Td {A} Tj ET", 14, 10, 20),
    ],
)
def test_size_and_place_of_words(tmp_path: Path, content: str, size: float, x: float | None, y: float) -> None:
    (words,) = painted(tmp_path, content).words
    assert words.text == "A"
    assert words.size == pytest.approx(size)
    assert words.baseline == pytest.approx(y)
    if x is not None:
        assert words.band[0] == pytest.approx(x)


def test_words_go_on_where_the_last_ended_and_spaces_have_no_ink(tmp_path: Path) -> None:
    first, second = painted(tmp_path, f"BT /F1 10 Tf 10 20 Td {glyphs('A ')} Tj {glyphs('b')} Tj ET").words
    assert first.band[2] < second.band[0]
    assert second.band[0] - first.band[2] == pytest.approx(10 * 0.236, abs=0.5)
    assert len(first.spots) == 1
    assert 20 < first.spots[0][1] < 27
    assert painted(tmp_path, f"BT /F1 10 Tf 10 20 Td {glyphs('  ')} Tj ET").words == ()


def test_what_stands_in_a_drawing_in_a_drawing_is_found_with_its_size(tmp_path: Path) -> None:
    inner = drawing(f"BT /F1 40 Tf 10 10 Td {A} Tj ET")
    outer = stream(
        "q 0.5 0 0 0.5 0 0 cm /D Do Q", Subtype=NameObject("/Form"), BBox=numbers(0, 0, 600, 600),
        Matrix=numbers(0.5, 0, 0, 0.5, 20, 0),
    )  # fmt: skip
    (words,) = painted(tmp_path, "/Artifact BMC /O Do EMC", XObject={"D": inner, "O": outer}).words
    assert words.size == pytest.approx(10)
    assert words.band[0] == pytest.approx(22.5)
    assert words.artifact


def test_a_drawing_that_draws_itself_ends(tmp_path: Path) -> None:
    assert painted(tmp_path, "/D Do", XObject={"D": drawing("0 0 9 9 re f /D Do")}).shapes


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        ("1 0 0 rg 0 0 9 9 re f", "#ff0000"),
        ("0.5 g 0 0 9 9 re f", "#808080"),
        ("0 1 1 0 k 0 0 9 9 re f", "#ff0000"),
        ("0 0 1 RG 0 0 m 9 9 l S", "#0000ff"),
        ("/DeviceRGB cs 0 1 0 sc 0 0 9 9 re f", "#00ff00"),
        ("q 1 0 0 rg Q 0 0 9 9 re f", "#000000"),
    ],
)
def test_colours_of_shapes(tmp_path: Path, content: str, colour: str) -> None:
    (shape,) = painted(tmp_path, content).shapes
    assert shape.colour is not None
    assert hex_name(shape.colour) == colour


def test_a_colour_of_an_unknown_space_is_no_colour(tmp_path: Path) -> None:
    lab = ArrayObject([NameObject("/Lab"), dictionary(WhitePoint=numbers(0.95, 1, 1.09))])
    (shape,) = painted(tmp_path, "/L cs 50 0 0 sc 0 0 9 9 re f", ColorSpace={"L": lab}).shapes
    assert shape.colour is None


def test_a_clip_cuts_a_shape_and_hides_what_is_outside(tmp_path: Path) -> None:
    seen = painted(tmp_path, "q 10 10 20 20 re W n 0 0 100 15 re f 50 50 9 9 re f Q 50 50 9 9 re f")
    assert [shape.box for shape in seen.shapes] == [pytest.approx((10, 10, 30, 15)), pytest.approx((50, 50, 59, 59))]


@pytest.mark.parametrize("way", ["f", "S", "W n 0 0 100 100 re f"])
def test_a_point_that_nothing_is_drawn_from_is_not_seen(tmp_path: Path, way: str) -> None:
    (shape,) = painted(tmp_path, f"0 0 m 30 30 m 40 30 l 40 40 l h {way}").shapes
    assert shape.box == pytest.approx((30, 30, 40, 40), abs=0.6)
    assert painted(tmp_path, "0 0 m f 0 0 m S").shapes == ()


def test_a_point_lies_on_a_shape_by_its_outline() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    hole = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0))
    frame = Shape(1, (0, 0, 10, 10), (square, hole), (0, 0, 0), 1.0, even_odd=True)
    assert frame.covers(2, 2)
    assert not frame.covers(5, 5)
    assert Shape(1, (0, 0, 10, 10), (square, hole), (0, 0, 0), 1.0).covers(5, 5)
    diagonal = Shape(1, (-1, -1, 11, 11), (((0.0, 0.0), (10.0, 10.0)),), (0, 0, 0), 1.0, stroke_pt=1.0)
    assert diagonal.covers(5, 5.5)
    assert not diagonal.covers(2, 8)


def test_the_ground_is_what_was_painted_last_below_each_glyph(tmp_path: Path) -> None:
    content = (
        f"1 0 0 rg 0 0 100 50 re f 0 0 1 rg 0 0 17 50 re f BT /F1 14 Tf 10 20 Td {glyphs('AAA')} Tj ET 0 g 0 0 9 9 re f"
    )
    page = painted(tmp_path, content)
    assert [hex_name(ground) for ground in page.grounds(page.words[0]) if ground] == ["#0000ff", "#ff0000"]
    half = dictionary(ca=numbers(0.5)[0])
    page = painted(tmp_path, f"q /G gs 0 g 0 0 99 99 re f Q BT /F1 14 Tf 10 20 Td {A} Tj ET", ExtGState={"G": half})
    assert list(page.grounds(page.words[0])) == [(0.5, 0.5, 0.5)]


def test_pictures_have_their_resolution(tmp_path: Path) -> None:
    page = painted(tmp_path, "q 72 0 0 36 10 10 cm /P Do Q", XObject={"P": picture(300, 100)})
    assert [item.ppi for item in page.pictures] == [pytest.approx(200)]
    inline = painted(tmp_path, "q 72 0 0 72 0 0 cm BI /W 10 /H 10 /BPC 8 /CS /G ID EI) Q (EI EI Q 0 0 9 9 re f")
    assert [item.ppi for item in inline.pictures] == [pytest.approx(10)]
    assert [shape.picture for shape in inline.shapes] == [True, False]


def test_strings_are_read_as_they_are_written() -> None:
    said = list(operators(rb"(a(b(c))\)\050\n) Tj % a comment ) Tj" + b"\n<4 1 4> Tj [(x)-5<42>]TJ true"))
    assert [name for name, _ in said] == [b"Tj", b"Tj", b"TJ"]
    assert string_bytes(said[0][1][0]) == b"a(b(c)))(\n"
    assert string_bytes(said[1][1][0]) == b"A@"
    assert said[2][1] == [b"[", b"(x)", b"-5", b"<42>", b"]"]


def test_a_files_operators_are_those_that_pypdf_finds(tmp_path: Path) -> None:
    """Also of a stream written with literal strings, names, dictionaries and arrays."""
    content = rb"""q 1 0 0 1 .5 -2 cm/P <</MCID 3/A [1 (]>>) <ab>]>>BDC BT/F1 12 Tf(a \( b\\) Tj[(x)3 (y)]TJ
        /Name scn 0 0 m 1.5 +2 l S*%no Q
        W* n(
) ' ET EMC Q"""
    source = stream(content)
    theirs = [(name, len(operands)) for operands, name in ContentStream(source, None).operations]
    ours = [name for name, _ in operators(content)]
    assert ours == [name for name, _ in theirs]


def test_fonts_say_widths_and_characters_in_either_way() -> None:
    ranges = b"2 beginbfrange <0002> <0004> <0061> <0005> <0006> [<0078> <0079>] endbfrange"
    cmap = b"1 beginbfchar <0001> <00660069> endbfchar " + ranges
    inner = dictionary(
        W=ArrayObject([NumberObject(1), numbers(500, 600), NumberObject(4), NumberObject(5), NumberObject(700)]),
        DW=NumberObject(250),
    )
    font = read_font(
        dictionary(
            Subtype=NameObject("/Type0"), BaseFont=NameObject("/AAAAAA+Some"), ToUnicode=stream(cmap),
            DescendantFonts=ArrayObject([inner]),
        )
    )  # fmt: skip
    assert isinstance(font, PageFont)
    assert font.characters == {1: "fi", 2: "a", 3: "b", 4: "c", 5: "x", 6: "y"}
    assert [font.width(number) for number in range(1, 7)] == [500, 600, 250, 700, 700, 250]
    assert (font.name, font.embedded, font.codes(b"\x00\x01\x00\x02")) == ("Some", False, [1, 2])


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#14181b", 17.9), ("#40484d", 9.3), ("#0b4a5a", 9.8), ("#9c2310", 7.9), ("#6b767c", 4.7)]
)
def test_contrasts_are_those_of_the_design_guide(colour: str, ratio: float) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    assert contrast((red, green, blue), (1.0, 1.0, 1.0)) == pytest.approx(ratio, abs=0.05)
    assert contrast((1.0, 1.0, 1.0), (red, green, blue)) == pytest.approx(ratio, abs=0.05)
    assert hex_name((red, green, blue)) == colour


def test_black_on_white_is_21_and_grey_weighs_light_as_the_eye_does() -> None:
    assert contrast((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)) == pytest.approx(21)
    assert grey((1.0, 0.0, 0.0)) == (0.3, 0.3, 0.3)
    assert grey((0.0, 1.0, 0.0))[0] > grey((1.0, 0.0, 0.0))[0] > grey((0.0, 0.0, 1.0))[0]


def test_marked_words_belong_to_the_block_around_their_spans() -> None:
    """By page and number; contents that name their page themselves, roles under other names, links in a line."""
    page = dictionary(Type=NameObject("/Page"))
    link = dictionary(S=NameObject("/Link"), K=ArrayObject([NumberObject(1)]))
    mcr = dictionary(Type=NameObject("/MCR"), MCID=NumberObject(2))
    paragraph = dictionary(S=NameObject("/Text"), Pg=page, K=ArrayObject([NumberObject(0), link, mcr]))
    item = dictionary(S=NameObject("/LI"), K=dictionary(S=NameObject("/LBody"), K=NumberObject(3)))
    tree = dictionary(K=ArrayObject([paragraph, item]), RoleMap=dictionary(Text=NameObject("/P")))
    _, tags = read_structure(dictionary(StructTreeRoot=tree), {}, ())
    assert {key: (block.number, block.role) for key, block in tags.items()} == {
        (-1, 0): (1, "P"), (-1, 1): (1, "P"), (-1, 2): (1, "P"), (-1, 3): (3, "LBody"),
    }  # fmt: skip
    assert tags[-1, 3].inside == ((2, "LI"),)
    assert read_structure(dictionary(), {}, ()) == (None, {})


def test_an_array_of_glyphs_is_one_operand() -> None:
    ((name, (array,)),) = operators(b"[<0012>-3.5<00 45> +7] TJ")
    assert (name, items(array)) == (b"TJ", [b"<0012>", b"-3.5", b"<00 45>", b"+7"])


@pytest.mark.parametrize("edge", [0.0, 5.0, 9.9999999, 10.0, 12.0, 30.0])
@pytest.mark.parametrize("alpha", [1.0, 0.5])
def test_what_lies_below_all_of_some_words_is_looked_up_once_and_found_the_same(edge: float, alpha: float) -> None:
    """Rectangles that hold the words, end at their edge or inside them, are cut off, or are no rectangles."""
    words = replace(WORDS, order=9, box=(10.0, 10.0, 20.0, 14.0), spots=((10.0, 10.0), (12.5, 12.0), (20.0, 14.0)))
    corners = ((edge, 0.0), (40.0, 0.0), (40.0, 40.0), (edge, 40.0), (edge, 0.0))
    slanted = ((edge, 0.0), (40.0, 0.0), (40.0, 40.0), (edge + 1, 40.0), (edge, 0.0))
    ground = Shape(1, (0.0, 0.0, 50.0, 50.0), (), None, 1.0, picture=True)
    for outline in (corners, corners[::-1], slanted):
        for box in ((edge, 0.0, 40.0, 40.0), (edge, 11.0, 40.0, 40.0)):
            shape = Shape(2, box, (outline,), (1.0, 0.0, 0.0), alpha)
            later = replace(shape, order=10, colour=(0.0, 0.0, 1.0))
            page = DisplayList(100.0, 100.0, (words,), (ground, shape, later))
            every = [_below([ground, shape], x, y) for x, y in words.spots]
            assert list(page.grounds(words)) == list(dict.fromkeys(every))
            assert page.hidden(words) is any(later.covers(x, y) for x, y in words.spots)


def test_words_at_the_edge_of_a_clip_are_looked_at_one_by_one() -> None:
    words = replace(WORDS, box=(10.0, 10.0, 20.0, 14.0), spots=((10.0, 12.0), (20.0, 12.0)))
    for clip, hidden in (((10.0, 0.0, 20.0, 30.0), False), ((10.1, 0.0, 30.0, 30.0), True), (EVERYTHING, False)):
        cut = replace(words, clip=clip)
        assert DisplayList(100.0, 100.0, (cut,), ()).hidden(cut) is hidden

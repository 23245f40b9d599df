"""A logo is what its content says, and is refused, with what to do, where it is too much or could mislead."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from leaflets.content.logo import Logo
from leaflets.content.logo_content import checked_logo
from tests.tools.clinics import SVG, picture


def read(body: bytes) -> tuple[Logo | None, list[str]]:
    found = checked_logo(body)
    return (found, []) if isinstance(found, Logo) else (None, [f"{found.message}\n  hint: {found.hint}"])


@pytest.mark.parametrize(
    ("body", "kind"),
    [(picture("PNG"), "image/png"), (picture("JPEG"), "image/jpeg"), (SVG, "image/svg+xml")],
    ids=["png", "jpeg", "svg"],
)
def test_what_it_is_is_seen_by_its_content(body: bytes, kind: str) -> None:
    logo, said = read(body)
    assert said == []
    assert logo is not None
    assert (logo.kind, logo.ratio, logo.body) == (kind, 2.0, body)


def drawn(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" {attributes}>{inside}</svg>'.encode()


def nested(levels: int, named: str = 'use href="#a{}"') -> str:
    """Ten billion rectangles in a few lines: each group draws the next one ten times."""
    groups = "".join(f'<g id="a{at}">{f"<{named.format(at + 1)}/>" * 10}</g>' for at in range(levels))
    return f'<defs>{groups}<rect id="a{levels}" width="9" height="9"/></defs><use href="#a0"/>'


REFUSED = {
    "gif": (picture("GIF"), "is neither PNG, JPEG nor SVG"),
    "text": (b"hello", "is neither PNG, JPEG nor SVG"),
    "empty": (b"", "is neither PNG, JPEG nor SVG"),
    "cut": (picture("PNG")[:-2000], "is broken"),
    "head only": (b"\x89PNG\r\n\x1a\n", "is broken"),
    "few pixels": (picture("PNG", 199, 100), "has 199 x 100 pixels; the longer side may have 200 to 2400"),
    "many pixels": (picture("PNG", 2401, 800), "has 2401 x 800 pixels"),
    "long": (picture("PNG", 1400, 200), "is more than 6 times as long as it is high"),
    "script": (drawn("<script>alert(1)</script>"), "is an SVG with <script>"),
    "event": (drawn('<rect width="9" height="9" onclick="x()"/>'), "is an SVG with a script (onclick)"),
    "picture": (drawn('<image href="data:image/png;base64,AA"/>'), "is an SVG with <image>"),
    "foreign": (drawn("<foreignObject/>"), "is an SVG with <foreignObject>"),
    "words": (drawn("<text>Clinic</text>"), "is an SVG with <text>"),
    "outside": (drawn('<use href="https://example.org/a.svg#a"/>'), "is an SVG with something from outside (href)"),
    "fill": (drawn("<rect fill=\"url( 'https://example.org/a.svg#a')\"/>"), "something from outside (fill)"),
    "import": (drawn("<style>@import 'a.css';</style>"), "a style that names something outside"),
    "escaped": (drawn("<style>a{fill:u\\72l(x)}</style>"), "a style that names something outside"),
    "entity": (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawn("&a;"), "is an SVG with entities"),
    "broken": (drawn("<g>"), "is broken"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG without a size"),
    "other namespace": (b'<svg viewBox="0 0 8 4"/>', "is no SVG"),
    "deep": (drawn("<g>" * 50 + "</g>" * 50), "elements, or 40 inside each other"),
    "again and again": (drawn(nested(10)), "is an SVG that draws its parts again and again"),
    "cut again": (drawn(nested(10, "rect clip-path=\"url('#a{}')\"")), "draws its parts again and again"),
    "ring": (drawn('<g id="a"><use href="#a"/></g>'), "is an SVG that draws its parts again and again"),
    "path": (drawn('<path d="M0 0 L5 5 z;"/>'), "is an SVG with something that is not a path (d)"),
    "path end": (drawn('<path d="M0 0 L5 5 z 1"/>'), "something that is not a path (d)"),
    "path words": (drawn(f'<path d="M{"1" * 5000}x"/>'), "something that is not a path (d)"),
    "transform": (drawn('<g transform="rotate(a)"/>'), "something that is not numbers (transform)"),
    "path count": (drawn('<path d="M0 0 L5"/>'), "something that is not a path (d)"),
    "path begin": (drawn('<path d="L5 5"/>'), "something that is not a path (d)"),
    "transform count": (drawn('<g transform="translate(1, 2, 3)"/>'), "something that is not numbers (transform)"),
    "length": (drawn('<rect width="9" height="nine"/>'), "something that is not numbers (height)"),
    "gradient": (drawn('<linearGradient x1="a"/>'), "something that is not numbers (x1)"),
    "points": (drawn('<polygon points="1,2 x"/>'), "something that is not numbers (points)"),
    "digits": (drawn(f'<path d="M0 {"9" * 4400}"/>'), "a number of more than 18 digits (d)"),
    "box": (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1.2.3 4"/>', "is an SVG without a size"),
    "utf-7": (b'<?xml version="1.0" encoding="UTF-7"?>' + drawn(""), "not in UTF-8"),
    "unknown encoding": (b'<?xml version="1.0" encoding="big5"?>' + drawn(""), "not in UTF-8"),
    "many": (drawn("<g/>" * 3100), "is an SVG of more than 3000 elements"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_is_told_where_it_is_named(name: str) -> None:
    body, why = REFUSED[name]
    logo, said = read(body)
    assert logo is None
    assert len(said) == 1
    assert why in said[0]
    assert "\n  hint: " in said[0]


def test_parts_may_be_used_again() -> None:
    shades = '<linearGradient id="s"><stop/></linearGradient><rect fill="url(#s)" width="9" height="9"/>'
    logo, said = read(drawn(nested(3) + shades * 100))
    assert said == []
    assert logo is not None


def test_what_an_editor_writes_into_its_files_does_no_harm() -> None:
    inkscape = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://example.org/editor" width="80mm" height="40mm">'
        '<s:namedview s:zoom="1"/><metadata/><title>Logo</title><path d="M0 0h80v40z" style="fill:#123"/></svg>'
    )
    logo, said = read(inkscape.encode())
    assert said == []
    assert logo is not None
    assert logo.ratio == 2.0


@pytest.mark.parametrize(
    "path",
    ["M0 0h80v40z", "M 1,2 L 3 4 Z m1-2.5.5-1e-3", "M0 0a1 1 0 0110 10z", "", "m10-20c1.5.5 2 3 4-5zM1 1z"],
)
def test_every_way_to_write_a_path_is_taken(path: str) -> None:
    assert read(drawn(f'<path d="{path}" transform="translate(1,-2) scale(.5)"/>'))[1] == []


@pytest.mark.parametrize(("turn", "size"), [(1, (800, 400)), (3, (800, 400)), (6, (400, 800)), (8, (400, 800))])
def test_a_photograph_is_upright(turn: int, size: tuple[int, int]) -> None:
    image = Image.new("RGB", (800, 400), "white")
    image.paste("black", (0, 0, 100, 100))  # upper left as stored
    exif = Image.Exif()
    exif[0x0112] = turn
    body = io.BytesIO()
    image.save(body, "JPEG", exif=exif)
    found = checked_logo(body.getvalue())
    assert isinstance(found, Logo)
    upright = Image.open(io.BytesIO(found.body))
    assert upright.size == size
    assert upright.getexif().get(0x0112, 1) == 1
    assert found.ratio == size[0] / size[1]
    dark = {1: (50, 50), 3: (750, 350), 6: (350, 50), 8: (50, 750)}[turn]
    assert upright.convert("L").getpixel(dark) < 50  # type: ignore[operator]
    assert (found.body == body.getvalue()) == (turn == 1)


def test_sixteen_bits_of_grey_become_eight() -> None:
    image = Image.new("I;16", (400, 200), 65535)
    image.paste(0, (0, 0, 200, 200))
    body = io.BytesIO()
    image.save(body, "PNG")
    found = checked_logo(body.getvalue())
    assert isinstance(found, Logo)
    grey = Image.open(io.BytesIO(found.body))
    assert grey.mode == "L"
    assert (grey.getpixel((10, 10)), grey.getpixel((390, 10))) == (0, 255)
    assert found.body[24] == 8


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_that_all_can_draw_stays_as_it_is(mode: str) -> None:
    body = io.BytesIO()
    Image.new("RGB", (400, 200), "white").convert(mode).save(body, "PNG")
    found = checked_logo(body.getvalue())
    assert isinstance(found, Logo)
    assert found.body == body.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize(
    ("kind", "pixel", "mode", "shown"),
    [
        (0, (0x8000,), "L", 128),
        (2, (0xFFFF, 0x8000, 0x0100), "RGB", (255, 128, 1)),
        (4, (0x8000, 0x4000), "RGBA", (128, 128, 128, 64)),
        (6, (0xFFFF, 0x8000, 0x0100, 0x4000), "RGBA", (255, 128, 1, 64)),
    ],
    ids=["grey", "colours", "grey and clear", "colours and clear"],
)
def test_a_png_of_16_bits_a_channel_is_printed_with_8(
    kind: int, pixel: tuple[int, ...], mode: str, shown: object
) -> None:
    row = b"\0" + struct.pack(f">{len(pixel)}H", *pixel) * 400
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 200, 16, kind, 0, 0, 0))
    body = b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(row * 200)) + _chunk(b"IEND", b"")
    logo, said = read(body)
    assert said == []
    assert logo is not None
    with Image.open(io.BytesIO(logo.body)) as picture:
        assert (picture.mode, picture.size, picture.getpixel((200, 100))) == (mode, (400, 200), shown)

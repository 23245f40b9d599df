"""A logo is what its content says, and is refused, with what to do, where it is too much or could mislead."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.content.logo import Logo, read_logo
from tests.tools.clinics import SVG, picture


def read(tmp_path: Path, body: bytes, name: str = "logo.png") -> tuple[Logo | None, list[str]]:
    (tmp_path / name).write_bytes(body)
    diagnostics = Diagnostics()
    logo = read_logo(tmp_path / name, Place("clinic.toml", 6, 8), diagnostics)
    return logo, [str(item) for item in diagnostics]


@pytest.mark.parametrize(
    ("body", "kind"),
    [(picture("PNG"), "image/png"), (picture("JPEG"), "image/jpeg"), (SVG, "image/svg+xml")],
    ids=["png", "jpeg", "svg"],
)
def test_what_it_is_is_seen_by_its_content(tmp_path: Path, body: bytes, kind: str) -> None:
    logo, said = read(tmp_path, body, "logo.gif")
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
    "large": (b"\x89PNG\r\n\x1a\n" + bytes(300_001), "has more than 300 kB"),
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
    "many": (drawn("<g/>" * 3100), "is an SVG of more than 3000 elements"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_is_told_where_it_is_named(tmp_path: Path, name: str) -> None:
    body, why = REFUSED[name]
    logo, said = read(tmp_path, body)
    assert logo is None
    assert len(said) == 1
    assert said[0].startswith("clinic.toml:6:8: error: the logo logo.png is ") or " has " in said[0]
    assert why in said[0]
    assert "\n  hint: " in said[0]


def test_parts_may_be_used_again(tmp_path: Path) -> None:
    shades = '<linearGradient id="s"><stop/></linearGradient><rect fill="url(#s)" width="9" height="9"/>'
    logo, said = read(tmp_path, drawn(nested(3) + shades * 100))
    assert said == []
    assert logo is not None


def test_a_logo_that_is_not_there_is_told() -> None:
    diagnostics = Diagnostics()
    assert read_logo(Path("none.png"), Place("clinic.toml", 6, 8), diagnostics) is None
    assert "No such file" in str(diagnostics.items[0])


def test_what_an_editor_writes_into_its_files_does_no_harm(tmp_path: Path) -> None:
    inkscape = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://example.org/editor" width="80mm" height="40mm">'
        '<s:namedview s:zoom="1"/><metadata/><title>Logo</title><path d="M0 0h80v40z" style="fill:#123"/></svg>'
    )
    logo, said = read(tmp_path, inkscape.encode())
    assert said == []
    assert logo is not None
    assert logo.ratio == 2.0

"""Reading a logo: it is drawn once, in a child process with limits; what cannot be drawn is told where it is named."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.limited import Outcome, release
from leaflets.content import logo as reading
from leaflets.content.clinic import read_all_details
from leaflets.content.logo import LIMITS, Logo, LogoRefusal, read_logo
from tests.content.test_logo_content import drawn
from tests.tools.clinics import SVG, picture

pytestmark = pytest.mark.builds


def read(tmp_path: Path, body: bytes) -> tuple[Logo | None, list[str]]:
    (tmp_path / "logo.png").write_bytes(body)
    diagnostics = Diagnostics()
    logo = read_logo(tmp_path / "logo.png", Place("clinic.toml", 6, 8), diagnostics)
    return logo, [str(item) for item in diagnostics]


@pytest.mark.parametrize("body", [picture("PNG"), picture("JPEG"), SVG], ids=["png", "jpeg", "svg"])
def test_a_logo_that_can_be_drawn_keeps_its_bytes(tmp_path: Path, body: bytes) -> None:
    logo, said = read(tmp_path, body)
    assert said == []
    assert logo is not None
    assert (logo.body, logo.ratio) == (body, 2.0)
    assert logo.drawing.startswith(b"%PDF") == (body is SVG)


def test_what_may_not_be_is_told_where_it_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, drawn("<script/>"))[1] == [
        "clinic.toml:6:8: error: the logo logo.png is an SVG with <script> [logo]\n"
        "  hint: export it again as a plain SVG, with text as outlines, or as a PNG"
    ]


def pixels(*colour: int) -> bytes:
    """A PNG of one colour with alpha."""
    found = io.BytesIO()
    Image.new("RGBA", (400, 200), colour).save(found, "PNG")
    return found.getvalue()


RECT = '<rect width="9" height="9" fill="navy"/>'
BLANK = {
    "white": drawn(RECT.replace("navy", "white")),
    "clear": drawn(RECT.replace("/>", ' opacity="0"/>')),
    "empty": drawn(""),
    "nothing in its gradient": drawn('<linearGradient id="g"/><rect width="9" height="9" fill="url(#g)"/>'),
    "a gradient that is not there": drawn('<rect width="9" height="9" fill="url(#g)"/>'),
    "outside": drawn('<rect x="900" width="9" height="9" fill="navy"/>'),
    "far too large": drawn('<g transform="scale(1e400)"><rect width="9" height="9" fill="navy"/></g>'),
    "white pixels": pixels(255, 255, 255, 255),
    "nearly white pixels": pixels(250, 250, 250, 255),
    "clear pixels": pixels(0, 0, 0, 0),
}
"""Logos of which a leaflet would show nothing, and say nothing."""


@pytest.mark.parametrize("name", BLANK)
def test_a_logo_that_nobody_would_see_is_a_refusal(tmp_path: Path, name: str) -> None:
    logo, said = read(tmp_path, BLANK[name])
    assert logo is None
    assert "the logo logo.png shows nothing on white paper: all of it is white, clear or empty [logo]" in said[0]


def test_a_pale_logo_is_a_logo(tmp_path: Path) -> None:
    assert read(tmp_path, pixels(225, 235, 240, 255))[1] == []
    assert read(tmp_path, pixels(0, 0, 0, 60))[1] == []


def test_a_part_that_is_left_out_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "DRAWN_BY", "tests.content.test_logo:draw_unchecked")
    logo, said = read(tmp_path, drawn('<g transform="scale()"><rect width="9" height="9"/></g>'))
    assert logo is None
    assert said[0].startswith(
        "clinic.toml:6:8: error: the logo logo.png cannot be drawn: a part of it is broken [logo]\n"
    )


def draw_unchecked(body: bytes) -> Logo | LogoRefusal:
    """The logo, drawn without a look at its contents, as if they were of a kind that nobody has thought of."""
    from leaflets.pdf.images import logo_drawing

    logo_drawing.checked_logo = lambda body: Logo("image/svg+xml", body, 2.0)
    return logo_drawing.draw_logo(body)


def test_a_drawing_that_has_no_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "DRAWN_BY", "tests.content.test_logo:draw_unchecked")
    monkeypatch.setattr(reading, "LIMITS", replace(LIMITS, seconds=1))
    release()
    logo, said = read(tmp_path, drawn('<path d="M0 0 L5 5 z;"/>'))
    assert logo is None
    assert "cannot be drawn: it takes more than 1 seconds [logo]" in said[0]
    release()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(failure="time"), "cannot be drawn: it takes more than 5 seconds [logo]"),
        (Outcome(failure="died"), "cannot be drawn: it needs more than 1000 MB of memory, or crashes"),
        (Outcome(failure="raised", said="KeyError"), "cannot be drawn: a part of it is broken [logo]"),
    ],
)
def test_a_drawing_without_an_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, said: str
) -> None:
    monkeypatch.setattr(reading, "run_limited", lambda *_, **__: outcome)
    logo, lines = read(tmp_path, b"<svg " + said.encode())
    assert logo is None
    assert said in lines[0]
    assert "\n  hint: " in lines[0]


def test_a_logo_that_is_not_there_or_too_large_is_told(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert read_logo(Path("none.png"), Place("clinic.toml", 6, 8), diagnostics) is None
    assert "No such file" in str(diagnostics.items[0])
    logo, said = read(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(LIMITS.bytes))
    assert logo is None
    assert "it has more than 300 kB, the most that a logo may have [logo]\n  hint: make it smaller" in said[0]


def test_a_logo_of_many_clinics_is_drawn_once(tmp_path: Path) -> None:
    body = io.BytesIO()
    Image.new("RGB", (400, 200), (1, 2, 3)).save(body, "PNG")
    (tmp_path / "logo.png").write_bytes(body.getvalue())
    rows = "".join(f"c{number},A,logo.png\n" for number in range(200))
    (tmp_path / "clinics.csv").write_text(f"id,name,logo\n{rows}")
    before = reading._drawn_once.cache_info().misses
    begun = time.monotonic()
    found = read_all_details(tmp_path / "clinics.csv", Diagnostics())
    assert len(found) == 200
    assert time.monotonic() - begun < 30
    assert reading._drawn_once.cache_info().misses == before + 1

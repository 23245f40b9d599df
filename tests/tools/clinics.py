"""Clinics as tests write them: a TOML file and logos of each kind."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

WHOLE = {
    "name": '"Example Clinic"',
    "address": '["1 Example Street", "Exampletown EX1 2AB"]',
    "phone": '"01632 960001"',
    "hours": '["Monday to Friday: 8:30 to 18:00", "Saturday: 9:00 to 12:00"]',
    "website": '"https://www.example.org"',
    "logo": '"logo.png"',
    "leaflets": '"https://www.example.org/leaflets/{path}"',
}
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><defs><clipPath id="c"><rect width="80" height="40"/>'
    b'</clipPath></defs><style>.a{fill:#0b4a5a}</style><g clip-path="url(#c)"><rect class="a" width="80" height="40"/>'
    b'<circle cx="20" cy="20" r="14" fill="#fff"/></g></svg>'
)


def picture(kind: str = "PNG", width: int = 800, height: int = 400) -> bytes:
    """A logo as a file."""
    image = Image.new("RGB", (width, height), (11, 74, 90))
    ImageDraw.Draw(image).ellipse((height // 8, height // 8, height * 7 // 8, height * 7 // 8), fill="white")
    body = io.BytesIO()
    image.save(body, kind)
    return body.getvalue()


def clinic(folder: Path, body: bytes | None = None, /, **fields: str) -> Path:
    """Write `clinic.toml` and the logo `body`; `fields` as in TOML replace those of WHOLE, empty ones go."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "logo.png").write_bytes(body if body is not None else picture())
    rows = {**WHOLE, **fields}
    path = folder / "clinic.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in rows.items() if value), encoding="utf-8")
    return path

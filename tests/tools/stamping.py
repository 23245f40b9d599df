"""Many clinics as tests write them, `leaflets stamp` run on them, and what its files hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from leaflets.cli.main import main
from leaflets.editions.layouts import LAYOUTS
from tests.conftest import Built
from tests.tools.some import some

COLUMNS = "id,name,address,phone,hours,website,leaflets,logo"
LEEDS = (
    'leeds,"Example Clinic, Leeds",1 Example Street | Leeds LS1 1AA,0113 496 0000,Mon–Fri 8–18,www.example.org,'
    "https://www.example.org/l/{path},logo.png"
)
LODZ = "lodz,Przychodnia Łódź,ul. Przykładowa 1,0113 496 0001,,,,drawing.svg"
SMALL = tuple(
    part
    for field in (
        "summary:logo",
        "tri-fold:logo",
        *(f"handout:{one}" for one in ("logo", "hours", "website", "leaflets")),
    )
    for part in ("--leave-out", field)
)


def rows(folder: Path, *lines: str) -> Path:
    """A CSV file of clinics, with logos beside it."""
    picture = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 150, 150), fill=(11, 74, 90, 255))
    picture.save(folder / "logo.png")
    (folder / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"><defs><linearGradient id="a">'
        '<stop offset="0" stop-color="#0b4a5a"/><stop offset="1" stop-color="#9c2310"/></linearGradient></defs>'
        '<rect width="100" height="40" rx="8" fill="url(#a)"/></svg>'
    )
    path = folder / "clinics.csv"
    path.write_text("\n".join((COLUMNS, *lines)) + "\n", encoding="utf-8")
    return path


def stamp(built: Built, csv: Path, out: Path, *options: str) -> int:
    return main(["stamp", "--clinics", str(csv), "--from", str(built.folder), "--out", str(out), *options])


def chosen(built: Built, **wanted: str) -> list[dict[str, Any]]:
    """Entries of files to read and of files for the printer that have these values and room for a clinic; at least
    one."""
    rows = [row for row in (*built.entries, *built.twins) if LAYOUTS[row["layout"]].reader == "patient"]
    return some(row for row in rows if all(row[key] == value for key, value in wanted.items()))


def entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))["editions"]
    return found


def structure(path: Path) -> list[tuple[str, str, set[int]]]:
    """Every structure element: its tag, its alternative text, and its marks (MCID) with the number of their page."""
    found = []
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def walk(element: Any, page: int) -> None:
            page = pages[element.Pg.objgen] if "/Pg" in element else page
            kids = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            marks = {page * 1000 + int(kid) for kid in kids if not isinstance(kid, pikepdf.Object)}
            found.append((str(element.S), str(element.get("/Alt", "")), marks))
            for kid in kids:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid, page)

        for kid in pdf.Root.StructTreeRoot.K:
            walk(kid, 0)
    return found

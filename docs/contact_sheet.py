"""All pictures on sheets, pictograms with their sentences: PYTHONPATH=. python docs/contact_sheet.py [folder].

In the folder (default /tmp): `pictograms.pdf`, each at 27 mm in colour and as a grey copier gives it, at 12 mm (the
smallest allowed), with what it says and each sentence of the articles beside which it is printed; `assets.pdf`, the
stamps, icons and drawings. Pages as PNG beside both, at 100 dpi.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from html import escape
from pathlib import Path

import pypdfium2
from weasyprint import HTML

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.uses import Use, uses
from leaflets.content.load import article_ids, read_article

ASSETS = Path(__file__).resolve().parent.parent / "assets"
OTHERS = {"stamps": (30, 11), "icons": (30, 11), "drawings": (76,)}
DPI = 100
STYLE = """
@page { size: A4; margin: 10mm }
body { font: 9pt/1.3 sans-serif; margin: 0 }
table { border-collapse: collapse; width: 100% }
tr { break-inside: avoid; border-block-end: .3pt solid #6b767c }
td { padding: 1.5mm; vertical-align: top }
td.pictures { width: 73mm }
img { vertical-align: middle; margin-inline-end: 2mm }
figure { display: inline-block; margin: 0 4mm 5mm 0; vertical-align: bottom }
p { margin: 0 0 1mm } .none { color: #9c2310 }
"""


def meanings() -> dict[str, str]:
    """What each pictogram says, from the README beside it."""
    text = (ASSETS / "pictograms" / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+?) \|", text, re.M))


def used() -> dict[str, list[Use]]:
    """Uses of each pictogram in the shipped articles."""
    project, found = Project(), defaultdict(list)
    for name in article_ids(project):
        article = read_article(project, name, Diagnostics())
        for use in uses(article) if article else ():
            found[use.picture].append(use)
    return found


def grey(svg: str) -> str:
    """A drawing as a grey copier gives it: each colour as its luma (ITU-R BT.601)."""

    def as_grey(colour: re.Match[str]) -> str:
        red, green, blue = (int(colour[0][at : at + 2], 16) for at in (1, 3, 5))
        level = round(0.299 * red + 0.587 * green + 0.114 * blue)
        return f"#{level:02x}{level:02x}{level:02x}"

    return re.sub(r"#[0-9a-f]{6}\b", as_grey, svg)


def address(svg: str) -> str:
    """An address that holds a drawing."""
    return "data:image/svg+xml," + escape(svg.replace("%", "%25").replace("#", "%23"), quote=True)


def row(name: str, says: str, found: list[Use]) -> str:
    """A pictogram with its words, as a row of the table."""
    svg = (ASSETS / "pictograms" / f"{name}.svg").read_text(encoding="utf-8")
    images = "".join(
        f'<img src="{address(drawing)}" alt="" style="width:{width}mm">'
        for drawing, width in ((svg, 27), (grey(svg), 27), (svg, 12))
    )
    lines = "".join(f"<p>{escape(' '.join(use.lines))} <small>({use.part})</small></p>" for use in found)
    lines = lines or '<p class="none">in no article</p>'
    return f'<tr><td class="pictures">{images}</td><td><p><b>{name}</b>: {escape(says)}</p>{lines}</td></tr>'


def others() -> str:
    """The HTML of stamps, icons and drawings."""

    def figure(file: Path, widths: tuple[int, ...]) -> str:
        images = "".join(f'<img src="{file.as_uri()}" alt="" style="width:{width}mm">' for width in widths)
        return f"<figure>{images}<figcaption>{file.stem}</figcaption></figure>"

    return "".join(
        f"<h1>{folder}</h1>" + " ".join(figure(file, widths) for file in sorted((ASSETS / folder).glob("*.svg")))
        for folder, widths in OTHERS.items()
    )


def write(out: Path, name: str, body: str) -> None:
    """A PDF, and its pages as pictures."""
    path = out / f"{name}.pdf"
    HTML(string=f"<style>{STYLE}</style>{body}").write_pdf(path)
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            page.render(scale=DPI / 72).to_pil().save(out / f"{name}-{number:02}.png")
        print(f"{path}: {len(document)} pages")


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    found = used()
    rows = "".join(row(name, says, found[name]) for name, says in meanings().items())
    write(out, "pictograms", f"<table>{rows}</table>")
    write(out, "assets", others())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp"))

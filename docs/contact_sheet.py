"""Every drawing in assets/ on one sheet, in colour and in grey: python docs/contact_sheet.py [folder, default /tmp].

Pictograms stand at 30 mm (easy read) and at 12 mm (the smallest allowed), stamps and icons at 30 and 11 mm,
drawings at 76 mm. Needs pdftoppm (poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from weasyprint import HTML

ASSETS = Path(__file__).resolve().parent.parent / "assets"
GROUPS = {"pictograms": (30, 12), "stamps": (30, 11), "icons": (30, 11), "drawings": (76,)}
PAGE_MM = (500, 1500)
STYLE = f"""
@page {{ size: {PAGE_MM[0]}mm {PAGE_MM[1]}mm; margin: 8mm }}
body {{ font: 8pt sans-serif; margin: 0 }}
figure {{ display: inline-block; margin: 0 4mm 5mm 0; vertical-align: bottom }}
img {{ vertical-align: bottom; margin-inline-end: 2mm }}
"""


def figure(file: Path, widths: tuple[int, ...]) -> str:
    """One drawing at each width, with its name."""
    images = "".join(f'<img src="{file.as_uri()}" alt="" style="width:{width}mm">' for width in widths)
    return f"<figure>{images}<figcaption>{file.stem}</figcaption></figure>"


def sheet() -> str:
    """The HTML of the whole sheet."""
    groups = (
        f"<h1>{folder}</h1>" + " ".join(figure(file, widths) for file in sorted((ASSETS / folder).glob("*.svg")))
        for folder, widths in GROUPS.items()
    )
    return f"<style>{STYLE}</style>{''.join(groups)}"


def main(out: Path) -> None:
    pdf = out / "assets.pdf"
    HTML(string=sheet()).write_pdf(pdf)
    for name, options in (("colour", []), ("grey", ["-gray"])):
        png = out / f"assets-{name}"
        subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "90", *options, str(pdf), str(png)], check=True)
        print(f"{png}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp"))

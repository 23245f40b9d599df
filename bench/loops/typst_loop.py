"""Typst, kept warm: one compiler. It warms up on a page of its own, since it remembers what it has set."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

from bench.loops.clock import run
from leaflets.l10n.font_table import FONTS

WARM = '#set document(title: "Warm")\n#set text(font: "Leaflet Sans", lang: "en")\n= Warm\n#lorem(200)\n'


def main(sources: Path, out: Path) -> None:
    fonts = [str(FONTS["atkinson"].folder)]
    compiler = typst.Compiler(root=str(sources), font_paths=fonts, ignore_system_fonts=True)
    warm_up = sources / "warm-up.typst"
    warm_up.write_text(WARM, encoding="utf-8")

    def make(file: Path, pdf: Path) -> None:
        compiler.compile(input=str(file), output=str(pdf), pdf_standards=["ua-1"])

    run(sources, out, "typ", warm_up, make)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Typst, kept warm: one compiler. Each paragraph carries a number that changes, or Typst would remember it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typst

from bench.leaflet import view
from bench.loops.clock import repeat
from bench.transcript import transcript
from leaflets.l10n.fonts import FONTS


def main(count: int, pdf: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "leaflet.typ").write_text(transcript(view(), Path(folder)), encoding="utf-8")
        compiler = typst.Compiler(
            Path(folder) / "leaflet.typ",
            root=folder,
            font_paths=[str(FONTS["atkinson"].folder)],
            ignore_system_fonts=True,
        )

        def make(number: int) -> None:
            compiler.compile(output=pdf, sys_inputs={"serial": str(number)}, pdf_standards=["ua-1"])

        repeat(count, make)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

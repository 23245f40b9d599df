"""The naive WeasyPrint loop: style sheet in the page, fresh fonts each time, one layout. A third word: the variant."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.leaflet import page
from bench.loops.clock import repeat
from leaflets.pdf.fonts import use_private_fontconfig


def main(count: int, pdf: Path, variant: str | None) -> None:
    use_private_fontconfig()
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    with tempfile.TemporaryDirectory() as folder:
        text = page(Path(folder))

        def make(_: int) -> None:
            source = HTML(string=text, base_url=f"{folder}/")
            source.write_pdf(pdf, font_config=FontConfiguration(), pdf_variant=variant)

        repeat(count, make)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)

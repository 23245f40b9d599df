"""The naive WeasyPrint loop: style sheet in the page, fresh fonts each time, one layout. A third word: the variant."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.loops.clock import run
from leaflets.pdf.fontconfig import use_private_fontconfig


def main(sources: Path, out: Path, variant: str | None) -> None:
    use_private_fontconfig()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    def make(file: Path, pdf: Path) -> None:
        source = weasyprint.HTML(string=file.read_text(encoding="utf-8"), base_url=f"{sources}/")
        source.write_pdf(pdf, font_config=FontConfiguration(), pdf_variant=variant)

    run(sources, out, "html", None, make)
    unmixed()


def unmixed() -> None:
    """RuntimeError when more of our typesetting than the fonts is loaded: the loop has to be WeasyPrint's own."""
    allowed = ("leaflets.pdf", "leaflets.pdf.fontconfig")
    ours = [
        name
        for name in sys.modules
        if (name == "leaflets.pdf" or name.startswith("leaflets.pdf.")) and name not in allowed
    ]
    if ours:
        raise RuntimeError(f"not the naive loop: {', '.join(ours)} is loaded")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)

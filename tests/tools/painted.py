"""One document of right-to-left text, set as leaflets are: its lines, and the bytes of its file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.html.typography import line_html
from leaflets.l10n.fonts import stack
from leaflets.l10n.languages import LOCALES
from leaflets.pdf.typesetter import Typesetter

WHOLES = Path(__file__).resolve().parents[1] / "cases" / "wholes.yaml"
SENTENCES = ("خذ {} الآن", "عند {}.", "{} ثم")
"""A whole inside a sentence, at its end before a full stop, and at its beginning."""
_PAGE = '<!doctype html><html lang="{}" dir="{}"><head><title>t</title></head><body>{}</body></html>'
_STYLE = "@page {{ size: A4; margin: 12mm }} body {{ font: {}pt {}; columns: {} }} .nw {{ white-space: nowrap }}"


def hard_wholes() -> list[str]:
    """The table of hard wholes."""
    return [words for rows in yaml.safe_load(WHOLES.read_text(encoding="utf-8")).values() for words in rows]


def in_sentences(wholes: Iterable[str]) -> list[str]:
    return [sentence.format(words) for words in wholes for sentence in SENTENCES]


def set_lines(lines: Iterable[str], locale: str = "ar-GB", size: int = 12, columns: int = 3) -> bytes:
    """The PDF file of lines of text in a locale, each a paragraph."""
    row = LOCALES[locale]
    return set_html("".join(f"<p>{line_html(line, {}, row)}</p>" for line in lines), locale, size, columns)


def set_html(inside: str, locale: str = "ar-GB", size: int = 12, columns: int = 3) -> bytes:
    """The PDF file of paragraphs that are HTML already."""
    row = LOCALES[locale]
    page = _PAGE.format(row.tag, row.direction, inside)
    typesetter = Typesetter(Project())
    trial = typesetter.lay_out_trial(Html(page, (_STYLE.format(size, stack(row.font), columns),)))
    return typesetter.write(trial.document())

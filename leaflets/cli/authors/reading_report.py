"""Readability of leaflets, as a table for people and as JSON for editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leaflets.l10n.languages import LOCALES
from leaflets.lint.leaflet_reading import LevelReading, PassageReading
from leaflets.lint.measures.scores import LEAST, LeafletScore
from leaflets.lint.readability import Counts
from leaflets.lint.reading_limits import LIMITS, MOST_EXCUSED, ReadingFigure, share_excused, too_many_excused

if TYPE_CHECKING:
    from leaflets.base.diagnostics import Diagnostic, Place

FORMAT = "leaflets-check/1"
"""Version of the JSON format; it increases when a change breaks programs that read it."""


def show(readings: Sequence[LevelReading], scores: Sequence[LeafletScore] = ()) -> None:
    """Print a table of the readability and the scores of leaflets, and the words that are excused."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="How the leaflets read", title_justify="left")
    for name in ("leaflet", "level", "locale"):
        table.add_column(name, no_wrap=True)
    for name in ("words", "FK", "strict", "SMOG", "strict", "mean", "excused"):
        table.add_column(name, justify="right")
    for name in ("PEMAT", "CDC") if scores else ():
        table.add_column(name, justify="right")
    table.add_column("hardest passage")
    known = {(row.article, row.leaflet, row.level, row.region): row.percent for row in scores}
    for row in readings:
        cells = [_cell(figure) for figure in row.figures]
        share = f"{share_excused(row.counts):.0%}" + ("!" if too_many_excused(row.counts) else "")
        percent = known.get((row.article, row.leaflet, row.level, LOCALES[row.locale].region), {})
        pemat = "/".join(_score(percent, scale) for scale in ("understandability", "actionability")) if percent else ""
        measured = (pemat, _score(percent, "index")) if scores else ()
        table.add_row(row.leaflet, row.level, row.locale, str(row.counts.words), *cells, share, *measured, _worst(row))
    console = Console(width=158 if scores else 140)
    console.print(table)
    print("Of the running text: no headings, names, cells, points to tick or red flags. FK: Flesch-Kincaid grade, with")
    print(
        "the article's familiar words as easy ones; strict: without that; mean: words in a sentence; !: over the limit."
    )
    if scores:
        print(f"PEMAT-P (understandability/actionability) and CDC Index: answered by a person; at least {LEAST:g}.")
    for level in dict.fromkeys(row.level for row in readings):
        limits = ", ".join(
            f"{figure.name} {figure.most:g}" for figure in LIMITS[level].figures(Counts()) if figure.most
        )
        print(f"{level}: at most {limits}, passage {LIMITS[level].passage_grade:g}, excused {MOST_EXCUSED:.0%}")
    for leaflet in dict.fromkeys(row.leaflet for row in readings):
        words = sorted({word for row in readings if row.leaflet == leaflet for word, _ in row.excused})
        if words:
            console.print(f"Excused in {leaflet}: {', '.join(words)}", highlight=False)


def _score(percent: Mapping[str, float], scale: str) -> str:
    """A score in percent; empty when nobody has answered."""
    if scale not in percent:
        return ""
    return f"{percent[scale]:.0f}" + ("!" if percent[scale] < LEAST else "")


def _cell(figure: ReadingFigure) -> str:
    return f"{figure.value:.1f}" + ("" if figure.within else "!")


def _worst(reading: LevelReading) -> str:
    """Grade and position of the hardest passage, without the folders above the article's own."""
    row = reading.worst
    if row is None:
        return ""
    place = row.place
    return f"{row.counts.grade:.1f} {place.path.rpartition(f'/{reading.article}/')[2]}:{place.line}:{place.column}"


def as_json(
    diagnostics: Iterable[Diagnostic], readings: Iterable[LevelReading], scores: Iterable[LeafletScore] = ()
) -> str:
    """All diagnostics and figures; docs/authoring.md has the meaning of the keys."""
    said = [
        {
            **_position(item.place),
            "severity": item.severity.value,
            "rule": item.rule,
            "message": item.message,
            "hint": item.hint,
        }
        for item in diagnostics
    ]
    counted = [item["severity"] for item in said]
    whole = {
        "format": FORMAT,
        "errors": counted.count("error"),
        "warnings": counted.count("warning"),
        "diagnostics": said,
        "leaflets": [_leaflet(row) for row in readings],
        "measures": [_measured(row) for row in scores],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _position(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _leaflet(row: LevelReading) -> dict[str, Any]:
    return {
        "article": row.article,
        "leaflet": row.leaflet,
        "level": row.level,
        "locale": row.locale,
        "words": row.counts.words,
        "sentences": row.counts.sentences,
        "longest_sentence_words": row.longest,
        "figures": [
            {"id": figure.id, "value": round(figure.value, 2), "at_most": figure.most, "within": figure.within}
            for figure in row.figures
        ],
        "excused": {
            "share": round(share_excused(row.counts), 3),
            "at_most": MOST_EXCUSED,
            "within": not too_many_excused(row.counts),
            "words": [{"word": word, "times": times} for word, times in row.excused],
        },
        "passages": [_passage(part, row.level) for part in row.passages],
    }


def _measured(row: LeafletScore) -> dict[str, Any]:
    return {
        "article": row.article,
        "leaflet": row.leaflet,
        "level": row.level,
        "region": row.region,
        "at_least": LEAST,
        "percent": {scale: round(value, 1) for scale, value in row.percent.items()},
        "not_met": [{"measure": item.measure, "item": item.number, "why": item.why} for item in row.unmet],
    }


def _passage(row: PassageReading, level: str) -> dict[str, Any]:
    return {
        "id": row.passage.id,
        "kind": row.passage.kind.value,
        **_position(row.place),
        "words": row.counts.words,
        "sentences": row.counts.sentences,
        "grade": round(row.counts.grade, 2) if row.graded else None,
        "grade_strict": round(row.counts.grade_strict, 2) if row.graded else None,
        "grade_at_most": LIMITS[level].passage_grade if row.graded else None,
        "hard_words": row.counts.hard,
        "rules": sorted({fault.rule for fault in row.faults}),
    }

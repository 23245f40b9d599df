"""Drawing of shaped lines as content-stream operators, one part for each link and each stretch of text around links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from leaflets.finish.stamping.label_parts import Box, LabelPart
from leaflets.finish.stamping.shaping import ZERO_WIDTH_SPACE, Face, UsedFace
from leaflets.finish.stamping.text_runs import ShapedRun, Token, between, gap, runs
from leaflets.html.typography import NBSP

ASCENT, DESCENT = 0.78, 0.25
"""Distances from the top of a line to its baseline and from there to its foot, in units of the type size, at a leading
of 1."""


@dataclass(frozen=True)
class DrawnLine:
    """A line of words with the height of its baseline, pt."""

    tokens: Sequence[Token]
    y: float


@dataclass(frozen=True)
class LabelLink:
    """The address of a link, and the contents of its annotation."""

    target: str
    contents: str


@dataclass
class _Stroke:
    """A part in progress: operators, characters of its glyphs in the order of drawing, and areas."""

    code: list[str] = field(default_factory=list)
    read: str = ""
    areas: list[Box] = field(default_factory=list)


@dataclass
class TextDrawing:
    """Text drawing in a stamp area of a width in pt; collects the fonts used."""

    width: float
    rtl: bool
    used: dict[Face, UsedFace] = field(default_factory=dict)

    def parts(
        self, lines: Sequence[DrawnLine], size: float, bold: bool, colour: str, links: Sequence[LabelLink]
    ) -> tuple[LabelPart, ...]:
        """Draw a paragraph; returns its parts in the order of reading. `size` in pt; `links`: of the odd parts."""
        strokes: dict[int, _Stroke] = {}
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            found = runs(line.tokens, bold)
            x = self.width - sum(run.width for run in found) * size if self.rtl else 0.0
            last = line.tokens[-1]
            if after and gap(last, after.tokens[0]) and not self.rtl:
                found.append(ShapedRun(" ", found[-1].face, 0, last.part))  # text extraction needs the space
            for part, group in groupby(found, key=lambda run: run.part):
                x = self._stroke(strokes.setdefault(part, _Stroke()), list(group), x, line.y, size)
        said = _words_by_part(lines)
        parts: list[LabelPart] = []
        for part in sorted(strokes):
            stroke, words = strokes[part], said[part]
            code = "\n".join(stroke.code if parts else [colour, *stroke.code])
            text = "" if stroke.read == words else words
            link = links[part // 2] if part % 2 else None
            areas = tuple(stroke.areas) if link else ()
            parts.append(
                LabelPart(code.encode(), text, link.target if link else "", link.contents if link else "", areas)
            )
        return tuple(parts)

    def _stroke(self, stroke: _Stroke, found: Sequence[ShapedRun], x: float, y: float, size: float) -> float:
        """Draw adjacent runs from x; returns their end, pt."""
        code = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        end = x
        for run in found:
            used = self.used.setdefault(run.face, UsedFace(run.face))
            name = font_name(list(self.used).index(run.face))
            code.append(f"{name} {size:.4g} Tf {used.operators(run.glyphs, size)}")
            stroke.read += "".join(glyph.text or ZERO_WIDTH_SPACE for glyph in run.glyphs)
            end += run.width * size
        stroke.code.append("\n".join([*code, "ET"]))
        stroke.areas.append((x, y - DESCENT * size, end, y + ASCENT * size))
        return end


def font_name(number: int) -> str:
    """The resource name of a font by its number."""
    return f"/Clinic{number}"


def _words_by_part(lines: Sequence[DrawnLine]) -> dict[int, str]:
    """The words of each part in the order of reading."""
    found: dict[int, str] = {}
    words = [token for line in lines for token in line.tokens]
    ends = {id(line.tokens[-1]) for line in lines}
    for before, token in pairwise([None, *words]):
        assert token is not None
        if before is not None and id(before) in ends:
            found[before.part] += " " if gap(before, token) else ""
        elif before is not None and token.space:
            part = between(before, token)
            found[part] = found.get(part, "") + " "
        found[token.part] = found.get(token.part, "") + token.words.replace(NBSP, " ")
    return found

"""Lines of words -> the operators that draw them, by part: links, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from leaflets.finish.stamping.label_parts import Box, LabelPart
from leaflets.finish.stamping.shaping import ZERO_WIDTH_SPACE, Face, Used
from leaflets.finish.stamping.text_runs import ShapedRun, Token, between, gap, runs
from leaflets.html.typography import NBSP

ASCENT, DESCENT = 0.78, 0.25
"""Of the type's size: from the top of a line of 1 pt leading to its baseline, and from there to its foot."""


@dataclass(frozen=True)
class DrawnLine:
    """A line of words with the place of its baseline, pt."""

    tokens: Sequence[Token]
    y: float


@dataclass(frozen=True)
class LabelLink:
    """Where a part leads, and what it is called."""

    target: str
    said: str


@dataclass
class _Stroke:
    """A part while it is drawn."""

    code: list[str] = field(default_factory=list)
    read: str = ""
    """What its glyphs say, one after the other."""
    areas: list[Box] = field(default_factory=list)


@dataclass
class Ink:
    """Draws in a room of this width; remembers the fonts."""

    width: float
    rtl: bool
    used: dict[Face, Used] = field(default_factory=dict)

    def parts(
        self, lines: Sequence[DrawnLine], size: float, bold: bool, colour: str, links: Sequence[LabelLink]
    ) -> tuple[LabelPart, ...]:
        """A paragraph, its parts in the order of reading. `links`: the odd ones."""
        strokes: dict[int, _Stroke] = {}
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            found = runs(line.tokens, bold)
            x = self.width - sum(run.width for run in found) * size if self.rtl else 0.0
            last = line.tokens[-1]
            if after and gap(last, after.tokens[0]) and not self.rtl:
                found.append(ShapedRun(" ", found[-1].face, 0, last.part))  # words are told apart by blanks
            for part, group in groupby(found, key=lambda run: run.part):
                x = self._stroke(strokes.setdefault(part, _Stroke()), list(group), x, line.y, size)
        said = _said(lines)
        parts: list[LabelPart] = []
        for part in sorted(strokes):
            stroke, words = strokes[part], said[part]
            code = "\n".join(stroke.code if parts else [colour, *stroke.code])
            text = "" if stroke.read == words else words
            link = links[part // 2] if part % 2 else None
            areas = tuple(stroke.areas) if link else ()
            parts.append(LabelPart(code.encode(), text, link.target if link else "", link.said if link else "", areas))
        return tuple(parts)

    def _stroke(self, stroke: _Stroke, found: Sequence[ShapedRun], x: float, y: float, size: float) -> float:
        """Draw runs that stand together; where they end."""
        code = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        end = x
        for run in found:
            used = self.used.setdefault(run.face, Used(run.face))
            name = called(list(self.used).index(run.face))
            code.append(f"{name} {size:.4g} Tf {used.shown(run.glyphs, size)}")
            stroke.read += "".join(glyph.text or ZERO_WIDTH_SPACE for glyph in run.glyphs)
            end += run.width * size
        stroke.code.append("\n".join([*code, "ET"]))
        stroke.areas.append((x, y - DESCENT * size, end, y + ASCENT * size))
        return end


def called(number: int) -> str:
    """The name of a font in a page's resources."""
    return f"/Clinic{number}"


def _said(lines: Sequence[DrawnLine]) -> dict[int, str]:
    """The words of each part."""
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

"""Right-to-left lines, painted word by word in the order of reading.

A typesetter shows the glyphs of a line from left to right. Programs that copy and search turn each word of a
right-to-left script round, but not the order of words, and they read a glyph of several letters (lam and alef) or a
letter with its marks in the wrong order. So each word is a text of its own here, and a word with such a cluster has an
ActualText (ISO 32000-1, 14.9.4), without vowel signs and in the order of the glyphs, which those programs turn round.
The structure element has the text of the whole line as it was written; that is what a screen reader says.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pydyf

from leaflets.pdf.patches.fast.glyph_runs import INT, GlyphRun, runs_of
from leaflets.pdf.patches.fast.line_drawing import LineOperators, LineRecorder, UncacheableLineError

RIGHT_TO_LEFT = frozenset(("R", "AL"))


@dataclass(frozen=True)
class Cluster:
    """Glyphs that stand for one or more letters together (HarfBuzz: cluster), of a run in one font."""

    run: GlyphRun
    first: int
    last: int
    """Its glyphs in the run, from `first` up to `last`."""
    text: str
    at: int
    """Start of its text in the line, bytes."""
    x: float
    """Its left edge in the line, px."""

    @property
    def simple(self) -> bool:
        """One glyph for one letter."""
        return self.last - self.first == 1 and len(self.text) == 1


@dataclass(frozen=True)
class GlyphRange:
    """Glyphs of a run, from `first` up to `last`."""

    run: GlyphRun
    first: int
    last: int

    def glyphs(self, without: frozenset[int]) -> GlyphRun:
        """They as a run of their own; in the place of some glyphs the empty glyph."""
        from weasyprint.text.ffi import pango

        whole, part = self.run, GlyphRun(self.run.address, self.run.font)
        values = memoryview(whole.values).cast("i").tolist()[5 * self.first : 5 * self.last]
        for number in without:
            values[5 * (number - self.first)] = pango.PANGO_GLYPH_EMPTY
            values[5 * (number - self.first) + 2 : 5 * (number - self.first) + 4] = 0, 0
        part.values = array("i", values).tobytes()
        part.clusters = whole.clusters[self.first * INT : self.last * INT]
        last = max(memoryview(part.clusters).cast("i").tolist())
        above = [start for start in memoryview(whole.clusters).cast("i").tolist() if start > last]
        part.start, part.length, part.backwards = whole.start, min(above, default=whole.length), whole.backwards
        return part


Raised = tuple[GlyphRange, float]
"""A raised glyph and its left edge, px."""


def right_to_left(text: str) -> bool:
    """Whether a text has right-to-left letters."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)


def draw_words(stream: Any, box: Any, x: float, y: float) -> bool:
    """Draw a right-to-left line from the baseline's left end, word by word; False, with nothing drawn, where it needs
    more than glyphs."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    layout = box.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    clusters = list(_clusters(runs_of(layout), layout.text.encode(), FROM_UNITS))
    before, fonts = len(stream.stream), _known(stream)
    try:
        raised = [part for word in _words(clusters) for part in _draw_word(stream, box, word, (x, y))]
        if raised:
            pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": pydyf.String(" ")}))
            for part, at in raised:
                _draw(stream, box, part, (at, y), " ")
            pydyf.Stream.end_marked_content(stream)
    except UncacheableLineError:
        del stream.stream[before:]
        _forget(stream, fonts)
        return False
    return True


def _known(stream: Any) -> dict[Any, int]:
    return {key: len(font.widths) for key, font in stream._fonts.items()}


def _forget(stream: Any, known: dict[Any, int]) -> None:
    """Fonts that were added for nothing hold no glyphs; WeasyPrint adds them again when it draws the line."""
    for key in [key for key, font in stream._fonts.items() if key not in known and not font.widths]:
        del stream._fonts[key]


def _clusters(runs: tuple[GlyphRun, ...], line: bytes, unit: float) -> Iterator[Cluster]:
    """The clusters of a line, from left to right."""
    x = 0.0
    for run in runs:
        widths = memoryview(run.values).cast("i").tolist()[1::5]
        starts = memoryview(run.clusters).cast("i").tolist()
        order = sorted(set(starts))
        ends = dict(zip(order, [*order[1:], run.length], strict=True))
        texts = {start: line[run.start + start : run.start + ends[start]].decode() for start in order}
        owner = 0
        owners: dict[int, int] = {}
        for start in order:  # marks belong to the letter before them
            owner = start if not _mark(texts[start]) else owner
            owners[start] = owner
        first = 0
        for start, group in groupby(starts, key=lambda start: owners.get(start, start)):
            last = first + len(list(group))
            words = "".join(texts[part] for part in order if owners[part] == start)
            yield Cluster(run, first, last, words, run.start + start, x)
            x += sum(widths[first:last]) * unit
            first = last


def _in_word(cluster: Cluster) -> bool:
    """Whether a cluster is a letter, not a blank or sign, which have no direction of their own."""
    return cluster.text[0].isalnum()


def _mark(text: str) -> bool:
    """Whether a text is marks alone, such as vowel signs."""
    return all(unicodedata.category(char) == "Mn" for char in text)


def _words(clusters: list[Cluster]) -> list[list[Cluster]]:
    """Words and the blanks between them, in the order of reading; the clusters of each from left to right."""
    found: list[list[Cluster]] = []
    before: Cluster | None = None
    for cluster in sorted(clusters, key=lambda row: row.at):
        if before is not None and _in_word(before) and _in_word(cluster) and before.run is cluster.run:
            found[-1].append(cluster)
        else:
            found.append([cluster])
        before = cluster
    return [sorted(word, key=lambda row: row.x) for word in found]


def _draw_word(stream: Any, box: Any, word: list[Cluster], place: tuple[float, float]) -> list[Raised]:
    """Draw a word. Returns its raised glyphs, which are drawn after the line: programs take them for a line of their
    own."""
    x, y = place
    if all(cluster.simple for cluster in word):
        _draw(stream, box, GlyphRange(word[0].run, word[0].first, word[-1].last), (x + word[0].x, y))
        return []
    letters = "".join(cluster.text for cluster in sorted(word, key=lambda row: row.at))
    text = "".join(char for char in letters if not _mark(char))  # pdfium moves marks to another letter
    text = text[::-1] if word[0].run.backwards else text
    pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
    whole = GlyphRange(word[0].run, word[0].first, word[-1].last)
    raised = [(part, x + word[0].x + at) for part, at, high in _glyphs(whole) if high]
    if len(raised) == whole.last - whole.first:  # of a script whose letters hang from a slope, such as Nastaliq
        raised = []
    _draw(stream, box, whole, (x + word[0].x, y), text, without=frozenset(part.first for part, _ in raised))
    pydyf.Stream.end_marked_content(stream)
    return raised


def _glyphs(part: GlyphRange) -> Iterator[tuple[GlyphRange, float, bool]]:
    """Each glyph, with its distance from the left edge, px, and whether it is raised."""
    from weasyprint.text.ffi import FROM_UNITS

    values, at = memoryview(part.run.values).cast("i").tolist(), 0.0
    for number in range(part.first, part.last):
        width, _, rise = values[5 * number + 1 : 5 * number + 4]
        yield GlyphRange(part.run, number, number + 1), at, rise != 0
        at += width * FROM_UNITS


def _draw(
    stream: Any,
    box: Any,
    part: GlyphRange,
    place: tuple[float, float],
    text: str = "",
    without: frozenset[int] = frozenset(),
) -> None:
    """Draw glyphs of a run at a place. `text`: that of a cluster; it says of no glyph what its letter is, so that its
    glyphs get a text only where no other place has given them one. `without`: glyphs whose room stays empty."""
    run = part.glyphs(without)
    line: LineOperators = LineRecorder(stream, box.pango_layout.text, box.style.font_config).read((run,))
    if text:
        for face, (glyphs, texts, widths) in line.glyphs.items():
            rest = stream._fonts[face.key].__dict__.setdefault("cluster_texts", {})
            for glyph, said in zip(glyphs, texts, strict=True):
                rest[glyph] = rest.get(glyph) or said
            line.glyphs[face] = glyphs, (), widths
    number = pydyf._to_bytes
    if not line.write(stream, b"1 0 0 -1 %b %b Tm" % (number(place[0]), number(place[1]))):
        raise UncacheableLineError

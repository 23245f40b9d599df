"""Text of a finished file as people copy and search it, by poppler and by pdfium (Chrome, Edge), and by its tree."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from leaflets.check.readback.interpreter import paint_page

_BOUNDS = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2069\u00ad\ufeff\x00-\x08\x0e-\x1f\ufffe"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]"
)
"""Invisible characters: joiners, directions, soft hyphens, and control characters."""
_APART = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1200-\u139f\u1780-\u17ff\u2e80-\u9fff]|\w+|[^\w\s]")
"""Words and signs; in scripts without blanks, whose lines end anywhere, each letter by itself."""


def normal(text: str) -> str:
    """Text without invisible characters and vowel signs of Arabic and Hebrew, with single blanks, its letters in their
    usual form (NFKC)."""
    return " ".join(_BOUNDS.sub("", unicodedata.normalize("NFKC", text)).split())


def by_tree(path: Path) -> list[str]:
    """Text of each page in the order of the structure tree; then that of its artifacts, such as its footer."""
    reader = PdfReader(BytesIO(path.read_bytes()))
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    fonts: dict[int, Any] = {}
    painted = [paint_page(page, fonts) for page in reader.pages]
    marks = [dict(page.marked_text) for page in painted]
    found: list[list[str]] = [[] for _ in painted]
    root: Any = reader.trailer["/Root"]
    for page, words in _read(root["/StructTreeRoot"], 0, pages, marks):
        found[page].append(words)
    for number, page_ in enumerate(painted):
        found[number] += [" ", *(f"{_turned(words.text)} " for words in page_.words if words.artifact)]
    return [normal("".join(words)) for words in found]


def _turned(text: str) -> str:
    """Text of glyphs from left to right, in the order of reading if it is of a right-to-left script."""
    return text[::-1] if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text) else text


def _read(element: Any, page: int, pages: dict[int, int], marks: list[dict[int, str]]) -> Iterator[tuple[int, str]]:
    reference = element.raw_get("/Pg") if "/Pg" in element else None
    page = pages.get(getattr(reference, "idnum", -1), page)
    apart = str(element.get("/S", "")) not in ("/Span", "/Link", "/Form")
    kids = element.get("/K", [])
    said = "/ActualText" in element
    if apart:
        yield page, " "
    if said:
        yield page, _printed(element, page, pages, marks)
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, int) and not said:
            yield page, marks[page].get(kid, "")
        elif isinstance(kid, dict) and kid.get("/Type") == "/MCR" and not said:
            at = pages[kid.raw_get("/Pg").idnum]
            yield at, marks[at].get(int(kid["/MCID"]), "")
        elif isinstance(kid, dict) and "/S" in kid and not said:
            yield from _read(kid, page, pages, marks)
    if apart:
        yield page, " "


def _printed(element: Any, page: int, pages: dict[int, int], marks: list[dict[int, str]]) -> str:
    """ActualText of an element without a pause that is heard and not printed."""
    said = str(element["/ActualText"])
    own = {key: element[key] for key in ("/S", "/K") if key in element} | {"/S": "/Span"}
    there = "".join(words for _, words in _read(own, page, pages, marks))
    pause = re.search(r"[.,،:]\s*$", said)
    if pause and there.strip() and there.count(pause[0][0]) < said.count(pause[0][0]):
        return f"{said[: pause.start()]} "
    return said


def by_poppler(path: Path) -> list[str]:
    """Text of each page as poppler gives it in the order of painting (“select all” in Evince and Okular)."""
    body = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout
    return [normal(page) for page in body.decode().split("\f")[:-1]]


def by_pdfium(path: Path) -> list[str]:
    """Text of each page as pdfium gives it (“select all” in Chrome and Edge)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = []
    for number in range(len(document)):
        page = document[number]
        pages.append(normal(page.get_textpage().get_text_range()))
    document.close()
    return pages


def likeness(wanted: list[str], given: list[str]) -> float:
    """Share of words (and signs) of the pages that stand in the same order in both, 0 to 1."""
    same = total = 0
    for one, other in zip(wanted, given, strict=True):
        first, second = _APART.findall(one), _APART.findall(other)
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        same += 2 * sum(block.size for block in matcher.get_matching_blocks())
        total += len(first) + len(second)
    return same / total if total else 1.0

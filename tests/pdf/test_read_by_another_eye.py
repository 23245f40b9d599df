"""What another eye reads from pictures of pages: Tesseract, at 300 dots an inch, which knows nothing of the file.

It reads the numbers in text from right to left, and the first words of each red flag of the second article.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content import inline
from leaflets.content.load import read_article
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.translate import localise
from tests.conftest import PROJECTS, Built
from tests.tools.painted import set_lines

pytestmark = pytest.mark.builds
HEAVY = pytest.mark.heavy
NUMBERS = (
    "2.5", "0.25 mg", "5–10 mg", "37.5 °C", "1,000", "7:30", "50%", "116 123", "+44 20 7946 0000", "500 mg", "120/80",
    "24/7", "(0113) 496 0000", "20:30–21:00", "1.5 mg/kg",
)  # fmt: skip
DPI = 300


def seen(body: bytes, languages: str, folder: Path, pages: int = 9) -> Iterator[str]:
    """The lines of a file as they are read from its pictures, each from left to right on the page."""
    with pypdfium2.PdfDocument(body) as document:
        for number in range(min(pages, len(document))):
            picture = folder / f"{number}.png"
            document[number].render(scale=DPI / 72, grayscale=True).to_pil().save(picture)
            command = ["tesseract", str(picture), "-", "-l", languages, "--psm", "6", "--dpi", str(DPI), "tsv"]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            lines: dict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
            for row in csv.DictReader(io.StringIO(run.stdout), delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["text"].strip():
                    place = row["block_num"], row["par_num"], row["line_num"]
                    lines[place].append((int(row["left"]), re.sub("[\u200e\u200f]", "", row["text"])))
            yield from (" ".join(word for _, word in sorted(line)) for line in lines.values())


def bare(words: str) -> str:
    return words.replace(" ", "").replace("–", "-").replace("—", "-")


@pytest.mark.parametrize(
    ("locale", "languages", "sentence"),
    [
        ("ar-GB", "ara+eng", "خذ {} الآن"),
        pytest.param("he-GB", "heb+eng", "קח {} עכשיו", marks=HEAVY),
    ],
)
def test_numbers_are_read_as_they_are_written(locale: str, languages: str, sentence: str, tmp_path: Path) -> None:
    """Nine in ten at the least: Tesseract itself reads a sign wrong now and then; none may be read in another order."""
    body = set_lines([sentence.format(number) for number in NUMBERS], locale, size=18, columns=1)
    lines = [bare(line) for line in seen(body, languages, tmp_path)]
    missed = [number for number in NUMBERS if not any(bare(number) in line for line in lines)]
    assert len(missed) <= len(NUMBERS) // 10, (missed, lines)
    for number in missed:
        digits = re.sub(r"\D", "", number)
        turned = digits[::-1]
        assert turned == digits or not any(re.sub(r"\D", "", line) == turned for line in lines), number


def first_words(locale: str) -> list[str]:
    """The first two words of each red flag of the second article."""
    project, diagnostics = Project(PROJECTS / "hand-washing"), Diagnostics()
    article = read_article(project, "hand-washing", diagnostics)
    assert article is not None
    found = localise(project, article, LOCALES[locale], diagnostics).article
    here = [tier for tier in found.red_flags.tiers if LOCALES[locale].region in (tier.regions or ["GB", "US"])]
    texts = [item.text.at("plain") for tier in here for item in tier.items]
    return [" ".join(inline.bare(text).split()[:2]) for text in texts]


def alike(words: str) -> str:
    """Letters without marks and seats, which Tesseract takes for one another."""
    kept = re.sub(r"[^\w ]|[\u064b-\u0652]", "", words)
    return kept.translate(str.maketrans("أإآىةؤئ", "اااي\u0647وي"))


def test_the_first_words_of_each_red_flag_are_read(second: Built, tmp_path: Path) -> None:
    path = second.path(leaflet="overview", level="plain", layout="standard", locale="ar-GB", kind="read")
    read = [" ".join(reversed(line.split())) for line in seen(path.read_bytes(), "ara+eng", tmp_path, pages=2)]
    wanted = first_words("ar-GB")
    assert wanted
    words = alike(" ".join(read)).split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    missed = [said for said in wanted if not difflib.get_close_matches(alike(said), pairs, n=1, cutoff=0.75)]
    assert missed == [], read

"""Proof pages: the second article in any language with a table, to test its script on paper.

`tests/projects/proof/sentences.yaml` has sentences of a language: titles, figures, red flags. They stand where they
belong; every other text is filled with sentences of the same language of about the length of the English, with the
figures, bold words and placeholders of the source. A pseudo-language is filled with changed English alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path

import polib
import yaml

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content import inline
from leaflets.content.load import read_article
from leaflets.content.segments import segments
from tests.conftest import PROJECTS, ROOT

ARTICLE = "hand-washing"
SENTENCES = PROJECTS / "proof" / "sentences.yaml"
PLACES = (
    "leaflets.overview.title.all", "leaflets.overview.key.main.plain", "leaflets.overview.key.long-enough.text.plain",
    "leaflets.overview.key.thumbs-too.text.plain", "red-flags.heading.all", "red-flags.emergency.heading.all",
    "red-flags.emergency.breathing.text.plain", "red-flags.emergency.swelling.text.plain",
    "red-flags.today-gb.heading.plain", "red-flags.today-gb.infected-cut.text.plain",
    "sections.how-to-wash.three-steps.wet-and-soap.text.plain", "sections.why-wash.thumbs.text.plain",
    "page-of", "key-messages", "status-translation",
)  # fmt: skip
"""Id of the text of each sentence, in the order of the file; the last three are words of the templates."""
SHORT = 20
"""Letters up to which a text is cut anywhere, such as a short title, of which each letter counts."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:–\d+(?:[.,]\d+)*)?%?")


def languages() -> list[str]:
    """Tags of the languages with sentences."""
    return list(_table())


def sentences(language: str) -> list[str]:
    """The sentences of a language, in the order of PLACES."""
    return _table()[language]


def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = yaml.safe_load(SENTENCES.read_text("utf-8"))
    return table


def proof_project(folder: Path, language: str) -> str:
    """Make a project with the second article in a language with sentences. Returns the tag of its locale."""
    said = dict(zip(PLACES, _table()[language], strict=True))
    filler = [inline.bare(said[place]) for place in (PLACES[1], PLACES[3], PLACES[6], PLACES[9])]
    filler = [re.sub(r"\{[a-z]+\}|[\d–%.!?。।۔።։…]+", "", words).strip() for words in filler]
    return _project(folder, f"{language}-GB", said, lambda words: _filled(words, filler, language))


def pseudo_project(folder: Path, tag: str, change: Callable[[str], str]) -> str:
    """Make a project with the second article in a pseudo-language; `change` makes its words of English ones."""
    return _project(folder, tag, {}, lambda words: _changed(words, change))


def _project(folder: Path, tag: str, said: Mapping[str, str], fill: Callable[[str], str]) -> str:
    shutil.copytree(PROJECTS / ARTICLE, folder, dirs_exist_ok=True)
    info = folder / "articles" / ARTICLE / "article.yaml"
    text = info.read_text("utf-8")
    (info.parent / "l10n" / "ar-GB.po").unlink()  # of a locale that this project does not offer
    info.write_text(re.sub(r"(?m)^locales: .*$", f"locales: [en-GB, {tag}]", text), "utf-8")
    article = read_article(Project(folder, ROOT), ARTICLE, Diagnostics())
    assert article is not None
    parts = [part for part in segments(article) if part.regions is None or "GB" in part.regions]
    _write(info.parent / "l10n" / f"{tag}.po", {part.id: part.words for part in parts}, said, fill)
    words = yaml.safe_load((ROOT / "templates" / "words.yaml").read_text("utf-8"))
    source = {id_: str(row["text"]) for id_, row in words.items()}
    _write(folder / "templates" / "words" / f"{tag}.po", source, said, fill)
    return tag


def _write(path: Path, source: Mapping[str, str], said: Mapping[str, str], fill: Callable[[str], str]) -> None:
    found = polib.POFile(wrapwidth=0)
    found.metadata = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}
    for id_, words in source.items():
        found.append(polib.POEntry(msgctxt=id_, msgid=words, msgstr=said.get(id_) or fill(words)))
    path.parent.mkdir(parents=True, exist_ok=True)
    found.save(str(path))


def _changed(words: str, change: Callable[[str], str]) -> str:
    """English words changed, and its placeholders, figures and bold marks kept."""
    parts = re.split(r"(\*\*|\{[a-z-]+\}|\d[\d.,–%]*|\n)", words)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _filled(words: str, filler: list[str], language: str) -> str:
    return "\n".join(_line(line, filler, language) for line in words.split("\n"))


def _line(line: str, filler: list[str], language: str) -> str:
    """A line of the filler about as long as an English one. Letters of a script that is written closer are fewer."""
    if not re.search("[A-Za-z]{2}", inline.PLACEHOLDER.sub("", line)):  # a number alone
        return line
    share = {"zh": 0.4, "ja": 0.5, "ko": 0.6, "am": 0.75}.get(language.split("-")[0], 1.05)
    plain = inline.PLACEHOLDER.sub("", inline.bare(line))
    numbers = _NUMBER.findall(plain)
    bold = sum(run.bold for run in inline.runs(line))
    wanted = max(2, round(len(plain) * share) - sum(map(len, numbers)))
    found = "".join(filler)[:wanted] if wanted < SHORT else " ".join(_taken(filler, wanted, line))
    for _ in range(bold):
        found = f"**{numbers.pop(0) if numbers else found[:6].strip()}** {found}"
    marks = inline.PLACEHOLDER.findall(line)
    return " ".join([found, *numbers, *(f"{{{name}}}" for name in marks)]).strip()


def _taken(filler: list[str], wanted: int, line: str) -> Iterator[str]:
    """Sentences, begun at one that depends on the line, up to a length; the last is cut at a blank where it has one."""
    start = sum(map(ord, line)) % len(filler)
    for words in cycle([*filler[start:], *filler[:start]]):
        if len(words) >= wanted:
            cut = words.rfind(" ", 0, wanted + 1)
            yield words[: cut if cut > 0 else wanted if " " not in words else words.find(" ")].strip(" ,،、，")
            return
        yield words
        wanted -= len(words) + 1

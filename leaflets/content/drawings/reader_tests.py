"""Reader tests: what readers took pictograms to mean, as data in `assets/reader-tests.yaml`.

Readers see a picture without its words and say what it tells them (the method of ISO 9186-1). An answer counts for the
drawing that was shown, by its hash: a picture that was drawn anew has been tried by nobody.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.content.model.text import Id, Model
from leaflets.content.validate import validate

FILE = "assets/reader-tests.yaml"
PICTOGRAMS = "assets/pictograms"
ENOUGH = 2 / 3
"""Share of readers who say what a picture means, from which on it passes, if nobody takes it for the opposite."""
LEAST_READERS = 10
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Answers(Model):
    """What readers said of one picture; those who are not counted said that they do not know."""

    picture: Id = Field(description="Name of a pictogram.")
    sha256: Sha256 = Field(description="SHA-256 of its file when it was shown.")
    right: NonNegativeInt
    wrong: NonNegativeInt = Field(0, description="Something else, that would not harm.")
    opposite: NonNegativeInt = Field(0, description="The opposite, or something that could harm.")
    said: str = Field("", description="The wrong answer that came most often.")


class ReaderTest(Model):
    """One round of readers. No names: who they were is said as numbers and kinds of people."""

    id: Id
    on: datetime.date
    locale: str
    readers: PositiveInt
    who: str = Field(description="Ages, ways of reading, languages: “10 adults, 4 find reading hard”.")
    pictures: tuple[Answers, ...] = Field(min_length=1)


class ReaderTests(Model):
    """`assets/reader-tests.yaml`."""

    tests: tuple[ReaderTest, ...] = ()


@dataclass(frozen=True)
class Tried:
    """How readers took one picture as it is drawn now: sums over all rounds. `before`: readers of older drawings."""

    picture: str
    readers: int = 0
    right: int = 0
    opposite: int = 0
    said: tuple[str, ...] = ()
    before: int = 0

    @property
    def state(self) -> str:
        """`not tried`, `too few readers`, `passed`, or `misread`."""
        if not self.readers:
            return "not tried"
        if self.opposite or (self.readers >= LEAST_READERS and self.right < ENOUGH * self.readers):
            return "misread"
        return "passed" if self.readers >= LEAST_READERS else "too few readers"


def read_reader_tests(project: Project, diagnostics: Diagnostics) -> ReaderTests:
    """The rounds of a project; without the file, or after a diagnostic for each fault in it, none."""
    if not project.find(FILE):
        return ReaderTests()
    text = project.read_checked(FILE, diagnostics)
    source = read_yaml(project.shown(FILE), text, diagnostics) if text is not None else None
    found = validate(source, ReaderTests, diagnostics) if source else None
    if not source or not found:
        return ReaderTests()
    known, faults = project.names(PICTOGRAMS, ".svg"), len(diagnostics.errors)
    for number, test in enumerate(found.tests):
        for index, row in enumerate(test.pictures):
            path = ("tests", number, "pictures", index)
            if row.picture not in known:
                message = f"there is no pictogram “{row.picture}”"
                hint = did_you_mean(row.picture, known)
                diagnostics.error(source.place((*path, "picture")), message, "unknown-picture", hint)
            if (said := row.right + row.wrong + row.opposite) > test.readers:
                message = f"{said} answers, but the round had {test.readers} readers"
                diagnostics.error(source.place(path), message, "reader-test", "count each reader once")
    return found if len(diagnostics.errors) == faults else ReaderTests()


def tried(project: Project, pictures: Iterable[str], tests: ReaderTests) -> list[Tried]:
    """How readers took each of these pictures, in their order."""
    return [_tried(picture, drawn(project, picture), tests) for picture in pictures]


def drawn(project: Project, picture: str) -> str:
    """SHA-256 of a pictogram's file; empty when there is none."""
    path = project.find(f"{PICTOGRAMS}/{picture}.svg")
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def _tried(picture: str, now: str, tests: ReaderTests) -> Tried:
    rows = [(test.readers, row) for test in tests.tests for row in test.pictures if row.picture == picture]
    current = [(readers, row) for readers, row in rows if row.sha256 == now]
    return Tried(
        picture,
        readers=sum(readers for readers, _ in current),
        right=sum(row.right for _, row in current),
        opposite=sum(row.opposite for _, row in current),
        said=tuple(dict.fromkeys(row.said for _, row in current if row.said)),
        before=sum(readers for readers, row in rows if row.sha256 != now),
    )

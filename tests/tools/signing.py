"""Copies of the hand-washing project that can be signed. The people who sign are made up and exist in tests alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.builder.signing.signer import SigningResult, SignRequest, sign, withdraw
from leaflets.editions.edition import Edition
from leaflets.editions.review_status import ReviewStatus
from tests.conftest import PROJECTS

ARTICLE = "hand-washing"
FOLDER = f"articles/{ARTICLE}"
EDITIONS = 32
"""Editions of the article in one locale."""
BY, ROLE = "Test Signer", "made-up nurse"
OTHER = "Second Test Signer"


def copied(folder: Path) -> Project:
    """A project of its own with the article, nothing of it signed."""
    shutil.copytree(PROJECTS / ARTICLE, folder)
    return Project(folder)


def edit(project: Project, file: str, old: str, new: str) -> None:
    """Replace words that stand once in a file of the article, or of the project if its path begins with `/`."""
    assert project.folder is not None
    path = project.folder / (file[1:] if file.startswith("/") else f"{FOLDER}/{file}")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def signed(project: Project, *locales: str, leaflets: tuple[str, ...] = (), by: str = BY) -> SigningResult:
    """Sign the article as it is; without an error."""
    told = Diagnostics()
    done = sign(project, SignRequest(ARTICLE, leaflets, locales, by, ROLE), told)
    assert not told.errors, [str(item) for item in told.errors]
    assert done.written
    return done


def withdrawn(project: Project, reason: str, *locales: str, leaflets: tuple[str, ...] = ()) -> SigningResult:
    told = Diagnostics()
    done = withdraw(project, SignRequest(ARTICLE, leaflets, locales, BY, ROLE, reason), told)
    assert not told.errors, [str(item) for item in told.errors]
    return done


def judged(project: Project, *locales: str) -> tuple[dict[Edition, ReviewStatus], list[str]]:
    """Status of every edition of the article in these locales (none: in all), and the messages of its signatures."""
    told = Diagnostics()
    found = gather(project, [ARTICLE], told, locales)
    assert not told.errors, [str(item) for item in told.errors]
    said = [str(item) for item in told if item.rule == "signature"]
    return {edition: found.review(edition) for edition in found.reviews}, said


def drafts(project: Project, locale: str = "en-GB") -> set[str]:
    """Leaflet, level and layout of the editions of a locale that are not signed as they are."""
    found = judged(project, locale)[0]
    assert len(found) == EDITIONS
    return {f"{row.leaflet}/{row.level}/{row.layout}" for row, review in found.items() if not review.signed}

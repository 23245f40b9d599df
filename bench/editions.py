"""The editions that are set: all of the shipped article's, the set that everybody sets, and a sample of that."""

from __future__ import annotations

from functools import lru_cache

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import Materials, gather
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import ON_PAPER
from leaflets.editions.material import Material
from leaflets.editions.plan import plan

PROJECT = Project()
ARTICLE = "fibromyalgia-leg-pain"
LAYOUTS = ("standard", "large-print")
"""The layouts of the set that everybody sets: whole leaflets on upright pages, at every level."""
PAPER = tuple(word for layout in ON_PAPER for word in ("--layout", layout))
"""What our command line is asked for to build all layouts that are PDF files."""
SAMPLE = tuple(
    Edition(ARTICLE, *row)
    for row in (
        ("overview", "easy", "standard", "en-GB"),
        ("treatment-options", "plain", "standard", "en-US"),
        ("restless-legs-self-care", "detailed", "standard", "en-GB"),
        ("restless-legs-self-care", "easy", "large-print", "en-US"),
        ("overview", "plain", "large-print", "en-GB"),
        ("treatment-options", "detailed", "large-print", "en-US"),
    )
)
"""One of each level and layout of the set, leaflets and locales in turns: for what is too slow to set them all."""


@lru_cache
def _materials() -> Materials:
    diagnostics = Diagnostics()
    found = gather(PROJECT, [ARTICLE], diagnostics)
    if diagnostics.errors:
        raise ValueError("\n".join(map(str, diagnostics.errors)))
    return found


def material(edition: Edition) -> Material:
    """What an edition is made of."""
    return _materials().of(edition)


def everything() -> list[Edition]:
    """Every edition of the article that is a PDF."""
    return plan(_materials().articles(), Choice(article=[ARTICLE], layout=list(ON_PAPER)), Diagnostics())


def common() -> list[Edition]:
    """The set that everybody sets."""
    return [edition for edition in everything() if edition.layout in LAYOUTS]


def options(edition: Edition) -> list[str]:
    """What our command line is asked for to build one edition."""
    parts = ("article", "leaflet", "level", "layout", "locale")
    return [word for part in parts for word in (f"--{part}", getattr(edition, part))]

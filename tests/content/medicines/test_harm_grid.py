"""The harm grid of the shipped article: every medicine is asked the same, and has an answer in each region."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.load import read_article
from leaflets.content.medicines.harm_grid import DOES_NOT_APPLY, HARMS, NOT_LOOKED_UP
from tests.tools.some import some

ARTICLE = read_article(Project(), "fibromyalgia-leg-pain", Diagnostics())
SUICIDE = {"h-ad-mood", "h-mil-mood", "med-mood", "h-gab-same"}


def test_every_medicine_has_an_answer_to_each_harm() -> None:
    assert ARTICLE is not None
    for medicine in some(ARTICLE.grid.medicines):
        assert [name for name, _ in medicine.harms()] == list(HARMS)
        for _, entries in medicine.harms():
            assert entries
            for name in entries:
                assert name in ARTICLE.facts or name in (NOT_LOOKED_UP, DOES_NOT_APPLY)


def test_all_antidepressants_and_gabapentinoids_warn_of_suicide() -> None:
    assert ARTICLE is not None
    known = {medicine.id: medicine for medicine in ARTICLE.grid.medicines}
    for name in ("amitriptyline", "duloxetine", "milnacipran", "pregabalin", "gabapentin"):
        assert SUICIDE & set(known[name].mood), name


def test_a_medicine_that_slows_breathing_says_so() -> None:
    assert ARTICLE is not None
    known = {medicine.id: medicine for medicine in ARTICLE.grid.medicines}
    for name in ("opioids", "pregabalin", "gabapentin", "diazepam"):
        assert not {NOT_LOOKED_UP, DOES_NOT_APPLY} & set(known[name].breathing), name


def test_not_known_is_printed_nowhere() -> None:
    assert ARTICLE is not None
    for section in some(ARTICLE.sections.values()):
        assert "Not known" not in section.model_dump_json(), section.id

"""Answers of a person to the measures: each item once, contradicted where a program can count, and held to 90."""

from __future__ import annotations

from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.load import read_article
from leaflets.content.measures.items import ITEMS
from leaflets.content.model.text import LEVEL_IDS
from leaflets.lint.measures.scores import LEAST, scores
from tests.tools.articles import project, said
from tests.tools.some import some

FILE = "articles/mini/measures/hands.yaml"
FAULTS = {("pemat", 23), ("cdc", 8)}


def answers(**changed: str) -> str:
    """An answers file for *mini*, honest but for what is `changed`: `pemat_15="not-met"`; an empty answer leaves the
    item out."""
    lines = ["id: hands"]
    for measure, items in ITEMS.items():
        lines.append(f"{measure}:")
        for item in items:
            usual = "not-met" if (measure, item.number) in FAULTS - {("cdc", 8)} else "met"
            if answer := changed.get(f"{measure}_{item.number}", usual):
                lines.append(f"  - {{item: {item.number}, answer: {answer}, reason: so it is}}")
    return "\n".join(lines) + "\n"


def told(tmp_path: Path, text: str) -> str:
    return said(project(tmp_path, files={FILE: text}))


def test_an_article_without_answers_is_not_measured(tmp_path: Path) -> None:
    assert "measure-" not in said(project(tmp_path))


def test_an_item_without_an_answer_is_told_with_levels_and_regions(tmp_path: Path) -> None:
    found = told(tmp_path, answers(cdc_4=""))
    assert (
        "cdc 4 (a picture, with a caption or label, that supports the main message) has no answer at easy, plain and "
        "detailed in GB and US [measure-answer]"
    ) in found


def test_two_answers_to_an_item_are_told(tmp_path: Path) -> None:
    twice = answers() + "  - {item: 4, levels: [plain], answer: met, reason: again}\n"
    assert "has more than one answer at plain in GB and US [measure-answer]" in told(tmp_path, twice)


def test_an_item_that_always_applies_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    found = told(tmp_path, answers(pemat_1="not-applicable") + "  - {item: 21, answer: met, reason: none}\n")
    assert "pemat 1 (title or opening says what it is for) always applies [measure-answer]" in found
    assert "cdc has no item 21 [measure-answer]" in found


def test_an_answer_that_the_program_can_contradict_is_an_error_at_its_line(tmp_path: Path) -> None:
    text = answers(pemat_23="met")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "item: 23," in words)
    found = told(tmp_path, text)
    assert f"{FILE}:{line}:" in found
    assert "pemat 23 is answered “met”, and at easy, plain and detailed there is no checklist" in found
    assert "[measure-counted]" in found
    assert "[measure-counted]" not in told(tmp_path / "honest", answers())


def test_a_low_score_is_an_error_with_what_is_not_met(tmp_path: Path) -> None:
    found = told(tmp_path, answers(cdc_1="not-met", cdc_2="not-met", cdc_3="not-met"))
    assert "level plain: the CDC Clear Communication Index is 85 (GB), and 90 is the least [measure-score]" in found
    assert "hint: not met: 1, 2, 3" in found
    assert "PEMAT-P actionability is 86 (GB)" in found
    assert "hint: not met: 23" in found


def test_an_answers_file_of_no_leaflet_is_told(tmp_path: Path) -> None:
    found = said(project(tmp_path, files={"articles/mini/measures/feet.yaml": answers().replace("hands", "feet")}))
    assert "there is no leaflet “feet” [unknown-leaflet]" in found


def test_items_that_do_not_apply_are_left_out_of_the_score(tmp_path: Path) -> None:
    found = told(tmp_path, answers(pemat_23="not-met", pemat_24="not-applicable", pemat_25="not-applicable"))
    assert "PEMAT-P actionability is 80 (GB)" in found


def test_each_shipped_leaflet_reaches_the_least_score_at_each_level_in_each_region() -> None:
    article = read_article(Project(), "fibromyalgia-leg-pain", Diagnostics())
    assert article is not None
    for leaflet in some(article.info.leaflets):
        for level in LEVEL_IDS:
            for region in ("GB", "US"):
                found = scores(article, leaflet, level, region)
                assert found is not None
                assert set(found.percent) == {"understandability", "actionability", "index"}
                assert all(LEAST <= value <= 100 for value in found.percent.values())

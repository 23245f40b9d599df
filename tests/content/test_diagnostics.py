"""What is printed when an article is wrong: place, severity, message, rule and hint, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tools.articles import ARTICLE, Edit, project, said

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "diagnostics.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown relative to the current folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_mistake_is_told_word_for_word(case: dict[str, Any], tmp_path: Path) -> None:
    made = project(tmp_path, *(Edit(**row) for row in case.get("edits", ())), files=case.get("files"))
    printed = said(made)
    lines = [line for line in printed.splitlines() if not line.startswith("  hint: ")]
    assert all(line.startswith(f"articles/{ARTICLE}/") for line in lines)
    assert printed.replace(f"articles/{ARTICLE}/", "") == case.get("expect", "")


def test_each_case_has_a_name_of_its_own_and_known_keys() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
    assert {key for case in CASES for key in case} == {"name", "edits", "files", "expect"}


def test_an_unknown_article_names_the_nearest(tmp_path: Path) -> None:
    made = project(tmp_path)
    (tmp_path / "articles" / ARTICLE).rename(tmp_path / "articles" / "minim")
    assert said(made) == (
        "articles/mini:1:1: error: there is no article “mini” [unknown-article]\n  hint: did you mean “minim”?\n"
    )


@pytest.mark.parametrize("file", ["claims", "red-flags"])
def test_a_missing_file_is_named_and_the_others_are_read_all_the_same(tmp_path: Path, file: str) -> None:
    made = project(tmp_path, Edit("leaflets/hands", "stamp: drop\n", ""))
    (tmp_path / f"articles/mini/{file}.yaml").unlink()
    lines = [line for line in said(made).splitlines() if not line.startswith("  hint: ")]
    assert lines == sorted(
        [
            f"articles/mini/{file}.yaml:1:1: error: the file is missing [missing-file]",
            "articles/mini/leaflets/hands.yaml:1:1: error: the key “stamp” is missing [missing-key]",
        ]
    )


def test_an_article_may_do_without_facts_and_references(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        Edit("sections/wash", "id: when\n    facts: [soap-helps]", "id: when\n    claims: [germs-spread]"),
        Edit("sections/wash", "id: front\n    facts: [soap-helps]", "id: front\n    claims: [germs-spread]"),
        Edit("red-flags", "facts: [cut-help]", "claims: [germs-spread]"),
    )
    for file in ("facts", "references"):
        (tmp_path / f"articles/mini/{file}.yaml").unlink()
    assert said(made) == ""


def test_a_section_in_another_encoding_is_told_once(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        Edit("leaflets/hands", "sections: [wash]", "sections: [wash, rinse]"),
        Edit("claims", "stated", "stated\n  - {id: dirt, text: Dirt spreads., where: S2, certainty: may}"),
    )
    path = tmp_path / f"articles/{ARTICLE}/sections/rinse.yaml"
    path.write_bytes("id: rinse\nheading: {all: Café}\nblocks:\n  - {id: a, claims: [dirt]}\n".encode("latin-1"))
    assert said(made) == (
        f"articles/{ARTICLE}/sections/rinse.yaml:2:19: error: the file is not UTF-8 [encoding]\n"
        "  hint: save it as UTF-8 in your editor\n"
    )

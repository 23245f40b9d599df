"""What is found: the same vectors for the finder in Python and for the one in browsers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from leaflets.finder.folding import distance, words_of
from leaflets.finder.search import FLOOR, Finder, likeness
from leaflets.finder.search_index import NAME, SearchIndex
from tests.conftest import ROOT

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
FIRST = "fibromyalgia-leg-pain"
BROWSER = """
import { readFileSync } from "node:fs";
import { finder } from "FINDER";
const [index, vectors] = process.argv.slice(1).map(path => JSON.parse(readFileSync(path, "utf8")));
const found = finder(index);
const row = one => ({ name: `${one.leaflet.article}/${one.leaflet.leaflet}`, score: one.score, match: one.match });
console.log(JSON.stringify(vectors.map(({ typed }) => {
  const { found: rows, near, filters } = found.search(typed);
  return { found: rows.map(row), near: near.map(row), filters };
})));
"""


def shown(rows: Any) -> list[dict[str, Any]]:
    return [
        {"name": f"{row.leaflet.article}/{row.leaflet.leaflet}", "score": row.score, "match": row.match} for row in rows
    ]


@pytest.fixture(scope="module")
def answers(index: SearchIndex) -> list[dict[str, Any]]:
    finder = Finder(index)
    found = [finder.search(row["typed"]) for row in VECTORS]
    return [
        {"found": shown(one.found), "near": shown(one.near), "filters": {k: list(v) for k, v in one.filters.items()}}
        for one in found
    ]


def test_what_is_typed_finds_the_leaflets_that_are_meant(answers: list[dict[str, Any]]) -> None:
    wrong = []
    for row, answer in zip(VECTORS, answers, strict=True):
        wanted = [name if "/" in name else f"{FIRST}/{name}" for name in row["first"]]
        names = [one["name"] for one in answer["found"]]
        filters = {kind: values for kind, values in answer["filters"].items() if values}
        if names[: len(wanted)] != wanted or bool(names) != bool(wanted) or filters != row.get("filters", {}):
            wrong.append((row["typed"], wanted, names, filters))
    assert wrong == []
    assert len(VECTORS) > 60


def test_nothing_found_names_what_is_near(answers: list[dict[str, Any]]) -> None:
    for row, answer in zip(VECTORS, answers, strict=True):
        assert bool(answer["near"]) != bool(answer["found"]), row["typed"]
        assert len(answer["near"]) <= 3
        assert all(one["score"] >= FLOOR for one in answer["found"])


def test_the_browser_finds_the_same(index_folder: Path, answers: list[dict[str, Any]]) -> None:
    script = BROWSER.replace("FINDER", (ROOT / "templates/finder/finder.js").as_uri())
    paths = [str(index_folder / NAME), str(Path(__file__).parent / "vectors.json")]
    command = ["node", "--input-type=module", "--eval", script, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for row, ours, other in zip(VECTORS, answers, theirs, strict=True):
        for part in ("found", "near"):
            assert [(one["name"], one["match"]) for one in other[part]] == [
                (one["name"], one["match"]) for one in ours[part]
            ], row["typed"]
            scores = [one["score"] for one in ours[part]]
            assert [one["score"] for one in other[part]] == pytest.approx(scores, abs=2e-4)
        assert other["filters"] == ours["filters"], row["typed"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café-au-lait, ÆON", ["cafe", "au", "lait", "aeon"]),
        ("don’t", ["dont"]),
        ("مُؤلِم", words_of("مولم")),
        ("ปวดขา", ["ปว", "วด", "ดข", "ขา"]),
        ("दर्द", ["दर्द"]),
        ("ΟΔΟΣ", ["οδοσ"]),
        ("", []),
    ],
)
def test_words_are_compared_without_capitals_accents_and_signs(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_two_letters_may_be_wrong_in_a_long_word_and_none_in_a_short_one() -> None:
    assert distance("restless", "restelss", 2) == 1
    assert distance("abc", "abcdef", 2) == 3
    assert likeness("fibromialgea", "fibromyalgia") == pytest.approx(0.72)
    assert likeness("fobrimialgea", "fibromyalgia") == 0
    assert likeness("lag", "leg") == 0
    assert likeness("legg", "legs") == pytest.approx(0.86)
    assert likeness("m797", "m796") == 0, "another number is another code"

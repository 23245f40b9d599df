"""Reading files are not paper: red flags early, links where the words point, numbers that dial, names that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.check.readback.document import read_finished
from leaflets.check.readback.structure_tree import Element, StructureTree
from leaflets.content.phone import phone
from leaflets.content.region import read_region
from tests.conftest import Built
from tests.tools.heard import spoken


@pytest.fixture(scope="module")
def files(shipped: Built, second: Built) -> list[tuple[dict[str, Any], Path]]:
    """Plain editions of both articles in all layouts, and some others."""
    found = [(entry, built.folder / entry["path"]) for built in (shipped, second) for entry in built.entries]
    return [(entry, path) for entry, path in found if path.suffix == ".pdf" and entry["level"] == "plain"]


def headings(path: Path) -> list[Element]:
    return [item for item in spoken(path).document.walk() if re.fullmatch("H[1-6]", item.role)]


def titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from titles(item)
        else:
            yield str(item.title)


def test_red_flags_of_folded_editions_are_read_before_the_first_section(files: list[tuple[Any, Path]]) -> None:
    seen = Counter[str]()
    for entry, path in files:
        if entry["layout"] not in ("booklet", "tri-fold"):
            continue
        seen[entry["layout"]] += 1
        first = next(item for item in headings(path) if item.role == "H2")
        structure = spoken(path)
        assert first.page in flag_pages(path), path.name
        marks = list(titles(PdfReader(path).outline))
        assert marks[1].replace("\u00a0", " ") == first.text, path.name
        assert not structure.twice
    assert min(seen.values()) >= 4
    assert set(seen) == {"booklet", "tri-fold"}


def flag_pages(path: Path) -> set[int]:
    """The pages (from 0) that have a white heading: those of the red flags."""
    file = read_finished(path, path.name, None)
    return {line.page for line in file.lines if line.block.role == "H2" and line.words[0].colour == (1, 1, 1)}


def test_what_points_to_the_red_flags_leads_to_them(files: list[tuple[Any, Path]]) -> None:
    pointing = 0
    for _, path in files:
        for element, target in spoken(path).document.targets:
            if target.kind == "Link" and target.address == "red-flags":
                pointing += 1
                assert element.text
        blocks = [block for block in spoken(path).document.blocks if block.role in ("P", "LBody")]
        for block in blocks:
            if re.search(r"“When to get help now[.,]?”", block.text):
                assert any(target.address == "red-flags" for _, target in block.targets), (path.name, block.text)
    assert pointing > 10


def test_numbers_to_call_dial_what_they_print(files: list[tuple[Any, Path]]) -> None:
    dialled = Counter[str]()
    for entry, path in files:
        region = read_region(Project(), entry["locale"].split("-")[-1], Diagnostics())
        assert region is not None
        for element, target in spoken(path).document.targets:
            if target.address.startswith("tel:"):
                dialled[target.address] += 1
                assert phone(element.text, region.id).target == target.address, (path.name, element.text)
                assert target.contents.endswith(element.text)
                assert len(target.contents) > len(element.text) + 3, "it says what the link does"
        if entry["layout"] != "clinician":
            assert {"tel:999", "tel:911"} & set(addresses(spoken(path))), path.name
    assert dialled["tel:116123"]
    assert dialled["tel:988"]


def addresses(tree: StructureTree) -> Iterator[str]:
    for _, target in tree.document.targets:
        yield target.address


def test_every_title_tells_its_edition(shipped: Built, second: Built) -> None:
    for built in (shipped, second):
        found = Counter(
            str(PdfReader(built.folder / entry["path"]).metadata.title)  # type: ignore[union-attr]
            for entry in built.entries
            if entry["path"].endswith(".pdf")
        )
        assert found
        assert max(found.values()) == 1, found.most_common(1)


def test_bookmarks_have_the_number_of_a_section_apart(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB")
    marks = list(titles(PdfReader(path).outline))
    assert [mark[:3] for mark in marks if mark[:1].isdigit() and mark[1] == "."] >= ["1. ", "2. ", "3. "]
    assert not [mark for mark in marks if re.match(r"\d+[A-Za-z]", mark)]


def test_treatments_are_headings_one_level_below_their_group(shipped: Built) -> None:
    path = shipped.path(leaflet="treatment-options", level="plain", layout="large-print", locale="en-GB")
    levels = {item.text: item.role for item in headings(path)}
    assert levels["Medicines"] == "H3"
    assert [role for name, role in levels.items() if name.startswith("Opioids")] == ["H4"]


def test_radio_buttons_of_the_diary_have_short_names_in_a_named_group(shipped: Built) -> None:
    path = shipped.path(leaflet="restless-legs-self-care", level="plain", layout="standard", locale="en-GB")
    buttons = [target for _, target in spoken(path).document.targets if target.field == "radio button"]
    assert [button.label for button in buttons] == [str(number) for number in range(11)] * 7
    groups = list(dict.fromkeys(button.group for button in buttons))
    assert len(groups) == 7
    assert groups[0] == "Monday: My legs last night, 0 to 10"
    cells = [item.text for item in spoken(path).document.walk() if item.role == "TD"]
    assert not [text for text in cells if re.search(r"\b0 1 2\b", text)], "numbers are not read twice"


def test_points_of_lists_end_with_a_pause(files: list[tuple[Any, Path]]) -> None:
    """Unless a link ends them, which is announced."""
    ends = ".,;:!?…،؛؟"
    points = 0
    for _, path in files:
        for item in spoken(path).document.walk():
            nested = any(isinstance(kid, Element) and kid.role == "L" for kid in item.kids)
            last = [kid for kid in item.kids if isinstance(kid, Element)][-1:]
            if item.role == "LBody" and item.text and not nested and not (last and last[0].role == "Link"):
                points += 1
                assert item.text.rstrip("”’»)]")[-1] in ends, (path.name, item.text)
    assert points > 300

"""What no validator sees: what a screen reader is told of each reading file, held against the HTML it was made of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from leaflets.base.project import Project
from leaflets.builder.edition.make import Toolchain
from leaflets.check.readback.structure_tree import StructureTree
from tests.conftest import PROJECTS, Built
from tests.tools.heard import PAGE, Block, differing, heard, laid_out, spoken, wanted

HAND_WASHING = PROJECTS / "hand-washing"
SAME_NUMBER = {
    "Table": "table",
    "TR": "tr",
    "TH": "th",
    "TD": "td",
    "L": "ul ol",
    "LI": "li",
    "Link": "a",
    "Part": "main",
}
"""Structure type -> HTML elements that it comes from."""


@dataclass(frozen=True)
class Wants:
    """What the HTML of a file says: its blocks, how many elements of each kind, phrases in other languages with these,
    and the words of its foot."""

    blocks: list[Block]
    counts: Counter[str]
    foreign: list[tuple[str, str]]
    foot: str


Case = tuple[dict[str, Any], Path]


@pytest.fixture(scope="module")
def cases(shipped: Built, second: Built, heavy: bool) -> list[Case]:
    """All reading files; without the heavy tests a sample of both articles."""
    found = [(entry, built.folder / entry["path"]) for built in (shipped, second) for entry in built.entries]
    return [(entry, path) for entry, path in found if heavy or _sample(entry)]


def _sample(entry: dict[str, Any]) -> bool:
    """Each layout at one level of each leaflet, each level in one layout, one file for another region; of the second
    article its translation."""
    if entry["locale"] != ("ar-GB" if entry["article"] == "hand-washing" else "en-GB"):
        return (entry["leaflet"], entry["level"], entry["layout"]) == ("treatment-options", "plain", "standard")
    return entry["level"] == "plain" or (entry["leaflet"] == "overview" and entry["layout"] == "standard")


@pytest.fixture(scope="module")
def wants(cases: list[Case]) -> dict[Path, Wants]:
    """What the HTML of each file says."""
    found = {}
    benches = {None: Toolchain(Project()), HAND_WASHING: Toolchain(Project(HAND_WASHING))}
    for entry, path in cases:
        folder = HAND_WASHING if entry["article"] == "hand-washing" else None
        bench = benches[folder]
        trial = laid_out(bench, folder, entry)
        blocks = wanted(trial)
        root = trial.source.etree_element
        foot = root.find("body").get("data-foot")
        found[path] = Wants(
            blocks, Counter(item.tag for item in root.iter()), list(_foreign(root, root.get("lang"))), foot
        )
        bench.typesetter.release()
    return found


def _foreign(element: Any, lang: str) -> Iterator[tuple[str, str]]:
    own = element.get("lang", lang)
    if own != lang:
        yield own, " ".join("".join(element.itertext()).split())
    for child in element:
        yield from _foreign(child, own)


@cache
def file(path: Path) -> StructureTree:
    return spoken(path)


def test_every_block_is_heard_once_in_the_order_of_its_source(cases: list[Case], wants: dict[Path, Wants]) -> None:
    for _, path in cases:
        assert differing(wants[path].blocks, heard(file(path).document)) is None, path.name


def test_nothing_is_lost_and_nothing_said_twice(cases: list[Case]) -> None:
    for _, path in cases:
        assert not file(path).orphans, path.name
        assert not file(path).twice, path.name


def test_feet_and_page_numbers_are_not_read_out(cases: list[Case], wants: dict[Path, Wants]) -> None:
    for entry, path in cases:
        pages = PdfReader(path).pages
        inner = pages[len(pages) // 2].extract_text()
        heard_words, foot = _folded(file(path).document.text), _folded(wants[path].foot)
        assert foot not in heard_words, path.name
        assert not re.search(r"[Pp]age\d+of\d+", heard_words), path.name
        if entry["layout"] in ("standard", "large-print") and entry["locale"].startswith("en"):
            assert foot in _folded(inner), "the foot is there to see"


def test_as_many_lists_tables_and_links_as_in_the_html(cases: list[Case], wants: dict[Path, Wants]) -> None:
    for _, path in cases:
        roles = Counter(element.role for element in file(path).document.walk())
        tags = wants[path].counts
        for role, names in SAME_NUMBER.items():
            assert roles[role] == sum(tags[name] for name in names.split()), (path.name, role)
        assert roles["Figure"] == sum(block.role == "Figure" for block in wants[path].blocks)


def test_the_outline_is_that_of_the_leaflet_in_the_structure_and_in_the_bookmarks(cases: list[Case]) -> None:
    for _, path in cases:
        headings = [element for element in file(path).document.walk() if re.fullmatch("H[1-6]", element.role)]
        levels = [int(element.role[1]) for element in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), path.name
        marks = [_folded(title) for title in _titles(PdfReader(path).outline)]
        assert marks == [_folded(element.text) for element in headings], path.name


def _titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item.title)


def _folded(words: str) -> str:
    """Without blanks, the dot after a number, and the colon of a heading that text follows in its line."""
    return re.sub(r"\s+|:$", "", re.sub(r"^(\d+)\.", r"\1", unicodedata.normalize("NFC", words)))


def test_contents_tell_the_page_on_which_a_section_begins(cases: list[Case], wants: dict[Path, Wants]) -> None:
    told = 0
    for _, path in cases:
        elements = list(file(path).document.walk())
        starts = {_bare(item.text): item.page + 1 for item in elements if item.role == "H2"}
        lines = {block.text.partition(PAGE)[0].strip() for block in wants[path].blocks if PAGE in block.text}
        for item in elements:
            line = next((line for line in lines if item.role == "LBody" and _tells(item.text, line)), None)
            if line is not None:
                told += 1
                assert int(re.findall(r"\d+", item.text)[-1]) == starts[_bare(line)], (path.name, item.text)
    assert told > 3  # of long leaflets only


def _tells(words: str, line: str) -> bool:
    """Whether words are that line of the contents: its heading and a number. A point of a list may begin like one."""
    return re.fullmatch(rf"{re.escape(_bare(line))}\D*\d+\D*", _bare(words)) is not None


def _bare(words: str) -> str:
    """A heading without its number."""
    return re.sub(r"^\d+\.?\s*", "", words)


def test_pictures_say_what_they_show(cases: list[Case]) -> None:
    for _, path in cases:
        captions = {element.text for element in file(path).document.walk() if element.role == "Caption"}
        for element in file(path).document.walk():
            if element.role == "Figure":
                assert len(element.alt) > 20, (path.name, element.alt)
                assert not re.search(r"\.(svg|png|jpe?g)\b", element.alt)
                assert element.alt not in captions


def test_foreign_words_say_their_language(cases: list[Case], wants: dict[Path, Wants]) -> None:
    found = 0
    for entry, path in cases:
        document = file(path).document
        assert document.lang == entry["locale"]
        for lang, words in wants[path].foreign:
            found += 1
            assert any(item.lang == lang and words in item.text for item in document.walk()), (path.name, lang, words)
    assert found > 8


def test_heads_of_tables_have_a_scope_and_cells_name_their_heads(cases: list[Case]) -> None:
    for _, path in cases:
        for table in (element for element in file(path).document.walk() if element.role == "Table"):
            cells = [element for element in table.walk() if element.role == "TD"]
            heads = [element for element in table.walk() if element.role == "TH"]
            assert heads, path.name
            assert all(head.scope in ("Row", "Column") for head in heads)
            assert all(cell.heads for cell in cells), path.name


def test_points_of_lists_have_a_label_and_a_body(cases: list[Case]) -> None:
    for _, path in cases:
        for element in file(path).document.walk():
            if element.role == "LI":
                assert [kid.role for kid in element.kids] in (["LBody"], ["Lbl", "LBody"]), path.name


def test_links_say_where_they_lead(cases: list[Case]) -> None:
    for _, path in cases:
        for element, target in file(path).document.targets:
            if target.kind == "Link":
                assert element.role == "Link"
                dials = target.address.startswith("tel:")
                assert re.fullmatch(r"(Call |اتصل على )" if dials else "", target.contents.removesuffix(element.text))
                assert target.address

"""The pages for developers: paths and links lead somewhere, decisions are complete, a word is defined once."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = sorted(path for path in (DOCS / "decisions").glob("[0-9]*.md"))
GLOSSARY = DOCS / "glossary.md"
FOR_DEVELOPERS = [DOCS / "architecture.md", GLOSSARY, *sorted((DOCS / "decisions").glob("*.md"))]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
HEADINGS = ["Context", "Decision", "Price", "How to undo"]
MOST_LINES = 60

CODE = re.compile(r"`([^`\n]+)`")
MODULE = r"[\w/]+\.py(:[\w.]+)?"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FOLDERS = ("articles", "assets", "bench", "docs", "leaflets", "locales", "regions", "templates", "tests")
NO_PATHS = {"leaflets/shipped/", "application/x-www-form-urlencoded"}
"""Made when the wheel is built; to be written with the patches; no path at all."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def below_package() -> frozenset[str]:
    """Every file and folder of the package, each by all ends of its path: `finish/press/sheets.py`, `sheets.py`."""
    found = set()
    for path in (ROOT / "leaflets").rglob("*"):
        parts = path.relative_to(ROOT / "leaflets").parts
        found |= {"/".join(parts[start:]) for start in range(len(parts))}
    return frozenset(found)


def is_there(name: str) -> bool:
    """Whether what a page names as a path exists, below the package or in the repository."""
    bare = name.partition(":")[0].removesuffix("/")
    if "<" in bare:
        return True  # a pattern
    if bare.partition("/")[0] in FOLDERS and (ROOT / bare).exists():
        return True
    return bare in below_package() or any((ROOT / folder / bare).exists() for folder in FOLDERS)


def paths_in(page: Path) -> list[str]:
    """What a page names as a module; on a page for developers also as any other path with a folder."""
    words = CODE.findall(page.read_text(encoding="utf-8"))
    pattern = MODULE + (r"|[\w.<>-]+(/[\w.<>-]+)+/?" if page in FOR_DEVELOPERS else "")
    return [word for word in words if re.fullmatch(pattern, word)]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_the_paths_it_names_exist(page: Path) -> None:
    assert [name for name in paths_in(page) if name not in NO_PATHS and not is_there(name)] == []


def test_paths_are_found_on_these_pages() -> None:
    assert sum(len(paths_in(page)) for page in FOR_DEVELOPERS) > 100
    assert not is_there("pdf/pagination/graft.py")
    assert not is_there("settling.py")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_its_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (heading and heading not in anchors(file)):
            broken.append(target)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", DECISIONS, ids=shown)
def test_a_decision_is_short_and_says_all_four_things(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert all(re.search(rf"^## {heading}\n\S", text, re.MULTILINE) for heading in HEADINGS)
    assert len(text.splitlines()) <= MOST_LINES
    number = page.name.partition("-")[0]
    assert text.startswith(f"# {number} ")


def test_decisions_are_numbered_in_one_row() -> None:
    numbers = [int(page.name.partition("-")[0]) for page in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 20


def test_the_index_lists_every_decision_by_its_title() -> None:
    index = " ".join((DOCS / "decisions" / "README.md").read_text(encoding="utf-8").split())
    listed = dict(re.findall(r"\[([^\]]+)\]\(([^)]+)\)", index))
    titles = {page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "): page.name for page in DECISIONS}
    assert {title: listed.get(title) for title in titles} == titles
    others = {page.name for page in (DOCS / "decisions").glob("*.md")} - set(titles.values()) - {"README.md"}
    assert others <= set(re.findall(r"\(([^)]+)\)", index))


def glossary_words() -> list[str]:
    rows = re.findall(r"^\| (?!word \|)([^|]+) \| [^|]+\|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return [word.strip() for row in rows for word in row.split(",")]


def test_a_word_has_one_meaning() -> None:
    words = Counter(glossary_words())
    assert len(words) > 80
    assert [word for word, count in words.items() if count > 1] == []

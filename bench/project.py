"""Projects to be measured in: copies of the shipped article, and a word of it that is changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bench.command import ROOT
from bench.editions import ARTICLE

FILE, LINE = "leaflets/overview.yaml", "  plain: What you can do about the pain, "
"""Words of the plain overview: a file of the article, and how a line in it begins."""
WORDS = ("may", "could", "might", "will", "must", "can")
"""What stands instead of “can”, one after the other: never the same as before."""


def copy(project: Path, name: str = ARTICLE) -> Path:
    """A copy of the article in a project's folder, under another name if one is given; where it is."""
    made = project / "articles" / name
    shutil.copytree(ROOT / "articles" / ARTICLE, made)
    if name != ARTICLE:
        file = made / "article.yaml"
        file.write_text(re.sub(r"(?m)^id: .*$", f"id: {name}", file.read_text(encoding="utf-8")), encoding="utf-8")
    return made


def copies(project: Path, count: int) -> None:
    """Copies under other names, numbered."""
    for number in range(1, count + 1):
        copy(project, f"copy-{number:04d}")


def change_word(article: Path, number: int) -> None:
    """Change one word of one level in one language; for each number another one."""
    file = article / FILE
    pattern = re.escape(LINE).replace(r"\ can\ ", r" \w+ ")
    text, found = re.subn(
        pattern, LINE.replace(" can ", f" {WORDS[number % len(WORDS)]} "), file.read_text(encoding="utf-8")
    )
    if found != 1:
        raise ValueError(f"{file}: there is no line “{LINE}…” any more; change bench/project.py")
    file.write_text(text, encoding="utf-8")

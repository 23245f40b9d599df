"""A new article as `leaflets new article` writes it, and as it is when its author has written it."""

from __future__ import annotations

from pathlib import Path

from leaflets.cli.main import DONE, main


def new_article(project: Path, name: str) -> Path:
    """The folder of a new article, as it is written."""
    assert main(["new", "article", name, "--project", str(project)]) == DONE
    return project / "articles" / name


def written_article(project: Path, name: str) -> Path:
    """The folder of a new article in which nothing is left to be written and the facts are confirmed."""
    folder = new_article(project, name)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("TODO ", "").replace("status: secondary", "status: confirmed")
        path.write_text(text, encoding="utf-8")
    return folder

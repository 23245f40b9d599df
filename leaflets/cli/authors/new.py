"""`leaflets new`: write a new article to fill in, a clinic file that already builds, or JSON Schemas for editors."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets new article back-pain --project clinic   writes clinic/articles/back-pain/ with comments to follow
  leaflets new clinic                               writes clinic.toml with comments to follow: name, address, logo …
  leaflets new clinic clinics/leeds.toml            writes that file; then leaflets build --clinic clinics/leeds.toml
  leaflets new schema --project clinic              writes clinic/schema/*.json for completion in an editor
"""
SCAFFOLD = "templates/new/article"
CLINIC = "templates/new/clinic.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_project

    parser.add_argument("what", choices=("article", "clinic", "schema"), help="what to write")
    parser.add_argument(
        "id",
        nargs="?",
        help="of an article: its id, lower case words with hyphens; of a clinic: its file (default: clinic.toml)",
    )
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.cli.main import WRONG_USE

    if options.what == "schema" and options.id:
        print("“leaflets new schema” takes no id", file=sys.stderr)
        return WRONG_USE
    if options.what == "clinic":
        return _clinic(Path(options.id or "clinic.toml"))
    return _schema(options.project) if options.what == "schema" else _article(options.project, options.id)


def _clinic(target: Path) -> int:
    from leaflets.base.files import write_whole
    from leaflets.base.project import Project
    from leaflets.cli.main import DONE, PROBLEMS

    if target.exists():
        print(f"there is a file {target} already; nothing was written", file=sys.stderr)
        return PROBLEMS
    try:
        write_whole(target, Project().read_text(CLINIC).replace("CLINIC-TOML", str(target)).encode())
    except OSError as error:
        print(f"{target} cannot be written: {error.strerror}", file=sys.stderr)
        return PROBLEMS
    print(f"wrote {target}")
    print(f"next: change it, then leaflets build --clinic {target} --out our-leaflets")
    return DONE


def _article(folder: Path, name: str | None) -> int:
    from leaflets.base.files import write_whole
    from leaflets.base.project import Project
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE
    from leaflets.content.faults.values import as_id

    if not name or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        near = as_id(name or "")
        such = f"; try: {near}" if near else ", such as back-pain"
        print(f"give the article an id: lower case words with hyphens{such}", file=sys.stderr)
        return WRONG_USE
    target = folder / "articles" / name
    if there := Project(folder).find(f"articles/{name}"):
        print(f"there is an article “{name}” already, in {there}; nothing was written", file=sys.stderr)
        return PROBLEMS
    source = Project().find(SCAFFOLD)
    assert source is not None, "the scaffold is shipped"
    try:
        for path in sorted(source.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8").replace("NEW-ARTICLE", name)
            write_whole(target / path.relative_to(source), text.encode())
    except OSError as error:
        print(f"{target}/ cannot be written: {error.strerror}", file=sys.stderr)
        return PROBLEMS
    print(f"wrote {target}/")
    print(f"next: leaflets check --project {folder} --article {name}")
    return DONE


def _schema(folder: Path) -> int:
    import json

    from leaflets.base.files import write_whole
    from leaflets.check.evidence.schema.evidence import Evidence
    from leaflets.cli.main import DONE, PROBLEMS
    from leaflets.content.clinic import Clinic
    from leaflets.content.drawings.points import DrawingPoints
    from leaflets.content.load import FILES
    from leaflets.content.model.text import Model
    from leaflets.content.region import Region

    models: dict[str, type[Model]] = {
        **FILES, "regions": Region, "drawings": DrawingPoints, "clinic": Clinic, "evidence": Evidence,
    }  # fmt: skip
    for name, model in models.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        try:
            write_whole(folder / "schema" / f"{name}.json", (json.dumps(schema, indent=1) + "\n").encode())
        except OSError as error:
            print(f"{folder / 'schema'}/ cannot be written: {error.strerror}", file=sys.stderr)
            return PROBLEMS
    print(f"wrote {folder / 'schema'}/: point your editor's YAML support at it (docs/authoring.md says how)")
    return DONE

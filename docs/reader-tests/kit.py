"""The kit for a round with readers: PYTHONPATH=. python docs/reader-tests/kit.py FOLDER [pictogram ...].

Without names: the pictograms of the red flags. In the folder: `pictures.pdf`, one picture a page as large as in a
leaflet, in an order that gives nothing away; `answers.pdf`, for what a reader says; `key.pdf`, for who marks the
answers; `results.yaml`, to be filled in and put into assets/reader-tests.yaml.
"""

from __future__ import annotations

import hashlib
import re
import sys
from html import escape
from pathlib import Path

from weasyprint import HTML

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.reader_tests import LEAST_READERS, drawn
from leaflets.content.drawings.uses import Use, uses
from leaflets.content.load import article_ids, read_article

PICTURE_MM = 27
MOST = 25
"""Most pictures that a reader is shown: about 20 minutes."""
PICTURES = f"""
@page {{ size: A5 landscape; margin: 0 }}
section {{ break-after: page; height: 148mm; text-align: center }}
img {{ width: {PICTURE_MM}mm; margin-block-start: 50mm }} p {{ font: 14pt sans-serif; margin: 30mm 0 0 }}
"""
SHEET = """
@page { size: A4; margin: 15mm } body { font: 12pt/1.35 sans-serif }
table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
th, td { border: .5pt solid #6b767c; padding: 2mm; text-align: start; vertical-align: top }
.lines td { height: 17mm } .n { width: 10mm } .mark { width: 14mm; font-size: 9pt; text-align: center }
"""


def named(project: Project) -> dict[str, list[Use]]:
    """Uses of each pictogram in the shipped articles."""
    found: dict[str, list[Use]] = {}
    for name in article_ids(project):
        article = read_article(project, name, Diagnostics())
        for use in uses(article) if article else ():
            found.setdefault(use.picture, []).append(use)
    return found


def mixed(pictures: set[str]) -> list[str]:
    """Pictures in an order of their own, the same in each run."""
    return sorted(pictures, key=lambda name: hashlib.sha256(name.encode()).hexdigest())


def booklet(project: Project, order: list[str]) -> str:
    """The pages with pictures."""
    pages = []
    for number, name in enumerate(order, 1):
        path = project.find(f"assets/pictograms/{name}.svg")
        assert path is not None
        pages.append(f'<section><img src="{path.as_uri()}" alt=""><p>{number}</p></section>')
    return f"<style>{PICTURES}</style>{''.join(pages)}"


def answers(order: list[str]) -> str:
    """The sheet for one reader; the boxes on the end side are filled in afterwards."""
    marks = "".join(f'<td class="mark">{mark}</td>' for mark in ("right", "wrong", "opposite"))
    rows = "".join(f'<tr><td class="n">{number}</td><td></td>{marks}</tr>' for number in range(1, len(order) + 1))
    return (
        f"<style>{SHEET}</style><h1>What the reader said</h1><p>Reader number: ____ Date: __________</p>"
        "<p>Ask: “What does this picture tell you?” Then: “What would you do?” Write down the words as they are said. "
        f'“I do not know” is an answer.</p><table class="lines">{rows}</table>'
    )


def key(project: Project, order: list[str], found: dict[str, list[Use]]) -> str:
    """What each picture is meant to say; readers do not see it."""
    text = project.read_text("assets/pictograms/README.md")
    says = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+?) \|", text, re.M))
    rows = "".join(
        f"<tr><td>{number}</td><td>{name}</td><td><b>{escape(says.get(name, ''))}</b>"
        + "".join(f"<br>{escape(' '.join(use.lines))}" for use in found.get(name, [])[:3])
        + "</td></tr>"
        for number, name in enumerate(order, 1)
    )
    return f"<style>{SHEET}</style><h1>Key: not for readers</h1><table>{rows}</table>"


def results(project: Project, order: list[str]) -> str:
    """The file to be filled in: counts are left empty, so that a check fails until they are there."""
    rows = "".join(
        f"      # {number}\n      - picture: {name}\n        sha256: {drawn(project, name)}\n"
        "        right:\n        wrong:\n        opposite:\n"
        for number, name in enumerate(order, 1)
    )
    return f"tests:\n  - id:\n    on:\n    locale: en-GB\n    readers: {LEAST_READERS}\n    who:\n    pictures:\n{rows}"


def main(out: Path, names: list[str]) -> None:
    project = Project()
    found = named(project)
    danger = {name for name, rows in found.items() if any(use.part.startswith("red-flags#") for use in rows)}
    order = mixed(set(names) or danger)
    if unknown := [name for name in order if not drawn(project, name)]:
        raise SystemExit(f"there is no pictogram {', '.join(unknown)}")
    if len(order) > MOST:
        raise SystemExit(f"{len(order)} pictures are too many for a reader; name {MOST} at most")
    out.mkdir(parents=True, exist_ok=True)
    for name, body in (
        ("pictures", booklet(project, order)), ("answers", answers(order)), ("key", key(project, order, found)),
    ):  # fmt: skip
        HTML(string=body).write_pdf(out / f"{name}.pdf")
    (out / "results.yaml").write_text(results(project, order), encoding="utf-8")
    print(f"{len(order)} pictures in {out}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])

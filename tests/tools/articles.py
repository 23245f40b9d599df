"""A tiny complete project in a folder of its own, and what the program says of it.

`project(folder, edit("sections/wash", "picture: hand", "picture: hnd"))` writes the article *mini* with one change;
`said(project)` is every diagnostic as it is printed. The project stands alone: nothing shipped is read, so hints that
list what is known are the same for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, shipped_folder
from leaflets.content.article import Article
from leaflets.content.load import read_article
from leaflets.content.region import read_region
from leaflets.editions.edition import Edition
from leaflets.editions.material import Material
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import load_article
from leaflets.l10n.translate import localise
from leaflets.l10n.words import read_words
from leaflets.lint.article import check_article

ARTICLE = "mini"

_ARTICLE = """\
id: mini
topic:
  all: Clean hands
version: "1.0"
issued: 2026-01-02
review_due: 2028-01-02
language: en-GB
locales: [en-GB, en-US]
review:
  state: awaiting-review
origin:
  title: Hands
  publisher: Test article
  address: example.org/hands
  short: Hands, test article
leaflets: [hands]
"""

_CLAIMS = """\
claims:
  - id: germs-spread
    text: Germs spread from hand to hand.
    where: S1 p1
    certainty: stated
"""

_FACTS = """\
facts:
  - id: soap-helps
    statement: Soap takes germs off.
    regions: [GB, US]
    status: confirmed
    sources: [soap-study]
  - id: cut-help
    statement: Get help for a bad cut.
    regions: [GB, US]
    status: safe-direction
    sources: [first-aid]
"""

_REFERENCES = """\
references:
  - id: soap-study
    short: Soap study, 2020
    full: A study of soap. Test press, 2020.
  - id: first-aid
    short: First aid, 2021
    full: First aid for all. Test press, 2021.
    rank: main
"""

_RED_FLAGS = """\
heading:
  all: When to get help now
pointer:
  all: Look at page {page}.
tiers:
  - id: emergency
    urgency: emergency
    facts: [cut-help]
    heading:
      all: Call {emergency} now
    items:
      - id: bad-cut
        flag: bad-cut
        picture: hand
        text:
          all: A cut does not stop to bleed.
"""

_LEAFLET = """\
id: hands
title:
  all: Clean hands
short:
  all: Hands
stamp: drop
purpose:
  all: How to keep your hands clean.
key:
  claims: [germs-spread]
  picture: tap
  main:
    all: Clean hands keep you well.
  points:
    - id: soap
      picture: tap
      text:
        all: Use soap.
sections: [wash]
"""

_SECTION = """\
id: wash
heading:
  all: How to wash
blocks:
  - kind: paragraph
    id: why
    claims: [germs-spread]
    picture: hand
    text:
      easy: Wash your hands with soap.
      plain: Wash your hands with soap to get the germs off.
      detailed: >-
        Wash your hands with soap, as germs spread from hand to hand.
        Rub them for a short time.
  - kind: list
    id: when
    facts: [soap-helps]
    lead:
      all: "Wash your hands:"
    items:
      - id: before-food
        picture: tap
        text:
          all: Before you eat.
      - id: after-play
        picture: hand
        text:
          all: After you play.
  - kind: figure
    id: front
    facts: [soap-helps]
    drawing: palm
    alt:
      all: The front of a hand.
    caption:
      all: Wash the front too.
"""

_KEY_CONTENT = """\
sections: [wash]
summary: [wash/why]
clinician: [wash]
fold:
  middle: [wash/front]
  last: [wash/why, wash/when]
handout:
  turn: {plain: what to wash}
  show:
    - {block: wash/why, mm: 20}
    - {block: wash/front, mm: 80}
"""

FILES: dict[str, str] = {
    "article": _ARTICLE,
    "claims": _CLAIMS,
    "facts": _FACTS,
    "references": _REFERENCES,
    "red-flags": _RED_FLAGS,
    "leaflets/hands": _LEAFLET,
    "sections/wash": _SECTION,
}
"""The files of the article without their endings, as diagnostics of the article name them."""

_GB = 'id: GB\nname: United Kingdom\npaper: A4\nlarge_print: ukaaf\ncontacts:\n  emergency: "999"\n  urgent: "111"\n'
_US = 'id: US\nname: United States\npaper: Letter\nlarge_print: acb\ncontacts:\n  emergency: "911"\n'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'

AROUND: dict[str, str] = {
    "regions/GB.yaml": _GB,
    "regions/US.yaml": _US,
    "assets/pictograms/hand.svg": _SVG,
    "assets/pictograms/tap.svg": _SVG,
    "assets/drawings/palm.svg": _SVG,
    "assets/stamps/drop.svg": _SVG,
}
"""What an article needs around it."""


@dataclass(frozen=True)
class Edit:
    """A piece of a file of the article, and what stands there instead."""

    file: str
    old: str
    new: str


def edit(file: str, old: str, new: str) -> Edit:
    return Edit(file, old, new)


KEY_CONTENT = edit("leaflets/hands", "sections: [wash]\n", _KEY_CONTENT)
"""What makes the leaflet fit for the summary, the clinician's page, the tri-fold and the handout."""


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files below a folder, exactly as given."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def project(folder: Path, *edits: Edit, files: Mapping[str, str] | None = None, shipped: bool = False) -> Project:
    """A project with the article *mini*, some pieces replaced and some `files` (path -> text) added.

    `shipped`: what the package ships lies below it, so that there are templates.
    """
    texts = dict(FILES)
    for change in edits:
        found = texts[change.file].count(change.old)
        assert found == 1, f"“{change.old}” stands {found} times in {change.file}"
        texts[change.file] = texts[change.file].replace(change.old, change.new)
    write(folder, {f"articles/{ARTICLE}/{name}.yaml": text for name, text in texts.items()})
    write(folder, AROUND)
    write(folder, files or {})
    return Project(folder, shipped_folder() if shipped else folder)


def said(made: Project) -> str:
    """Every diagnostic of reading and checking the article, as printed."""
    diagnostics = Diagnostics()
    loaded = load_article(made, ARTICLE, diagnostics)
    if loaded is not None:
        diagnostics.extend(check_article(loaded, made, diagnostics).pending)
    return printed(diagnostics)


def printed(diagnostics: Diagnostics) -> str:
    return "".join(f"{item}\n" for item in diagnostics)


def read(made: Project, name: str = ARTICLE) -> Article:
    """The article, which has to be without errors."""
    diagnostics = Diagnostics()
    article = read_article(made, name, diagnostics)
    assert article is not None, printed(diagnostics)
    assert not diagnostics.errors, printed(diagnostics)
    return article


def material(made: Project, level: str = "plain", layout: str = "standard", locale: str = "en-GB") -> Material:
    """What an edition of *mini* is made of; everything has to be without errors."""
    diagnostics = Diagnostics()
    row = LOCALES[locale]
    localised = localise(made, read(made), row, diagnostics)
    region = read_region(made, row.region, diagnostics)
    words = read_words(made, row, diagnostics)
    assert region is not None, printed(diagnostics)
    assert not diagnostics.errors, printed(diagnostics)
    written_in = read_words(made, LOCALES[localised.original.info.language], diagnostics)
    source_words = written_in if localised.translated else words
    return Material(Edition(ARTICLE, "hands", level, layout, locale), localised, region, words, source_words)

"""`leaflets check --pdf`: preflight of finished files, with measurements and diagnostics."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.base.units import HALVES
from leaflets.base.untrusted.names import printable
from leaflets.builder.workers.forking import default_jobs
from leaflets.check.expected import Expected, edition_of, expect
from leaflets.check.preflight.batch import PreflightTask, preflight_all
from leaflets.check.preflight.run import Preflight
from leaflets.cli.authors.pdf_copies import write_grey, write_heard
from leaflets.cli.authors.side_report import measured_sides, side_lines
from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, open_project
from leaflets.cli.output import json_text
from leaflets.content.load import read_leaflet
from leaflets.content.model.leaflet import PageBudget
from leaflets.content.region import read_region
from leaflets.editions.edition import Edition
from leaflets.l10n.languages import LOCALES
from leaflets.publish.catalogue import PDF_KINDS, CatalogueEntry, read_catalogue

UNKNOWN_LAYOUT = "unknown-layout"


def run_pdf(options: argparse.Namespace) -> int:
    """Run the preflight over the files and folders of `--pdf`; returns the exit status."""
    project = open_project(options.project)
    if missing := [path for path in options.pdf if not path.exists()]:
        print(f"leaflets: --pdf {missing[0]}: there is no such file or folder", file=sys.stderr)
        return WRONG_USE
    said = Diagnostics()
    asked = [_measured(one) for one in find(project, options.pdf, said) if _wanted(one, options)]
    for item in said:
        print(item, file=sys.stderr)
    if not asked:
        where = ", ".join(map(str, options.pdf))
        print(f"leaflets: --pdf: there is no PDF of what was asked for in {where}", file=sys.stderr)
        return WRONG_USE
    done = _looked_at(asked, options.jobs or default_jobs(), silent=options.json)
    unknown = {one.shown for one in asked if one.expected is None}
    results = [_told(result, unknown) for result in sorted(done, key=lambda result: result.path)]
    errors = sum(len(result.errors) for result in results)
    sides = {one.shown: one.expected.sides if one.expected else () for one in asked}
    if options.json:
        files = [
            result.as_json() | {"sides": [side.model_dump(mode="json") for side in sides[result.path]]}
            for result in results
        ]
        warnings = sum(len(result.diagnostics) for result in results) - errors
        print(json_text({"files": files, "errors": errors, "warnings": warnings}, indent=1))
    else:
        _show(results)
        for path, measured in sides.items():
            print(*side_lines(printable(_short(path)), measured), sep="\n", end="\n" if measured else "")
    return PROBLEMS if errors or not _write_copies(asked, options) or said.errors else DONE


def _write_copies(asked: Sequence[PreflightTask], options: argparse.Namespace) -> bool:
    """Write what --heard and --grey ask for; returns whether all of it could be written."""
    said = Diagnostics()
    written: list[Path] = []
    for one in asked:
        try:
            if options.heard and (text := write_heard(one.path, options.out, said)):
                written.append(text)
            if options.grey:
                written += write_grey(one.path, options.out, said)
        except OSError as error:
            said.error(Place(one.shown), f"its copies cannot be written: {error.strerror or error}", "output")
    for item in said:
        print(item, file=sys.stderr)
    if options.heard or options.grey:
        where = options.out or "beside the files"
        print(f"{len(written)} file{'' if len(written) == 1 else 's'} written, {where}", file=sys.stderr)
    return not said.errors


def _measured(asked: PreflightTask) -> PreflightTask:
    """The task with the sides that the evidence beside its file has."""
    sides = measured_sides(asked)
    return replace(asked, expected=replace(asked.expected, sides=sides)) if asked.expected and sides else asked


def find(project: Project, paths: Iterable[Path], diagnostics: Diagnostics) -> list[PreflightTask]:
    """Files below `paths`: of a folder those of its catalogue, or without one all PDFs in it. A folder's catalogue that
    is broken is an error in `diagnostics`."""
    found: dict[Path, PreflightTask] = {}
    budgets = Budgets(project)
    for path in paths:
        if path.is_dir():
            entries = {path / entry.path: entry for entry in _pdfs(path, diagnostics)}
            files = sorted(entries) or sorted(path.rglob("*.pdf"))
        else:  # <folder>/<locale>/<file>
            folder = path.absolute().parent.parent
            same = [entry for entry in _pdfs(folder, Diagnostics()) if folder / entry.path == path.absolute()]
            entries = dict.fromkeys([path], same[0]) if same else {}
            files = [path]
        for file in files:
            found.setdefault(
                file.absolute(), PreflightTask(file, _shown(file), _expected(project, file, entries.get(file), budgets))
            )
    return list(found.values())


def _pdfs(folder: Path, diagnostics: Diagnostics) -> list[CatalogueEntry]:
    """Catalogue entries of a folder that are PDF files."""
    return [entry for entry in read_catalogue(LocalStore(folder), diagnostics).entries if entry.kind in PDF_KINDS]


def _wanted(asked: PreflightTask, options: argparse.Namespace) -> bool:
    """True if the file's edition matches the options --article, --leaflet, --level, --layout and --locale."""
    parts = ("article", "leaflet", "level", "layout", "locale")
    chosen = {part: getattr(options, part) for part in parts if getattr(options, part)}
    edition = asked.expected.edition if asked.expected else None
    return all(edition is not None and getattr(edition, part) in names for part, names in chosen.items())


def _shown(path: Path) -> str:
    """Path for messages: relative to the current folder if inside it."""
    here = Path.cwd()
    return os.fspath(path.absolute().relative_to(here)) if path.absolute().is_relative_to(here) else os.fspath(path)


@dataclass
class Budgets:
    """Page budgets of leaflets; each leaflet's file is read once. A leaflet outside the project has no budget."""

    project: Project
    _read: dict[tuple[str, str], PageBudget] = field(default_factory=dict)

    def most(self, edition: Edition, profile: str) -> int:
        """Maximum number of pages of an edition; 0: not set. `profile`: its region's large-print profile."""
        name = (edition.article, edition.leaflet)
        if name not in self._read:
            leaflet = read_leaflet(self.project, *name, Diagnostics())
            self._read[name] = leaflet.pages if leaflet else PageBudget()
        return self._read[name].most(edition.layout, edition.level, profile)


def _expected(project: Project, path: Path, entry: CatalogueEntry | None, budgets: Budgets) -> Expected | None:
    """Expected properties of a file, from its catalogue entry or else its name; None when neither is known here."""
    if entry is not None:
        edition = entry.edition
        printed = entry.kind == "print"
    else:
        told = edition_of(path.name)
        if told is None:
            return None
        edition, printed = told
    locale = LOCALES.get(edition.locale)
    region = read_region(project, edition.locale.split("-")[-1], Diagnostics())
    sheets = {half.id: sheet for sheet, half in HALVES.items()}
    paper = region.paper if region else sheets.get(entry.paper, entry.paper) if entry else ""
    if paper not in HALVES:
        return None
    profile = region.large_print if region else ""
    direction = locale.direction if locale else "ltr"
    sheet = entry.paper if entry and printed else ""
    return expect(edition, paper, profile, direction, printed, budgets.most(edition, profile), sheet)


def _told(result: Preflight, unknown: set[str]) -> Preflight:
    """Add a warning to the result if the expected properties of the file are not known."""
    if result.path not in unknown or not result.pages:
        return result
    said = Diagnostics(list(result.diagnostics))
    message = "neither a catalogue nor its name says what layout it is: it is held to the general rules alone"
    said.warning(Place.on_page(result.path, 0), message, UNKNOWN_LAYOUT, "call it as “leaflets list” does")
    return replace(result, diagnostics=tuple(said))


def _looked_at(asked: Sequence[PreflightTask], jobs: int, silent: bool) -> list[Preflight]:
    """Run the preflight over each file, with a progress bar on a terminal, else with a line for each of several."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    coming = preflight_all(asked, jobs)
    if silent or len(asked) == 1:
        return list(coming)
    if console.is_terminal:
        return list(track(coming, "looking at files", len(asked), console=console, transient=True))
    done = []
    for result in coming:
        done.append(result)
        state = f"{len(result.errors)} errors" if result.errors else "no errors"
        print(f"[{len(done)}/{len(asked)}] {printable(Path(result.path).name)}: {state}", file=sys.stderr)
    return done


def _show(results: Sequence[Preflight]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    for result in results:
        for item in result.diagnostics:
            print(item, file=sys.stderr)
    table = Table(title="What was measured", title_justify="left")
    table.add_column("file", overflow="fold")
    for name in (
        "pages", "mm", "least pt", "contrast", "in grey", "edge mm", "1 word", "last page", "kB", "errors", "warnings"
    ):  # fmt: skip
        table.add_column(name, justify="right", no_wrap=name == "mm")
    for result in results:
        warnings = sum(item.severity is Severity.WARNING for item in result.diagnostics)
        table.add_row(
            Text(printable(_short(result.path))), str(result.pages),
            "{:g} x {:g}".format(*(round(side, 1) for side in result.paper)),
            f"{result.smallest_pt:.1f}", f"{result.least_contrast:.1f}", f"{result.least_grey:.1f}",
            f"{result.nearest_edge:.1f}", str(result.lone_words or ""), f"{result.last_page:.0%}",
            str(round(result.bytes / 1000)), str(len(result.errors) or ""), str(warnings or ""),
        )  # fmt: skip
    Console(width=150).print(table)
    errors = sum(len(result.errors) for result in results)
    print(f"{errors} error{'' if errors == 1 else 's'}" if errors else "no errors", file=sys.stderr)


def _short(path: str) -> str:
    """Leaflet, level, layout and locale of a file named like an edition, else its name."""
    told = edition_of(path)
    if told is None:
        return Path(path).name
    edition, printed = told
    words = (edition.leaflet, edition.level, edition.layout, edition.locale, "(print)" if printed else "")
    return " ".join(word for word in words if word)

"""Summary of a file's structure tree for the evidence: headings, pictures, links, form fields, faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from leaflets.check.evidence.schema.file import AccessibilityReport, Heading, LinkFound
from leaflets.check.preflight.rule import quoted
from leaflets.check.readback.document import FinishedFile
from leaflets.check.readback.structure_tree import Element, StructureTree, Target

_HEADING = re.compile(r"H([1-6])")
_FILE_NAME = re.compile(r"\.(svg|png|jpe?g|gif|webp)\b", re.IGNORECASE)
UNTAGGED = "the file has no tags: a screen reader has to guess what is a heading and in which order to read"


def accessibility_report(file: FinishedFile, locale: str) -> AccessibilityReport:
    """The accessibility report of a file; `locale` is its expected language. An untagged file fails."""
    structure = file.structure
    shown = file.preferences.get("/DisplayDocTitle", "").lower() == "true"
    if structure is None:
        return AccessibilityReport(
            result="fail", says=(UNTAGGED,), tagged=False, title_is_shown=shown, language="", other_languages=(),
            headings=(), lists=0, tables=0, pictures=(), links=(), fields=(), words_not_reached=0, words_read_twice=0,
        )  # fmt: skip
    elements = list(structure.document.walk())
    targets = [target for _, target in structure.document.targets]
    headings = tuple(_headings(elements))
    language = structure.document.lang
    faults = (*_faults(structure, headings, elements, targets), *_file_faults(language, locale, shown))
    return AccessibilityReport(
        result="fail" if faults else "pass",
        says=faults,
        tagged=True,
        title_is_shown=shown,
        language=language,
        other_languages=tuple(sorted({item.lang for item in elements if item.lang} - {language})),
        headings=headings,
        lists=sum(item.role == "L" for item in elements),
        tables=sum(item.role == "Table" for item in elements),
        pictures=tuple(item.alt for item in elements if item.role == "Figure"),
        links=tuple(
            LinkFound(words=target.contents, leads_to=target.address or "a place in the file")
            for target in targets
            if target.kind == "Link"
        ),
        fields=tuple(target.label for target in targets if target.kind == "Widget"),
        words_not_reached=len(structure.orphans),
        words_read_twice=len(structure.twice),
    )


def _headings(elements: Sequence[Element]) -> Iterator[Heading]:
    for item in elements:
        if match := _HEADING.fullmatch(item.role):
            yield Heading(level=int(match[1]), words=item.text, page=item.page + 1)


def _file_faults(language: str, locale: str, shown: bool) -> Iterator[str]:
    if language != locale:
        yield f"the file says that it is in “{language or 'no language'}”, and it is in {locale}"
    if not shown:
        yield "readers show the file’s name instead of its title"


def _faults(
    structure: StructureTree, headings: Sequence[Heading], elements: Sequence[Element], targets: Sequence[Target]
) -> Iterator[str]:
    """A sentence for each fault: headings, pictures, links and fields, reading order."""
    yield from _heading_faults(headings)
    for item in elements:
        if item.role == "Figure" and (not item.alt.strip() or _FILE_NAME.search(item.alt)):
            yield f"page {item.page + 1}: a picture does not say what it shows"
    yield from _target_faults(targets)
    for page, words in structure.orphans:
        yield f"page {page + 1}: {quoted(words)} is never read out"
    for page, words in structure.twice:
        yield f"page {page + 1}: {quoted(words)} is read out twice"


def _heading_faults(headings: Sequence[Heading]) -> Iterator[str]:
    """Headings begin with one of level 1 and skip no level."""
    if sum(item.level == 1 for item in headings) != 1 or headings[0].level != 1:
        yield "it does not begin with one heading of the first level"
    for before, after in pairwise(headings):
        if after.level - before.level > 1:
            yield f"the heading {quoted(after.words)} skips a level"


def _target_faults(targets: Sequence[Target]) -> Iterator[str]:
    """Links and form fields have a description."""
    for target in targets:
        if target.kind == "Link" and not target.contents:
            yield "a link does not say where it leads"
        if target.kind == "Widget" and not target.label:
            yield f"the field {quoted(target.name)} does not say what to fill in"

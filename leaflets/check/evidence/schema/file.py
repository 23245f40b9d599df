"""The file: its fonts and pages, the rules that it keeps, and its structure tree."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from leaflets.check.evidence.schema.result import Measured, Result
from leaflets.content.model.text import Model


class AboutFile(Model):
    """The edition: article, leaflet, level, layout, locale and dates."""

    article: str
    article_version: str
    leaflet: str
    title: str
    level: str
    layout: str
    locale: str
    issued: datetime.date
    review_due: datetime.date


class FontUsed(Model):
    """A font in the file."""

    name: str
    embedded: bool
    says_its_characters: bool = Field(
        description="Each glyph says which character it is (ToUnicode, or a named encoding)."
    )
    used_for: Literal["what is printed", "what is filled in"]


class File(Model):
    """The reading file in the build folder."""

    path: str = Field(description="In the build folder.")
    sha256: str
    bytes: int
    pages: Measured
    paper_mm: tuple[float, float] = Field(description="Width and height of the first page.")
    fonts: tuple[FontUsed, ...]


class PrinterFile(Model):
    """The print file made of the reading file; it must not claim to be accessible."""

    path: str
    sha256: str
    bytes: int
    sides: int
    paper: str
    claimed_accessible: bool = Field(description="It has tags, or says that it is PDF/UA: read from the file.")
    result: Result
    says: str


class Page(Model):
    """Measures of all pages."""

    smallest_glyph_pt: Measured
    least_contrast_of_body_text: Measured | None = Field(description="To 1, as WCAG 2.2 works it out.")
    least_contrast_of_other_text: Measured | None
    least_contrast_of_body_text_in_grey: Measured | None
    least_contrast_of_other_text_in_grey: Measured | None
    nearest_to_edge_mm: Measured
    last_page_full_percent: float


class PartMeasured(Model):
    """A part of a side, with the height that it may take."""

    part: str = Field(description="A block as section/block, or a fixed part.")
    used_mm: float = Field(description="Its height as it was set, with the space above it.")
    budget_mm: int


class SideMeasured(Model):
    """A side of a layout with a page map, measured when it was set."""

    side: int
    height_mm: float
    used_mm: float
    gave_way: tuple[str, ...] = Field(description="What gave way so that it fits; none where all is printed.")
    parts: tuple[PartMeasured, ...]


class FindingMade(Model):
    """A finding of a rule."""

    page: int = Field(description="From 1; 0: the whole file.")
    result: Literal["warning", "fail"]
    message: str
    hint: str = ""


class RuleKept(Model):
    """A rule of the preflight with its findings."""

    rule: str
    allows: str
    source: str
    result: Result
    findings: tuple[FindingMade, ...] = ()


class PdfUaFailure(Model):
    """A rule of PDF/UA-1 that the file breaks."""

    rule: str
    message: str


class PdfUa(Model):
    """The result of an independent validator."""

    standard: Literal["PDF/UA-1 (ISO 14289-1)"] = "PDF/UA-1 (ISO 14289-1)"
    result: Result
    checker: str = ""
    checker_version: str = ""
    rules_passed: int = 0
    rules_failed: int = 0
    failures: tuple[PdfUaFailure, ...] = ()
    says: str


class Heading(Model):
    """A heading in the structure tree; `page` counts from 1."""

    level: int
    words: str
    page: int


class LinkFound(Model):
    """A link in the structure tree."""

    words: str
    leads_to: str


class AccessibilityReport(Model):
    """The structure tree of the file, which screen readers read."""

    result: Result
    says: tuple[str, ...] = Field(description="A sentence for each thing that is wrong; none when nothing is.")
    tagged: bool
    title_is_shown: bool
    language: str
    other_languages: tuple[str, ...]
    headings: tuple[Heading, ...]
    lists: int
    tables: int
    pictures: tuple[str, ...] = Field(description="What is said of each picture that is not decoration.")
    links: tuple[LinkFound, ...]
    fields: tuple[str, ...] = Field(description="What is said of each field to fill in.")
    words_not_reached: int = Field(
        description="Stretches of words that are marked to be read and that nothing leads to."
    )
    words_read_twice: int

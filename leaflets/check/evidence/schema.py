"""The schema of `<edition>.evidence.json`: measured values of a finished file, their limits and sources.

Keys are plain words with the unit in the name. `leaflets new schema` writes the JSON Schema. `format` gets another
number when a change breaks programs that read it.
"""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from leaflets.content.model import Model

FORMAT = "leaflets-evidence/2"
Result = Literal["pass", "warning", "fail", "not checked"]


class Checker(Model):
    """A program that measured or judged."""

    name: str
    version: str
    looked_at: str


class TypesetBy(Model):
    """The program that set the pages. Parts for speed change how long that takes and nothing on the page."""

    name: str
    version: str
    speed_parts: tuple[str, ...] = Field(description="Our replacements of its functions that were used.")
    speed_parts_left_out: tuple[str, ...] = Field(description="Those that were not, each with the reason.")


class Measured(Model):
    """A measured value of the finished file, with its limits."""

    value: int | float
    at_least: float | None = None
    at_most: float | None = None
    source: str = Field("", description="Who asks for it: a standard, or a table of ours.")
    result: Result = "pass"
    says: str = Field(description="The same as a sentence for people.")


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


class FlagRow(Model):
    """An item of the red flags."""

    words: str
    danger: str = ""
    found: bool
    page: int = Field(description="0: not found.")


class FlagTier(Model):
    """One urgency of the red flags."""

    urgency: str
    heading: str
    found: bool
    page: int
    rows: tuple[FlagRow, ...]


class RedFlagsPrinted(Model):
    """The red flags of the edition, searched in the file's words."""

    result: Result
    says: str
    in_order: bool
    tiers: tuple[FlagTier, ...]


class LevelMeasured(Model):
    """Readability of the words in the file."""

    result: Result
    says: tuple[str, ...]
    formula: str = Field(description="Empty: none is valid for the language, so no grade is given.")
    words: int = Field(
        description="Of the running text that was found in the file: without headings, names, cells, "
        "points to tick and red flags."
    )
    sentences: int
    flesch_kincaid_grade: Measured | None
    flesch_kincaid_grade_strict: Measured | None = Field(description="Without the allowance for familiar words.")
    smog_grade: Measured | None
    smog_grade_strict: Measured | None = Field(description="Without the allowance for familiar words.")
    mean_words_in_a_sentence: Measured | None
    longest_sentence_words: Measured | None = Field(description="Of a list, its longest point after its first line.")
    excused_percent: Measured | None = Field(description="Share of the long words that count as familiar.")
    words_in_file: int = Field(description="All words, with contents, document control and sources.")
    grade_of_all_words: float | None
    same_as_source: bool = Field(description="The words found in the file measure as those of the article’s files do.")
    lines_of_article: int
    lines_not_found: tuple[str, ...] = Field(description="Lines of the article that are not in the file’s words.")
    counted_as_familiar: tuple[str, ...] = Field(
        description="Long words that count as short because the article lists them, most often first."
    )


class ItemNotMet(Model):
    """An item of PEMAT-P (`pemat`) or the CDC Clear Communication Index (`cdc`) that the leaflet does not meet."""

    measure: str
    item: int
    asks: str
    why: str


class MeasuresAnswered(Model):
    """Scores of the whole leaflet at this level by the answers of a person, percent; at least 90 is held."""

    result: Result
    pemat_understandability: float
    pemat_actionability: float
    cdc_index: float
    not_met: tuple[ItemNotMet, ...] = ()


class PartPrinted(Model):
    """A part of the leaflet, with the claims and facts that it rests on."""

    part: str
    page: int = Field(description="Where its first words were found; 0: not found.")
    found: bool
    claims: tuple[str, ...]
    facts: tuple[str, ...]


class ClaimPrinted(Model):
    """A statement of the source article that this edition prints."""

    id: str
    says: str
    where_in_source: str
    certainty: str
    printed_in: tuple[str, ...]


class ClaimLeftOut(Model):
    """A statement of the source article that the edition's level leaves out for a reason."""

    id: str
    says: str
    where_in_source: str
    why: str


class FactPrinted(Model):
    """A statement beyond the article that this edition prints."""

    id: str
    says: str
    status: str
    sources: tuple[str, ...]
    printed_in: tuple[str, ...]


class SourceNamed(Model):
    """A source of a printed fact."""

    id: str
    full: str
    rank: str
    named_on_paper: bool = Field(description="Its short form was found in the words of the file.")


class SourceOrigin(Model):
    """The article that the leaflet restates."""

    title: str
    publisher: str
    address: str
    named_on_paper: bool


class Basis(Model):
    """The basis of the leaflet: its parts, claims, facts and sources."""

    origin: SourceOrigin
    parts: tuple[PartPrinted, ...]
    claims: tuple[ClaimPrinted, ...]
    left_out: tuple[ClaimLeftOut, ...] = Field((), description="By all leaflets of the article at this level.")
    facts: tuple[FactPrinted, ...]
    sources: tuple[SourceNamed, ...]


class Signature(Model):
    """A signature that a named person must give, or has given."""

    what: str
    who: str
    signed: bool
    by: str = ""
    role: str = ""
    on: datetime.date | None = None


class ReviewState(Model):
    """The state of review, with its signatures."""

    state: Literal["awaiting review", "reviewed"]
    since: str = Field("", description="Why a leaflet that was signed awaits review again.")
    expired: bool = Field(False, description="Its review was due before the day of the build.")
    said_on_paper: bool = Field(description="What the file says of it was found in its words.")
    signatures: tuple[Signature, ...]


class Evidence(Model):
    """The evidence of one edition, made by measuring its finished file."""

    format: Literal["leaflets-evidence/2"] = "leaflets-evidence/2"
    result: Result = Field(description="The worst of what follows; “not checked” where the rest passes.")
    says: tuple[str, ...] = Field(description="A sentence for each thing that fails or was not checked.")
    about: AboutFile
    file: File
    file_for_the_printer: PrinterFile | None
    pages: Page
    preflight: tuple[RuleKept, ...]
    pdf_ua: PdfUa
    heard: AccessibilityReport
    red_flags: RedFlagsPrinted
    readability: LevelMeasured
    measures: MeasuresAnswered | None = Field(None, description="None: nobody has answered, or a part of the leaflet.")
    basis: Basis
    review: ReviewState
    checked_by: tuple[Checker, ...]
    typeset_by: TypesetBy | None = None
    sides: tuple[SideMeasured, ...] = Field((), description="The sides of a layout with a page map; else none.")

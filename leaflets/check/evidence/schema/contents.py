"""The words of the file: red flags, readability and scores."""

from __future__ import annotations

from pydantic import Field

from leaflets.check.evidence.schema.result import Measured, Result
from leaflets.content.model.text import Model


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

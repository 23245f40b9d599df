"""The evidence of one edition as a whole, with its state of review."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from leaflets.check.evidence.schema.basis import Basis
from leaflets.check.evidence.schema.contents import LevelMeasured, MeasuresAnswered, RedFlagsPrinted
from leaflets.check.evidence.schema.file import (
    AboutFile,
    AccessibilityReport,
    File,
    Page,
    PdfUa,
    PrinterFile,
    RuleKept,
    SideMeasured,
)
from leaflets.check.evidence.schema.result import Checker, Result, TypesetBy
from leaflets.content.model.text import Model


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

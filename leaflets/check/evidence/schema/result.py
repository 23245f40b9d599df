"""A result, a measured value with its limits, and the programs that measured."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from leaflets.content.model.text import Model

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

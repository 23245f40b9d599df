"""Regions, one file each: paper, large-print profile, telephone numbers, names of medicines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.merged import read_merged
from leaflets.base.project import Project
from leaflets.base.source import Source
from leaflets.content.clinic import visible_words
from leaflets.content.model.text import Model
from leaflets.content.phone import phone, plan_is_known
from leaflets.content.validate import validate


class Region(Model):
    """What the region decides, whatever the language."""

    id: str
    name: str
    paper: Literal["A4", "Letter"]
    large_print: Literal["ukaaf", "acb"] = Field(
        description="Standard of large print. ukaaf: that of the UK; acb: that of the US."
    )
    contacts: dict[str, Annotated[str, AfterValidator(visible_words)]]
    call: tuple[str, ...] | None = Field(
        None, description="Names of the contacts that are numbers to call, each one number; links dial no others."
    )
    medicines: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def numbers(self) -> frozenset[str]:
        """Names of the contacts whose links dial. Without `call`, those that are exactly one number of the region."""
        named = self.contacts if self.call is None else self.call
        return frozenset(name for name in named if name in self.contacts and phone(self.contacts[name], self.id).target)

    def values(self, language: str) -> dict[str, str]:
        """Values of the placeholders in a text; `language` such as “en”. A medicine without a name in the language is
        left out."""
        names = {key: words[language] for key, words in self.medicines.items() if language in words}
        return {**self.contacts, **names}


def region_ids(project: Project) -> list[str]:
    """Ids of all regions of a project, sorted."""
    return project.names("regions", ".yaml")


def read_region(project: Project, region: str, diagnostics: Diagnostics) -> Region | None:
    """Read `regions/<region>.yaml`: the user's file over the shipped one, key by key.

    None after a diagnostic when it is missing or invalid.
    """
    name = f"regions/{region}.yaml"
    if not project.find(name):
        diagnostics.error(
            Place(name), f"there is no region “{region}”", "unknown-region", did_you_mean(region, region_ids(project))
        )
        return None
    source = read_merged(project, (name,), diagnostics)
    found = validate(source, Region, diagnostics) if source else None
    if source and found and found.id != region:
        message = f"the id “{found.id}” is not the name of the file, “{region}”"
        diagnostics.error(source.place(("id",)), message, "wrong-id", f"write “id: {region}”, or rename the file")
        return None
    if source and found:
        _check_numbers(source, found, diagnostics)
    return found


def _check_numbers(source: Source, region: Region, diagnostics: Diagnostics) -> None:
    """Report names in `call` that are no contacts, or whose value is not exactly one number of the region."""
    for index, name in enumerate(region.call or ()):
        if name not in region.contacts:
            hint = did_you_mean(name, region.contacts)
            diagnostics.error(source.place(("call", index)), f"there is no contact “{name}”", "unknown-contact", hint)
        elif name not in region.numbers and plan_is_known(region.id):
            said = f"“{region.contacts[name]}” is not exactly one number that a telephone in {region.id} dials"
            hint = "write one number as it is dialled there, or take its name out of “call”"
            diagnostics.error(source.place(("contacts", name)), said, "not-a-number", hint)

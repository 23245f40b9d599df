"""The models give the JSON Schemas that editors complete from."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from leaflets.check.evidence.schema.evidence import Evidence
from leaflets.content.clinic import Clinic
from leaflets.content.load import FILES
from leaflets.content.model.leaflet import PageBudget
from leaflets.content.model.section import AnyBlock, Section
from leaflets.content.model.text import Text
from leaflets.content.region import Region
from leaflets.editions.layouts import LAYOUTS


@pytest.mark.parametrize(
    "model", [*FILES.values(), Region, Clinic, Evidence], ids=[*FILES, "region", "clinic", "evidence"]
)
def test_each_file_has_a_schema_with_the_keys_of_its_model(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    json.dumps(schema)
    assert set(schema["properties"]) == set(model.model_fields)
    assert schema.get("required", []) == [name for name, field in model.model_fields.items() if field.is_required()]


@pytest.mark.parametrize(
    "model", [*FILES.values(), Region, Clinic, Evidence], ids=[*FILES, "region", "clinic", "evidence"]
)
def test_a_schema_forbids_keys_that_are_not_in_it(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part.get("type") != "object" or part["additionalProperties"] is False


def test_a_section_offers_every_kind_of_block() -> None:
    blocks: dict[str, Any] = Section.model_json_schema()["properties"]["blocks"]["items"]
    offered = set(blocks["discriminator"]["mapping"])
    kinds = {option.model_fields["kind"].annotation.__args__[0] for option in AnyBlock.__origin__.__args__}
    assert offered == kinds
    assert {"paragraph", "list", "steps", "options", "diary"} <= offered


def test_an_editor_is_told_what_each_level_is_for() -> None:
    properties = Text.model_json_schema()["properties"]
    assert all(len(field["description"]) > 20 for field in properties.values())


def test_a_page_budget_has_every_layout_whose_number_of_pages_is_not_fixed() -> None:
    properties = PageBudget.model_json_schema()["properties"]
    assert set(properties) == {row.id for row in LAYOUTS.values() if row.on_paper and not row.holds}


def test_a_page_budget_is_that_of_the_level_or_of_all() -> None:
    budget = PageBudget.model_validate({"giant-print": {"easy": 18, "all": 20}})
    found = [budget.most("giant-print", level) for level in ("easy", "plain")]
    assert [*found, budget.most("standard", "plain"), budget.most("tri-fold", "plain")] == [18, 20, 0, 0]

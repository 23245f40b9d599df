"""Told harms: what the clinician's page says of each medicine is what its leaflet prints."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.load import read_article
from leaflets.content.medicines.harm_grid import DOES_NOT_APPLY, NOT_LOOKED_UP
from leaflets.content.medicines.told_harms import ToldMedicine, told_harms
from leaflets.content.model.text import LEVEL_IDS
from leaflets.content.traceability import printed
from tests.tools.some import some

ARTICLE = read_article(Project(), "fibromyalgia-leg-pain", Diagnostics())
NAMES = {"paracetamol": "acetaminophen"}


def told(leaflet: str, region: str) -> dict[str, ToldMedicine]:
    assert ARTICLE is not None
    return {row.id: row for row in told_harms(ARTICLE, leaflet, region, NAMES)}


@pytest.mark.parametrize("region", ["GB", "US"])
@pytest.mark.parametrize("leaflet", ["overview", "restless-legs-self-care", "treatment-options"])
def test_a_harm_is_told_only_if_every_level_prints_all_that_is_known(leaflet: str, region: str) -> None:
    assert ARTICLE is not None
    rows = told(leaflet, region)
    levels = [printed(ARTICLE, leaflet, level, region)[1] for level in LEVEL_IDS]
    for medicine in some([row for row in ARTICLE.grid.medicines if row.given_in(region)]):
        for (_, entries), how in zip(medicine.harms(), rows[medicine.id].harms, strict=True):
            known = [name for name in entries if name in ARTICLE.facts and region in ARTICLE.facts[name].regions]
            everywhere = [name for name in known if all(name in facts for facts in levels)]
            assert (how == "none") == (DOES_NOT_APPLY in entries)
            assert (how == "unread") == (not known and how != "none")
            assert (how == "elsewhere") == (bool(known) and not everywhere)
            assert (how == "told") == (bool(known) and everywhere == known and NOT_LOOKED_UP not in entries)


def test_a_leaflet_of_treatments_tells_more_than_the_overview() -> None:
    count = [
        sum(row.harms.count("told") for row in told(leaflet, "GB").values())
        for leaflet in ("treatment-options", "overview")
    ]
    assert count[0] > 2 * count[1]


def test_names_are_those_without_brands_and_of_a_group_its_own() -> None:
    names = {id_: row.name for id_, row in told("treatment-options", "US").items()}
    assert names["duloxetine"] == "duloxetine"
    assert names["dopamine-medicines"] == "ropinirole/pramipexole/rotigotine"
    assert names["opioids"] == "opioids"
    assert names["paracetamol"] == "acetaminophen"


def test_a_medicine_of_another_region_is_not_there() -> None:
    assert "milnacipran" in told("treatment-options", "US")
    assert "milnacipran" not in told("treatment-options", "GB")

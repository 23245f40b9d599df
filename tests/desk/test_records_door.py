"""The desk with the record system's door: it is asked from elsewhere, and hands out what is signed alone."""

from __future__ import annotations

import pytest

from tests.tools.desk import FORM, Desk

pytestmark = pytest.mark.builds
QUERY = "mainSearchCriteria.v.dn=hand+washing&knowledgeResponseType=application/json"
ELSEWHERE = {"Origin": "https://records.hospital.example", "Sec_Fetch_Site": "cross-site"}


def test_the_door_answers_with_what_is_signed(desk: Desk) -> None:
    found = desk.ask(f"/infobutton?{QUERY}")
    assert (found.status, found.json["feed"]["entry"]) == (200, [])
    assert desk.ask("/fhir/metadata").json["resourceType"] == "CapabilityStatement"


def test_a_record_system_may_post_and_a_page_elsewhere_may_not_send_notes(desk: Desk) -> None:
    asked = desk.ask("/infobutton", "POST", QUERY, Content_Type=FORM, **ELSEWHERE)
    assert asked.status == 200
    assert desk.ask("/note", "POST", "edition=x", Content_Type=FORM, **ELSEWHERE).status == 403
    assert desk.ask(f"/infobutton?{QUERY}", Host="evil.example").status == 421

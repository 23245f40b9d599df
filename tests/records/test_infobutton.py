"""HL7 Infobutton: answers in their four forms, and requests as they really come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from starlette.testclient import TestClient

from leaflets.records.code_systems import SYSTEMS

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "knowledge-response.xsd"))
ATOM = "{http://www.w3.org/2005/Atom}"
RLS = "mainSearchCriteria.v.c=G25.81"
AS_JSON = "knowledgeResponseType=application/json"


def feed(door: TestClient, query: str) -> dict[str, Any]:
    response = door.get(f"/infobutton?{query}&{AS_JSON}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()["feed"]
    return found


def titles(found: dict[str, Any]) -> list[str]:
    return [entry["title"]["_value"].partition(" (")[0] for entry in found["entry"]]


QUERIES = (
    RLS,
    f"{RLS}&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&mainSearchCriteria.v.dn=Restless+legs+syndrome"
    "&subTopic.v.c=Q000628&subTopic.v.cs=2.16.840.1.113883.6.177&taskContext.c.c=PATEDUE&informationRecipient=PAT"
    "&informationRecipient.languageCode.c=en&age.v.v=67&age.v.u=a&patientPerson.administrativeGenderCode.c=F",
    "mainSearchCriteria.v.dn=jumpy+legs&informationRecipient.languageCode.c=ar",
    "mainSearchCriteria.v.c=E11.9&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90",
    f"{RLS}&informationRecipient.languageCode.c=pl",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_xml_is_that_of_the_schema(trial: TestClient, query: str) -> None:
    response = trial.get(f"/infobutton?{query}")
    assert response.headers["content-type"].startswith("text/xml")
    assert response.headers["cache-control"] == "no-cache, no-store"
    SCHEMA.validate(response.text)


def test_a_feed_that_is_out_of_order_does_not_pass() -> None:
    wrong = f'<feed xmlns="{ATOM[1:-1]}" xml:lang="en"><id>urn:x</id><title type="text">t</title></feed>'
    assert not SCHEMA.is_valid(wrong)


def test_json_has_the_same_as_xml(trial: TestClient) -> None:
    found, root = feed(trial, RLS), ElementTree.fromstring(trial.get(f"/infobutton?{RLS}").content)
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == [
        entry["title"]["_value"] for entry in found["entry"]
    ]
    for entry in found["entry"]:
        assert isinstance(entry["link"], list)
        assert isinstance(entry["category"], list)
        assert entry["lang"]
        assert all(link["hreflang"] and link["href"].startswith("https://leaflets.example/") for link in entry["link"])
    assert isinstance(found["author"], list)


def test_jsonp_calls_a_function_and_nothing_else(door: TestClient) -> None:
    text = door.get(f"/infobutton?{RLS}&knowledgeResponseType=application/javascript&callback=a.b_1").text
    assert text.startswith("/**/a.b_1({")
    json.loads(text.removeprefix("/**/a.b_1(").removesuffix(");"))
    assert "<" not in text
    for wrong in ("alert(1)//", "a%3Bb", "a.b.c.d.e.f", "x" * 300, "a%0Ab"):
        response = door.get(f"/infobutton?{RLS}&knowledgeResponseType=application/javascript&callback={wrong}")
        assert response.status_code == 400


def test_only_what_is_signed_is_handed_out(door: TestClient) -> None:
    assert titles(feed(door, RLS)) == ["Calm your restless legs"]
    nothing = feed(door, "mainSearchCriteria.v.c=M79.7")
    assert nothing["entry"] == []
    assert nothing["subtitle"]["_value"] == "No leaflet is known for this."
    assert "raft" not in json.dumps(feed(door, RLS))


def test_every_draft_of_a_trial_says_so(trial: TestClient) -> None:
    found = feed(trial, "mainSearchCriteria.v.c=M79.7")
    assert titles(found) == ["Leg pain and fibromyalgia", "Treatments to talk about"]
    assert found["subtitle"]["_value"].startswith("Draft, not signed by a clinician")
    for entry in found["entry"]:
        assert "draft, not signed" in entry["title"]["_value"]
        assert entry["summary"]["_value"].startswith("Draft, not signed by a clinician.")


def test_an_entry_has_a_link_for_each_level_size_and_language(trial: TestClient) -> None:
    (entry,) = feed(trial, RLS)["entry"]
    words = [link["title"] for link in entry["link"]]
    assert "Calm your restless legs: easy read, large print, PDF, 2 pages A4, English (UK)" in words
    assert any("giant print" in one and "English (US)" in one for one in words)
    assert {link["rel"] for link in entry["link"] if link["hreflang"] == "en-US"} == {"related"}
    assert not [one for one in words if "clinician" in one]


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("icd-10-cm", "G25.81"),
        ("icd-10", "G25.8"),
        ("icd-9-cm", "333.94"),
        ("snomed-ct", "32914008"),
        ("mesh", "D012148"),
    ],
)
def test_each_system_is_known_by_oid_uri_and_name(door: TestClient, system: str, code: str) -> None:
    row = SYSTEMS[system]
    for name in (row.oid, f"urn:oid:{row.oid}", row.uri, *row.names, row.names[0].upper()):
        for sent in (code, code.replace(".", ""), code.lower()):
            query = f"mainSearchCriteria.v.c={sent}&mainSearchCriteria.v.cs={name.replace(':', '%3A')}"
            assert titles(feed(door, query)) == ["Calm your restless legs"], query


DIRTY = (
    "MAINSEARCHCRITERIA.V.C=g2581",
    "mainSearchCriteria.c.c=G25.81",
    "mainSearchCriteria.v.c0=G25.81&mainSearchCriteria.v.cs0=2.16.840.1.113883.6.90",
    "mainSearchCriteria.v.c1=G25.81&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90",
    "mainSearchCriteria.v.c=E11&mainSearchCriteria.v.c1=G25.81",
    "mainSearchCriteria.v.c=E11&mainSearchCriteria.v.c=G25.81",
    "mainSearchCriteria.v.c=&mainSearchCriteria.v.dn=restless+legs",
    "mainSearchCriteria.v.c=G25.81&mainSearchCriteria.v.dn=",
    "mainSearchCriteria.v.c=G25.81&amp;mainSearchCriteria.v.cs=2.16.840.1.113883.6.90",
    "amp;mainSearchCriteria.v.c=G25.81",
    "mainSearchCriteria.v.c=G25%252E81",
    "mainSearchCriteria.v.c=+G25.81+",
    "mainSearchCriteria.v.c=99999&mainSearchCriteria.v.cs=2.16.840.1.113883.6.88&mainSearchCriteria.v.ot=RLS",
    "mainSearchCriteria.v.dn=restles%2520leg",
    f"{RLS}&informationRecipient.languageCode.c=en&informationRecipient.languageCode.c=en",
    f"{RLS}&informationRecipient.languageCode.c=EN_us",
    f"{RLS}&informationRecipient.languageCode.c=sp",
    f"{RLS}&informationRecipient.languageCode.c=pt-BR",
    f"{RLS}&informationRecipient.languageCode.c=",
    f"{RLS}&age.v.v=abc&age.v.u=a",
    f"{RLS}&knowledgeResponseType=text/XML",
)


@pytest.mark.parametrize("query", DIRTY)
def test_requests_are_understood_as_they_really_come(door: TestClient, query: str) -> None:
    response = door.get(f"/infobutton?{query}")
    assert response.status_code == 200
    assert b"Calm your restless legs" in response.content
    SCHEMA.validate(response.text)


def test_sixty_problems_by_post(door: TestClient) -> None:
    pairs = {f"mainSearchCriteria.v.c{number or ''}": f"E{number:02}" for number in range(40)}
    pairs |= {"mainSearchCriteria.v.c40": "G25.81"}
    pairs |= {f"observation.v.v{number}": "7" for number in range(60)}
    response = door.post("/infobutton", data=pairs)
    assert b"Calm your restless legs" in response.content
    assert b"observation" not in response.content


def test_another_system_is_not_taken_for_one_of_ours(door: TestClient) -> None:
    loinc = feed(door, "mainSearchCriteria.v.c=333.94&mainSearchCriteria.v.cs=2.16.840.1.113883.6.1")
    assert loinc["entry"] == []


def test_the_two_kinds_of_icd_10_stand_in_for_each_other(door: TestClient) -> None:
    who = "mainSearchCriteria.v.c=G25.81&mainSearchCriteria.v.cs=2.16.840.1.113883.6.3"
    american = "mainSearchCriteria.v.c=G25.8&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"
    assert titles(feed(door, who)) == titles(feed(door, american)) == ["Calm your restless legs"]


def test_what_cannot_be_met_is_said_in_words(door: TestClient) -> None:
    spanish = feed(door, f"{RLS}&informationRecipient.languageCode.c=es")
    assert spanish["subtitle"]["_value"] == "There is nothing in Spanish; this is English (UK)."
    american = feed(door, f"{RLS}&informationRecipient.languageCode.c=en-US")
    assert (american["lang"], american["entry"][0]["lang"]) == ("en-US", "en-US")
    child = feed(door, f"{RLS}&age.v.v=9&age.v.u=a")
    assert child["entry"] == []
    assert "Leaflets for adults were left out" in child["subtitle"]["_value"]
    assert feed(door, f"{RLS}&age.v.v=216&age.v.u=mo")["entry"]
    assert feed(door, f"{RLS}&ageGroup.v.c=D000293")["entry"] == []


def test_the_aspect_that_is_asked_for_comes_first(trial: TestClient) -> None:
    fibromyalgia = "mainSearchCriteria.v.c=M79.7"
    assert titles(feed(trial, fibromyalgia))[0] == "Leg pain and fibromyalgia"
    assert titles(feed(trial, f"{fibromyalgia}&subTopic.v.c=Q000628"))[0] == "Treatments to talk about"


def test_the_id_of_an_entry_stays_the_same(door: TestClient) -> None:
    ids = {feed(door, query)["entry"][0]["id"]["_value"] for query in (RLS, "mainSearchCriteria.v.dn=RLS")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "nothing is asked for"),
        ("mainSearchCriteria.v.cs=2.16.840.1.113883.6.90", 400, "nothing is asked for"),
        (f"{RLS}&knowledgeResponseType=image/png", 400, "knowledgeResponseType can be text/xml"),
        ("mainSearchCriteria.v.c=%ff%fe", 400, "no UTF-8"),
        ("&".join(f"a{n}=b" for n in range(1200)), 400, "more than 1000"),
        ("a=" + "b" * 20_000, 414, "send it by POST"),
    ],
)
def test_what_is_malformed_gets_a_status_and_words(door: TestClient, query: str, status: int, words: str) -> None:
    response = door.get(f"/infobutton?{query}")
    assert (response.status_code, words in response.text) == (status, True), response.text


def test_files_are_those_that_may_be_handed_out(door: TestClient) -> None:
    (entry,) = feed(door, RLS)["entry"]
    path = entry["link"][0]["href"].removeprefix("https://leaflets.example")
    first = door.get(path)
    assert first.content.startswith(b"%PDF")
    assert door.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    draft = path.replace("restless-legs-self-care", "overview")
    for wrong in (
        draft,
        "/files/catalogue.json",
        "/files/..%2fcatalogue.json",
        "/files/%2e%2e/%2e%2e/etc/hostname",
        "/x",
    ):
        assert door.get(wrong).status_code == 404, wrong

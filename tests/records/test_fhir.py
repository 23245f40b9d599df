"""FHIR R4 and CDS Hooks: resources that validate, searches, one card."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from starlette.testclient import TestClient

from tests.conftest import ROOT

NODE = ROOT / "tests" / "node"
VALIDATE = """
const { Fhir } = require("fhir");
const fhir = new Fhir();
const resources = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(resources.map(one => fhir.validate(one, { errorOnUnexpected: true }))));
"""


def validated(*resources: dict[str, Any]) -> list[dict[str, Any]]:
    """What the validator of npm's `fhir` says of each (R4, with its value sets)."""
    command = ["node", "--eval", VALIDATE]
    done = subprocess.run(command, cwd=NODE, input=json.dumps(resources), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def search(door: TestClient, **query: str) -> list[dict[str, Any]]:
    found = door.get("/fhir/DocumentReference", params=query)
    assert found.headers["content-type"].startswith("application/fhir+json")
    return [row["resource"] for row in Bundle(**found.json()).model_dump(mode="json").get("entry") or []]


def test_resources_validate(trial: TestClient) -> None:
    bundle = trial.get("/fhir/DocumentReference").json()
    one = bundle["entry"][0]["resource"]
    statement = trial.get("/fhir/metadata").json()
    wrong = {**one, "status": "perhaps", "colour": "red"}
    CapabilityStatement(**statement)
    good, whole, said, bad = validated(one, bundle, statement, wrong)
    assert [row["messages"] for row in (good, whole, said) if not row["valid"]] == []
    assert not bad["valid"]
    assert len([message for message in bad["messages"] if message["severity"] == "error"]) >= 1


def test_a_leaflet_has_an_attachment_for_each_form_with_its_hash(door: TestClient, records_folder: Path) -> None:
    (row,) = search(door, code="http://snomed.info/sct|32914008", language="en-GB")
    assert (row["docStatus"], row["status"], row["language"]) == ("final", "current", "en-GB")
    assert len(row["content"]) > 10
    for content in row["content"]:
        attachment = content["attachment"]
        body = (records_folder / attachment["url"].partition("/files/")[2]).read_bytes()
        assert base64.b64decode(attachment["hash"]) == hashlib.sha1(body, usedforsecurity=False).digest()
    codes = {coding["code"] for concept in row["category"] for coding in concept["coding"]}
    assert {"G25.81", "32914008", "D012148"} <= codes
    assert row["context"]["event"] == row["category"]


def test_drafts_are_preliminary(trial: TestClient) -> None:
    status = {row["docStatus"] for row in search(trial, code="M79.7")}
    assert status == {"preliminary"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"code": "G25.81"}, 2),
        ({"code": "http://hl7.org/fhir/sid/icd-10-cm|G25.81"}, 2),
        ({"code": "http://loinc.org|G25.81"}, 0),
        ({"title": "restles leg"}, 2),
        ({"title": "asthma"}, 0),
        ({"language": "en"}, 2),
        ({"language": "de"}, 0),
        ({"code": "G25.81", "language": "en-US"}, 1),
        ({}, 2),
    ],
)
def test_search(door: TestClient, query: dict[str, str], count: int) -> None:
    assert len(search(door, **query)) == count


def test_one_leaflet_by_its_id(door: TestClient) -> None:
    id_ = search(door)[0]["id"]
    assert door.get(f"/fhir/DocumentReference/{id_}").json()["id"] == id_
    missing = door.get("/fhir/DocumentReference/x")
    assert missing.status_code == 404
    assert OperationOutcome(**missing.json()).issue[0].code == "not-found"


CONDITION = {
    "resourceType": "Condition",
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "32914008"}]},
}


def call(door: TestClient, **prefetch: Any) -> list[dict[str, Any]]:
    body = {"hook": "patient-view", "hookInstance": "1", "context": {"patientId": "2"}, "prefetch": prefetch}
    found: list[dict[str, Any]] = door.post("/cds-services/leaflets", json=body).json()["cards"]
    return found


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def test_discovery_names_one_service(door: TestClient) -> None:
    (service,) = door.get("/cds-services").json()["services"]
    assert (service["hook"], service["id"]) == ("patient-view", "leaflets")
    assert "Condition?patient={{context.patientId}}" in service["prefetch"]["conditions"]


def test_one_card_with_links_in_peoples_words(trial: TestClient, door: TestClient) -> None:
    fibromyalgia = {**CONDITION, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "203082005"}]}}
    (card,) = call(trial, conditions=bundle(CONDITION, fibromyalgia))
    assert len(card["summary"]) <= 140
    assert card["summary"].startswith("Drafts of leaflets for this patient: ")
    assert card["indicator"] == "info"
    assert card["detail"].startswith("Draft, not signed by a clinician")
    (signed,) = call(door, conditions=bundle(CONDITION, fibromyalgia))
    assert signed["summary"] == "Leaflets for this patient: Calm your restless legs"
    assert signed["links"][0]["label"].startswith("Calm your restless legs: plain language, handout on one sheet, PDF")
    assert {link["type"] for link in signed["links"]} == {"absolute"}


def test_no_card_without_a_leaflet(door: TestClient) -> None:
    over = {**CONDITION, "clinicalStatus": {"coding": [{"code": "resolved"}]}}
    assert call(door, conditions=bundle(over)) == []
    assert call(door) == []
    assert call(door, conditions=None) == []


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", '{"hook": "order-sign"}', "{" * 5000, '{"hook": 1e999}'])
def test_what_is_no_hook_is_refused(door: TestClient, body: str) -> None:
    response = door.post("/cds-services/leaflets", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert len(response.text) > 10

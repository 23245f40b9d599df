"""What may identify a person is neither repeated nor logged nor written: a marked value in every parameter."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

MARK = "Zq7Kx"
NAMES = (
    "mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn", "mainSearchCriteria.v.ot",
    "subTopic.v.c", "subTopic.v.dn", "taskContext.c.c", "taskContext.c.dn", "informationRecipient",
    "informationRecipient.languageCode.c", "informationRecipient.languageCode.dn", "performer",
    "performer.languageCode.c", "performer.healthCareProvider.c.c", "patientPerson.administrativeGenderCode.c",
    "patientPerson.name.family", "patientPerson.birthTime.value.v", "recordTarget.patientRole.id", "age.v.v", "age.v.u",
    "ageGroup.v.c", "encounter.c.c", "representedOrganization.id.root", "assignedAuthorizedPerson.id.root",
    "holder.assignedEntity.n", "holder.assignedEntity.certificateText", "observation.c.c", "observation.v.v",
    "severityObservation.interpretationCode.c", "locationOfInterest.addr.ZIP", "serviceDeliveryLocation.id.root",
    "knowledgeRequestNotification.id.root", "knowledgeResponseType", "callback", "hw.key", "patient", "_id", "code",
    "language", "title", "password", MARK,
)  # fmt: skip


def held(response_text: str, headers: object) -> bool:
    return MARK.lower() in (response_text + str(headers)).lower()


def test_no_value_of_a_request_comes_back(
    door: TestClient, records_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in NAMES:
        for query in ({"mainSearchCriteria.v.c": "G25.81", name: f"{MARK} 943 476 5919"}, {name: MARK}):
            for path in ("/infobutton", "/fhir/DocumentReference", "/cds-services", f"/fhir/DocumentReference/{MARK}"):
                response = door.get(path, params=query)
                assert not held(response.text, response.headers), (name, path)
            for form in ("text/xml", "application/json", "application/javascript", "text/html"):
                response = door.post("/infobutton", data={**query, "knowledgeResponseType": form})
                assert not held(response.text, response.headers), (name, form)
    hook = {
        "hook": "patient-view", "hookInstance": MARK, "fhirServer": f"https://{MARK}.example/fhir",
        "fhirAuthorization": {"access_token": MARK}, "context": {"patientId": MARK, "userId": MARK},
        "prefetch": {
            "conditions": {"resourceType": "Bundle", "id": MARK, "entry": [
                {"resource": {"resourceType": "Condition", "id": MARK, "subject": {"display": MARK}, "code": {
                    "text": MARK,
                    "coding": [{"system": "http://snomed.info/sct", "code": "32914008", "display": MARK}]}}},
                {"resource": {"resourceType": "Condition", "code": {"coding": [{"system": MARK, "code": MARK}]}}},
            ]},
            "patient": {"resourceType": "Patient", "name": [{"family": MARK}], "communication": [
                {"language": {"coding": [{"code": MARK}]}}]},
        },
    }  # fmt: skip
    answer = door.post("/cds-services/leaflets", json=hook)
    assert answer.json()["cards"]
    assert not held(answer.text, answer.headers)
    said = capfd.readouterr()
    assert not held(said.out + said.err, "")
    for path in records_folder.rglob("*"):
        assert MARK not in path.name
        if path.is_file():
            assert MARK.encode() not in path.read_bytes()


def test_a_fault_of_the_program_tells_nothing_of_the_request(
    door: TestClient, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr("leaflets.records.door.answer_to", breaks)
    response = door.get("/infobutton", params={"mainSearchCriteria.v.dn": MARK})
    assert response.status_code == 500
    assert "a fault of the program" in response.text
    said = capfd.readouterr().err
    assert "a fault of the program: ValueError at " in said
    assert MARK not in said + response.text


def test_the_token_of_a_hook_is_not_even_read() -> None:
    source = (Path(__file__).parents[2] / "leaflets/records/cds_hooks.py").read_text(encoding="utf-8")
    assert "fhirServer" not in source
    assert "Authorization" not in source

"""What was tried against the door: addresses, changed files, long words, broken folders, questions of browsers."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.cli.clinics.records import public_url, region
from leaflets.records import holdings as holdings_module
from leaflets.records.answer import _same_script, answer_to
from leaflets.records.door import RecordsApp
from leaflets.records.feed import FeedSettings, atom
from leaflets.records.holdings import WatchedFolder, read_holdings
from leaflets.records.knowledge_request import Criterion, KnowledgeRequest
from leaflets.records.public_folder import PublicFolder
from leaflets.serving.listening import address_of
from tests.records.conftest import BASE, SIGNED

RLS = "mainSearchCriteria.v.c=G25.81"
AS_JSON = "knowledgeResponseType=application/json"


@pytest.fixture
def own(
    project: Project, records_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[TestClient, Path]:
    """A door over a folder of its own, which it looks at for each request."""
    monkeypatch.setattr(holdings_module, "EVERY", 0.0)
    shutil.copytree(records_folder, tmp_path / "build")
    folder = WatchedFolder(project, LocalStore(tmp_path / "build"))
    return TestClient(RecordsApp(project, folder, BASE).app(), base_url=BASE), tmp_path / "build"


@pytest.mark.parametrize("path", ["/infobutton", "/cds-services", "/cds-services/leaflets", "/fhir/DocumentReference"])
def test_a_browser_is_told_that_it_may_ask(door: TestClient, path: str) -> None:
    asked = {"Origin": "https://ehr.example", "Access-Control-Request-Method": "POST"}
    response = door.options(path, headers={**asked, "Access-Control-Request-Headers": "authorization, content-type"})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    allowed = response.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    assert {"authorization", "content-type"} <= set(allowed)


@pytest.mark.parametrize("path", ["/infobutton/", "/fhir/DocumentReference/", "/fhir/metadata/", "/x/", "/files"])
def test_no_address_sends_on_to_another_with_the_query(door: TestClient, path: str) -> None:
    response = door.get(f"{path}?{RLS}&patient.name=Zq7Kx", headers={"Host": "evil.example"}, follow_redirects=False)
    assert response.status_code in (200, 400, 404)
    assert "Zq7Kx" not in response.text + str(response.headers)
    assert "evil" not in str(response.headers)


def test_a_file_that_was_made_anew_is_not_handed_out_as_signed(own: tuple[TestClient, Path]) -> None:
    client, folder = own
    entry = client.get(f"/infobutton?{RLS}&{AS_JSON}").json()["feed"]["entry"][0]
    path = entry["link"][0]["href"].removeprefix(BASE)
    assert client.get(f"/{path}").status_code == 200
    (folder / path.removeprefix("files/")).write_bytes(b"%PDF a draft of tomorrow")
    assert client.get(f"/{path}").status_code == 503
    hashes = [
        row["attachment"].get("hash")
        for found in client.get("/fhir/DocumentReference").json()["entry"]
        for row in found["resource"]["content"]
        if row["attachment"]["url"].endswith(path)
    ]
    assert hashes == [None]


def test_a_file_that_was_made_anew_is_not_published(project: Project, records_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(records_folder, tmp_path / "build")
    store = LocalStore(tmp_path / "build")
    holdings = read_holdings(store, "2026-11-30", drafts=False)
    path = next(iter(holdings.by_path))
    (tmp_path / "build" / path).write_bytes(b"%PDF a draft of tomorrow")
    folder = PublicFolder(project, store, LocalStore(tmp_path / "out"), holdings, FeedSettings(BASE, "", ""))
    with pytest.raises(OSError, match="build again"):
        folder.write(records=False)
    assert not (tmp_path / "out" / path).exists()


@pytest.mark.parametrize("name", ["catalogue.json", "find.json"])
@pytest.mark.parametrize("body", [None, b"", b"{", b"[]", b'{"form": 9}', b"\xff\xfe"])
def test_a_folder_that_breaks_gives_503_until_it_is_whole_again(
    own: tuple[TestClient, Path], name: str, body: bytes | None
) -> None:
    client, folder = own
    whole = (folder / name).read_bytes()
    address = f"/infobutton?{RLS}&{AS_JSON}"
    assert client.get(address).status_code == 200
    if body is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(body)
    assert [client.get(address).status_code for _ in range(3)] == [503] * 3
    (folder / name).write_bytes(whole)
    assert client.get(address).json()["feed"]["entry"]


def test_a_signature_that_is_taken_back_counts_at_once(own: tuple[TestClient, Path]) -> None:
    client, folder = own
    text = (folder / "catalogue.json").read_text("utf-8")
    (folder / "catalogue.json").write_text(text.replace('"reviewed"', '"awaiting-review"'), "utf-8")
    assert client.get(f"/infobutton?{RLS}&{AS_JSON}").json()["feed"]["entry"] == []
    assert client.get("/fhir/DocumentReference").json()["total"] == 0


def test_what_is_past_its_review_date_is_no_draft_for_trial(project: Project, records_folder: Path) -> None:
    names = {name for _, name in read_holdings(LocalStore(records_folder), "2100-01-01", drafts=True).by_leaflet}
    assert names
    assert SIGNED not in names


def test_ten_thousand_words_are_answered_quickly(trial: TestClient) -> None:
    words = {f"mainSearchCriteria.v.dn{n}": " ".join(f"w{'abcdefghijkl'[m % 12]}{n}restlez{m}" for m in range(200))
             for n in range(50)}  # fmt: skip
    begun = time.process_time()
    assert trial.post("/infobutton", data=words).status_code == 200
    assert time.process_time() - begun < 1.0


def test_what_was_typed_is_not_kept_without_end(project: Project, records_folder: Path) -> None:
    held = read_holdings(LocalStore(records_folder), "2026-11-30", drafts=True)
    for number in range(5000):
        held.finder.search(f"wort{number}")
    assert len(held.finder._likenesses) <= 4000


def test_a_title_with_odd_signs_is_still_xml(own: tuple[TestClient, Path], project: Project) -> None:
    _, folder = own
    index = json.loads((folder / "find.json").read_text("utf-8"))
    for row in index["leaflets"]:
        row["titles"] = dict.fromkeys(row["titles"], "\x00\x0b</title><script>&\ufffe\"'")
    (folder / "find.json").write_text(json.dumps(index), "utf-8")
    held = read_holdings(LocalStore(folder), "2026-11-30", drafts=False)
    asked = KnowledgeRequest((Criterion("G2581", None, ""),))
    from xml.etree import ElementTree

    root = ElementTree.fromstring(atom(answer_to(asked, held, "GB"), FeedSettings(BASE, "2026-11-30T00:00:00Z")))
    titles = [entry.findtext("{*}title") for entry in root.iter("{http://www.w3.org/2005/Atom}entry")]
    assert titles == ["</title><script>&\"'"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("informationRecipient.languageCode.c=es&performer.languageCode.c=en", "There is nothing in Spanish; this is"),
        ("informationRecipient.languageCode.c=pl&informationRecipient.languageCode.c=en-US", "nothing in Polish"),
        ("informationRecipient.languageCode.c=en-AU", "of another region; this is English (UK)"),
        ("informationRecipient.languageCode.c=en-US", None),
        ("informationRecipient.languageCode.c=en", None),
    ],
)
def test_another_language_than_the_readers_is_said(door: TestClient, query: str, words: str | None) -> None:
    found = door.get(f"/infobutton?{RLS}&{query}&{AS_JSON}").json()["feed"]
    said = found.get("subtitle", {}).get("_value")
    assert (said is None) if words is None else words in said


def test_a_general_word_alone_hands_nothing_out(trial: TestClient) -> None:
    for words in (
        "Treatments for asthma",
        "asthma treatment",
        "Restlessness and agitation",
        "Pain in arm",
        "pregnancy",
    ):
        found = trial.get("/infobutton", params={"mainSearchCriteria.v.dn": words, "knowledgeResponseType": "json"})
        assert found.json()["feed"]["entry"] == [], words
    side = trial.get(
        "/infobutton", params={"mainSearchCriteria.v.dn": "Pain in right leg", "knowledgeResponseType": "json"}
    )
    assert side.json()["feed"]["entry"][0]["title"]["_value"].startswith("Leg pain and fibromyalgia")


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ("code:text=asthma", 400, 0),
        ("title:exact=Calm", 400, 0),
        ("patient=1", 400, 0),
        ("_has:x:y=1", 400, 0),
        ("_count=5", 200, 2),
        ("title:contains=restless", 200, 2),
        ("code=E11.9,G25.81", 200, 2),
        ("code=G25.81&code=E11.9", 200, 0),
        ("language=de,en-US", 200, 1),
        ("&".join(["title=restless"] * 11), 400, 0),
    ],
)
def test_a_search_never_gives_more_than_was_asked_for(door: TestClient, query: str, status: int, count: int) -> None:
    response = door.get(f"/fhir/DocumentReference?{query}")
    assert response.status_code == status
    if status == 200:
        assert response.json()["total"] == count


def condition(**more: object) -> dict[str, object]:
    coding = [{"system": "http://snomed.info/sct", "code": "32914008"}]
    return {"resourceType": "Condition", "code": {"coding": coding}, **more}


@pytest.mark.parametrize(
    ("prefetch", "count"),
    [
        ({"conditions": condition()}, 1),
        ({"conditions": condition(verificationStatus={"coding": [{"code": "refuted"}]})}, 0),
        ({"conditions": condition(verificationStatus={"coding": [{"code": "entered-in-error"}]})}, 0),
        ({"conditions": condition(), "patient": {"resourceType": "Patient", "birthDate": "1950-02-29"}}, 1),
        ({"conditions": condition(), "patient": {"resourceType": "Patient", "birthDate": "1950"}}, 1),
        ({"conditions": condition(), "patient": {"resourceType": "Patient", "birthDate": "2999-01-01"}}, 0),
        ({"conditions": condition(), "patient": {"resourceType": "Patient", "birthDate": 7}}, 1),
    ],
)
def test_a_card_is_for_what_the_patient_has(door: TestClient, prefetch: object, count: int) -> None:
    body = {"hook": "patient-view", "hookInstance": "1", "context": {}, "prefetch": prefetch}
    assert len(door.post("/cds-services/leaflets", json=body).json()["cards"]) == count


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:1/"),
        ("::1", "http://[::1]:1/"),
        ("0.0.0.0", "http://127.0.0.1:1/"),
        ("h.example", "http://h.example:1/"),
    ],
)
def test_an_answer_has_addresses_that_can_be_opened(host: str, address: str) -> None:
    assert address_of(host, 1) == address


@pytest.mark.parametrize(
    "text", ["javascript:1", "http://", 'http://a"><b/', "http://[", "http://u:p@h/", "https://h/?a", ""]
)
def test_a_public_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        public_url(text)
    assert public_url("https://h.example/a") == "https://h.example/a/"


def test_a_region_is_in_capitals() -> None:
    assert region("us") == "US"
    with pytest.raises(argparse.ArgumentTypeError):
        region("en-US")


@pytest.mark.parametrize(
    ("tag", "locale"), [("zh-tw", "zh-Hant"), ("zh-cn", "zh-Hans"), ("zh", "zh-Hans"), ("zh-hant-hk", "zh-Hant")]
)
def test_a_language_is_given_in_the_script_of_its_region(tag: str, locale: str) -> None:
    assert _same_script(tag, ["zh-Hans", "zh-Hant"])[0] == locale

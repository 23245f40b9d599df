"""Requests made by chance: each is answered with a status under 500, and quickly."""

from __future__ import annotations

import json
import random
import statistics
import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.tools.selection import sampled

NAMES = (
    "mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn", "mainSearchCriteria.c.c", "age.v.v",
    "age.v.u", "subTopic.v.c", "informationRecipient.languageCode.c", "knowledgeResponseType", "callback",
    "taskContext.c.c", "code", "language", "title", "_id", "_count", "amp;mainSearchCriteria.v.c", "x" * 300, "",
)  # fmt: skip
VALUES = (
    "G25.81", "g2581", "M79.7", "32914008", "http://snomed.info/sct", "2.16.840.1.113883.6.90", "application/json",
    "text/xml", "application/javascript", "en", "EN-gb", "sp", "1e999", "-1", "9" * 400, "٣٣", "restless legs",
    "\ud83e\uddb5".encode("utf-16", "surrogatepass").decode("utf-16"), "%", "%25%25", "\x00", "a|b|c", "|", "<script>",
    "x" * 1900, "' OR 1=1 --", "../../etc", "{{7*7}}", "\u202e", "", " ", "&", "=",
)  # fmt: skip
PATHS = (
    "/infobutton",
    "/fhir/DocumentReference",
    "/fhir/metadata",
    "/cds-services",
    "/files/",
    "/fhir/DocumentReference/",
)
LITTER = (None, True, 0, -1, 1.5, "x", "G25.81", [], {}, [[]], {"a": 1})


def json_value(chance: random.Random, depth: int = 0) -> object:
    keys = (
        "hook",
        "prefetch",
        "conditions",
        "patient",
        "entry",
        "resource",
        "resourceType",
        "code",
        "coding",
        "system",
    )
    kind = chance.random()
    if depth > 6 or kind < 0.3:
        return chance.choice((*LITTER, "patient-view", "Bundle", "Condition", "Patient"))
    if kind < 0.5:
        return [json_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(keys): json_value(chance, depth + 1) for _ in range(chance.randrange(5))}


def one_request(chance: random.Random, door: TestClient) -> int:
    pairs = [(chance.choice(NAMES) + chance.choice(("", "0", "1", "99999")), chance.choice(VALUES)) for _ in range(6)]
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs[: chance.randrange(7)])
    kind = chance.random()
    if kind < 0.5:
        return door.get(f"{chance.choice(PATHS)}{quote(chance.choice(('', '', 'x', '..')))}?{query}").status_code
    if kind < 0.7:
        body = query if chance.random() < 0.8 else bytes(chance.randrange(256) for _ in range(50))
        headers = {"Content-Type": chance.choice(("application/x-www-form-urlencoded", "text/xml", ""))}
        return door.post(chance.choice(PATHS[:2]), content=body, headers=headers).status_code
    value = {"hook": "patient-view", "prefetch": json_value(chance)} if chance.random() < 0.7 else json_value(chance)
    body = json.dumps(value)[: chance.choice((10_000, 10_000, 20))]
    return door.post("/cds-services/leaflets", content=body, headers={"Content-Type": "application/json"}).status_code


@pytest.mark.parametrize("seed", sampled(range(20), (0,)))
def test_a_thousand_requests_by_chance(trial: TestClient, seed: int) -> None:
    chance = random.Random(seed)
    statuses, times = [], []
    for _ in range(1000):
        begun = time.thread_time()
        statuses.append(one_request(chance, trial))
        times.append(time.thread_time() - begun)
    assert max(statuses) < 500
    assert {200, 400} <= set(statuses)
    assert statistics.median(times) < 0.1

"""Names of the code systems, as requests have them: OIDs, FHIR URIs, and the names that systems really send."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class CodeSystem:
    """A code system: our id, its OID (HL7 OID registry), its FHIR URI, other names in small letters and digits."""

    id: str
    oid: str
    uri: str
    names: tuple[str, ...]


SYSTEMS: dict[str, CodeSystem] = {
    row.id: row
    for row in (
        CodeSystem("icd-10", "2.16.840.1.113883.6.3", "http://hl7.org/fhir/sid/icd-10", ("icd10", "icd10who", "i10")),
        CodeSystem(
            "icd-10-cm",
            "2.16.840.1.113883.6.90",
            "http://hl7.org/fhir/sid/icd-10-cm",
            ("icd10cm", "i10cm", "icd10cmdiagnosiscodes"),
        ),
        CodeSystem(
            "icd-9-cm",
            "2.16.840.1.113883.6.103",
            "http://hl7.org/fhir/sid/icd-9-cm",
            ("icd9", "icd9cm", "i9cm", "icd9cmdiagnosiscodes"),
        ),
        CodeSystem(
            "snomed-ct", "2.16.840.1.113883.6.96", "http://snomed.info/sct", ("snomed", "snomedct", "sct", "snomedctus")
        ),
        CodeSystem("mesh", "2.16.840.1.113883.6.177", "http://www.nlm.nih.gov/mesh", ("mesh", "msh")),
    )
}
_BY_NAME = {
    name: row.id
    for row in SYSTEMS.values()
    for name in (row.oid, f"urn:oid:{row.oid}", row.uri, row.uri.replace("http:", "https:"), *row.names)
}


def system_of(text: str) -> str | None:
    """Our id of a code system by OID, URI or name; None for another one."""
    name = text.strip().lower().rstrip("/").partition("|")[0]
    return _BY_NAME.get(name) or _BY_NAME.get(re.sub(r"[^a-z0-9]", "", name))

"""Request of a record system: HL7 Infobutton, URL-based implementation guide, release 4, as systems really send it.

Names are read in any case, with a suffix from 0 or 1, with `amp;` before them and with values escaped twice. Only the
parameters that decide the answer are read. The others, names and numbers of persons among them, are dropped unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus

from leaflets.content.model.search_terms import compact_code
from leaflets.records.code_systems import system_of

XML, JSON, JSONP, HTML = "text/xml", "application/json", "application/javascript", "text/html"
RESPONSES = {
    **dict.fromkeys(("text/xml", "application/xml", "application/atom+xml", "xml", "atom"), XML),
    **dict.fromkeys(("application/json", "text/json", "json"), JSON),
    **dict.fromkeys(
        ("application/javascript", "text/javascript", "application/x-javascript", "javascript", "jsonp"), JSONP
    ),
    **dict.fromkeys(("text/html", "html", "application/xhtml+xml", "text/xhtml"), HTML),
}
"""Values of knowledgeResponseType, in small letters."""
CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,4}", re.ASCII)
OTHER_SYSTEM = "other"
"""Stands for a code system that we have no codes of."""
MOST_PARAMETERS = 1000
MOST_VALUE = 2000
MOST_CRITERIA = 50
LANGUAGES = {"sp": "es", "english": "en", "spanish": "es", "eng": "en", "spa": "es", "cn": "zh", "jp": "ja"}
"""What is sent in place of a tag of BCP 47."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}")
_NAME = re.compile(r"^(?:amp;)*(.*?)(\d*)$")
_YEARS = {"a": 1.0, "y": 1.0, "yr": 1.0, "years": 1.0, "mo": 1 / 12, "wk": 1 / 52, "d": 1 / 365, "h": 0.0, "min": 0.0}
"""Years of a unit of age (UCUM)."""
_AGE_GROUPS = {
    "d007231": 0, "d007223": 0, "d002675": 2, "d002648": 6, "d000293": 13,
    "d055815": 19, "d000328": 19, "d008875": 45, "d000368": 65, "d000369": 80,
}  # fmt: skip
"""Least age in years of a MeSH age group."""
_OLD_NAMES = {"mainsearchcriteria.c": "mainsearchcriteria.v", "task.c": "taskcontext.c", "age.v": "age.v"}
"""Names of earlier releases, without their last part."""


class RequestError(ValueError):
    """A request that cannot be answered; the message is for its sender and repeats nothing of it."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Criterion:
    """One thing that is asked for: a code, words, or both. `system`: our id, OTHER_SYSTEM, or None: not named."""

    code: str
    system: str | None
    words: str


@dataclass(frozen=True)
class KnowledgeRequest:
    """What is read of a request."""

    criteria: tuple[Criterion, ...]
    languages: tuple[str, ...] = ()
    """Tags in small letters, of the reader first, then of who asks."""
    subtopics: tuple[str, ...] = ()
    age: float | None = None
    """Years."""
    tasks: tuple[str, ...] = ()
    recipient: str = ""
    response: str = XML
    callback: str = ""


def coded(code: str, system: str, words: str = "") -> Criterion:
    """The criterion of a code as it was sent, with the name of its system or none."""
    known = (system_of(system) or OTHER_SYSTEM) if system else None
    return Criterion(compact_code(code[:MOST_VALUE]), known, words)


def parse_pairs(text: str) -> list[tuple[str, str]]:
    """Names and values of a query or of a form's body. RequestError when there are too many, or they are no UTF-8."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS, separator="&")
    except (ValueError, UnicodeError):
        raise RequestError(f"the parameters are no UTF-8, or are more than {MOST_PARAMETERS}") from None
    return [(name, _once_more(value)[:MOST_VALUE]) for name, value in pairs]


def read_request(pairs: Iterable[tuple[str, str]]) -> KnowledgeRequest:
    """The request in a list of parameters. RequestError when nothing is asked for, or the form of the answer is not
    known."""
    found: dict[str, dict[int, str]] = {}
    for name, value in pairs:
        key, number = _name(name)
        values = found.setdefault(key, {})
        while number in values:
            number += 1  # a parameter that is repeated without a suffix
        values[number] = value.strip()
    criteria = _criteria(found)
    if not criteria:
        raise RequestError("nothing is asked for: mainSearchCriteria.v.c (with .v.cs), .v.dn or .v.ot is missing")
    kind = _first(found, "knowledgeresponsetype").partition(";")[0].strip().lower()
    if kind and kind not in RESPONSES:
        raise RequestError(f"knowledgeResponseType can be {XML}, {JSON}, {JSONP} or {HTML}")
    callback = _first(found, "callback")
    response = RESPONSES.get(kind, JSONP if callback else XML)
    if response == JSONP and not CALLBACK.fullmatch(callback or "callback"):
        raise RequestError("callback can only be the name of a function")
    return KnowledgeRequest(
        criteria,
        _languages(found),
        tuple(value.upper() for value in found.get("subtopic.v.c", {}).values() if value),
        _age(found),
        tuple(value.upper() for value in found.get("taskcontext.c.c", {}).values() if value),
        _first(found, "informationrecipient").upper(),
        response,
        callback or "callback",
    )


def _criteria(found: dict[str, dict[int, str]]) -> tuple[Criterion, ...]:
    parts = {part: found.get(f"mainsearchcriteria.v.{part}", {}) for part in ("c", "cs", "dn", "ot")}
    rows = []
    for number in sorted({number for values in parts.values() for number in values})[:MOST_CRITERIA]:
        code, system, *words = (parts[part].get(number, "") for part in ("c", "cs", "dn", "ot"))
        if code or any(words):
            rows.append(coded(code, system or parts["cs"].get(0, ""), " ".join(words).strip()))
    return tuple(rows)


def _languages(found: dict[str, dict[int, str]]) -> tuple[str, ...]:
    tags = []
    for key in ("informationrecipient.languagecode.c", "performer.languagecode.c"):
        for value in found.get(key, {}).values():
            tag = value.lower().replace("_", "-").partition(",")[0].strip()
            tag = LANGUAGES.get(tag, tag)
            if _TAG.fullmatch(tag):
                tags.append(tag)
    return tuple(dict.fromkeys(tags))


def _age(found: dict[str, dict[int, str]]) -> float | None:
    text, unit = _first(found, "age.v.v"), _first(found, "age.v.u").lower() or "a"
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", text) and unit in _YEARS:
        return float(text) * _YEARS[unit]
    group = _AGE_GROUPS.get(_first(found, "agegroup.v.c").lower())
    return None if group is None else float(group)


def _first(found: dict[str, dict[int, str]], key: str) -> str:
    return next((value for value in found.get(key, {}).values() if value), "")


def _name(text: str) -> tuple[str, int]:
    """Name of a parameter in small letters, without suffix, and the number of the suffix."""
    match = _NAME.match(text.strip().lower())
    name, digits = (match[1], match[2]) if match else ("", "")
    for old, new in _OLD_NAMES.items():
        if name.startswith(f"{old}."):
            name = new + name.removeprefix(old)
    if name in ("performer.languagecode", "informationrecipient.languagecode"):
        name += ".c"
    return name, int(digits[:4]) if digits else 0


def _once_more(value: str) -> str:
    """A value that was escaped twice, without the second time."""
    return unquote_plus(value) if re.search(r"%[0-9A-Fa-f]{2}", value) else value

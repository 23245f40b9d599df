"""Sentences for values that do not fit a model: what is wrong and what to write. The validator's words reach nobody.

Pydantic says which type of fault a value has; the sentence is made of that type, the value and the field's annotation.
A type without a row of its own gets the sentence of `_other`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from leaflets.base.diagnostics import nearest

_THEIRS = frozenset(get_args(ErrorType))
"""Types of fault of pydantic itself; every other type is one of our validators, whose words are ours."""
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})")
_NAMED_MONTH = re.compile(r"(?:(\d{1,2})\.?\s+)?([A-Za-z]{3,})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST_SHOWN = 40
"""Characters of a value that a message quotes."""


@dataclass(frozen=True)
class ValueFault:
    """A value that does not fit: the key that holds it, the value, and what the model declares there."""

    type: str
    """Pydantic's type of fault, such as `int_parsing`."""
    name: str
    value: Any
    limits: Mapping[str, Any]
    """Pydantic's context of the fault: limits, the pattern, our validators' words."""
    said: str
    """Pydantic's sentence; shown only for our own validators, which wrote it."""
    annotation: Any
    about: str
    """Description of the field."""


def sentence(fault: ValueFault) -> tuple[str, str]:
    """The message and the hint for a fault."""
    if fault.type in ("value_error", "assertion_error") and "error" in fault.limits:
        return f"{fault.name}: {fault.limits['error']}", ""
    if fault.type not in _THEIRS:
        return f"{fault.name}: {fault.said}", str(fault.limits.get("hint", ""))
    if fault.value is None and fault.name:
        return f"there is nothing behind “{fault.name}”", _wanted(fault)
    for begins, say in _SENTENCES:
        if fault.type.startswith(begins):
            return say(fault)
    return _other(fault)


def _other(fault: ValueFault) -> tuple[str, str]:
    return f"{fault.name}: {_shown(fault.value)} does not fit here", _wanted(fault)


def _date(fault: ValueFault) -> tuple[str, str]:
    found = _as_date(str(fault.value))
    message = f"{fault.name}: {_shown(fault.value)} is no date"
    return message, f"write {found}" if found else "write year, month and day, such as 2026-11-30"


def _as_date(text: str) -> str:
    """The date that a text means, as it is written in a file; empty when it means none, or may mean two."""
    if match := _YEAR_FIRST.fullmatch(text.strip()):
        return _day(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text.strip()):
        ways = {_day(match[3], match[2], match[1]), _day(match[3], match[1], match[2])} - {""}
        return ways.pop() if len(ways) == 1 else ""
    if match := _NAMED_MONTH.fullmatch(text.strip()):
        month = match[2][:3].lower()
        return _day(match[4], _MONTHS.index(month) + 1, match[1] or match[3] or 0) if month in _MONTHS else ""
    return ""


def _day(year: object, month: object, day: object) -> str:
    try:
        return datetime.date(int(str(year)), int(str(month)), int(str(day))).isoformat()
    except ValueError:
        return ""


def _choice(fault: ValueFault) -> tuple[str, str]:
    known = [str(value) for value in get_args(fault.annotation)]
    near = nearest(str(fault.value), known)
    explained = bool(known) and all(f"{value}: " in fault.about for value in known)
    meanings = fault.about.rstrip(".") if explained else "" if near or not known else f"known here: {', '.join(known)}"
    hint = " ".join(part for part in (f"did you mean “{near}”?" if near else "", meanings) if part)
    return f"{fault.name}: {_shown(fault.value)} is not known here", hint


def _pattern(fault: ValueFault) -> tuple[str, str]:
    if "/" in str(fault.limits.get("pattern", "")):
        return f"{fault.name}: a block is written as section/block", ""
    near = as_id(str(fault.value))
    hint = f"try: {near}" if near else "such as back-pain"
    return f"{fault.name}: {_shown(fault.value)} is no id: lower case words with hyphens", hint


def as_id(text: str) -> str:
    """The id that is nearest to a text: lower case words of ASCII letters and digits, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _list(fault: ValueFault) -> tuple[str, str]:
    one = "" if isinstance(fault.value, (dict, list)) else f": [{fault.value}]"
    return f"“{fault.name}” is a list, and {_shown(fault.value)} stands here", f"put it in brackets{one}"


def _too_few(fault: ValueFault) -> tuple[str, str]:
    least = fault.limits.get("min_length", 1)
    return f"“{fault.name}” has {_count(fault.limits.get('actual_length', 0))}, and {least} is the least", ""


def _too_many(fault: ValueFault) -> tuple[str, str]:
    found = fault.limits.get("actual_length")
    if found is None:
        return f"“{fault.name}” has too many entries, {fault.limits.get('max_length')} are the most", "leave some out"
    return f"“{fault.name}” has {_count(found)}, and {fault.limits.get('max_length')} are the most", "leave some out"


def _count(number: Any) -> str:
    return "nothing in it" if number == 0 else f"{number} entries"


def _no_words(fault: ValueFault) -> tuple[str, str]:
    return f"{fault.name}: there are no words here", ""


def _at_most(fault: ValueFault) -> tuple[str, str]:
    most = fault.limits.get("le", fault.limits.get("lt"))
    return f"{fault.name}: {_shown(fault.value)} is too much, {most} is the most", ""


def _at_least(fault: ValueFault) -> tuple[str, str]:
    above = fault.limits.get("gt", 0)
    if "ge" not in fault.limits and fault.annotation is not int:
        return f"{fault.name}: {_shown(fault.value)} is too little, it has to be more than {above:g}", ""
    least = fault.limits["ge"] if "ge" in fault.limits else int(above) + 1
    return f"{fault.name}: {_shown(fault.value)} is too little, {least} is the least", ""


def _mapping(fault: ValueFault) -> tuple[str, str]:
    levels = isinstance(fault.annotation, type) and "easy" in getattr(fault.annotation, "model_fields", {})
    if levels and isinstance(fault.value, str):
        hint = f"write “easy:”, “plain:” and “detailed:” below it, or “{fault.name}: {{all: …}}” for the same words"
        return f"“{fault.name}” has no levels", f"{hint} at every level"
    what = f"“{fault.name}”" if fault.name else "the file"
    return f"{what} does not hold keys with values", _keys(fault.annotation) if fault.name else ""


_SENTENCES: tuple[tuple[str, Callable[[ValueFault], tuple[str, str]]], ...] = (
    ("date", _date),
    ("literal_error", _choice),
    ("enum", _choice),
    ("string_pattern_mismatch", _pattern),
    ("string_too_short", _no_words),
    ("tuple_type", _list),
    ("list_type", _list),
    ("too_short", _too_few),
    ("too_long", _too_many),
    ("less_than", _at_most),
    ("greater_than", _at_least),
    ("model_type", _mapping),
    ("model_attributes_type", _mapping),
    ("dict_type", _mapping),
)
"""Beginning of a type of fault -> its sentence; the first that fits."""


def _wanted(fault: ValueFault) -> str:
    """What to write instead, from the annotation; empty when that says nothing."""
    annotation = fault.annotation
    if annotation is datetime.date:
        return "write year, month and day, such as 2026-11-30"
    if annotation is int:
        return "write a whole number"
    if annotation is float:
        return "write a number"
    if annotation is bool:
        return "write true or false"
    if get_origin(annotation) is Literal:
        return f"known here: {', '.join(str(value) for value in get_args(annotation))}"
    if get_origin(annotation) in (tuple, list):
        return "write a list in brackets, or leave the key out"
    if annotation is str:
        return "write words; in quotes, if they are a number or “yes”"
    return _keys(annotation)


def _keys(annotation: Any) -> str:
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return ""
    names: Iterable[str] = (field.alias or name for name, field in annotation.model_fields.items())
    return f"its keys: {', '.join(names)}"


def _shown(value: Any) -> str:
    """A value as a message quotes it."""
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "“true”" if value else "“false”"
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + '…'}”"

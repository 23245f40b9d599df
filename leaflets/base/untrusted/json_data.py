"""JSON that was written by a program and is read back: parsed without surprises, and held to the types it must have.

Another program, a damaged disk or an attacker may have changed it, so nothing of it is used before `misfit` has found
nothing. It needs no library, since builds with nothing to do read their manifest with it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

from leaflets.base.untrusted.names import printable

_WORDS = {str: "text", int: "a whole number", bool: "true or false", dict: "keys with values", list: "a list"}
_MOST_DIGITS = 19
"""Digits of a whole number, its sign counted: sizes, times in ns and pages have no more."""


class BrokenDataError(ValueError):
    """The data is not JSON, or not of the types that it must have; the message says what is wrong."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message, line, column)
        self.message, self.line, self.column = message, line, column

    def __str__(self) -> str:
        return self.message


def parse_json(body: bytes) -> Any:
    """Value of a JSON file in UTF-8. BrokenDataError for anything else."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_no_number)
        if "\\ud" in text.lower():  # an escape that may be half a character, which could not be written again
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BrokenDataError(f"this is not JSON: {error.msg}", error.lineno, error.colno) from None
    except UnicodeDecodeError:
        raise BrokenDataError("this is not UTF-8") from None
    except UnicodeEncodeError:
        raise BrokenDataError("a text in it holds half a character") from None
    except RecursionError:
        raise BrokenDataError("this is not JSON that can be read: lists in lists in lists") from None
    return value


def misfit(value: object, shape: Any, where: str = "") -> str:
    """Where and how a parsed value differs from a type; empty when it fits.

    `shape`: str, int, bool, Any, `list[...]`, `dict[str, ...]`, a tuple for a list of that length, or a dataclass for a
    mapping that has exactly its fields as keys.
    """
    origin, arguments = get_origin(shape), get_args(shape)
    if shape is Any:
        return ""
    if origin is dict:
        return _of_mapping(value, dict.fromkeys(value, arguments[1]) if isinstance(value, dict) else {}, where)
    if is_dataclass(shape):
        return _of_mapping(value, _hints(cast(Any, shape)), where)
    if origin is tuple:
        if not isinstance(value, list) or len(value) != len(arguments):
            return _said(value, f"a list of {len(arguments)}", where)
        return _first(
            misfit(one, kind, f"{where}, {n}") for n, (one, kind) in enumerate(zip(value, arguments, strict=True), 1)
        )
    if origin is list:
        if not isinstance(value, list):
            return _said(value, _WORDS[list], where)
        return _first(misfit(one, arguments[0], f"{where}, {n}") for n, one in enumerate(value, 1))
    return "" if type(value) is shape else _said(value, _WORDS[shape], where)


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise BrokenDataError(f"a number has more than {_MOST_DIGITS} digits")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> float:
    raise BrokenDataError(f"{_short(text)} is no number")


def _of_mapping(value: object, kinds: Mapping[str, Any], where: str) -> str:
    if not isinstance(value, dict):
        return _said(value, _WORDS[dict], where)
    if missing := [key for key in kinds if key not in value]:
        return f"{_at(where)}the key “{missing[0]}” is missing"
    if unknown := [key for key in value if key not in kinds]:
        return f"{_at(where)}the key “{_short(unknown[0])}” is not known"
    return _first(misfit(value[key], kind, f"{where}.{key}" if where else key) for key, kind in kinds.items())


@cache
def _hints(shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")


def _said(value: object, kind: str, where: str) -> str:
    shown = "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else _short(json.dumps(value))
    return f"{_at(where)}{shown} is not {kind}"


def _at(where: str) -> str:
    return f"{_short(where)}: " if where else ""


def _short(text: str) -> str:
    return printable(text if len(text) <= 60 else f"{text[:60]}…")

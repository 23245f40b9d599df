"""Object streams, parsed in one pass into pypdf's object cache.

A tagged file has thousands of small objects, nearly all in one object stream (ISO 32000-1, 7.5.7), and pypdf parses
them byte by byte: a third of the time of reading a leaflet back. Here one regular expression splits a stream into
tokens, and pypdf parses each distinct token once. Streams with other syntax are left to pypdf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

_PLAIN = rb"\((?:[^()\\]|\\[\s\S])*\)"
_NESTED = rb"\((?:[^()\\]|\\[\s\S]|" + _PLAIN + rb")*\)"
STRING = rb"\((?:[^()\\]|\\[\s\S]|" + _NESTED + rb")*\)"
"""A literal string, with balanced parentheses inside it up to two levels."""
_TOKEN = re.compile(
    rb"\d+\s+\d+\s+R(?=[\s/<>\[\]()]|$)"  # a reference
    rb"|" + STRING + rb"|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]"
    rb"|/[^\s/<>\[\]()%{}]*|[^\s/<>\[\]()%{}]+|\S"
)
_ODD = re.compile(rb"[%{})]|>$")
"""Tokens that close what was never opened, and comments."""


class NotPlainError(Exception):
    """An object stream with syntax that only pypdf can parse."""


def read_objects(reader: Any) -> None:
    """Fill the object cache of a pypdf reader from its object streams. Encrypted files and streams that cannot be
    parsed here are left to pypdf, which reports their errors."""
    if reader.is_encrypted:
        return
    known: dict[bytes, Any] = {}
    for number in sorted({number for number, _ in reader.xref_objStm.values()}):
        try:
            found = list(_objects(reader, number, known))
        except (NotPlainError, ValueError, IndexError, KeyError, TypeError, AttributeError):
            continue  # pypdf reports the error
        for id_, thing in found:
            of, _ = reader.xref_objStm.get(id_, (None, None))
            if of == number and reader.cache_get_indirect_object(0, id_) is None:
                reader.cache_indirect_object(0, id_, thing)


def _objects(reader: Any, number: int, known: dict[bytes, Any]) -> Iterator[tuple[int, Any]]:
    """Yield the objects of a stream with their numbers. `known`: parsed values of earlier tokens. Raises
    NotPlainError for an unusual stream."""
    from pypdf.generic import IndirectObject

    stream: Any = IndirectObject(number, 0, reader).get_object()
    body, first = stream.get_data(), int(stream["/First"])
    numbers = [int(token) for token in body[:first].split()]
    ids, places = numbers[0::2], numbers[1::2]
    if len(ids) != stream["/N"] or len(places) != len(ids) or any(one >= other for one, other in pairwise(places)):
        raise NotPlainError
    for id_, begin, end in zip(ids, places, [*places[1:], len(body) - first], strict=True):
        yield id_, _object(_TOKEN.findall(body, first + begin, first + end), reader, known)


def _object(tokens: list[bytes], reader: Any, known: dict[bytes, Any]) -> Any:
    from pypdf.generic import ArrayObject, DictionaryObject

    items: list[Any] = []
    outer: list[list[Any]] = []
    for token in tokens:
        found = known.get(token)
        if found is not None:
            items.append(found)
        elif token == b"<<" or token == b"[":
            outer.append(items)
            items = []
        elif token == b"]":
            made: Any = ArrayObject(items)
            items = outer.pop()
            items.append(made)
        elif token == b">>":
            made = DictionaryObject(zip(items[0::2], items[1::2], strict=True))
            if 2 * len(made) != len(items):
                raise NotPlainError  # a key comes twice
            items = outer.pop()
            items.append(made)
        else:
            items.append(_read(token, reader, known))
    if outer or len(items) != 1:
        raise NotPlainError
    return items[0] if len(tokens) > 1 else _read(tokens[0], reader, {})  # an object of its own has its own number


def _read(token: bytes, reader: Any, known: dict[bytes, Any]) -> Any:
    """Parse a name, number, string or reference into pypdf's object; all but text strings are cached in `known`."""
    from pypdf.generic import IndirectObject, TextStringObject, read_object

    if token[-1:] == b"R" and token[:1].isdigit():
        number, generation, _ = token.split()
        known[token] = reference = IndirectObject(int(number), int(generation), reader)
        return reference
    if _ODD.match(token):
        raise NotPlainError
    found = read_object(BytesIO(token + b" "), reader)
    if not isinstance(found, TextStringObject):
        known[token] = found
    return found

"""Style tokens: names in style sheets are replaced by the values of `tokens.css` before parsing.

`tokens.css` names every number of the design for each layout, level and profile. The typesetter would look a name up
for every element and property; replacing names by values once is faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import tinycss2

_CONDITION = re.compile(r"\[([a-z-]+)=([a-z-]+)\]|:lang\(([a-z-]+)\)|:root")
_VAR = re.compile(r"var\((--[a-z0-9-]+)\)")
_PRODUCT = re.compile(r"calc\((-?[\d.]+) \* (-?[\d.]+)(pt|mm|em|)\)")


def tokens(sheet: str, attributes: Mapping[str, str], language: str) -> dict[str, str]:
    """Custom properties of `sheet` that apply when <html> has these attributes and language; later rules win.
    ValueError for a selector other than [attribute=value], :lang() and :root."""
    found: dict[str, str] = {}
    for selector, values in _rules(sheet):
        if _holds(selector, attributes, language):
            found.update(values)
    return found


@lru_cache(maxsize=2)
def _rules(sheet: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """Selector and declarations of each rule."""
    found = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            values = {part.name: tinycss2.serialize(part.value).strip() for part in parts if part.type == "declaration"}
            found.append((tinycss2.serialize(rule.prelude).strip(), values))
    return tuple(found)


def put_in(sheet: str, values: Mapping[str, str]) -> str:
    """Replace each `var(--name)` in a sheet, and compute products of a number and a length.

    KeyError for a token that is not in `tokens.css`.
    """
    for _ in range(3):  # a token may be made of others
        sheet = _VAR.sub(lambda match: values[match[1]], sheet)
    return _PRODUCT.sub(lambda match: f"{float(match[1]) * float(match[2]):.4g}{match[3]}", sheet)


def declared(sheet: str, values: Mapping[str, str]) -> str:
    """Declare the tokens that `sheet` uses as custom properties, for a web page, whose dark mode overrides some.

    KeyError for a token that is neither in `tokens.css` nor in the sheet.
    """
    own = set(re.findall(r"(--[a-z0-9-]+)\s*:", sheet)) - values.keys()
    found: list[str] = []
    wanted = sorted(set(_VAR.findall(sheet)) - own)
    while wanted:
        found += wanted
        inside = {name for one in wanted for name in _VAR.findall(values[one])}  # a token may be made of others
        wanted = sorted(inside - set(found))
    return f":root {{ {'; '.join(f'{name}: {values[name]}' for name in found)} }}"


def _holds(selector: str, attributes: Mapping[str, str], language: str) -> bool:
    parts = list(_CONDITION.finditer(selector))
    if "".join(part[0] for part in parts) != selector:
        raise ValueError(f"tokens.css knows [attribute=value], :lang() and :root, not “{selector}”")
    return all(
        attributes.get(part[1]) == part[2] if part[1] else part[3] is None or language.split("-")[0] == part[3]
        for part in parts
    )

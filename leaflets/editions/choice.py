"""Choice: the filter of a request for editions. Imports no other module, so that a build with nothing to do is fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """Filter of a request: names by part of an edition; an empty part means all."""

    article: Sequence[str] = ()
    leaflet: Sequence[str] = ()
    level: Sequence[str] = ()
    layout: Sequence[str] = ()
    locale: Sequence[str] = ()

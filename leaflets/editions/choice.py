"""Choice: which editions are asked for. Loads nothing else, so that a build with nothing to do starts at once."""

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

"""Lengths of titles: what stands on each page has a limit, told where the title is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.content import inline
from leaflets.content.segments import Segment

MOST = {"title": 90, "short": 24}
"""Characters: of a leaflet's title, for the front panel of a tri-fold and for running heads; of its short title, for
one line in a footer of large type."""
_TITLE = re.compile(r"leaflets\.[^.]+\.(title|short)\.\w+")


def check_titles(printed: Iterable[tuple[Segment, Place]], diagnostics: Diagnostics) -> None:
    """Report the titles of leaflets that are too long (`title-length`), in each locale that prints them."""
    for segment, place in printed:
        found = _TITLE.fullmatch(segment.id)
        length = len(inline.bare(segment.words)) if found else 0
        if found and length > MOST[found[1]]:
            message = f"the {found[1]} has {length} characters, and {MOST[found[1]]} are the most"
            hint = "say the rest in the leaflet’s purpose" if found[1] == "title" else "one or two words are enough"
            diagnostics.error(place, message, "title-length", hint)

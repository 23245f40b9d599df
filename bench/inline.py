"""Our inline HTML -> Typst: words, bold, and spans that stay on one line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SPECIAL = re.compile(r"([\\*_`$#@<>\[\]~=+/'\"-])")


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.out.append("#linebreak()")
        elif tag == "strong":
            self.out.append("#strong[")
        else:
            self.out.append("#box[" if ("class", "nw") in attrs else "#[")

    def handle_endtag(self, tag: str) -> None:
        self.out.append("]")

    def handle_data(self, data: str) -> None:
        self.out.append(_SPECIAL.sub(r"\\\1", data).replace("\xa0", "~"))


def inline(*lines: str) -> str:
    """Lines of HTML as Typst content, one under the other."""
    parser = _Inline()
    parser.feed("<br>".join(lines))
    parser.close()
    return "".join(parser.out)

"""The words of a leaflet's HTML by the blocks that they stand in."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.tools.pdf import squeezed

BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "td", "th", "figcaption", "div", "section", "caption", "title"))
UNSEEN = frozenset(("style", "script", "title"))


class Blocks(HTMLParser):
    """`found`: the words of each innermost block, and the alternative text of each picture, as letters and digits, with
    the element's name; in the order of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._words = ""
        self._unseen = ""
        self.feed(text)
        self.close()

    def words(self, *without: str) -> list[str]:
        """The words of all blocks but those whose element has one of these classes."""
        return [words for name, words in self.found if name not in without]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in UNSEEN:
            self._unseen = tag
        if tag in BLOCKS:
            self._end()
            self._open.append((tag, (values.get("class") or "").split(" ")[0] or tag))
        if alt := values.get("alt"):
            self.found.append(("img", squeezed(alt)))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag in BLOCKS:
            self._end()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words += data

    def _end(self) -> None:
        if words := squeezed(self._words):
            self.found.append((self._open[-1][1] if self._open else "", words))
        self._words = ""

"""What a new plan changes in a trial layout, put into its tree of boxes: other words, the height of a gap, pages more.

The new HTML is held against the old. Each element whose own words or style differ is made anew with the nearest block
round it; elements that are more are made and put in. Whatever else differs needs a new trial layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from weasyprint import HTML

RELIES_ON = {
    "weasyprint.formatting_structure.build:build_formatting_structure": "cec02c4844472c92",
    "weasyprint.formatting_structure.build:element_to_box": "2d0a37e45b7f3e0c",
    "weasyprint.formatting_structure.build:create_anonymous_boxes": "f1e76cc779a89855",
    "weasyprint.layout.page:remake_page": "1ff09b2dffa17839",
    "weasyprint.css:StyleFor.__init__": "b1e725a7552502aa",
}
"""What makes boxes of elements and decides which pages are set again. Where it differs, each plan is laid out anew."""
Path = tuple[int, ...]
"""The way to an element of the new tree: which child to take at each step."""


class ChangeableLayout(Protocol):
    """A layout whose boxes can be changed (`TrialLayout`)."""

    source: HTML
    context: Any
    """WeasyPrint's LayoutContext."""
    root: Any
    """The tree of boxes that the pages are cut from."""
    pages: list[Any]


@dataclass(frozen=True)
class Other:
    """An element that is made anew; `old` are the elements from the root to it."""

    old: tuple[Any, ...]
    path: Path


@dataclass(frozen=True)
class More:
    """Elements that are new, before the child `before` of the last of `old`."""

    old: tuple[Any, ...]
    path: Path
    count: int

    @property
    def before(self) -> Any:
        return self.old[-1][self.path[-1]]


class TooDifferentError(Exception):
    """The plans differ in more than can be grafted."""


def graft(trial: ChangeableLayout, source: HTML) -> set[int] | None:
    """Put what `source` changes into the boxes of a trial layout. Returns the numbers of the pages,
    from 0, that are to be set again; None, and changes nothing, where the two differ in more."""
    places = _places(trial.root)
    try:
        found = list(_differences((trial.source.etree_element,), source.etree_element, ()))
        changes = list(dict.fromkeys(_blocks(found, places)))
        pages = set().union(*(_pages_of(trial, change) for change in changes))
        steps = [_planned(trial, source, change, places) for change in changes]
    except TooDifferentError:
        return None
    for parent, at, made, old, change in steps:
        tree, number = change.old[-1 if isinstance(change, More) else -2], change.path[-1]
        tree[number : number + len(old)] = [box.element for box in made]
        index = next(index for index, child in enumerate(parent.children) if child is at)
        children = list(parent.children)
        children[index : index + len(old)] = made
        parent.children = children
    for box in trial.root.descendants() if steps else ():
        box.__dict__.pop("pages", None)  # first and last page, noted by patches/fast/boxes.py: content may have changed
    return pages


def _differences(old: tuple[Any, ...], new: Any, path: Path) -> Iterator[Other | More]:
    was = old[-1]
    if was.tag != new.tag or _said(was) != _said(new):
        raise TooDifferentError
    if was.get("style") != new.get("style") or not _same_words(was, new):
        yield Other(old, path)
        return
    more = len(new) - len(was)
    if more < 0:
        raise TooDifferentError
    at = len(was)
    if more:
        at = next((index for index, child in enumerate(was) if _said(child) != _said(new[index])), at)
        if at == len(was):
            raise TooDifferentError  # at the end: what follows is not known
        yield More(old, (*path, at), more)
    for index, child in enumerate(was):
        number = index if index < at else index + more
        yield from _differences((*old, child), new[number], (*path, number))


def _said(element: Any) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name != "style"}


def _same_words(old: Any, new: Any) -> bool:
    """Whether two elements have the same words of their own; where a child is more, it may stand between blanks."""
    if len(old) == len(new):
        return old.text == new.text and all(a.tail == b.tail for a, b in zip(old, new, strict=True))
    return not any((text or "").strip() for element in (old, new) for text in _words(element))


def _words(element: Any) -> Iterator[str | None]:
    yield element.text
    yield from (child.tail for child in element)


def _places(root: Any) -> dict[Any, tuple[Any, Any]]:
    """Where the box of each element that is a plain block stands among blocks: the box round it, and its own."""
    from weasyprint.formatting_structure.boxes import BlockBox

    found: dict[Any, tuple[Any, Any]] = {}
    rest = [root]
    while rest:
        box = rest.pop()
        if type(box) is not BlockBox:
            continue
        for child in box.children:
            if type(child) is BlockBox and child.element is not box.element and child.element_tag == child.element.tag:
                found.setdefault(child.element, (box, child))
        rest.extend(box.children)
    return found


def _blocks(found: list[Other | More], places: dict[Any, tuple[Any, Any]]) -> Iterator[Other | More]:
    """Each change as one of a block."""
    for change in found:
        if isinstance(change, More):
            yield change
            continue
        old, path = change.old, change.path
        while old and old[-1] not in places:
            old, path = old[:-1], path[:-1]
        if not old:
            raise TooDifferentError
        yield Other(old, path)


def _planned(trial: ChangeableLayout, source: HTML, change: Other | More, places: dict[Any, tuple[Any, Any]]) -> Any:
    """The box round the change, the child at which it is, the new boxes, those they replace, and the change."""
    wrapper = source.wrapper_element
    chain = [wrapper]
    for number in change.path[:-1]:
        wrapper = _child(wrapper, number)
        chain.append(wrapper)
    if isinstance(change, More):
        parent, at = places.get(change.before, (None, None))
        if parent is None or parent.element is not change.old[-1]:
            raise TooDifferentError
        _hold_neighbours(trial, change, wrapper)
        made = [_child(wrapper, change.path[-1] + index) for index in range(change.count)]
        return parent, at, _boxes(trial, source, chain, made), [], change
    parent, at = places[change.old[-1]]
    _hold_alone(at)
    return parent, at, _boxes(trial, source, chain, [_child(wrapper, change.path[-1])]), [at], change


def _child(wrapper: Any, number: int) -> Any:
    return next(islice(wrapper.iter_children(), number, None))


def _hold_neighbours(trial: ChangeableLayout, change: More, new: Any) -> None:
    """What stands beside new elements must be styled as before."""
    old = trial.source.wrapper_element
    for element in change.old[1:]:
        old = next(child for child in old.iter_children() if child.etree_element is element)
    at, sheets = change.path[-1], [row[0] for row in trial.context.style_for._sheets]
    were, are = list(old.iter_children()), list(new.iter_children())
    del are[at : at + change.count]
    for one, other in zip(were, are, strict=True):
        if any(sheet.matcher.match(one) != sheet.matcher.match(other) for sheet in sheets):
            raise TooDifferentError


def _boxes(trial: ChangeableLayout, source: HTML, chain: list[Any], wrappers: list[Any]) -> list[Any]:
    """The boxes of elements of the new tree, as WeasyPrint makes them; `chain` are the elements round them."""
    from weasyprint.css import StyleFor
    from weasyprint.formatting_structure import build

    subtree = [*chain, *(below for wrapper in wrappers for below in wrapper.iter_subtree())]
    if any(below.etree_element.get("id") for below in subtree):
        raise TooDifferentError  # something may point to it
    context = trial.context
    part = SimpleNamespace(
        etree_element=source.etree_element,
        base_url=source.base_url,
        wrapper_element=SimpleNamespace(iter_subtree=lambda: subtree),
    )
    style_for = StyleFor(part, context.style_for._sheets, False, context.font_config, None)
    made = []
    for wrapper in wrappers:
        (box,) = build.element_to_box(
            wrapper.etree_element,
            style_for,
            context.get_image_from_uri,
            source.base_url,
            context.target_collector,
            context.counter_style,
            context.footnotes,
        )
        box.process_whitespace()
        box.process_text_transform()
        box = build.create_anonymous_boxes(box)
        if type(box) is not build.boxes.BlockBox:
            raise TooDifferentError
        _hold_alone(box)
        made.append(box)
    return made


def _hold_alone(part: Any) -> None:
    """A part that is made anew must not count anything that goes on elsewhere, nor show a number from there."""
    for box in part.descendants():
        style = box.style
        counts = style["counter_increment"] != "auto" or style["counter_set"] not in ("auto", ())
        shows = "::" in str(box.element_tag) and "counter" in str(style["content"])
        if box.missing_link or counts or shows:
            raise TooDifferentError


def _pages_of(trial: ChangeableLayout, change: Other | More) -> set[int]:
    """The pages on which the changed element stands. Where elements are more, also the page before it, which names what
    comes next, and all after it: where a page begins is kept by numbers of elements, which are others then."""
    element = change.before if isinstance(change, More) else change.old[-1]
    found = {
        number
        for number, page in enumerate(trial.pages)
        if any(box.element is element for box in page.descendants(placeholders=True))
    }
    if not found:
        raise TooDifferentError  # it stands in the margins
    return set(range(max(min(found) - 1, 0), len(trial.pages))) if isinstance(change, More) else found

"""Changes to the tree of boxes of a trial layout: other words, other heights of gaps, additional elements.

The new HTML is compared with the old one. An element whose own words or `style` attribute differ gets new boxes,
together with the nearest block around it; additional elements get boxes that are inserted. Any other difference needs a
new trial layout.
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
"""Functions that make boxes of elements and decide which pages are laid out again. If one differs from its digest, each
plan is laid out from nothing."""
Path = tuple[int, ...]
"""Path to an element of the new HTML: the number of the child at each level."""


class ChangeableLayout(Protocol):
    """Attributes of `TrialLayout` that are read and changed here."""

    source: HTML
    context: Any
    """WeasyPrint's LayoutContext."""
    root: Any
    """The tree of boxes before pagination."""
    pages: list[Any]


@dataclass(frozen=True)
class Replacement:
    """An element that gets new boxes."""

    old: tuple[Any, ...]
    """Elements of the old HTML from the root to this one."""
    path: Path
    """Path to it in the new HTML."""


@dataclass(frozen=True)
class Insertion:
    """Additional elements."""

    old: tuple[Any, ...]
    """Elements of the old HTML from the root to the parent of the new ones."""
    path: Path
    """Path to the first new element in the new HTML."""
    count: int
    """Number of new elements."""

    @property
    def before(self) -> Any:
        """The element of the old HTML before which they are inserted."""
        return self.old[-1][self.path[-1]]


class TooDifferentError(Exception):
    """The two HTML documents differ in more than changed boxes can express."""


def change_boxes(trial: ChangeableLayout, source: HTML) -> set[int] | None:
    """Change the boxes of a trial layout to those of `source`. Returns the numbers, from 0, of the pages to lay out
    again; None, with nothing changed, where a new trial layout is needed."""
    positions = _block_positions(trial.root)
    try:
        differences = list(_differences((trial.source.etree_element,), source.etree_element, ()))
        changes = list(dict.fromkeys(_by_block(differences, positions)))
        pages = set().union(*(_pages_of(trial, change) for change in changes))
        steps = [_prepare(trial, source, change, positions) for change in changes]
    except TooDifferentError:
        return None
    for parent, at, new, old, change in steps:
        element, number = change.old[-1 if isinstance(change, Insertion) else -2], change.path[-1]
        element[number : number + len(old)] = [box.element for box in new]
        index = next(index for index, child in enumerate(parent.children) if child is at)
        children = list(parent.children)
        children[index : index + len(old)] = new
        parent.children = children
    for box in trial.root.descendants() if steps else ():
        box.__dict__.pop("pages", None)  # page names cached by patches/fast/boxes.py
    return pages


def _differences(old: tuple[Any, ...], new: Any, path: Path) -> Iterator[Replacement | Insertion]:
    """Differences between the last element of `old` and `new`, and between all elements in them."""
    before = old[-1]
    if before.tag != new.tag or _attributes(before) != _attributes(new):
        raise TooDifferentError
    if before.get("style") != new.get("style") or not _same_text(before, new):
        yield Replacement(old, path)
        return
    added = len(new) - len(before)
    if added < 0:
        raise TooDifferentError
    at = len(before)
    if added:
        at = next((index for index, child in enumerate(before) if _attributes(child) != _attributes(new[index])), at)
        if at == len(before):
            raise TooDifferentError  # added at the end: there is no box to insert before
        yield Insertion(old, (*path, at), added)
    for index, child in enumerate(before):
        number = index if index < at else index + added
        yield from _differences((*old, child), new[number], (*path, number))


def _attributes(element: Any) -> dict[str, str]:
    """Attributes of an element without `style`."""
    return {name: value for name, value in element.attrib.items() if name != "style"}


def _same_text(old: Any, new: Any) -> bool:
    """Whether two elements have the same text outside their children. If the number of children differs, they must have
    only white space there."""
    if len(old) == len(new):
        return old.text == new.text and all(a.tail == b.tail for a, b in zip(old, new, strict=True))
    return not any((text or "").strip() for element in (old, new) for text in _texts(element))


def _texts(element: Any) -> Iterator[str | None]:
    """The pieces of text of an element outside its children."""
    yield element.text
    yield from (child.tail for child in element)


def _block_positions(root: Any) -> dict[Any, tuple[Any, Any]]:
    """Element -> the block box around its box, and its box; only for plain block boxes in plain block boxes."""
    from weasyprint.formatting_structure.boxes import BlockBox

    positions: dict[Any, tuple[Any, Any]] = {}
    stack = [root]
    while stack:
        box = stack.pop()
        if type(box) is not BlockBox:
            continue
        for child in box.children:
            if type(child) is BlockBox and child.element is not box.element and child.element_tag == child.element.tag:
                positions.setdefault(child.element, (box, child))
        stack.extend(box.children)
    return positions


def _by_block(
    changes: list[Replacement | Insertion], positions: dict[Any, tuple[Any, Any]]
) -> Iterator[Replacement | Insertion]:
    """The changes, with each replaced element widened to the nearest plain block around it."""
    for change in changes:
        if isinstance(change, Insertion):
            yield change
            continue
        old, path = change.old, change.path
        while old and old[-1] not in positions:
            old, path = old[:-1], path[:-1]
        if not old:
            raise TooDifferentError
        yield Replacement(old, path)


def _prepare(
    trial: ChangeableLayout, source: HTML, change: Replacement | Insertion, positions: dict[Any, tuple[Any, Any]]
) -> Any:
    """Make the boxes of a change. Returns the box around it, the child at its position, the new boxes, the boxes that
    they replace, and the change."""
    wrapper = source.wrapper_element
    chain = [wrapper]
    for number in change.path[:-1]:
        wrapper = _child(wrapper, number)
        chain.append(wrapper)
    if isinstance(change, Insertion):
        parent, at = positions.get(change.before, (None, None))
        if parent is None or parent.element is not change.old[-1]:
            raise TooDifferentError
        _require_same_neighbours(trial, change, wrapper)
        added = [_child(wrapper, change.path[-1] + index) for index in range(change.count)]
        return parent, at, _boxes(trial, source, chain, added), [], change
    parent, at = positions[change.old[-1]]
    _require_self_contained(at)
    return parent, at, _boxes(trial, source, chain, [_child(wrapper, change.path[-1])]), [at], change


def _child(wrapper: Any, number: int) -> Any:
    """Child of a wrapped element, by its number from 0."""
    return next(islice(wrapper.iter_children(), number, None))


def _require_same_neighbours(trial: ChangeableLayout, change: Insertion, new: Any) -> None:
    """Raise TooDifferentError if the siblings of inserted elements match other selectors than before."""
    old = trial.source.wrapper_element
    for element in change.old[1:]:
        old = next(child for child in old.iter_children() if child.etree_element is element)
    at, sheets = change.path[-1], [row[0] for row in trial.context.style_for._sheets]
    before, after = list(old.iter_children()), list(new.iter_children())
    del after[at : at + change.count]
    for sibling, same in zip(before, after, strict=True):
        if any(sheet.matcher.match(sibling) != sheet.matcher.match(same) for sheet in sheets):
            raise TooDifferentError


def _boxes(trial: ChangeableLayout, source: HTML, chain: list[Any], wrappers: list[Any]) -> list[Any]:
    """Make the boxes of elements of the new HTML as WeasyPrint does. `chain`: their ancestors from the root.

    TooDifferentError when an element has an id, makes no single block, or is not self-contained.
    """
    from weasyprint.css import StyleFor
    from weasyprint.formatting_structure import build

    subtree = [*chain, *(below for wrapper in wrappers for below in wrapper.iter_subtree())]
    if any(below.etree_element.get("id") for below in subtree):
        raise TooDifferentError  # links and page numbers may refer to it
    context = trial.context
    part = SimpleNamespace(
        etree_element=source.etree_element,
        base_url=source.base_url,
        wrapper_element=SimpleNamespace(iter_subtree=lambda: subtree),
    )
    style_for = StyleFor(part, context.style_for._sheets, False, context.font_config, None)
    new = []
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
        _require_self_contained(box)
        new.append(box)
    return new


def _require_self_contained(replaced: Any) -> None:
    """Raise TooDifferentError if a box, or one in it, changes a CSS counter, prints one in generated content, or waits
    for a target."""
    for box in replaced.descendants():
        style = box.style
        counts = style["counter_increment"] != "auto" or style["counter_set"] not in ("auto", ())
        shows = "::" in str(box.element_tag) and "counter" in str(style["content"])
        if box.missing_link or counts or shows:
            raise TooDifferentError


def _pages_of(trial: ChangeableLayout, change: Replacement | Insertion) -> set[int]:
    """Numbers, from 0, of the pages that a change affects: those with the changed element. Of an insertion also the
    page before, which stores where the next page begins, and all pages after, which begin at other numbers of
    children."""
    element = change.before if isinstance(change, Insertion) else change.old[-1]
    numbers = {
        number
        for number, page in enumerate(trial.pages)
        if any(box.element is element for box in page.descendants(placeholders=True))
    }
    if not numbers:
        raise TooDifferentError  # the element is in a margin box
    return set(range(max(min(numbers) - 1, 0), len(trial.pages))) if isinstance(change, Insertion) else numbers

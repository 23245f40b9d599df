"""The table of all patches, and the one function that puts them into WeasyPrint, in the order of the table.

A part whose originals are not the ones it was written for stays out when it is for speed, with all parts that need it.
When it is a fix or a tag, without which text or tags would be wrong, nothing is typeset (`check`). README.md beside
this file says what each part does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import ModuleType

from leaflets.pdf.pagination import relayout, trial_layout
from leaflets.pdf.patches import fixes, lazy_imports
from leaflets.pdf.patches.fast import (
    boxes,
    cascade,
    drawing_cache,
    glyph_runs,
    lengths,
    line_drawing,
    numbers,
    page_styles,
    styles,
    text_cache,
)
from leaflets.pdf.patches.originals import PatchError, differing, version
from leaflets.pdf.patches.replacing import NoPlaceError, Replaced, Replacing
from leaflets.pdf.tags import marked_content

SERIES, KNOWN = "70.", "70.0"
"""Versions of WeasyPrint that can be patched at all, and the one that the digests are of."""
SWITCH = "LEAFLETS_FAST"
"""Environment variable: `0` leaves out all parts that are for speed."""


class PatchKind(StrEnum):
    """What a part is for."""

    FIX = "fix"
    TAGS = "tags"
    PAGES = "pages"
    SPEED = "speed"


@dataclass(frozen=True)
class Patch:
    """A patch: what it is for, which originals it replaces and relies on, and how it is put in."""

    name: str
    kind: PatchKind
    install: Callable[[Replacing], None] | None = None
    """None: nothing is replaced; what uses the part asks `Applied.has`."""
    replaces: Mapping[str, str] = field(default_factory=dict)
    """Names of originals with their digests (`originals.py`)."""
    relies_on: Mapping[str, str] = field(default_factory=dict)
    """Originals that are not replaced, whose logic the part repeats or counts on."""
    needs: tuple[str, ...] = ()
    """Parts without which this one stays out."""
    again: tuple[str, ...] = ()
    """Originals that an earlier part replaces as well: here they are wrapped once more."""
    usable: Callable[[], str] = str
    """Why the part cannot be used on this machine, asked when WeasyPrint is imported; empty: it can."""

    @property
    def originals(self) -> dict[str, str]:
        return {**self.replaces, **self.relies_on}


SPLIT = "weasyprint.text.line_break:split_first_line"
LINE_END = "weasyprint.layout.inline:remove_last_whitespace"
DRAW_LINE = "weasyprint.draw.text:draw_first_line"


def _fast(module: ModuleType, needs: Sequence[str] = (), again: Sequence[str] = ()) -> Patch:
    """A part for speed that is a module below `fast/`."""
    name = module.__name__.rpartition(".")[2]
    relies_on = getattr(module, "RELIES_ON", {})
    return Patch(name, PatchKind.SPEED, module.install, module.REPLACES, relies_on, tuple(needs), tuple(again))


def _draw_lines(patch: Replacing) -> None:
    glyph_runs.install(patch)
    line_drawing.install(patch)


PATCHES = (
    Patch("lazy_imports", PatchKind.SPEED, None, {}, lazy_imports.RELIES_ON),
    Patch("html_reading", PatchKind.SPEED, None, {}, {"weasyprint:HTML.__init__": "5f19f40b81837f87"}),
    Patch("relayout", PatchKind.SPEED, None, {}, relayout.RELIES_ON),
    Patch("trial_layout", PatchKind.PAGES, None, {}, trial_layout.RELIES_ON),
    Patch("last_space", PatchKind.FIX, fixes.keep_text_with_last_space, fixes.LAST_SPACE),
    Patch("target_pages", PatchKind.FIX, fixes.follow_target_pages, fixes.TARGET_PAGES, fixes.TARGET_CALLERS),
    Patch("rtl_line_end", PatchKind.FIX, fixes.close_rtl_line_ends, fixes.RTL_LINE_END),
    Patch("empty_text", PatchKind.FIX, fixes.fill_empty_text, fixes.EMPTY_TEXT),
    Patch("font_weight", PatchKind.FIX, fixes.fix_font_weight, fixes.FONT_WEIGHT, fixes.FONT_WEIGHT_CALLER),
    Patch("line_ends", PatchKind.TAGS, marked_content.note_line_ends, marked_content.LINE_ENDS, again=(SPLIT,)),
    _fast(styles),
    _fast(cascade, needs=("styles",)),
    _fast(page_styles, needs=("styles", "cascade")),
    _fast(lengths, needs=("styles",)),
    _fast(boxes, needs=("styles",)),
    _fast(text_cache, needs=("styles",), again=(SPLIT,)),
    Patch(
        "line_drawing", PatchKind.SPEED, _draw_lines,
        {**glyph_runs.REPLACES, **line_drawing.REPLACES}, {**glyph_runs.RELIES_ON, **line_drawing.RELIES_ON},
        needs=("styles", "text_cache"), usable=glyph_runs.usable,
    ),
    _fast(drawing_cache),
    _fast(numbers),
    Patch(
        "marks", PatchKind.TAGS, marked_content.install, marked_content.MARKED_CONTENT,
        again=(LINE_END, DRAW_LINE),
    ),
)  # fmt: skip
"""In the order in which they are put in: fixes first; line ends are noted before `text_cache` keeps lines; tags last,
round the faster drawing."""
SPEED_PARTS = tuple(part.name for part in PATCHES if part.kind is PatchKind.SPEED)


@dataclass(frozen=True)
class Applied:
    """Which parts are in; of the others, why not."""

    out: Mapping[str, str]
    """Part -> why it stays out."""
    replaced: Replaced

    def has(self, name: str) -> bool:
        return name not in self.out

    def describe(self) -> str:
        """All parts in a sentence for people."""
        others = len(PATCHES) - len(SPEED_PARTS)
        there = len(SPEED_PARTS) - len(self.out)
        said = f"{others} fixes and tags in; {there} of {len(SPEED_PARTS)} speed parts in"
        reasons = dict.fromkeys(self.out.values())
        outs = (f"{', '.join(name for name in self.out if self.out[name] == why)} ({why})" for why in reasons)
        return f"{said}; out: {'; '.join(outs)}" if self.out else said


def check(parts: Iterable[Patch] = PATCHES) -> None:
    """Look whether all fixes and tags fit the installed packages. Imports nothing of them, takes some milliseconds.

    PatchError, in one line, when WeasyPrint is of another series or one of their originals differs.
    """
    installed = version("weasyprint")
    if not installed.startswith(SERIES):
        raise PatchError(_error(f"WeasyPrint {installed or 'is missing, and'} cannot be used: {SERIES}* is needed"))
    for part in parts:
        if part.kind is not PatchKind.SPEED and (names := differing(part.originals)):
            found = f"WeasyPrint {installed} has another {', '.join(names)} than the part “{part.name}” was written for"
            raise PatchError(_error(f"{found}, and text or tags would be wrong without it"))


def _error(message: str) -> str:
    return f"{message}; install weasyprint=={KNOWN}, or a newer leaflets [patches]"


def planned(parts: Iterable[Patch] = PATCHES) -> dict[str, str]:
    """Parts that stay out, with the reason, as far as it can be told before WeasyPrint is imported."""
    out: dict[str, str] = {}
    off = os.environ.get(SWITCH) == "0"
    for part in parts:
        if part.kind is not PatchKind.SPEED:
            continue
        if off:
            out[part.name] = f"{SWITCH}=0"
        elif names := differing(part.originals):
            out[part.name] = f"{', '.join(names)} differs in WeasyPrint {version('weasyprint')}"
        elif missing := [name for name in part.needs if name in out]:
            out[part.name] = f"needs {', '.join(missing)}"
    return out


@cache
def apply() -> Applied:
    """Import WeasyPrint and put the parts into it; once in a process. PatchError as `check` says."""
    check()
    out = planned()
    with nullcontext() if "lazy_imports" in out else lazy_imports.imported_late():
        import weasyprint  # noqa: F401 - the parts find it in sys.modules
    replaced = Replaced()
    for part in PATCHES:
        if part.name in out or part.install is None:
            continue
        if missing := [name for name in part.needs if name in out]:
            out[part.name] = f"needs {', '.join(missing)}"
        elif why := part.usable():
            out[part.name] = why
        else:
            _install(part, replaced, out)
    return Applied(out, replaced)


def _install(part: Patch, replaced: Replaced, out: dict[str, str]) -> None:
    assert part.install is not None
    patch = Replacing(part.name, part.replaces, part.again, replaced)
    try:
        part.install(patch)
    except NoPlaceError as error:
        if part.kind is not PatchKind.SPEED:
            raise PatchError(_error(f"{error}, and text or tags would be wrong without “{part.name}”")) from error
        out[part.name] = str(error)
    else:
        patch.commit()

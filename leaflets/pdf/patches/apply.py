"""Table of all patches, and the function that installs them into WeasyPrint in the order of the table.

Where the source of an original differs from its declared digest, a speed part stays out, together with all parts that
need it. If the part is a fix or a tag, without which text or tags would be wrong, nothing is typeset (`check`).
README.md in this folder describes each part.
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
from leaflets.pdf.patches.replacing import MissingOriginalError, ReplacementLog, Replacements
from leaflets.pdf.tags import marked_content

SERIES, KNOWN = "70.", "70.0"
"""Prefix of the versions of WeasyPrint that can be patched, and the version that the digests belong to."""
SWITCH = "LEAFLETS_FAST"
"""Environment variable; the value `0` leaves out all speed parts."""


class PatchKind(StrEnum):
    """Purpose of a patch."""

    FIX = "fix"
    TAGS = "tags"
    PAGES = "pages"
    SPEED = "speed"


@dataclass(frozen=True)
class Patch:
    """A patch: its purpose, the originals that it replaces or relies on, and the function that installs it."""

    name: str
    kind: PatchKind
    install: Callable[[Replacements], None] | None = None
    """None: the part replaces nothing; its code asks `Applied.has`."""
    replaces: Mapping[str, str] = field(default_factory=dict)
    """Names of replaced originals with their digests (`originals.py`)."""
    relies_on: Mapping[str, str] = field(default_factory=dict)
    """Originals that are not replaced but whose logic the part repeats or depends on, with their digests."""
    needs: tuple[str, ...] = ()
    """Parts that must be installed; without them this one stays out."""
    rewraps: tuple[str, ...] = ()
    """Originals that an earlier part has replaced and that this one wraps once more."""
    obstacle: Callable[[], str] = str
    """Returns why this machine cannot use the part; empty: it can. Called once WeasyPrint is imported."""

    @property
    def originals(self) -> dict[str, str]:
        """All declared originals with their digests."""
        return {**self.replaces, **self.relies_on}


SPLIT = "weasyprint.text.line_break:split_first_line"
LINE_END = "weasyprint.layout.inline:remove_last_whitespace"
DRAW_LINE = "weasyprint.draw.text:draw_first_line"


def _fast(module: ModuleType, needs: Sequence[str] = (), rewraps: Sequence[str] = ()) -> Patch:
    """A speed part that is a module of `fast/`."""
    name = module.__name__.rpartition(".")[2]
    relies_on = getattr(module, "RELIES_ON", {})
    return Patch(name, PatchKind.SPEED, module.install, module.REPLACES, relies_on, tuple(needs), tuple(rewraps))


def _draw_lines(patch: Replacements) -> None:
    """Install the two modules of `line_drawing`."""
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
    Patch("line_ends", PatchKind.TAGS, marked_content.note_line_ends, marked_content.LINE_ENDS, rewraps=(SPLIT,)),
    _fast(styles),
    _fast(cascade, needs=("styles",)),
    _fast(page_styles, needs=("styles", "cascade")),
    _fast(lengths, needs=("styles",)),
    _fast(boxes, needs=("styles",)),
    _fast(text_cache, needs=("styles",), rewraps=(SPLIT,)),
    Patch(
        "line_drawing", PatchKind.SPEED, _draw_lines,
        {**glyph_runs.REPLACES, **line_drawing.REPLACES}, {**glyph_runs.RELIES_ON, **line_drawing.RELIES_ON},
        needs=("styles", "text_cache"), obstacle=glyph_runs.pango_obstacle,
    ),
    _fast(drawing_cache),
    _fast(numbers),
    Patch(
        "marks", PatchKind.TAGS, marked_content.install, marked_content.MARKED_CONTENT,
        rewraps=(LINE_END, DRAW_LINE),
    ),
)  # fmt: skip
"""In the order of installation: fixes first; line ends are recorded before `text_cache` caches lines; tags last, around
the cached drawing."""
SPEED_PARTS = tuple(part.name for part in PATCHES if part.kind is PatchKind.SPEED)


@dataclass(frozen=True)
class Applied:
    """Result of the installation."""

    out: Mapping[str, str]
    """Parts that stayed out, with the reason."""
    replaced: ReplacementLog

    def has(self, name: str) -> bool:
        """Whether a part is in."""
        return name not in self.out

    def describe(self) -> str:
        """A sentence for people about all parts."""
        others = len(PATCHES) - len(SPEED_PARTS)
        active = len(SPEED_PARTS) - len(self.out)
        counts = f"{others} fixes and tags in; {active} of {len(SPEED_PARTS)} speed parts in"
        reasons = dict.fromkeys(self.out.values())
        outs = (f"{', '.join(name for name in self.out if self.out[name] == why)} ({why})" for why in reasons)
        return f"{counts}; out: {'; '.join(outs)}" if self.out else counts


def check(parts: Iterable[Patch] = PATCHES) -> None:
    """Check that all fixes and tags fit the installed packages. Imports none of these, takes some milliseconds.

    PatchError, in one line, when WeasyPrint is of another series or an original of such a part differs.
    """
    installed = version("weasyprint")
    if not installed.startswith(SERIES):
        raise PatchError(_error(f"WeasyPrint {installed or 'is missing, and'} cannot be used: {SERIES}* is needed"))
    for part in parts:
        if part.kind is not PatchKind.SPEED and (names := differing(part.originals)):
            difference = (
                f"WeasyPrint {installed} has another {', '.join(names)} than the part “{part.name}” was written for"
            )
            raise PatchError(_error(f"{difference}, and text or tags would be wrong without it"))


def _error(message: str) -> str:
    """The message with what to do."""
    return f"{message}; install weasyprint=={KNOWN}, or a newer leaflets [patches]"


def left_out(parts: Iterable[Patch] = PATCHES) -> dict[str, str]:
    """Speed parts that stay out, with the reason, as far as it is known before WeasyPrint is imported."""
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
    """Import WeasyPrint and install the parts; once in a process. Raises PatchError as `check` does."""
    check()
    out = left_out()
    with nullcontext() if "lazy_imports" in out else lazy_imports.lazily_imported():
        import weasyprint  # noqa: F401 - the parts find it in sys.modules
    log = ReplacementLog()
    for part in PATCHES:
        if part.name in out or part.install is None:
            continue
        if missing := [name for name in part.needs if name in out]:
            out[part.name] = f"needs {', '.join(missing)}"
        elif why := part.obstacle():
            out[part.name] = why
        else:
            _install(part, log, out)
    return Applied(out, log)


def _install(part: Patch, log: ReplacementLog, out: dict[str, str]) -> None:
    """Install a part; a speed part whose original is not in its place is added to `out`. PatchError for another
    part."""
    assert part.install is not None
    patch = Replacements(part.name, part.replaces, part.rewraps, log)
    try:
        part.install(patch)
    except MissingOriginalError as error:
        if part.kind is not PatchKind.SPEED:
            raise PatchError(_error(f"{error}, and text or tags would be wrong without “{part.name}”")) from error
        out[part.name] = str(error)
    else:
        patch.commit()

"""Style sheets of a user's project: syntax, names and fonts, each told with its own file, line and column.

The sheets of a page are joined before they are parsed. A brace that is missing in one of them would change the meaning
of all that follow, and a position would be that of the joined sheet; so each file is parsed alone here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2

from leaflets.base.diagnostics import Diagnostics, Place, nearest
from leaflets.base.project import Project
from leaflets.l10n.font_table import FONTS

FOLDER = "templates/css"
TOKENS = "tokens.css"
COMPUTED = frozenset(("--font", "--latin", "--end", "--measure"))
"""Tokens that the renderer computes for each edition."""
GENERIC = frozenset(("serif", "sans-serif", "monospace", "system-ui", "inherit", "initial", "unset", "ui-sans-serif"))
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_LEXED = re.compile(
    r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[{}()\[\]]|url\([^\"')]*\)", re.DOTALL
)
_VAR = re.compile(r"var\(\s*(--[a-z0-9-]+)")
_TOKEN = re.compile(r"(--[a-z0-9-]+)\s*:")


def check_style_sheets(project: Project, known: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report faults of the user's own style sheets. `known`: file names of the sheets that layouts read."""
    read = set(known)
    if not check_regular(project, FOLDER, ".css", diagnostics):
        return
    own = list(own_files(project, FOLDER, ".css"))
    if not own:
        return
    there = [name for name in sorted(read) if project.find(f"{FOLDER}/{name}")]
    texts = (project.read_checked(f"{FOLDER}/{name}", Diagnostics()) for name in there)  # which is reported below
    tokens = COMPUTED.union(*(_TOKEN.findall(text or "") for text in texts))
    for name in own:
        shown = project.shown(f"{FOLDER}/{name}")
        text = project.read_checked(f"{FOLDER}/{name}", diagnostics)
        if text is None:
            continue
        if name not in read:
            near = nearest(name, read)
            hint = f"did you mean {near}?" if near else f"layouts read: {', '.join(sorted(read))}"
            diagnostics.warning(Place(shown), f"no layout reads {name}, so it changes nothing", "unused-override", hint)
            continue
        before = len(diagnostics.errors)
        _check_brackets(shown, text, diagnostics)
        if len(diagnostics.errors) == before:
            _check_rules(shown, text, diagnostics)
        _check_fonts(shown, text, diagnostics)
        if name != TOKENS:
            _check_tokens(shown, text, tokens, diagnostics)
    if TOKENS in own:
        _check_all_tokens(project, read, tokens, diagnostics)


def check_regular(project: Project, folder: str, suffix: str, diagnostics: Diagnostics) -> bool:
    """Report each folder, pipe or broken link of the user's own in place of a file (`unreadable`). True if there is
    none."""
    root = project.roots[0]
    odd = [path for path in (root / folder).rglob(f"*{suffix}") if not path.is_file()] if project.roots[1:] else []
    for path in sorted(odd):
        here = Path.cwd()
        shown = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)  # a broken link is not found
        what = "a folder" if path.is_dir() else "no file that can be read"
        diagnostics.error(Place(shown), f"it is {what}", "unreadable", "put a file in its place, or take it away")
    return not odd


def own_files(project: Project, folder: str, suffix: str) -> Iterator[str]:
    """Names of files below a folder that come from the user's project, not from what is shipped; `_` names and hidden
    ones are left out."""
    root = project.roots[0]
    if len(project.roots) < 2:
        return
    for path in sorted((root / folder).rglob(f"*{suffix}")):
        if path.is_file() and not path.name.startswith((".", "_")):
            yield path.relative_to(root / folder).as_posix()


def _check_brackets(shown: str, text: str, diagnostics: Diagnostics) -> None:
    """Report the first bracket that is not closed, or closes nothing."""
    opened: list[tuple[str, int]] = []
    for match in _LEXED.finditer(text):
        sign = match[0]
        if sign.startswith("/*") and not sign.endswith("*/"):
            diagnostics.error(_place(shown, text, match.start()), "the comment /* is not closed", "css", "write */")
            return
        if sign in _PAIRS:
            opened.append((sign, match.start()))
        elif sign in _PAIRS.values():
            if not opened or _PAIRS[opened[-1][0]] != sign:
                diagnostics.error(_place(shown, text, match.start()), f"“{sign}” closes nothing", "css", "take it out")
                return
            opened.pop()
    if opened:
        sign, offset = opened[0]
        diagnostics.error(
            _place(shown, text, offset), f"“{sign}” is not closed", "css", f"write “{_PAIRS[sign]}” where it ends"
        )


def _check_rules(shown: str, text: str, diagnostics: Diagnostics) -> None:
    """Report what the grammar of CSS does not allow."""
    for node in _errors(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        place = Place(shown, node.source_line, node.source_column)
        hint = "a rule is a selector and braces, in them each declaration is name: value;"
        diagnostics.error(place, "this cannot be read as CSS", "css", hint)


def _errors(nodes: Iterable[Any]) -> Iterator[Any]:
    """Parse errors among rules and in the blocks of rules."""
    for node in nodes:
        if node.type == "error":
            yield node
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            yield from _errors(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def _check_fonts(shown: str, text: str, diagnostics: Diagnostics) -> None:
    """Warn of font families that are not installed: the text would be set in another one."""
    known = {font.family.lower(): font.family for font in FONTS.values()}
    for match in re.finditer(r"(?<![\w-])font-family\s*:([^;{}]*)", _uncommented(text)):
        for family in re.finditer(r"[^,]+", match[1]):
            name = family[0].replace("!important", "").strip().strip("\"'")
            if not name or name.startswith("var(") or name.lower() in known or name.lower() in GENERIC:
                continue
            offset = match.start(1) + family.start() + len(family[0]) - len(family[0].lstrip())
            near = nearest(name, known.values())
            hint = f"did you mean “{near}”?" if near else "use var(--font), the font of the language"
            diagnostics.warning(_place(shown, text, offset), f"there is no font “{name}” here", "unknown-font", hint)


def _check_tokens(shown: str, text: str, tokens: frozenset[str], diagnostics: Diagnostics) -> None:
    own = set(_TOKEN.findall(text))
    for match in _VAR.finditer(_uncommented(text)):
        if match[1] not in tokens and match[1] not in own:
            near = nearest(match[1], tokens)
            hint = f"did you mean {near}?" if near else f"define it in {TOKENS}"
            diagnostics.error(
                _place(shown, text, match.start(1)), f"there is no token {match[1]}", "unknown-token", hint
            )


def _check_all_tokens(project: Project, read: set[str], tokens: frozenset[str], diagnostics: Diagnostics) -> None:
    """Report tokens that shipped sheets use and the user's own `tokens.css` lacks."""
    shown = project.shown(f"{FOLDER}/{TOKENS}")
    own = set(own_files(project, FOLDER, ".css"))
    for name in sorted(read - own - {TOKENS}):
        text = _uncommented(project.read_text(f"{FOLDER}/{name}"))  # a shipped one
        for token in sorted(set(_VAR.findall(text)) - tokens - set(_TOKEN.findall(text))):
            message = f"the token {token} is missing, which {name} uses"
            diagnostics.error(Place(shown), message, "unknown-token", f"copy it from the shipped {TOKENS}")


def _uncommented(text: str) -> str:
    """The text with blanks for its comments, so that positions stay."""
    return re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.DOTALL)


def _place(shown: str, text: str, offset: int) -> Place:
    return Place(shown, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

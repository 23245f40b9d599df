"""Signature file: `articles/<id>/signatures/<locale>.yaml`, who signed what and when, oldest first. Entries are only
added, and each holds the hash of the one before; each locale has a file of its own, so that two signers do not change
the same one."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import yaml
from pydantic import StringConstraints

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.source import Source, read_yaml
from leaflets.content.model.text import Id, Model
from leaflets.content.validate import validate
from leaflets.editions.review_status import Signer

HEAD = """\
# Who signed what, oldest first. “leaflets sign” writes it and only adds to it; “leaflets history” shows what changed.
# The words that were signed are in the folder beside it, by the first letters of “sha256”.
"""
FIRST_COLUMN = 3
"""Column of an entry's first key in a file as it is written here, after “- ”."""
LONGEST = 60
"""Most characters of a name or a role: both are printed in one line."""
_BROKEN_CHAIN = "take the file back from your version control; nothing can be signed while its record is broken"
Hash = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class SignatureEntry(Model):
    """A signature, or that one was taken back."""

    state: Literal["signed", "withdrawn"]
    by: str = ""
    role: str = ""
    on: datetime.date
    version: str
    issued: datetime.date
    leaflets: tuple[Id, ...]
    sha256: Hash = ""
    reason: str = ""
    before: Hash = ""
    """Hash of the entry before, its `entry`; empty for the first."""
    entry: Hash = ""
    """Hash of all else of this entry, `entry_hash`."""

    @property
    def signer(self) -> Signer:
        return Signer(self.by, self.role, self.on)

    @property
    def who(self) -> str:
        """Name and role; of a withdrawal, both may be missing."""
        return ", ".join(part for part in (self.by, self.role) if part) or "somebody who gave no name"


class Signatures(Model):
    """What the file holds."""

    signatures: tuple[SignatureEntry, ...]


@dataclass(frozen=True)
class SignatureFile:
    """The entries of one article in one locale, with their positions."""

    article: str
    locale: str
    entries: tuple[SignatureEntry, ...] = ()
    source: Source | None = None

    def standing(self, leaflet: str) -> SignatureEntry | None:
        """The newest entry for a leaflet; None when nobody has signed it."""
        return next((entry for entry in reversed(self.entries) if leaflet in entry.leaflets), None)

    def place(self, entry: SignatureEntry, key: str = "") -> Place:
        """Position of an entry, or of one of its values."""
        if self.source is None:
            return Place(signature_path(self.article, self.locale))
        at = next(number for number, other in enumerate(self.entries) if other is entry)
        return self.source.place(("signatures", at, key) if key else ("signatures", at))


def signature_path(article: str, locale: str) -> str:
    """Path of the file in a project."""
    return f"articles/{article}/signatures/{locale}.yaml"


def has_signatures(project: Project, article: str) -> bool:
    """True if anything of an article was ever signed."""
    return bool(project.names(f"articles/{article}/signatures", ".yaml"))


def read_signatures(project: Project, article: str, locale: str, diagnostics: Diagnostics) -> SignatureFile:
    """Read the file of a locale; without entries when it is missing, or, after a diagnostic, wrong."""
    name, nothing = signature_path(article, locale), SignatureFile(article, locale)
    if not project.find(name):
        return nothing
    text = project.read_checked(name, diagnostics)
    source = read_yaml(project.shown(name), text, diagnostics) if text is not None else None
    found = validate(source, Signatures, diagnostics) if source else None
    if source is None or found is None:
        return nothing
    result = SignatureFile(article, locale, found.signatures, source)
    before = len(diagnostics.errors)
    for entry in found.signatures:
        _check(result, entry, project.latest_today(), diagnostics)
    if len(diagnostics.errors) == before:
        _check_chain(result, diagnostics)
    return nothing if len(diagnostics.errors) > before else result


def entry_hash(file: SignatureFile, entry: SignatureEntry) -> str:
    """SHA-256 of an entry without its own hash, with the article and the locale of its file."""
    fields = entry.model_dump(mode="json", exclude={"entry"})
    text = json.dumps([file.article, file.locale, fields], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def chained(file: SignatureFile, entry: SignatureEntry) -> SignatureEntry:
    """An entry as the next of a file: bound to the last by its hash."""
    bound = entry.model_copy(update={"before": file.entries[-1].entry if file.entries else ""})
    return bound.model_copy(update={"entry": entry_hash(file, bound)})


def wrong_words(words: str) -> bool:
    """Whether a name or a role cannot be printed in one line, or shows nothing."""
    return len(words) > LONGEST or not words.isprintable() or not words.strip()


def with_entries(file: SignatureFile, added: Sequence[SignatureEntry]) -> str:
    """Text of the file with entries added at its end; what stood in it stays as it is written, if “leaflets sign” wrote
    it."""
    head, rows = f"{HEAD}signatures:\n", [*file.entries, *added]
    if file.source is not None and file.entries and file.place(file.entries[0]).column == FIRST_COLUMN:
        head, rows = file.source.text.rstrip("\n") + "\n", [*added]
    return head + yaml.safe_dump([_row(entry) for entry in rows], allow_unicode=True, sort_keys=False, width=110)


def _row(entry: SignatureEntry) -> dict[str, object]:
    found = {name: value for name, value in entry.model_dump().items() if value not in ("", ())}
    return {**found, "leaflets": list(entry.leaflets)}


def _check_chain(file: SignatureFile, diagnostics: Diagnostics) -> None:
    """Report the first entry that was changed since it was written, or before which one was taken out, put in or
    moved (`signature-chain`)."""
    last = ""
    for entry in file.entries:
        if entry.entry != entry_hash(file, entry):
            changed = "was changed since it was written"
            what = changed if entry.entry else "has no hash: “leaflets sign” did not write it"
            diagnostics.error(file.place(entry), f"this entry {what}", "signature-chain", _BROKEN_CHAIN)
            return
        if entry.before != last:
            message = "an entry before this one was taken out, put in or moved"
            diagnostics.error(file.place(entry), message, "signature-chain", _BROKEN_CHAIN)
            return
        last = entry.entry


def _check(file: SignatureFile, entry: SignatureEntry, today: datetime.date, diagnostics: Diagnostics) -> None:
    """Report what an entry lacks, and days that cannot be."""
    if entry.state == "signed" and not (entry.by and entry.role and entry.sha256):
        message = "a signature names who signed, in which role, and the hash of what was signed"
        diagnostics.error(file.place(entry), message, "signature", "let “leaflets sign” write it")
    for key in ("by", "role"):
        if (words := getattr(entry, key)) and wrong_words(words):
            message = f"“{key}” is one line of at most {LONGEST} letters"
            diagnostics.error(file.place(entry, key), message, "signature", "let “leaflets sign” write it")
    if entry.on > today:
        message = f"it was signed on {entry.on}, which is in the future"
        diagnostics.error(file.place(entry, "on"), message, "date", "take the entry out, and sign it again")
    elif entry.on < entry.issued:
        message = f"it was signed on {entry.on}, before the article was issued, on {entry.issued}"
        diagnostics.error(file.place(entry, "on"), message, "date", "take the entry out, and sign it again")

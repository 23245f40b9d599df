"""Clinic details: one clinic from a TOML file, or many from the rows of a CSV file.

The limits are those of the smallest stamp area, a panel of a tri-fold. Whether words fit is known only after layout.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular
from leaflets.base.limited import release
from leaflets.base.reader_limits import READERS
from leaflets.base.source import Source
from leaflets.base.tables import decoded, read_csv, read_toml
from leaflets.base.untrusted.names import UnsafeNameError, inside, is_device, relative_name
from leaflets.content.contacts.contact_fields import ADDRESS_SIGNS, HOST, site, telephone
from leaflets.content.logo import Logo, read_logo
from leaflets.content.model.text import Id, Model
from leaflets.content.validate import validate

LISTS = ("address", "hours")
"""Fields of several lines; in a CSV cell lines are separated by | or by line breaks."""
PLACEHOLDERS = ("path", "web", "name", "locale", "leaflet", "level", "layout")
"""Placeholders in the address of a copy: path of the file, path of its web page, file name without .pdf, and the
parts of the edition's name."""
MOST_NAME, MOST_LINE, MOST_LINES, MOST_PHONE, MOST_ADDRESS = 60, 45, 4, 30, 200
"""Limits: characters of a name, characters of a line, lines, characters of a phone number, of a copy's address."""
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
    # Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) without the joiners of Indic and Persian words
    r"|[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_FORMULA = "=+-@＝＋－＠"
_JOINER = re.compile(r"[\u200c\u200d]")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _wrong(said: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("clinic", "{said}", {"said": said, "hint": hint})


def visible_words(value: str) -> str:
    """Words in NFC with single spaces. Direction marks and other invisible characters are refused: the program sets
    them; zero-width spaces are dropped."""
    value = value.replace("\u200b", "").strip()  # common between Khmer words
    if not value:
        raise _wrong("there is nothing that can be seen")
    if bad := _UNSAFE.search(value):
        raise _wrong(f"the character U+{ord(bad[0]):04X} cannot be printed; type the words anew")
    for joiner in _JOINER.finditer(value):
        around = (*value[: joiner.start()][-1:], *value[joiner.end() :][:1])
        if len(around) < 2 or not all(_joins(char) for char in around):
            said = f"the character U+{ord(joiner[0]):04X} joins no letters here; type the words anew"
            raise _wrong(said)
    return unicodedata.normalize("NFC", " ".join(value.split()))


def _joins(char: str) -> bool:
    """Whether a joiner can stand beside a character: a letter or mark of a script beyond U+0590."""
    return ord(char) >= 0x0590 and unicodedata.category(char)[0] in "LM"


def _no_formula(value: str) -> str:
    """Refuse words that a spreadsheet works out: the clinic's table is opened in one."""
    if value[0] in _FORMULA:
        raise _wrong(f"“{value[:40]}” begins with “{value[0]}”, as a formula of a spreadsheet", "begin with a letter")
    return value


def _in_quotes(value: object) -> object:
    """Refuse a number, a day or the like of TOML as words."""
    if isinstance(value, int | float | datetime.date | datetime.time):
        raise _wrong(f"{value} is a value of its own here and no words", 'put it in quotes, as in "24 hours"')
    return value


def _quoted(value: object) -> object:
    """Refuse a number of TOML as a telephone number: it has no first 0."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise _wrong("a telephone number stands in quotes", 'write phone = "0113 496 0000", with its first 0')
    return value


def _copy(value: str) -> str:
    """Validate the address of a copy: https only, known placeholders only."""
    if unknown := [name for name in _PLACEHOLDER.findall(value) if name not in PLACEHOLDERS]:
        known = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise _wrong(f"{{{unknown[0]}}} is not known; known are {known}")
    filled = _PLACEHOLDER.sub("x", value)
    host = urlsplit(filled).netloc.partition(":")[0]
    if (
        not filled.startswith("https://")
        or not HOST.fullmatch(host)
        or set("{}") & set(filled)
        or not ADDRESS_SIGNS.fullmatch(filled)
    ):
        raise _wrong("write an address that begins with https://, such as https://www.example.org/leaflets/{path}")
    return value


def _most(count: int) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > count:
            raise _wrong(f"“{value}” has {len(value)} characters, and {count} are the most")
        return value

    return AfterValidator(check)


def _one_line(value: Any) -> Any:
    """One line may be written without brackets."""
    return (value,) if isinstance(value, str) else value


def _lines(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) > MOST_LINES:
        raise _wrong(f"{len(value)} lines, and there is room for {MOST_LINES}; put two on one line")
    return value


def _no_device(value: str) -> str:
    if is_device(value):
        raise _wrong(f"Windows cannot hold a folder “{value}”; write another id, such as {value}-clinic")
    return value


def _beside(value: str) -> str:
    """Validate the name of a file that lies beside the file that names it, or in a folder there."""
    try:
        return relative_name(value)
    except UnsafeNameError as error:
        raise _wrong(f"{error.strerror}; put the file beside this one and write its name alone") from None


Given = Annotated[str, BeforeValidator(_in_quotes), StringConstraints(min_length=1, strip_whitespace=True)]
Line = Annotated[Given, AfterValidator(visible_words), AfterValidator(_no_formula), _most(MOST_LINE)]
Phone = Annotated[Given, AfterValidator(visible_words), AfterValidator(telephone), _most(MOST_PHONE)]
Lines = Annotated[
    tuple[Line, ...],
    AfterValidator(_lines),
    BeforeValidator(_one_line, json_schema_input_type=str | tuple[Line, ...]),
]


class Clinic(Model):
    """What a leaflet says of the clinic that hands it out."""

    name: Annotated[Given, AfterValidator(visible_words), AfterValidator(_no_formula), _most(MOST_NAME)] = Field(
        description="Printed in bold."
    )
    address: Lines = Field((), description="A line to a line on paper.")
    phone: Annotated[Phone | None, BeforeValidator(_quoted)] = None
    hours: Lines = Field((), description="Opening hours, a line to a line on paper.")
    website: Annotated[Given, AfterValidator(site), _most(MOST_LINE)] | None = Field(
        None, description="Printed without https://."
    )
    logo: Annotated[Given, AfterValidator(_beside)] | None = Field(
        None, description="A PNG, JPEG or SVG file, its path beside this file."
    )
    leaflets: Annotated[Given, AfterValidator(_copy), _most(MOST_ADDRESS)] | None = Field(
        None, description="Where the clinic's copy of a leaflet is, for the QR code: https, with {path} and the like."
    )

    def copy_of(self, parts: Mapping[str, str]) -> str:
        """Address of the clinic's copy of an edition, empty if there is none. `parts` has a value for each of
        PLACEHOLDERS."""
        return _PLACEHOLDER.sub(lambda match: parts[match[1]], self.leaflets or "")

    def printed(self) -> dict[str, tuple[str, ...]]:
        """Printed lines by field; empty fields are left out."""
        one = {"name": self.name, "phone": self.phone, "website": self.website}
        fields = {key: (value,) for key, value in one.items() if value}
        return {**fields, **{key: lines for key in LISTS if (lines := getattr(self, key))}}

    def words(self) -> str:
        """All printed lines as one text."""
        return "\n".join(line for lines in self.printed().values() for line in lines)


class ClinicRow(Clinic):
    """A clinic among many."""

    id: Annotated[Id, AfterValidator(_no_device), _most(60)] = Field(
        description="Names the clinic's folder of leaflets."
    )


def read_clinic(path: Path, diagnostics: Diagnostics) -> tuple[Clinic, Source] | None:
    """Read a clinic from TOML, with its source for positions. None after a diagnostic for each fault."""
    text = _text(path, "toml", diagnostics)
    source = read_toml(str(path), text, diagnostics) if text is not None else None
    if source is None:
        return None
    source.data = {key: value for key, value in source.data.items() if value not in ("", [])}
    found = validate(source, Clinic, diagnostics)
    return (found, source) if found else None


def read_clinics(path: Path, diagnostics: Diagnostics) -> list[tuple[ClinicRow, Source]]:
    """Read clinics from CSV, one a row. A faulty row gets diagnostics and is left out."""
    text = _text(path, "csv", diagnostics)
    columns = tuple(ClinicRow.model_fields)
    rows = read_csv(str(path), text, diagnostics, columns, ("id", "name")) if text is not None else None
    if not rows:
        if rows is not None:
            diagnostics.error(Place(str(path)), "there is no clinic in it", "csv", "see docs/clinic.md for an example")
        return []
    found: dict[str, tuple[ClinicRow, Source]] = {}
    for source in rows:
        for key in (key for key in LISTS if key in source.data):
            source.data[key] = [line for line in re.split(r"\s*[|\n]\s*", source.data[key]) if line]
        clinic = validate(source, ClinicRow, diagnostics)
        if clinic and clinic.id in found:
            diagnostics.error(
                source.place(("id",)),
                f"the id “{clinic.id}” stands here twice",
                "duplicate-id",
                "give each clinic an id of its own",
            )
        elif clinic:
            found[clinic.id] = (clinic, source)
    return list(found.values())


@dataclass(frozen=True)
class Details:
    """A clinic with its logo, the position of each field, and the files that were read."""

    clinic: Clinic
    logo: Logo | None
    places: Mapping[str, Place]
    files: tuple[Path, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Absolute paths of the files."""
        return tuple(str(path.resolve()) for path in self.files)

    @property
    def sha256(self) -> str:
        """SHA-256 of everything printed, the logo included."""
        return hashlib.sha256(f"{self.clinic!r} {self.logo.sha256 if self.logo else ''}".encode()).hexdigest()

    def place(self, field: str) -> Place:
        """Position of a field, or of the file if the field is missing."""
        return self.places.get(field, Place(str(self.files[0])))


def read_details(path: Path, diagnostics: Diagnostics) -> Details | None:
    """Read a clinic and its logo from TOML. None after a diagnostic for each fault."""
    found = read_clinic(path, diagnostics)
    if found is None:
        return None
    clinic, source = found
    places = {key: source.key_place((key,)) for key in source.data}
    picture = logo_path(clinic, source)
    if picture is None:
        return Details(clinic, None, places, (path,))
    logo = _logo(picture, source, diagnostics)
    release()
    return Details(clinic, logo, places, (path, picture)) if logo else None


def logo_path(clinic: Clinic, source: Source) -> Path | None:
    """Path of the clinic's logo, relative to the file that names it; None without a logo."""
    return Path(source.name).parent / clinic.logo if clinic.logo else None


def _logo(picture: Path, source: Source, diagnostics: Diagnostics) -> Logo | None:
    """The logo at a path; None after a diagnostic, also for a link that leads out of the folder of `source`."""
    place, folder = source.place(("logo",)), Path(source.name).parent
    try:
        inside(folder, picture.relative_to(folder).as_posix())
    except UnsafeNameError as error:
        hint = "put the picture itself beside the file that names it"
        diagnostics.error(place, f"the logo cannot be read: {error.strerror}", "logo", hint)
        return None
    return read_logo(picture, place, diagnostics)


def _text(path: Path, reader: str, diagnostics: Diagnostics) -> str | None:
    try:
        return decoded(str(path), read_regular(path, READERS[reader]), diagnostics)
    except OSError as error:
        hint = "“leaflets new clinic” writes an example"
        diagnostics.error(Place(str(path)), f"the file cannot be read: {error.strerror}", "unreadable", hint)
    return None


def read_all_details(path: Path, diagnostics: Diagnostics) -> list[tuple[ClinicRow, Details]]:
    """Read clinics and their logos from CSV. A faulty row gets diagnostics and is left out."""
    found = []
    for clinic, source in read_clinics(path, diagnostics):
        places = {key: source.place((key,)) for key in source.data}
        picture = logo_path(clinic, source)
        if picture is None:
            found.append((clinic, Details(clinic, None, places, (path,))))
        elif (logo := _logo(picture, source, diagnostics)) is not None:
            found.append((clinic, Details(clinic, logo, places, (path, picture))))
    release()
    return found

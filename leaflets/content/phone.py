"""Telephone numbers of clinics and regions: what is printed of a value, and what a link dials.

A patient on a telephone does not see what a link dials. So a value has a `tel:` address (RFC 3966) only where it is
exactly one number by the numbering plan of the region; any other value is printed without a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_NUMBER = r"\+?(?:\d|\(\+?\d)[\d ().\-\u00a0\u2010\u2011\u2013]*(?<=\d)"
_LETTERS = r"(?:\+?1[-. ]?)?\(?8(?:00|33|44|55|66|77|88)\)?[-. ](?=[\dA-Za-z-]*[A-Za-z])[\dA-Za-z][\dA-Za-z-]{5,}"
"""A toll-free number of North America with letters for its last digits (ITU-T E.161). Elsewhere, letters are far more
often an O for a nought."""
_EXTENSION = r"[,;]? ?(?:ext\.?|extension|x|#) ?(?P<extension>\d{1,7})"
_OPTION = r"[,;]? ?\(?(?:(?:then )?press|option) \d\)?"
_ONE = re.compile(rf"(?P<number>{_LETTERS}|{_NUMBER})(?:{_EXTENSION})?(?:{_OPTION})?", re.IGNORECASE | re.ASCII)
_BETWEEN = re.compile(r" ?/ ?(?=[+\d(])| ?; ?| or ")
"""Between two numbers. A slash also groups the digits of one number in some countries: see `_grouped`."""
_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_FRACTION = re.compile(r"\d{6,}[.,]0+")
LEAST, MOST = 3, 15
"""Digits of a number: an emergency number has three, ITU-T E.164 allows fifteen."""
AS_TEXT = "in the spreadsheet, format the column as text and type the number anew"


@dataclass(frozen=True)
class Phone:
    """A value as it is printed, and the `tel:` address that its link dials; empty: no link."""

    text: str
    target: str = ""


class PhoneError(ValueError):
    """A value is not a telephone number. The text says why, `hint` what to do."""

    def __init__(self, said: str, hint: str) -> None:
        super().__init__(said)
        self.hint = hint


@lru_cache(maxsize=2_000)
def phone(value: str, region: str) -> Phone:
    """What is printed of a value, and what its link dials in a region (ISO 3166-1 code, such as GB)."""
    found = _ONE.fullmatch(value.replace("/", " ") if _grouped(value, region) else value)
    if found is None:
        return Phone(value)
    target = _dialled(found["number"], region)
    extension = f";ext={found['extension']}" if target and found["extension"] else ""
    return Phone(value, f"tel:{target}{extension}" if target else "")


def plan_is_known(region: str) -> bool:
    """Whether the numbering plan of a region is known."""
    import phonenumbers

    return region in phonenumbers.SUPPORTED_REGIONS


def check_written(value: str) -> None:
    """Raise PhoneError for a value that is no telephone number, or several, in any region: words, digits of another
    script, what a spreadsheet has made of a number."""
    bare = value.lstrip("='\"").rstrip("\"'")
    if _POWER.fullmatch(bare) or _FRACTION.fullmatch(bare) or bare != value:
        raise PhoneError(f"“{value}” is what a spreadsheet makes of a number", AS_TEXT)
    if foreign := next((char for char in value if char.isdecimal() and not char.isascii()), ""):
        raise PhoneError(
            f"“{foreign}” (U+{ord(foreign):04X}) is not a digit that telephones show", "write the number with 0 to 9"
        )
    for part in _split(value):
        found = _ONE.fullmatch(part)
        if found is None:
            raise PhoneError(f"“{value}” is not a telephone number", _hint(part))
        if not _closed(part):
            raise PhoneError(f"“{value}” has a bracket without its other half", "write the number without brackets")
        digits = sum(char.isalnum() for char in found["number"])
        if not LEAST <= digits <= MOST:
            said = f"“{part}” has {digits} digit{'' if digits == 1 else 's'}, a telephone number {LEAST} to {MOST}"
            raise PhoneError(said, "write the whole number, as it is dialled")


def fault_in(value: str, region: str) -> PhoneError | None:
    """Why a value that `check_written` passes reaches nobody in a region; None when it can, or when the numbering plan
    of the region is not known."""
    import phonenumbers as plan

    if region not in plan.SUPPORTED_REGIONS or _grouped(value, region):
        return None
    return next((fault for part in _split(value) if (fault := _fault_of_one(part, region))), None)


def _fault_of_one(part: str, region: str) -> PhoneError | None:
    import phonenumbers as plan

    found = _ONE.fullmatch(part)
    if found is None or _dialled(found["number"], region):
        return None
    try:
        number = plan.parse(found["number"], region)
    except plan.NumberParseException:
        return PhoneError(f"“{part}” is not a telephone number in {region}", "write it as it is dialled there")
    if _lacks_prefix(found["number"], number, region):
        whole = plan.format_number(number, plan.PhoneNumberFormat.NATIONAL)
        said = f"“{part}” lacks the {plan.ndd_prefix_for_region(region, True)} at its beginning"
        return PhoneError(said, f"write {whole}, if that is the number; {AS_TEXT}")
    possible = plan.ValidationResult
    length = plan.is_possible_number_with_reason(number)
    if length in (possible.IS_POSSIBLE, possible.IS_POSSIBLE_LOCAL_ONLY):
        return None
    if plan.is_possible_short_number_for_region(number, region):
        return None
    way = {possible.TOO_SHORT: "too few digits", possible.TOO_LONG: "too many digits"}
    said = f"“{part}” has {way.get(length, 'not the number of digits')} for a number in {region}"
    return PhoneError(said, "write it as it is dialled there; a number of another country begins with + and its code")


def _dialled(written: str, region: str) -> str:
    """The digits that a telephone in the region dials for one number; empty if it is not known that they reach
    somebody."""
    import phonenumbers as plan

    if region not in plan.SUPPORTED_REGIONS and not written.startswith("+"):
        return ""
    if not _closed(written):
        return ""
    try:
        number = plan.parse(written, region, keep_raw_input=True)
    except plan.NumberParseException:
        return ""
    digits: str = plan.convert_alpha_characters_in_number(written)
    digits = re.sub(r"\D", "", digits)
    whole = plan.ValidationResult.IS_POSSIBLE
    if number.country_code_source in (
        plan.CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN,
        plan.CountryCodeSource.FROM_NUMBER_WITH_IDD,
    ):
        possible = plan.is_possible_number_with_reason(number) == whole
        return str(plan.format_number(number, plan.PhoneNumberFormat.E164)) if possible else ""
    if re.fullmatch(r"\d+(?: \d+)*", written) and plan.is_valid_short_number_for_region(number, region):
        return digits
    if plan.is_possible_number_with_reason(number) != whole or _lacks_prefix(written, number, region):
        return ""
    prefix = plan.ndd_prefix_for_region(region, True) or ""
    usual = plan.is_possible_number_for_type_with_reason(number, plan.PhoneNumberType.FIXED_LINE) == whole
    known = plan.is_valid_number(number) or (prefix and digits.startswith(prefix) and usual)
    return digits if known else ""


def _lacks_prefix(written: str, number: PhoneNumber, region: str) -> bool:
    """Whether a national number is written without the trunk prefix that is dialled before it."""
    import phonenumbers as plan

    prefix = plan.ndd_prefix_for_region(region, True) or ""
    national = re.sub(r"\D", "", plan.format_number(number, plan.PhoneNumberFormat.NATIONAL))
    digits = re.sub(r"\D", "", written)
    same_country = number.country_code == plan.country_code_for_region(region)
    return bool(
        prefix
        and same_country
        and plan.is_valid_number(number)
        and national.startswith(prefix)
        and digits == national.removeprefix(prefix)
    )


def _split(value: str) -> list[str]:
    """The numbers of a value; one number with a slash comes as its groups."""
    return _BETWEEN.split(value)


def _grouped(value: str, region: str) -> bool:
    """Whether the slash of a value groups the digits of one number (030/123456), as its parts are none."""
    import phonenumbers as plan

    parts = value.split("/")
    if len(parts) != 2 or len(_split(value)) != 2 or region not in plan.SUPPORTED_REGIONS:
        return False
    if any(_dialled(part.strip(), region) or len(re.sub(r"\D", "", part)) > 9 for part in parts):
        return False
    try:
        return bool(plan.is_valid_number(plan.parse(value, region)))
    except plan.NumberParseException:
        return False


def _closed(written: str) -> bool:
    """Whether brackets stand in pairs round digits."""
    return not re.search(r"[()]", re.sub(r"\(\+?[\d ]+\)|\([^()]* \d\)$", "", written))


def _hint(part: str) -> str:
    if re.search(r"\d[OoIl]|[OoIl]\d", part):
        return "write the digits 0 and 1, not the letters O, I and l"
    return "write the number alone, such as 0113 496 0000 or +44 113 496 0000; the word “Phone” is printed before it"

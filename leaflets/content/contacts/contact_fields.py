"""Validators of a telephone number and of a site, as a person writes them into a file."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from leaflets.content.phone import PhoneError, check_written

ADDRESS_SIGNS = re.compile(r"[!-~]+")
"""Characters of an address: visible ASCII. `urlsplit` would ignore tabs and line breaks."""
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])")


def telephone(value: str) -> str:
    """Refuse what is no telephone number in any region; whether it is one where it is printed, `fault_in` knows."""
    try:
        check_written(value)
    except PhoneError as error:
        raise _wrong(str(error), error.hint) from error
    return value


def site(value: str) -> str:
    """Address of a site without https:// and without a slash at its end."""
    bare = value.removeprefix("https://")
    parts = urlsplit(f"https://{bare}")
    if "://" in bare or not HOST.fullmatch(parts.netloc) or not ADDRESS_SIGNS.fullmatch(value):
        raise _wrong("write it as www.example.org, or with https:// before it, in ASCII")
    return bare.rstrip("/")


Telephone = Annotated[str, AfterValidator(telephone)]
"""A telephone number of some region."""
Site = Annotated[str, AfterValidator(site)]
"""Address of a site, without https://."""


def _wrong(said: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("contact", "{said}", {"said": said, "hint": hint})

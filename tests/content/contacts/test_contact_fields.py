"""Telephone numbers and sites in files: what is taken, and what is said of the rest."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from leaflets.content.contacts.contact_fields import site, telephone


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("www.example.org", "www.example.org"),
        ("https://example.org/", "example.org"),
        ("example.org/help", "example.org/help"),
    ],
)
def test_a_site_is_kept_without_its_scheme(written: str, kept: str) -> None:
    assert site(written) == kept


@pytest.mark.parametrize(
    "written", ["http://example.org", "example", "exam ple.org", "ex\u00e4mple.org", "you@example.org", "https://"]
)
def test_what_is_no_site_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError, match=r"www\.example\.org"):
        site(written)


def test_a_telephone_number_is_kept_as_it_is_written() -> None:
    assert telephone("0800 123 4567") == "0800 123 4567"


@pytest.mark.parametrize("written", ["call us", "12", "0800 123 456O", "1.13E+09"])
def test_what_is_no_telephone_number_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        telephone(written)

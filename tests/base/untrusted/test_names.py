"""A name from data names a file in its folder, the same one on every system, or it is refused with the reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaflets.base.untrusted.names import (
    LONGEST_NAME,
    LONGEST_PART,
    UnsafeNameError,
    inside,
    is_device,
    is_relative_name,
    printable,
    relative_name,
)  # fmt: skip

GOOD = (
    "catalogue.json", ".state.json", "en-GB/hand-washing.overview.plain.tri-fold.en-GB.print.pdf", "ab/ab12.edition",
    "console/a.pdf", "ar-GB/غسل.pdf", "com10", "a b/c",
)  # fmt: skip
BAD = {
    "": "it is empty",
    "/etc/passwd": "it is absolute",
    "../victim.txt": "it has the part “..”",
    "a/../b": "it has the part “..”",
    "./a": "it has the part “.”",
    "a//b": "it has the part “”",
    "a/": "it has the part “”",
    "C:/a": "it holds :",
    "a\\b": "it holds \\",
    "a\0b": "it holds U+0000",
    "a\x1b[2Jb": "it holds U+001B",
    "a\u202eb": "it holds U+202E",
    "a\ud800b": "it holds U+D800",
    "e\u0301": "its letters are not composed (NFC)",
    "a./b": "a part of it ends in a dot or a space",
    "a /b": "a part of it ends in a dot or a space",
    "con": "“con” is a device in Windows",
    "en-GB/NUL.pdf": "“NUL.pdf” is a device in Windows",
    "a/com1.overview.pdf": "“com1.overview.pdf” is a device in Windows",
    "a" * (LONGEST_PART + 1): "a part of it is too long",
    "/".join(["a" * LONGEST_PART] * 5): "it is too long",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_name_in_the_folder_stays_as_it_is(name: str) -> None:
    assert relative_name(name) == name


@pytest.mark.parametrize("name", BAD)
def test_any_other_name_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(UnsafeNameError) as error:
        relative_name(name)
    assert BAD[name] in str(error.value.strerror)
    assert printable(str(error.value.strerror)) == error.value.strerror
    assert not is_relative_name(name)


@given(st.text())
@example("a/\u2028")
@example("~/a")
def test_what_is_taken_lies_below_any_folder(name: str) -> None:
    if is_relative_name(name):
        assert os.path.normpath(f"/folder/{name}") == f"/folder/{name}"
        assert len(name.encode()) <= LONGEST_NAME


def test_devices_of_windows() -> None:
    assert all(is_device(name) for name in ("CON", "prn", "aux.txt", "nul", "Lpt9", "com¹", "CONOUT$", "con .pdf"))
    assert not any(is_device(name) for name in ("leeds", "concord", "com", "com10", "lpt", "a.con"))


def test_a_link_may_lead_within_the_folder_only(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for path in (folder / "en-GB", outside):
        path.mkdir(parents=True)
    (folder / "en-GB" / "a.pdf").write_bytes(b"")
    (folder / "near").symlink_to("en-GB")
    (folder / "far").symlink_to(outside)
    (folder / "a.pdf").symlink_to(outside / "b.pdf")
    (folder / "round").symlink_to("round")
    assert inside(folder, "near/a.pdf").is_file()
    for name in ("far/a.pdf", "a.pdf"):
        with pytest.raises(UnsafeNameError, match="is a link that leads out of its folder"):
            inside(folder, name)
    assert inside(folder, "a.pdf", follow=False) == folder / "a.pdf"
    with pytest.raises(UnsafeNameError):
        inside(folder, "far/a.pdf", follow=False)
    (tmp_path / "other").symlink_to(folder)
    assert inside(tmp_path / "other", "en-GB/a.pdf").is_file()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("two\nlines\x85", "two\\x0alines\\x85"),
        ("\u202eesrever\u2066\u2028", "\\u202eesrever\\u2066\\u2028"),
        ("half \udcff", "half \\udcff"),
        ("“نص” – 3 mm\u200f, क्\u200dष", "“نص” – 3 mm\u200f, क्\u200dष"),
    ],
)
def test_what_could_move_the_cursor_is_shown_as_a_code(text: str, shown: str) -> None:
    assert printable(text) == shown

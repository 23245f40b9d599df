"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.files import write_whole


def test_a_file_is_written_and_the_folders_above_it_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "en-GB" / "a.pdf", b"body")
    assert (tmp_path / "en-GB" / "a.pdf").read_bytes() == b"body"
    assert [path.name for path in (tmp_path / "en-GB").iterdir()] == ["a.pdf"]


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a long body from before")
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.parametrize("before", [None, b"from before"])
def test_when_writing_stops_halfway_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    target = tmp_path / "a.pdf"
    if before is not None:
        target.write_bytes(before)
    whole = Path.write_bytes

    def full_disk(path: Path, body: bytes) -> int:
        whole(path, body[:2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_whole(target, b"a new body")
    assert (target.read_bytes() if target.exists() else None) == before
    assert [path.name for path in tmp_path.iterdir()] == ([] if before is None else ["a.pdf"])


def test_the_old_file_is_whole_until_the_new_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"from before")
    seen: list[bytes] = []
    whole = Path.write_bytes

    def look(path: Path, body: bytes) -> int:
        written = whole(path, body)
        seen.append(target.read_bytes())
        return written

    monkeypatch.setattr(Path, "write_bytes", look)
    write_whole(target, b"new")
    assert seen == [b"from before"]
    assert target.read_bytes() == b"new"

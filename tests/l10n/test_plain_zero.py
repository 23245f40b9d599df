"""The plain zero: the shape of the glyph in every font that leaflets are set in, and the copies of fonts on disk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from leaflets.l10n import plain_zero
from leaflets.l10n.font_table import FONTS
from tests.tools.some import some

FAMILY = "Leaflet Sans"
COPY = FONTS["atkinson"]


def packaged() -> tuple[Path, ...]:
    """The files that the copies are made of."""
    spec = find_spec(COPY.package)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "files"
    return tuple(folder / f"AtkinsonHyperlegible-{style}.ttf" for style in ("Regular", "Bold"))


def licence() -> Path:
    """The licence of the packaged font."""
    return packaged()[0].parent.parent / "LICENSE"


def contours(font: TTFont, glyph: str) -> list[float]:
    """Areas of the contours of a glyph, negative where a contour runs the other way round."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    found = []
    for operator, points in pen.value:
        if operator == "moveTo":
            found.append(AreaPen())
        getattr(found[-1], operator)(*points)
    return [pen.value for pen in found]


@pytest.mark.parametrize("name", FONTS)
def test_no_font_draws_a_slash_through_its_zero(name: str) -> None:
    for path in some(FONTS[name].files):
        font = TTFont(path)
        zeros = [glyph for point, glyph in font.getBestCmap().items() if point in (0x30, 0x660, 0x6F0)]
        for glyph in {*zeros, *({"zero.tf"} & set(font.getGlyphOrder()))}:
            areas = contours(font, glyph)
            assert len(areas) <= 2, (path.name, glyph)
            if len(areas) == 2:  # Arabic zeros are a dot
                outer, counter = sorted(areas, key=abs, reverse=True)
                assert outer * counter < 0, (path.name, glyph)
                assert abs(counter) < abs(outer), (path.name, glyph)


def test_the_packaged_font_does() -> None:
    assert [len(contours(TTFont(path), "zero")) for path in packaged()] == [3, 3]


def test_a_copy_differs_in_the_zero_and_the_names_alone() -> None:
    for source, path in zip(packaged(), COPY.files, strict=True):
        before, after = TTFont(source), TTFont(path)
        assert after.getGlyphOrder() == before.getGlyphOrder()
        advances = [{name: font["hmtx"][name][0] for name in font.getGlyphOrder()} for font in (before, after)]
        assert advances[0] == advances[1]
        changed = [name for name in before.getGlyphOrder() if before["glyf"][name] != after["glyf"][name]]
        assert changed == ["zero"]
        for table in ("GPOS", "GSUB", "cmap", "OS/2"):
            assert after.reader[table] == before.reader[table], table
        assert "DSIG" not in after
        names = after["name"]
        for kept in (0, 13, 14):  # copyright, licence
            assert names.getDebugName(kept) == before["name"].getDebugName(kept)
        assert names.getDebugName(1) == FAMILY
        assert names.getDebugName(5) == (
            "Version 1.006; ttfautohint (v1.8.3); modified by the leaflets project: plain zero, renamed"
        )
        assert not [str(name) for name in names.names if re.search(r"Atkinson", str(name))]


def test_the_licence_is_beside_the_copies() -> None:
    assert (COPY.folder / plain_zero.LICENCE).read_bytes() == licence().read_bytes()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence().read_text(encoding="utf-8")
    repository = Path(__file__).parents[2] / "LICENSES" / "OFL-1.1-Atkinson-Hyperlegible.txt"
    assert repository.read_bytes() == licence().read_bytes()


def test_another_zero_is_not_touched() -> None:
    (source, _) = FONTS["fira"].files
    with pytest.raises(ValueError, match="the zero of the font has 2 contours; a slashed one has 3"):
        plain_zero.cut(source.read_bytes(), "Regular", FAMILY)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, for copies of our own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    plain_zero.made.cache_clear()
    return tmp_path / "cache"


def made() -> Path:
    """The folder of the copies, looked for anew."""
    plain_zero.made.cache_clear()
    return plain_zero.made(packaged(), licence(), FAMILY)


def test_a_damaged_copy_is_made_again(cache: Path) -> None:
    folder = made()
    assert folder.parent == cache / "leaflets"
    (regular, bold) = (folder / f"LeafletSans-{style}.ttf" for style in ("Regular", "Bold"))
    whole = regular.read_bytes()
    for harm in (b"", whole[:-4], whole[:3000] + b"\x00\x01\x02\x03" + whole[3004:]):
        regular.write_bytes(harm)
        assert not plain_zero.whole(regular)
        assert made() == folder
        assert regular.read_bytes() == whole
    bold.unlink()
    assert made() == folder
    assert plain_zero.whole(bold)


def test_where_nothing_can_be_written_the_folder_for_temporary_files_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(plain_zero.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = made()
    assert folder.parent.parent == tmp_path
    assert folder.parent.stat().st_mode & 0o77 == 0
    monkeypatch.setattr(plain_zero.os, "getuid", lambda: os.stat(tmp_path).st_uid + 1, raising=False)
    (tmp_path / f"leaflets-fonts-{os.stat(tmp_path).st_uid + 1}").mkdir()  # put there by somebody else
    with pytest.raises(PermissionError, match="it belongs to another user"):
        made()


def test_processes_that_make_them_at_once_have_the_same_bytes(cache: Path) -> None:
    code = "from leaflets.l10n.font_table import FONTS; print(*(hash(p.read_bytes()) for p in FONTS['atkinson'].files))"
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONHASHSEED": "0"}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(3)
    ]
    said = [run.communicate()[0] for run in runs]
    assert all(run.returncode == 0 for run in runs)
    assert len(set(said)) == 1
    assert sorted(path.name for path in (cache / "leaflets").glob("*/*")) == [
        "LeafletSans-Bold.ttf", "LeafletSans-Regular.ttf", "OFL.txt",
    ]  # fmt: skip

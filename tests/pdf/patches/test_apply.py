"""The parts are put in as the table says: each that fits, in order, and none over another by accident."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from leaflets.pdf.patches import apply as table
from leaflets.pdf.patches.apply import PATCHES, SPEED_PARTS, Patch, PatchKind, check, left_out
from leaflets.pdf.patches.originals import PatchError
from leaflets.pdf.patches.replacing import MissingOriginalError, ReplacementLog, Replacements, UndeclaredError

OTHER = "0" * 16


@pytest.fixture(autouse=True)
def with_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEAFLETS_FAST", raising=False)


def test_all_parts_are_in_with_the_version_that_is_locked() -> None:
    check()
    assert left_out() == {}
    assert {part.name for part in PATCHES if part.kind is not PatchKind.SPEED} >= {
        "last_space",
        "line_ends",
        "marks",
        "trial_layout",
    }


def test_a_part_needs_only_parts_before_it() -> None:
    names = [part.name for part in PATCHES]
    assert len(set(names)) == len(names)
    for place, part in enumerate(PATCHES):
        assert set(part.needs) <= set(names[:place]), part.name


def test_a_speed_part_whose_original_differs_stays_out_with_those_that_need_it() -> None:
    parts = (
        Patch("kept", PatchKind.SPEED, None, {}),
        Patch("changed", PatchKind.SPEED, None, {"pydyf:_to_bytes": OTHER}),
        Patch("above", PatchKind.SPEED, None, {}, needs=("kept", "changed")),
        Patch("top", PatchKind.SPEED, None, {}, needs=("above",)),
    )
    out = left_out(parts)
    assert list(out) == ["changed", "above", "top"]
    assert out["changed"] == "pydyf:_to_bytes differs in WeasyPrint 70.0"
    assert out["top"] == "needs above"


def test_what_a_part_relies_on_counts_as_well() -> None:
    assert list(left_out([Patch("one", PatchKind.SPEED, None, {}, {"pydyf:no_such": OTHER})])) == ["one"]


def test_all_speed_parts_stay_out_when_they_are_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAFLETS_FAST", "0")
    assert left_out() == dict.fromkeys(SPEED_PARTS, "LEAFLETS_FAST=0")


@pytest.mark.parametrize("kind", [PatchKind.FIX, PatchKind.TAGS, PatchKind.PAGES])
def test_a_fix_or_a_tag_whose_original_differs_is_one_error_that_names_it(kind: PatchKind) -> None:
    with pytest.raises(PatchError) as raised:
        check([Patch("mends", kind, None, {"pydyf:_to_bytes": OTHER, "pydyf:no_such": OTHER})])
    assert str(raised.value) == (
        "WeasyPrint 70.0 has another pydyf:_to_bytes, pydyf:no_such than the part “mends” was written for, and text or "
        "tags would be wrong without it; install weasyprint==70.0, or a newer leaflets [patches]"
    )


def test_another_series_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "version", lambda _: "71.0")
    with pytest.raises(PatchError, match=r"^WeasyPrint 71\.0 cannot be used: 70\.\* is needed; install"):
        check()


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module with a class and a function, and another module that imports the function by its name."""
    home, user = ModuleType("some_home"), ModuleType("some_user")
    home.Owner = type("Owner", (), {"one": lambda self: 1})  # type: ignore[attr-defined]
    home.double = user.double = lambda x: 2 * x  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "some_home", home)
    monkeypatch.setitem(sys.modules, "some_user", user)
    return home


DECLARED = ("some_home:Owner.one", "some_home:double", "some_home:Owner.new")


def test_replacements_are_made_together(owner: Any) -> None:
    done = ReplacementLog()
    patch = Replacements("first", DECLARED, (), done)
    patch.wrap("some_home:Owner.one", lambda original: lambda self: original(self) + 10)
    patch.wrap("some_home:double", lambda original: lambda x: original(x) + 1, "some_home", "some_user", "sys")
    patch.put("some_home:Owner.new", None)
    assert owner.Owner().one() == 1
    patch.commit()
    assert owner.Owner().one() == 11
    assert sys.modules["some_user"].double(4) == owner.double(4) == 9
    assert owner.Owner.new is None
    places = ["some_home.Owner.one", "some_home.double", "some_user.double", "some_home.Owner.new"]
    assert list(done.parts.items()) == [(place, ["first"]) for place in places]


def test_a_function_is_not_replaced_twice_unless_the_part_says_so(owner: Any) -> None:
    done = ReplacementLog()
    first = Replacements("first", DECLARED, (), done)
    first.put("some_home:double", lambda x: 3 * x, "some_home", "some_user")
    first.commit()
    with pytest.raises(UndeclaredError, match="second replaces some_home:double, and first has replaced it already"):
        Replacements("second", DECLARED, (), done).put("some_home:double", None, "some_user")
    third = Replacements("third", DECLARED, ("some_home:double",), done)
    third.wrap("some_home:double", lambda original: lambda x: original(x) + 1, "some_user")
    third.commit()
    assert done.parts["some_user.double"] == ["first", "third"]
    assert (owner.double(2), sys.modules["some_user"].double(2)) == (6, 7)


def test_a_part_replaces_nothing_that_it_does_not_declare(owner: Any) -> None:
    with pytest.raises(UndeclaredError, match="first replaces some_home:double and does not declare it"):
        Replacements("first", (), (), ReplacementLog()).put("some_home:double", None)


def test_an_original_that_has_moved_leaves_a_speed_part_out_and_stops_a_fix(owner: Any) -> None:
    def install(patch: Replacements) -> None:
        patch.put("some_home:Owner.one", None)
        patch.put("some_home:double", None, "sys")

    out: dict[str, str] = {}
    declared = dict.fromkeys(DECLARED, "")
    table._install(Patch("fast", PatchKind.SPEED, install, declared), ReplacementLog(), out)
    assert out == {"fast": "some_home:double is not where it was: sys"}
    assert owner.Owner().one() == 1, "a part is never half in"
    with pytest.raises(PatchError, match=r"some_home:double is not where it was: sys, and text or tags would be wrong"):
        table._install(Patch("mends", PatchKind.FIX, install, declared), ReplacementLog(), out)
    sys.modules["some_user"].double = None  # type: ignore[attr-defined]
    with pytest.raises(MissingOriginalError):
        Replacements("first", DECLARED, (), ReplacementLog()).put("some_home:double", None, "some_home", "some_user")

"""The desk and its folder: nothing outside is given, what was taken away is made again, another build there is told."""

from __future__ import annotations

import json
import shutil
import signal
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.builder.state.test_lock import holder
from tests.desk.test_live import ONE, PICTURE, until
from tests.tools.desk import LONGEST, PLAIN, Desk, running

FILE = f"en-GB/{PLAIN}.pdf"
EDITION = {"article": "hand-washing", "leaflet": "overview", "level": "plain", "layout": "standard", "locale": "en-GB"}
ROW = {**EDITION, "kind": "read", "title": "A", "pages": 1, "paper": "A4", "version": "1", "status": "reviewed"}


def given(desk: Desk, path: str) -> bool:
    """Whether a file is given within a minute."""
    until_then = time.monotonic() + LONGEST
    while desk.ask(f"/files/{path}").status != 200:
        if time.monotonic() > until_then:
            return False
        time.sleep(0.2)
    return True


def test_a_file_that_the_catalogue_names_elsewhere_is_neither_given_nor_deleted(tmp_path: Path) -> None:
    """Nor one that the state names, nor one to which a link in the folder leads."""
    victims = [tmp_path / "victims" / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    victims[0].parent.mkdir()
    for victim in victims:
        victim.write_bytes(b"%PDF precious")
    out = tmp_path / "desk" / "out"
    (out / "en-GB").mkdir(parents=True)
    names = [str(victims[0]), "../../victims/b.pdf"]
    rows: list[dict[str, Any]] = [{**ROW, "path": name, "sha256": "0" * 64} for name in names]
    (out / "catalogue.json").write_text(json.dumps({"editions": [*rows, {**ROW, "path": 5, "level": {}}]}))
    made = {
        "inputs": {},
        "warnings": [],
        "size": 13,
        "seen": "",
        "others": [],
        "beside": {},
        "evidence": "",
        "expired": False,
    }
    editions = {PLAIN: {**made, "entry": rows[0]}}
    state = {"format": 10, "files": {}, "tools": {}, "offered": [], "clinic": [], "sheet": "", "published": True}
    (out / ".state.json").write_text(json.dumps({**state, "editions": editions}))
    link = f"en-GB/{PLAIN.replace('standard', 'summary')}.pdf"
    (out / link).symlink_to(victims[2])
    with running(tmp_path / "desk", *ONE) as desk:
        for path in (*names, str(victims[2]), f"../{victims[0]}"):
            for asked in (path, quote(path, safe="")):
                assert desk.ask(f"/files/{asked}").status == 404, path
                assert desk.ask(f"/print/{asked}").status == 404, path
        assert desk.ask(f"/files/{link}").body != b"%PDF precious"
        desk.settled()
        assert [victim.read_bytes() for victim in victims] == [b"%PDF precious"] * 3
        assert not (out / link).is_symlink()
        assert desk.ask(f"/files/{link}").status == 200
        assert len(desk.ask("/leaflets.json").json["editions"]) == 2
        assert desk.stop(signal.SIGINT) == 0
    assert "Traceback" not in "".join(desk.log)


def test_a_folder_that_was_taken_away_is_made_again_and_another_build_in_it_is_told(tmp_path: Path) -> None:
    with running(tmp_path, *ONE) as desk:
        desk.settled()
        with desk.events() as told:
            until(told, "work", left=0)
            shutil.rmtree(desk.out)
            until(told, "library")  # the pages forget what is not there
            until(told, "work", left=0, wrong=False)
            assert given(desk, FILE)
            assert desk.ask(PICTURE).status == 200
        other = holder(desk.out)
        try:
            with desk.events() as told:
                until(told, "work", left=0)
                desk.change("leaflets/overview.yaml", "  plain: ", "  plain: Really ")
                (fault,) = next(event["errors"] for event in told if event["kind"] == "faults" and event["errors"])
            assert fault["message"].startswith("another build is at work in this folder (process ")
        finally:
            other.communicate("")
        desk.settled()
        assert desk.stop(signal.SIGINT) == 0
    assert "Traceback" not in "".join(desk.log)

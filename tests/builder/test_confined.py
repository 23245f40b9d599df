"""Nothing leaves its folder: what a crafted file names outside is neither read, written nor deleted, by any command.

Each victim is a file of the test's own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from leaflets.cli.main import DONE, PROBLEMS, main
from tests.builder.state.test_clean_bytes import files
from tests.conftest import PROJECTS

pytestmark = pytest.mark.builds

EDITION = "hand-washing.overview.plain.standard.en-GB"
PDF = f"en-GB/{EDITION}.pdf"
ASKED = [
    "--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--layout", "standard", "--locale",
    "en-GB",
]  # fmt: skip
OWN = ["--project", str(PROJECTS / "hand-washing")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert main(["build", "--out", str(folder), *OWN, *ASKED, "--jobs", "1"]) == DONE
    return folder


class Attacked:
    """A copy of the build folder, and a victim outside of it: a PDF that could be taken for a leaflet."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.made, self.folder = made, folder
        self.out = Path(shutil.copytree(made, folder / "a" / "b" / "out"))
        self.victims = folder / "victims"
        self.victims.mkdir()
        self.victim = self.victims / "victim.pdf"
        self.victim.write_bytes((made / PDF).read_bytes())
        self.before = files(self.victims)
        (folder / "clinics.csv").write_text("id,name\nleeds,Example Clinic\n")
        self.stamped = folder / "stamped"

    def named(self, how: str) -> str:
        """Name of the victim, as it could stand in a file of the folder."""
        return {"absolute": str(self.victim), "relative": "../../../victims/victim.pdf", "in a locale": (
            "en-GB/../../../../victims/victim.pdf")}[how]  # fmt: skip

    def change(self, name: str, change: Any) -> None:
        path = self.out / name
        found = json.loads(path.read_text())
        change(found)
        path.write_text(json.dumps(found))

    def unharmed(self) -> bool:
        return files(self.victims) == self.before

    def build(self, *more: str) -> int:
        return main(["build", "--out", str(self.out), *OWN, *ASKED, "--jobs", "1", *more])

    def stamp(self) -> int:
        arguments = ["--clinics", str(self.folder / "clinics.csv"), "--from", str(self.out), "--jobs", "1"]
        return main(["stamp", *arguments, "--out", str(self.stamped)])


@pytest.fixture
def attacked(made: Path, tmp_path: Path) -> Attacked:
    return Attacked(made, tmp_path)


HOW = ["absolute", "relative", "in a locale"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("article", ["hand-washing", "gone"])
def test_a_row_of_the_catalogue_deletes_nothing(
    attacked: Attacked, how: str, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def more(found: Any) -> None:
        row = {**found["editions"][0], "path": attacked.named(how), "leaflet": "old", "article": article}
        found["editions"].append(row)

    attacked.change("catalogue.json", more)
    assert attacked.build("--force") == DONE
    assert (
        "catalogue.json:1:1: warning: this is no catalogue of leaflets: editions, 2: path: “" in capsys.readouterr().err
    )
    assert attacked.unharmed()
    assert files(attacked.out) == files(attacked.made)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("where", ["entry", "others", "beside"])
def test_a_row_of_the_state_deletes_nothing(
    attacked: Attacked, how: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = attacked.named(how)

    def more(found: Any) -> None:
        row = found["editions"][EDITION]
        row["inputs"] = {}
        if where == "beside":
            row["beside"][name] = 1
        elif where == "others":
            row["others"].append({**row["entry"], "path": name})
        else:
            row["entry"]["path"] = name

    attacked.change(".state.json", more)
    assert attacked.build() == DONE
    assert ".state.json:1:1: warning: what the last build wrote down cannot be used: " in capsys.readouterr().err
    assert attacked.unharmed()
    assert files(attacked.out) == files(attacked.made)


@pytest.mark.parametrize("how", HOW)
def test_a_row_of_the_catalogue_is_not_stamped(
    attacked: Attacked, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(found: Any) -> None:
        found["editions"][0]["path"] = attacked.named(how)

    attacked.change("catalogue.json", change)
    assert attacked.stamp() == PROBLEMS
    assert "error: this is no catalogue of leaflets: editions, 1: path: “" in capsys.readouterr().err
    assert attacked.unharmed()
    assert not attacked.stamped.exists()


ROW = {"of": "0", "size": 1, "sha256": "0" * 64}


@pytest.mark.parametrize("row", [{}, ROW])
def test_a_row_of_a_stamp_list_deletes_nothing(
    attacked: Attacked, row: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    record = attacked.stamped / "leeds" / ".stamps.json"
    record.parent.mkdir(parents=True)
    for how in HOW:
        record.write_text(json.dumps({attacked.named(how): row, "../../victims/victim.pdf": row}))
        assert attacked.stamp() == DONE
        assert ".stamps.json:1:1: warning: what the last stamping wrote down cannot be used" in capsys.readouterr().err
        assert attacked.unharmed()
        assert {*json.loads(record.read_text())} == {PDF}
    assert attacked.stamp() == DONE
    assert "warning" not in capsys.readouterr().err


def test_a_clinics_folder_that_is_a_link_is_not_written_to(
    attacked: Attacked, capsys: pytest.CaptureFixture[str]
) -> None:
    attacked.stamped.mkdir()
    (attacked.stamped / "leeds").symlink_to(attacked.victims)
    assert attacked.stamp() == PROBLEMS
    assert "is a link that leads out of its folder" in capsys.readouterr().err
    assert attacked.unharmed()


@pytest.mark.parametrize("how", HOW)
def test_a_row_of_the_catalogue_is_not_packed(attacked: Attacked, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    def change(found: Any) -> None:
        found["editions"][0]["path"] = attacked.named(how)

    attacked.change("catalogue.json", change)
    target = attacked.folder / "pack.pdf"
    assert main(["pack", "--print", "--from", str(attacked.out), "--out", str(target), *OWN, *ASKED]) == PROBLEMS
    assert "error: this is no catalogue of leaflets: editions, 1: path: “" in capsys.readouterr().err
    assert not target.exists()
    assert attacked.unharmed()


@pytest.mark.parametrize("name", [PDF, "catalogue.json", ".state.json", "index.html", f"en-GB/{EDITION}.evidence.json"])
def test_a_link_in_place_of_a_finished_file_is_replaced(attacked: Attacked, name: str) -> None:
    (attacked.out / name).unlink()
    (attacked.out / name).symlink_to(attacked.victim)
    assert attacked.build("--force") == DONE
    assert attacked.unharmed()
    assert not (attacked.out / name).is_symlink()
    assert files(attacked.out) == files(attacked.made)


def test_a_link_in_place_of_a_folder_is_an_error(attacked: Attacked, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(attacked.out / "en-GB")
    (attacked.out / "en-GB").symlink_to(attacked.victims)
    assert attacked.build() == PROBLEMS
    assert "is a link that leads out of its folder [out]" in capsys.readouterr().err
    assert attacked.unharmed()


def test_a_leaflet_that_is_a_link_to_elsewhere_is_neither_stamped_nor_packed(
    attacked: Attacked, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though it is, to the byte, the file that the catalogue lists."""
    (attacked.out / PDF).unlink()
    (attacked.out / PDF).symlink_to(attacked.victim)
    assert (
        hashlib.sha256((attacked.out / PDF).read_bytes()).hexdigest() in (attacked.out / "catalogue.json").read_text()
    )
    assert attacked.stamp() == PROBLEMS
    assert "there are no finished leaflets" in capsys.readouterr().err
    target = attacked.folder / "pack.pdf"
    assert main(["pack", "--print", "--from", str(attacked.out), "--out", str(target), *OWN, *ASKED]) == PROBLEMS
    assert "this leaflet is not built" in capsys.readouterr().err
    assert not target.exists()


def test_a_catalogue_of_wrong_types_is_told_by_each_command(
    attacked: Attacked, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in ({"path": 5}, {"level": {}}, {"locale": None}):
        attacked.change("catalogue.json", lambda found, value=value: found["editions"][0].update(value))
        for command in (["verify", str(attacked.out)], ["check", "--pdf", str(attacked.out)], ["stamp"]):
            status = attacked.stamp() if command == ["stamp"] else main(command)
            assert status == PROBLEMS
            said = capsys.readouterr().err
            assert said.count("catalogue.json:1:1: error: this is no catalogue of leaflets: editions, 1: ") == 1
        assert attacked.build() == DONE
        assert "warning: this is no catalogue of leaflets" in capsys.readouterr().err
        assert files(attacked.out) == files(attacked.made)


def test_a_clinics_folder_is_held_to_its_catalogue_without_evidence(
    attacked: Attacked, capsys: pytest.CaptureFixture[str]
) -> None:
    """`.stamps.json` in a build folder does not turn the evidence off."""
    assert attacked.stamp() == DONE
    capsys.readouterr()
    assert main(["verify", str(attacked.stamped / "leeds")]) == DONE
    path = attacked.stamped / "leeds" / PDF
    body = path.read_bytes()
    path.write_bytes(body[:900] + bytes([body[900] ^ 1]) + body[901:])
    assert main(["verify", str(attacked.stamped / "leeds")]) == PROBLEMS
    assert (
        f"{path}: error: it is not the file that the catalogue lists (SHA-256) [catalogue]" in capsys.readouterr().err
    )
    (attacked.out / ".stamps.json").write_text("{}")
    (attacked.out / f"en-GB/{EDITION}.evidence.json").unlink()
    assert main(["verify", str(attacked.out)]) == PROBLEMS
    assert f"{EDITION}.pdf: error: it has no evidence [evidence]" in capsys.readouterr().err

"""Stamping finished editions for many clinics, held against setting each anew."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import engine
from bench.command import run
from bench.editions import ARTICLE
from bench.results import Reading

CLINICS = 100
ANEW = 3
"""So many clinics are set anew; each costs the same."""
TIMES = 3
LAYOUTS = ("--layout", "standard", "--layout", "large-print", "--locale", "en-GB")


def clinics(path: Path, count: int) -> Path:
    """A CSV file of invented clinics, each with a QR code of its own."""
    rows = ["id,name,address,phone,hours,website,leaflets"]
    for number in range(count):
        own = f"https://www.example.org/{number}/{{path}}"
        rows.append(
            f'clinic-{number:04},"Example Clinic {number}",{number} Example Street | Leeds LS1 1AA,'
            f"0113 496 {number:04},Mon–Fri 8–18,www.example.org,{own}"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def measure(folder: Path) -> tuple[Reading, Reading]:
    """The seconds of stamping a hundred clinics on the editions of two layouts, and of setting those anew for one."""
    source = folder / "build"
    built = engine.build(source, 2, ("--article", ARTICLE, *LAYOUTS))
    editions = len(built.editions)
    csv = clinics(folder / "clinics.csv", CLINICS)
    stamped = []
    for number in range(TIMES):
        command = (*engine.GENERATE, "stamp", "--clinics", str(csv), "--from", str(source), "--jobs", "2")
        stamped.append(run((*command, "--out", str(folder / f"stamped-{number}"), *LAYOUTS)).wall)
    anew = []
    for number in range(ANEW):
        toml = folder / f"clinic-{number}.toml"
        toml.write_text(f'name = "Example Clinic {number}"\nphone = "0113 496 {number:04}"\n', encoding="utf-8")
        options = ("--article", ARTICLE, "--clinic", str(toml), *LAYOUTS)
        anew.append(engine.build(folder / f"anew-{number}", 2, options).wall)
    files = editions * CLINICS
    return (
        Reading(
            "stamped: a clinic's details on finished editions", tuple(stamped), files, f"{CLINICS} clinics, 2 jobs"
        ),
        Reading("set anew with the clinic's details", tuple(anew), editions, "1 clinic, 2 jobs, a cold build"),
    )


if __name__ == "__main__":
    for reading in measure(Path(sys.argv[1])):
        print(f"{reading.name}: {reading.rate:.1f} files a second ({reading.note})")

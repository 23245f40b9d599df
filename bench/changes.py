"""The table of measurements that are no contest. Another figure is another row."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench import desk, engine
from bench.command import ROOT, CommandError
from bench.editions import ARTICLE, PAPER, everything
from bench.project import change_word, copy
from bench.results import Reading

TIMES = 5
"""How often each is measured."""
SHOWN = 1.5
"""Seconds from a saved file to the page."""
PATIENCE = 60.0
"""Seconds after which a page is not waited for any longer."""
ONE = ("--leaflet", "overview", "--level", "plain", "--layout", "standard", "--locale", "en-GB")


def one_word(folder: Path) -> Reading:
    """A word of one level in one language changes in a project that is built: a cold process each time."""
    article, out = copy(folder), folder / "out"
    options = ("--project", str(folder), "--article", ARTICLE, *PAPER)
    engine.build(out, 2, options)
    seconds, editions = [], set()
    for number in range(TIMES):
        change_word(article, number)
        built = engine.build(out, 2, options)
        seconds.append(built.wall)
        editions.add(len(built.editions))
    if len(editions) != 1 or 0 in editions:
        raise CommandError(f"after one word, so many editions were built: {sorted(editions)}")
    note = f"a cold process, 2 jobs; of {len(everything())} editions"
    return Reading("one word changed in one level of one leaflet", tuple(seconds), editions.pop(), note)


def watched(folder: Path) -> Reading:
    """From a saved file to the new page, by `watch` as it runs: until the PDF is another file."""
    article, out = copy(folder), folder / "out"
    command = [*engine.GENERATE, "watch", "--project", str(folder), "--out", str(out), "--article", ARTICLE, *ONE]
    log = folder / "watch.log"
    with log.open("w") as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        try:
            _until(lambda: "watching" in log.read_text(encoding="utf-8") and any(out.rglob("*.pdf")), process, log)
            (pdf,) = out.rglob("*.pdf")
            seconds = tuple(_saved(article, number, pdf, process, log) for number in range(TIMES))
        finally:
            process.kill()
    return Reading("`watch`: from save to page", seconds, 1, "plain overview, while `watch` runs", SHOWN)


def on_the_desk(folder: Path) -> Reading:
    """From a saved file to the new page on the desk, which keeps all editions up to date: until its picture is there.

    A word of one level is in all its layouts and locales, which are built after the one on the page.
    """
    article, out = copy(folder), folder / "out"
    options = ("--project", str(folder), "--out", str(out), "--article", ARTICLE)
    engine.build(out, 2, ("--project", str(folder), "--article", ARTICLE))
    seconds = []
    with desk.opened(folder, f"{ARTICLE}.overview.plain.standard.en-GB", options) as page:
        page.settled()
        for number in range(TIMES):
            change_word(article, number)
            seconds.append(page.shown(time.perf_counter()))
            page.settled()
    note = "plain overview, with all editions and web pages in the plan"
    return Reading("the desk: from save to page", tuple(seconds), 1, note, SHOWN)


def _saved(article: Path, number: int, pdf: Path, process: subprocess.Popen[bytes], log: Path) -> float:
    """Save another word; seconds until the page is there."""
    told = log.read_text(encoding="utf-8").count("watching")
    before = os.stat(pdf).st_mtime_ns, os.stat(pdf).st_ino
    change_word(article, number)
    begin = time.perf_counter()
    _until(lambda: (os.stat(pdf).st_mtime_ns, os.stat(pdf).st_ino) != before, process, log)
    seconds = time.perf_counter() - begin
    _until(lambda: log.read_text(encoding="utf-8").count("watching") > told, process, log)
    return seconds


def _until(there: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Look until it is there. CommandError when the process ends or it takes too long."""
    end = time.monotonic() + PATIENCE
    while not there():
        if process.poll() is not None or time.monotonic() > end:
            raise CommandError(f"watch did not do what it was waited for:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.005)


MEASUREMENTS: tuple[Callable[[Path], Reading], ...] = (one_word, watched, on_the_desk)
"""Each gets an empty folder."""

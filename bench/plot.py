"""The plot: CPU time a page of each contestant, and the workers' memory."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

from bench.memory import LongRun
from bench.rounds import Measured

mpl.use("Agg")
MOST = 60_000
"""Bytes that the picture may have."""
PASS, FAIL, GREY = "#0b4a5a", "#c9772b", "#40484d"


def draw(measured: Measured, run: LongRun, file: Path) -> None:
    """Write the plot as PNG. ValueError when it is too large."""
    from matplotlib import pyplot

    mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.4), width_ratios=(1.25, 1), layout="constrained")
    standings = (measured.ours, *measured.others)
    values = [standing.cpu.median / standing.verdict.pages * 1000 for standing in standings]
    colours = [PASS if standing.verdict.compliant else FAIL for standing in standings]
    bars = left.barh([standing.name.replace(", ", ",\n", 1) for standing in standings], values, color=colours)
    marks = ["PDF/UA-1" if standing.verdict.compliant else "not PDF/UA-1" for standing in standings]
    left.bar_label(bars, [f"{value:.0f}  {mark}" for value, mark in zip(values, marks, strict=True)], padding=3)
    left.set(title="CPU ms a page, the same leaflet", xlim=(0, max(values) * 1.35))
    left.invert_yaxis()
    for number, worker in enumerate(run.workers):
        right.plot(worker.done, worker.megabytes, color=(PASS, FAIL, GREY)[number % 3], linewidth=1.2)
        right.annotate(f"worker {number + 1}", (worker.done[-1], worker.megabytes[-1]), (-50, -12 - 12 * number),
                       textcoords="offset points", color=(PASS, FAIL, GREY)[number % 3])  # fmt: skip
    right.set(title="Memory of each worker", xlabel="editions built", ylabel="MB")
    right.set_ylim(0, max(worker.peak for worker in run.workers) * 1.2)
    figure.savefig(file, dpi=90, metadata={"Software": None})
    pyplot.close(figure)
    if file.stat().st_size > MOST:
        raise ValueError(f"{file} has more than {MOST} bytes")

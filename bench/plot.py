"""The plot: editions a second of each contestant, and the workers' memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.contestants import WHOLE
from bench.results import LongRun, Results, Standing

MOST = 60_000
"""Bytes that the picture may have."""
PASS, FAIL, GREY = "#0b4a5a", "#c9772b", "#40484d"


def draw(results: Results, file: Path) -> None:
    """Write the plot as PNG. ValueError when it is too large."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.6), width_ratios=(1.25, 1), layout="constrained")
    if results.contest:
        _bars(left, [row for row in results.contest[1].standings if row.name not in WHOLE])
    if results.memory:
        _memory(right, results.memory[1])
    figure.savefig(file, dpi=90, metadata={"Software": None})
    pyplot.close(figure)
    if file.stat().st_size > MOST:
        raise ValueError(f"{file} has more than {MOST} bytes")


def _bars(axes: Any, standings: list[Standing]) -> None:
    rates = [standing.rate.median for standing in standings]
    passed = [standing.compliant == standing.editions for standing in standings]
    names = [standing.name.replace(", ", ",\n", 1) for standing in standings]
    bars = axes.barh(names, rates, color=[PASS if each else FAIL for each in passed])
    marks = ["PDF/UA-1" if each else "not PDF/UA-1" for each in passed]
    labels = [
        f"{rate:.2g}   {standing.page_ms.median:.0f} ms   {mark}"
        for rate, standing, mark in zip(rates, standings, marks, strict=True)
    ]
    axes.bar_label(bars, labels, padding=3, fontsize=8)
    axes.set(title="Editions a second (log scale), CPU ms a page, verdict", xscale="log")
    axes.set_xlim(min(rates) / 2, max(rates) * 40)
    axes.tick_params(axis="y", labelsize=8)
    axes.invert_yaxis()


def _memory(axes: Any, run: LongRun) -> None:
    for number, worker in enumerate(run.workers):
        colour = (PASS, FAIL, GREY)[number % 3]
        axes.plot(worker.done, worker.megabytes, color=colour, linewidth=1.2, label=f"worker {number + 1}")
    axes.set(title="Memory of each worker", xlabel="editions built", ylabel="MB")
    axes.set_ylim(0, max(worker.peak for worker in run.workers) * 1.2)
    axes.legend(frameon=False, loc="lower right")

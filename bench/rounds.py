"""The rounds: everybody once in each, so that what disturbs a round disturbs all alike."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench import sources
from bench.command import CommandError
from bench.contestants import CONTESTANTS, Contestant, Turn
from bench.editions import common
from bench.results import Contest, Standing
from bench.verdict import Verdict, judge


def play(rounds: int, folder: Path, contestants: Sequence[Contestant] = CONTESTANTS) -> Contest:
    """Play the rounds; files go into `folder`, which has those of each contestant's last turn in the end."""
    sources.write(common(), folder / "sources")
    turns: dict[str, list[Turn]] = {contestant.name: [] for contestant in contestants}
    absent: list[str] = []
    for number in range(1, rounds + 1):
        for contestant in contestants:
            if contestant.name not in absent and number <= (contestant.rounds or rounds):
                say(f"round {number} of {rounds}: {contestant.name}")
                try:
                    turns[contestant.name].append(_turn(contestant, folder))
                except CommandError as error:
                    say(f"{contestant.name} cannot take part: {error}")
                    absent.append(contestant.name)
    say("judging the files")
    there = [contestant for contestant in contestants if contestant.name not in absent]
    with ProcessPoolExecutor() as pool:
        verdicts = [list(pool.map(judge, _files(contestant, folder))) for contestant in there]
    standings = (_standing(who, turns[who.name], found) for who, found in zip(there, verdicts, strict=True))
    return Contest(rounds, tuple(standings), tuple(absent))


def _turn(contestant: Contestant, folder: Path) -> Turn:
    out = _out(contestant, folder)
    shutil.rmtree(out, ignore_errors=True)
    return contestant.once(folder / "sources", out)


def _out(contestant: Contestant, folder: Path) -> Path:
    return folder / f"contestant-{CONTESTANTS.index(contestant)}"


def _files(contestant: Contestant, folder: Path) -> list[Path]:
    # files for the printer claim nothing, and nobody else makes them
    files = sorted(path for path in _out(contestant, folder).rglob("*.pdf") if not path.name.endswith(".print.pdf"))
    if len(files) != len(contestant.editions()):
        raise ValueError(f"{contestant.name} left {len(files)} files, not {len(contestant.editions())}")
    return files


def _standing(contestant: Contestant, turns: list[Turn], verdicts: list[Verdict]) -> Standing:
    return Standing(
        name=contestant.name,
        run=contestant.run,
        editions=len(verdicts),
        pages=sum(verdict.pages for verdict in verdicts),
        size=sum(verdict.size for verdict in verdicts),
        compliant=sum(verdict.compliant for verdict in verdicts),
        broken=len({rule for verdict in verdicts for rule in verdict.broken}),
        walls=tuple(turn.wall for turn in turns),
        cpus=tuple(turn.cpu for turn in turns),
    )


def say(what: str) -> None:
    """Tell on standard error how far it is."""
    print(what, file=sys.stderr, flush=True)

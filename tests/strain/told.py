"""What is told of a run: how to play again every round that was not clean, progress, and the table at the end."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tests.strain.covered import declared
from tests.strain.pace import Played
from tests.strain.rounds import Kind

_EVERY = 20.0
"""Seconds between two lines of progress."""
_STEPS = 40
"""Steps of a round that are shown; of more, the last."""


@dataclass
class Row:
    """One row of the table: what was strained, with the sums of its rounds."""

    rounds: int = 0
    lost: int = 0
    crashed: int = 0
    counts: Counter[str] = field(default_factory=Counter)


class Told:
    """Takes in every round that was played."""

    def __init__(self, kinds: Iterable[Kind], seed: int, processes: int) -> None:
        self._kinds = list(kinds)
        self._seed = seed
        self._processes = processes
        self._began = self._last = time.monotonic()
        self.rows: dict[str, Row] = {}
        self.reached: set[str] = set()
        self.unclean = 0

    def hear(self, played: Played) -> None:
        """Take in a round; tell of it at once where it is not clean."""
        outcome = played.outcome
        row = self.rows.setdefault(outcome.what, Row())
        row.rounds += 1
        row.lost += len(outcome.lost)
        row.crashed += len(outcome.crashed)
        slowest = max(row.counts["slowest, ms"], outcome.counts["slowest, ms"])
        row.counts.update(outcome.counts)
        if slowest:
            row.counts["slowest, ms"] = slowest
        self.reached |= outcome.reached
        if not outcome.clean:
            self.unclean += 1
            self._say_unclean(played)
        if time.monotonic() > self._last + _EVERY:
            self._last = time.monotonic()
            print(f"{self.minutes:5.1f} min: {self.sums()}", flush=True)  # noqa: T201

    @property
    def minutes(self) -> float:
        """How long the run has taken."""
        return (time.monotonic() - self._began) / 60

    def sums(self) -> str:
        """What was counted so far, in a line."""
        total = self._total()
        counted = ", ".join(f"{total[name]:,} {name}" for kind in self._kinds for name in kind.aim)
        return f"{counted}; {self.unclean} rounds not clean"

    def _total(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for row in self.rows.values():
            total.update(row.counts)
        return total

    def _say_unclean(self, played: Played) -> None:
        outcome = played.outcome
        print(f"\n{outcome.what}: round {played.number}")  # noqa: T201
        for title, sentences in (("LOST", outcome.lost), ("CRASHED", outcome.crashed)):
            for sentence in sentences:
                print(f"  {title}: {_printable(sentence)}")  # noqa: T201
        more = len(outcome.steps) - _STEPS
        print(f"  steps{f' (the last {_STEPS} of {len(outcome.steps)})' if more > 0 else ''}:")  # noqa: T201
        print(f"    {_printable(' | '.join(outcome.steps[-_STEPS:]))}")  # noqa: T201
        again = f"--seed {self._seed} --only {played.kind} --round {played.number}"
        print(f"  again: python -m tests.strain {again}\n", flush=True)  # noqa: T201

    def not_reached(self) -> list[str]:
        """What the program declares and no round of this run came to."""
        return sorted(declared() - self.reached)

    def an_hour(self) -> list[str]:
        """What an hour of the same would reach, beside what it must; how much of the machine this run was given."""
        total, share = self._total(), 60 / max(self.minutes, 0.01)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return [
            f"processor: {used.ru_utime + used.ru_stime:,.0f} s of {self.minutes * 60 * self._processes:,.0f} s",
            *(
                f"{name}: {total[name]:,} in {self.minutes:.1f} min, some {round(total[name] * share):,} in an hour "
                f"(aim {aim:,})"
                for kind in self._kinds
                for name, aim in kind.aim.items()
            ),
        ]

    def table(self, day: date) -> str:
        """The table for docs/reliability.md, with where and when it was made."""
        lines = ["| what | rounds | counted | lost | crashed |", "| --- | ---: | --- | ---: | ---: |"]
        for what, row in sorted(self.rows.items()):
            counted = ", ".join(f"{number:,} {name}" for name, number in row.counts.items() if number)
            lines.append(f"| {what} | {row.rounds:,} | {counted} | {row.lost} | {row.crashed} |")
        made = (
            f"{day:%d/%m/%Y}, {self.minutes:.0f} minutes, {self._processes} processes, seed {self._seed}; "
            f"{platform.system()}, {os.cpu_count()} cores, CPython {platform.python_version()}."
        )
        return "\n".join([*lines, "", made])


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)

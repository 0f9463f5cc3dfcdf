"""A round of strain: what it is given, what it gives, and how it is played again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.strain.bases import Bases


@dataclass
class Outcome:
    """What a round did and what came of it.

    what: the row of the table it belongs to. counts: how many kills, cells, keys. lost: what was acknowledged and is
    gone, or is there by half. crashed: where the program did not end with a sentence. steps: what was done, in order.
    reached: what was covered of what is declared, as "command rank".
    """

    what: str
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost and nothing crashed."""
        return not (self.lost or self.crashed)


@dataclass(frozen=True)
class Round:
    """What a round has to work with: its number, its own dice, an empty folder, and stores to copy."""

    number: int
    chance: Random
    place: Path
    bases: Bases


Play = Callable[[Round], Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of strain. share: its part of the time, of all shares. aim: what an hour must reach, by what is counted.

    handful: the rounds that are played in the suite, by number.
    """

    name: str
    play: Play
    share: float
    aim: dict[str, int]
    handful: tuple[int, ...]


def dice(seed: int, kind: str, number: int) -> Random:
    """The dice of one round: the same whenever it is played again."""
    return Random(f"{seed} {kind} {number}")

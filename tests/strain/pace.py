"""Who plays which round when: each kind gets its share of the time, in processes of their own that may die of it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from tests import connections
from tests.strain.bases import Bases
from tests.strain.rounds import Kind, Outcome, Round, dice

_SITTING = 90.0
"""Seconds that a process plays rounds of one kind before it makes room for another."""
_LONGEST_ROUND = 240.0
"""Seconds after which a round that has not come back is said to hang, and its process is ended."""
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Played:
    """A round that was played."""

    kind: str
    number: int
    outcome: Outcome


def play(kind: Kind, seed: int, number: int, bases: Bases) -> Played:
    """Play one round in an empty folder, which is taken away again; a connection that it left open is a crash."""
    place = bases.folder / "rounds" / f"{kind.name}-{number}-{os.getpid()}"
    place.mkdir(parents=True)
    try:
        outcome = kind.play(Round(number, dice(seed, kind.name, number), place, bases))
    finally:
        shutil.rmtree(place, ignore_errors=True)
        place.with_name(f"{place.name}.printed").unlink(missing_ok=True)
    outcome.crashed += [f"not closed: {line}" for line in connections.close_left_open()]
    return Played(kind.name, number, outcome)


def _sit(name: str, seed: int, bases: Bases, line: Connection) -> None:
    """Play every round whose number comes over the line; tell of each. None ends it."""
    from tests.strain.kinds import EVERY

    while (number := line.recv()) is not None:
        line.send(play(EVERY[name], seed, number, bases))


@dataclass
class _Seat:
    """A process that plays rounds of a kind. at: the round it is at, since a moment. until: when it is to end."""

    kind: Kind
    process: BaseProcess
    line: Connection
    began: float
    until: float
    at: int | None = None
    since: float = 0.0


class Pace:
    """Plays rounds of some kinds, each in the share of the time that is its own. heard: told of every round."""

    def __init__(
        self, kinds: Sequence[Kind], seed: int, bases: Bases, processes: int, heard: Callable[[Played], None]
    ) -> None:
        self._kinds = kinds
        self._seed = seed
        self._bases = bases
        self._processes = processes
        self._heard = heard
        self._spent = {kind.name: 0.0 for kind in kinds}
        self._next = {kind.name: 0 for kind in kinds}
        self._seats: list[_Seat] = []
        self._most: int | None = None

    def run(self, seconds: float, rounds: int | None = None) -> None:
        """Play for so long, or so many rounds of each kind; a round that has begun is played to its end."""
        end, self._most = time.monotonic() + seconds, rounds
        while self._seats or self._goes_on(end):
            while len(self._seats) < self._processes and self._goes_on(end):
                self._seat(end)
            for line in wait([seat.line for seat in self._seats], timeout=1.0):
                self._hear(next(seat for seat in self._seats if seat.line is line))
            self._end_what_hangs()

    def _goes_on(self, end: float) -> bool:
        return time.monotonic() < end and any(map(self._is_left, self._next))

    def _is_left(self, name: str) -> bool:
        """Whether a round of a kind is still to begin."""
        return self._most is None or self._next[name] < self._most

    def _seat(self, end: float) -> None:
        """Give a process to the kind that is furthest behind its share."""
        left = [kind for kind in self._kinds if self._is_left(kind.name)]
        kind = min(left, key=lambda kind: self._so_far(kind) / kind.share)
        line, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_sit, args=(kind.name, self._seed, self._bases, theirs))
        process.start()
        theirs.close()
        now = time.monotonic()
        seat = _Seat(kind, process, line, now, min(end, now + _SITTING))
        self._seats.append(seat)
        self._give(seat)

    def _so_far(self, kind: Kind) -> float:
        now = time.monotonic()
        return self._spent[kind.name] + sum(now - seat.began for seat in self._seats if seat.kind is kind)

    def _give(self, seat: _Seat) -> None:
        """Let a process play the next round of its kind, or end."""
        seat.since = time.monotonic()
        if seat.since >= seat.until or not self._is_left(seat.kind.name):
            seat.at = None
            seat.line.send(None)
            return
        seat.at = self._next[seat.kind.name]
        self._next[seat.kind.name] += 1
        seat.line.send(seat.at)

    def _hear(self, seat: _Seat) -> None:
        try:
            self._heard(seat.line.recv())
            self._give(seat)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self._left(seat)

    def _left(self, seat: _Seat) -> None:
        """A process has ended; one that was in the middle of a round died of it."""
        seat.process.join()
        seat.line.close()
        self._seats.remove(seat)
        self._spent[seat.kind.name] += time.monotonic() - seat.began
        if seat.at is not None:
            died = f"the process that played it ended with {seat.process.exitcode}"
            self._heard(Played(seat.kind.name, seat.at, Outcome(seat.kind.name, crashed=[died])))

    def _end_what_hangs(self) -> None:
        for seat in self._seats:
            if time.monotonic() - seat.since > _LONGEST_ROUND:
                seat.process.kill()

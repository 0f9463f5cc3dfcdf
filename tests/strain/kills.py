"""Killed at a random moment of its work, as by a power button that only stops the program.

Whatever writes is started as a program of its own and gets SIGKILL some time after it first touched a file. Then the
store must open and be sound, have all that was acknowledged, and nothing by half. What is done twice must come right.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from tests.journeys.terminal import Terminal
from tests.strain import checks, clerk, programs, rooms
from tests.strain.bases import DAY
from tests.strain.rounds import Kind, Outcome, Round
from tests.strain.works import DEMO, Reference, Work, reference, works
from tests.tui.verbs.test_walk import CASES

_CLERKS, _SEALS, _ROOMS = 16, 6, 2
"""How often a clerk, one who only seals, and a room in a terminal are killed, to once for every work."""
_ENTRIES_OF_SEALING = ("seal", "action", "decision")
_AT_WORK = 2.5
"""Seconds after which a clerk is killed at the latest."""
_ALONE = 0.15
"""The share of kills that fall within moments of the first write, where a store is being made."""


# Commands


def kill_work(work: Work, one: Round) -> Outcome:
    """Kill one command of the command line."""
    outcome = Outcome(f"kill -9: {_row_of(work.name)}", reached=set(work.reaches))
    usual = reference(work, one.bases)
    words = work.lay(one.bases, one.place)
    after = one.chance.uniform(0, 0.03 if one.chance.random() < _ALONE else usual.seconds * 1.05)
    ended = programs.run(words, one.place, kill_after=after)
    outcome.steps = [f"tasking {' '.join(words)}", f"killed {after:.3f} s after its first write: {ended.killed}"]
    outcome.counts = Counter({"kills": int(ended.killed), "acknowledged": int(work.says in ended.printed)})
    if not ended.killed and (why := checks.crash_in(ended.code, ended.printed)):
        outcome.crashed.append(why)
    outcome.lost += _wrong(work, usual, one.place, acknowledged=work.says in ended.printed)
    if work is not DEMO and not outcome.lost:
        outcome.lost += _again(work, usual, words, one.place)
    return outcome


def _row_of(name: str) -> str:
    """The row of the table that a work is told in."""
    for start in ("import", "first import", "upgrade"):
        if name.startswith(start):
            return {"import": "imports", "first import": "first imports", "upgrade": "upgrades of old stores"}[start]
    return "backup and restore" if name in ("backup", "restore") else "demo" if name == "demo" else "other commands"


def _wrong(work: Work, usual: Reference, place: Path, *, acknowledged: bool) -> list[str]:
    """What is lost, or there by half, in the folder of a work that was killed."""
    store = place / "tasking.db"
    wrong = [f"{path.name}: {one}" for path in _copies(place) for one in checks.unsound(path)]
    if not checks.filled_tables(store):
        return wrong + (["acknowledged, and there is no store"] if acknowledged or usual.before else [])
    wrong += checks.unsound(store)
    if wrong:
        return wrong
    stands = checks.filled_tables(store)
    if work.whole and stands not in (usual.before, usual.after):
        wrong.append(f"half done: {_differing(stands, usual.before)} from before, {_differing(stands, usual.after)}")
    if acknowledged and work.whole and stands != usual.after:
        wrong.append(f"acknowledged and not there: {_differing(stands, usual.after)}")
    if work.name == "restore" and stands == usual.after:
        kept = [checks.filled_tables(path) for path in place.glob("*before-restore*.db")]
        wrong += [] if usual.before in kept else ["the store that was replaced is kept nowhere"]
    return wrong


def _copies(place: Path) -> list[Path]:
    """The copies beside a store that have their names: they must be whole."""
    return [path for path in place.glob("*.db") if path.name != "tasking.db"]


def _differing(stands: dict[str, int], other: dict[str, int]) -> str:
    names = sorted(name for name in stands.keys() | other.keys() if stands.get(name, 0) != other.get(name, 0))
    return ", ".join(f"{name} {stands.get(name, 0)} for {other.get(name, 0)}" for name in names) or "the same"


_DONE_TWICE = ("is there already", "unchanged", "is withdrawn already", "is not the latest", "nothing to", "Addendum 2")
"""What is said where a command had come to its end before it was killed."""


def _again(work: Work, usual: Reference, words: list[str], place: Path) -> list[str]:
    """The next user does the same once more: it is done, or had been done."""
    store = place / "tasking.db"
    stood = checks.filled_tables(store)
    done = programs.called(store, *words)
    if crash := checks.crash_in(done.code, done.text):
        return [f"done again: {crash}"]
    stands = checks.filled_tables(store)
    if work.name.startswith(("import", "first import", "upgrade")) and stands != usual.after:
        return [f"done again, it does not end as it does alone: {_differing(stands, usual.after)}"]
    if done.code not in (0, 3) and stood == usual.before and usual.before != usual.after:
        return [f"done again, it is refused: {done.text.strip()[:300]}"]
    return checks.unsound(store)


# A clerk


def kill_clerk(one: Round, names: tuple[str, ...] = ()) -> Outcome:
    """Kill a clerk who carries out every verb, or a few of them; what they said is done must be there."""
    outcome = Outcome("kill -9: sealing" if names == _ENTRIES_OF_SEALING else "kill -9: verbs of meetings")
    store = one.bases.copy(one.bases.undecided, one.place)
    seed, after = str(one.chance.randrange(10**9)), one.chance.uniform(0.02, _AT_WORK)
    words = [str(store), seed, *names]
    outcome.steps = [f"python -m {clerk.__name__} {' '.join(words)}", f"killed {after:.3f} s after it was ready"]
    program = programs.started(clerk.__name__, words, one.place)
    _wait_until_ready(program, one.place)
    time.sleep(after)
    code = programs.killed(program)
    printed = programs.printed_by(one.place)
    lines = [line.split() for line in printed.splitlines()]
    outcome.reached = {f"verb {line[1]}" for line in lines if len(line) == 2 and line[0] == "verb" and line[1] in CASES}
    said = {int(line[1]): line[2] for line in lines if len(line) == 3 and line[0] == "done" and len(line[2]) == 64}
    outcome.counts = Counter({"kills": int(code < 0), "acknowledged": len(said)})
    if code >= 0:
        outcome.crashed.append(f"the clerk ended with {code}: {printed[-800:]}")
    outcome.lost += lost_of(said, store)
    return outcome


def _wait_until_ready(program: BaseProcess, place: Path) -> None:
    end = time.monotonic() + programs.LONGEST
    while program.is_alive() and "ready" not in programs.printed_by(place) and time.monotonic() < end:
        time.sleep(0.02)


def lost_of(said: dict[int, str], store: Path) -> list[str]:
    """What is wrong with a store of which someone said that these entries were written."""
    if wrong := checks.unsound(store):
        return wrong
    held = checks.journaled(store)
    return [
        f"entry {number} was acknowledged and is gone" for number, chain in said.items() if held.get(number) != chain
    ]


# A room


def kill_room(one: Round) -> Outcome:
    """Kill the meeting room in a terminal; the actions that its screen said were raised must be there."""
    outcome = Outcome("kill -9: the room in a terminal", reached={"command open", "meeting daily"})
    store = one.bases.copy(one.bases.london, one.place)
    try:
        raised = rooms.raise_until_killed(store, one.chance, outcome.steps)
    except AssertionError as screen:
        outcome.crashed.append(f"the room does not go on: {screen}")
        return outcome
    outcome.counts = Counter({"kills": 1, "acknowledged": len(raised)})
    outcome.lost += checks.unsound(store)
    held = rooms.actions_in(store)
    outcome.lost += [f"action {number} was on the screen and is gone" for number in raised if number not in held]
    with Terminal.meeting(store) as again:
        again.wait_for("OFFICIAL-SENSITIVE", "/6: ")  # it goes on where it was left, whatever item that is
        again.press("q")
        if (code := again.wait_end()) != 0:
            outcome.crashed.append(f"the room of {DAY} that was killed ends with {code} when it is opened again")
    return outcome


# What is killed in turn


def _work(work: Work) -> Callable[[Round], Outcome]:
    def play(one: Round) -> Outcome:
        return kill_work(work, one)

    return play


def _clerk(*names: str) -> Callable[[Round], Outcome]:
    def play(one: Round) -> Outcome:
        return kill_clerk(one, names)

    return play


def _cycle() -> dict[str, Callable[[Round], Outcome]]:
    """What is killed in turn, by name: well mixed, so that a short run has something of all."""
    every = {work.name: _work(work) for work in works()}
    every |= {f"clerk {number}": _clerk(*_verbs_of(number)) for number in range(_CLERKS)}
    every |= {f"sealing {number}": _clerk(*_ENTRIES_OF_SEALING) for number in range(_SEALS)}
    every |= {f"room {number}": kill_room for number in range(_ROOMS)}
    names = sorted(every)
    Random(0).shuffle(names)
    return {name: every[name] for name in names}


def _verbs_of(number: int) -> list[str]:
    """The verbs of a clerk: every second has all, in any order; the others share them, so that each has its turn."""
    return sorted(CASES)[number // 2 :: _CLERKS // 2] if number % 2 else []


CYCLE = _cycle()


def play(one: Round) -> Outcome:
    """Kill whatever is due in this round."""
    return list(CYCLE.values())[one.number % len(CYCLE)](one)


KIND = Kind(
    "kill",
    play,
    share=0.60,
    aim={"kills": 1_000},
    handful=tuple(list(CYCLE).index(name) for name in ("first import, lsoa-ward", "clerk 0")),
)

KEYS = Kind("kill-key", kill_room, share=1.0, aim={"kills": 200}, handful=())
"""Only the room, killed after a random key; played on demand: ``--only kill-key --rounds 200``."""

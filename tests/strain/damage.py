"""Copies of a store that are damaged at random: whoever reads one gets a sentence, and nobody calls it sound.

A copy may only be called sound where SQLite's own check finds nothing and all that ``verify`` says it covers is as it
was: the journal, every row it names, papers and addenda.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random

from core.errors import Problem
from tests.strain import checks, programs, rooms_here
from tests.strain.covered import READING, words_for
from tests.strain.rounds import Kind, Outcome, Round

_PAGE = 4096
_COMMANDS = 4
"""Commands that each copy is read with, besides ``verify``; all of them have their turn."""
_ROOM_EVERY = 6
"""Every so many copies a room is opened on one, too."""
_KEYS = ("enter", "escape", "]", "j", "w", "escape", "]", "tab", "a", "escape", "]", "u", "]", "enter", "escape")
_LINES = [(name, line) for name, lines in READING.items() for line in lines if name != "verify"]


def play(one: Round) -> Outcome:
    """Damage a copy, look at it with ``verify``, with a few commands, and now and then in a room."""
    outcome = Outcome("damaged copies", counts=Counter({"copies": 1}), reached={"command verify"})
    base = one.bases.london if one.number % 3 else one.bases.sampled
    path = one.bases.copy(base, one.place)
    outcome.steps.append(f"{base.name}: {spoil(path, one.chance)}")
    truth, was = checks.own_check(path), path.read_bytes()
    _verify(one, base, truth, outcome)
    for name, line in _due(one):
        words = words_for(line, base, "\x1b[31mred")
        path.write_bytes(was)
        outcome.steps.append(f"tasking {name} {' '.join(map(repr, words))}")
        _judge(programs.called(path, name, *words), outcome, f"{name} {line}")
        outcome.reached.add(f"command {name}")
    if one.number % _ROOM_EVERY == 0:
        path.write_bytes(was)
        outcome.steps.append(f"the room: {' '.join(_KEYS)}")
        try:
            outcome.crashed += asyncio.run(rooms_here.press_in(path, one.place, one.chance, _KEYS))
        except Problem as problem:
            outcome.steps.append(f"it does not open: {problem.sentence}")
    return outcome


def _due(one: Round) -> list[tuple[str, str]]:
    """The commands whose turn it is."""
    first = one.number * _COMMANDS
    return [_LINES[(first + more) % len(_LINES)] for more in range(_COMMANDS)]


def _judge(printed: programs.Printed, outcome: Outcome, what: str) -> None:
    if crash := checks.crash_in(printed.code, printed.text):
        outcome.crashed.append(f"{what}: {crash}")
    if raw := checks.raw_in(printed.out) or checks.raw_in(printed.err):
        outcome.crashed.append(f"{what} prints raw {raw}")


def _verify(one: Round, base: Path, truth: str, outcome: Outcome) -> None:
    """What ``verify`` says must be what is so."""
    path = one.place / "tasking.db"
    outcome.steps.append(f"tasking verify; SQLite's own check says: {truth}")
    printed = programs.called(path, "verify", *(("--json",) if one.number % 2 else ()))
    _judge(printed, outcome, "verify")
    if printed.code == 0:
        if truth != "ok":
            outcome.lost.append(f"called sound, and SQLite's own check says: {truth}")
        elif (now := covered_rows(path)) != (was := _covered_of(base)):
            changed = [key for key in was if now.get(key) != was[key]][:3] or "more rows than there were"
            outcome.lost.append(f"called sound, and what the journal covers differs: {changed}")
        outcome.counts["harmless"] += 1


@cache
def _covered_of(base: Path) -> dict[str, str]:
    return covered_rows(base)


def covered_rows(path: Path) -> dict[str, str]:
    """All that ``verify`` covers: every entry of the journal, every addendum, and every row that an entry names."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        connection.row_factory = sqlite3.Row
        rows = {f"journal {row['id']}": repr(tuple(row)) for row in connection.execute("SELECT * FROM journal")}
        rows |= {f"addendum {row['id']}": repr(tuple(row)) for row in connection.execute("SELECT * FROM addendum")}
        named: set[tuple[str, int]] = set()
        for (changes,) in connection.execute("SELECT changes FROM journal"):
            named |= {(change["table"], change["id"]) for change in json.loads(changes)}
        for table in {table for table, _ in named}:
            kept = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the journal
            rows |= {f"{table} {row['id']}": repr(tuple(row)) for row in kept if (table, row["id"]) in named}
    return rows


# How a file is damaged


def spoil(path: Path, chance: Random) -> str:
    """Damage a file in a random way; gives what was done."""
    content = bytearray(path.read_bytes())
    pages = len(content) // _PAGE
    way = chance.choice((_bytes, _bytes, _page, _page, _swapped, _cut, _zeros, _letter))
    said = way(content, pages, chance)
    path.write_bytes(bytes(content))
    return said


def _bytes(content: bytearray, _pages: int, chance: Random) -> str:
    places = sorted(chance.randrange(len(content)) for _ in range(chance.choice((1, 8, 200))))
    for at in places:
        content[at] = chance.randrange(256)
    return f"{len(places)} random bytes, the first at {places[0]}"


def _page(content: bytearray, pages: int, chance: Random) -> str:
    at = chance.randrange(pages)
    content[at * _PAGE : (at + 1) * _PAGE] = chance.choice((bytes(_PAGE), b"\xff" * _PAGE, chance.randbytes(_PAGE)))
    return f"page {at + 1} written over"


def _swapped(content: bytearray, pages: int, chance: Random) -> str:
    one, other = (place * _PAGE for place in chance.sample(range(1, pages), 2))
    content[one : one + _PAGE], content[other : other + _PAGE] = (
        content[other : other + _PAGE],
        content[one : one + _PAGE],
    )
    return f"pages {one // _PAGE + 1} and {other // _PAGE + 1} swapped"


def _cut(content: bytearray, _pages: int, chance: Random) -> str:
    left = chance.choice((0, 1, 50, 100, _PAGE, chance.randrange(len(content)), len(content) - 1))
    del content[left:]
    return f"cut to {left} bytes"


def _zeros(content: bytearray, _pages: int, chance: Random) -> str:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((512, 65_536)))
    content[start:end] = bytes(end - start)
    return f"zeros from {start} to {end}"


def _letter(content: bytearray, _pages: int, chance: Random) -> str:
    """Change a letter of a word, which is no damage to a database."""
    for _ in range(2_000):
        at = chance.randrange(_PAGE, len(content))
        if chr(content[at]).isalpha():
            content[at] = ord(chance.choice("abcdefghijklmnopqrstuvwxyz"))
            return f"another letter at {at}"
    return "nothing"


KIND = Kind("damage", play, share=0.07, aim={"copies": 500}, handful=(0, 1))

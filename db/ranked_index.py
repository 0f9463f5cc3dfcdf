"""What a ranking is sorted and filtered by, held in memory, so that neither asks the database anything.

A run is never edited, so what was read of it once holds. Held are numbers in as few bytes as they fit into and one
text, not objects: a person takes some 90 bytes, 35,000 of them 3 MiB.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from io import BytesIO
from itertools import accumulate
from operator import add
from time import sleep
from typing import Any, NamedTuple

from core.localities import asked, locality_of
from core.ranking import MOVES_AMONG
from db.kept_state import numbers, state_of
from db.localities import PLACE
from db.narrow import Narrow, narrow
from db.placing import Placing, placing, ranks_before
from db.ranked_filter import BCU_LETTERS
from db.store import Store
from db.store.batches import batches_version

_AT_ONCE = 1000
"""Rows read at once: few enough that a key that is pressed meanwhile does not wait for them."""
_REST = 0.0005
"""Seconds of a rest, in which a key can go on."""
_FIELDS = (
    "allegations", "victims", "historic", "unweighed", "last", "status",
    "borough", "ref", "surname", "forenames", "victim", "born_on",
)  # fmt: skip
_ROWS = (
    "SELECT e.person_id, e.allegations, e.victims, e.historic, "  # noqa: S608 - our own expression
    f"e.crimes - e.allegations AS unweighed, e.last_allegation AS last, v.status, COALESCE({PLACE}, '') AS borough, "
    "p.ref, v.surname, v.forenames, p.victim, COALESCE(v.born_on, 0) AS born_on "
    "FROM ({entries}) e CROSS JOIN person p ON p.id = e.person_id JOIN person_version v ON v.id = e.person_version_id "
    "LEFT JOIN report_row t ON t.id = e.last_row_id LEFT JOIN place l ON l.id = t.place_id"
)
_BESIDE = MOVES_AMONG + 1
_COHORTS = (
    "SELECT p.id, COUNT(*) AS number, MIN(m.cohort) AS first FROM membership m "
    "JOIN person p ON p.ref = m.person_ref WHERE m.left_on IS NULL GROUP BY p.id"
)
_OPEN = (
    "SELECT p.id, COUNT(*) AS number, '' AS first FROM action a "
    "JOIN person p ON p.ref = a.subject_ref WHERE a.status = 'open' GROUP BY p.id"
)
_COUNTED = {"cohorts": _COHORTS, "open": _OPEN}
"""Sorts by what changes while a run stays: a few hundred rows at most, read when they are asked for."""
_NONE = (0, "")


class RankedIndex(NamedTuple):
    """Everyone in a run by their place in it, counted from 0: their position is one more.

    keys: by the name of a sort what each person is sorted by, of words the place among the different ones; ranks with 0
    for none. boroughs: the names that ``borough`` holds the places of. text: a line a person of what a filter looks at,
    in small letters as UTF-8, the name last: text would take two or four bytes a letter as soon as one of a million
    names has a letter of Poland or a sign. starts: where each line begins, and behind the last the end of the text.
    nameless: how long each line is without the name.
    """

    run: int
    keys: Mapping[str, array[Any]]
    boroughs: Sequence[str]
    text: bytes
    starts: array[int]
    nameless: array[int]

    def order(
        self, store: Store, sort: str = "rank", descending: bool = False, needle: str = "",
        *, by_name: bool = True, within: str = "",
    ) -> array[int]:  # fmt: skip
        """Positions, sorted and filtered as :func:`db.rankings.order` does; *store*: for what the run does not hold."""
        rows = self._narrowed(needle, within, by_name=by_name)
        if sort == "rank":
            rows = rows[::-1] if descending else rows
        else:
            rows = sorted(rows, key=self._key(store, sort, descending), reverse=descending and sort != "move")
        return array("q", [row + 1 for row in rows])

    def _key(self, store: Store, sort: str, descending: bool) -> Callable[[int], Any]:
        """What a person is sorted by."""
        if sort in _COUNTED:
            found = store.read.picked(("id", "number", "first"), _COUNTED[sort])
            counted = {person: (number, first) for person, number, first in found}
            people = placing(store, self.run).people
            return lambda row: counted.get(people[row], _NONE)
        if sort == "move":
            ranks, before = self.keys["rank"], self.keys["before"]
            return lambda row: _move(ranks[row], before[row], descending=descending)
        if sort == "bcu":
            place = self.keys["borough"]
            called = [(locality_of(name).bcu, name) for name in self.boroughs]
            return lambda row: called[place[row]]
        return self.keys[sort].tolist().__getitem__

    def _narrowed(self, needle: str, within: str, *, by_name: bool) -> Sequence[int]:
        """The people who have every word of a filter in some field and are in every place that it asks for."""
        asks = asked(needle, within)
        rows: Sequence[int] = range(len(self.nameless))
        for number, word in enumerate(asks.words.lower().split()):
            rows = self._with_word(word, by_name) if not number else self._having(word, rows, by_name)
        if asks.places:
            there = self._boroughs_where(lambda name: all(locality_of(name).is_in(place) for place in asks.places))
            rows = [row for row in rows if self.keys["borough"][row] in there]
        return rows

    def _boroughs_where(self, holds: Callable[[str], bool]) -> Collection[int]:
        return frozenset(number for number, name in enumerate(self.boroughs) if holds(name))

    def _of_bcu(self, word: str) -> Collection[int]:
        """The places of boroughs of a BCU with *word* in its code; none for a longer word, which no code has in it."""
        short = len(word) <= BCU_LETTERS
        return self._boroughs_where(lambda name: short and word in locality_of(name).bcu.lower())

    def _ends(self, by_name: bool) -> Sequence[int]:
        """Where what may be looked at of each line ends."""
        return memoryview(self.starts)[1:] if by_name else array("i", map(add, self.starts, self.nameless))

    def _with_word(self, word: str, by_name: bool) -> Sequence[int]:
        """Everyone with a word in their line, in order."""
        if self._of_bcu(word):  # every line must be looked at
            return self._having(word, range(len(self.nameless)), by_name)
        find, starts, ends, sought = self.text.find, self.starts, self._ends(by_name), _in_bytes(word)
        rows: list[int] = []
        at = find(sought)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            if at + len(sought) <= ends[row]:
                rows.append(row)
            at = find(sought, starts[row + 1])
        return rows

    def _having(self, word: str, rows: Sequence[int], by_name: bool) -> list[int]:
        """Those of some people who have a word in their line."""
        of_bcu, at = self._of_bcu(word), self.keys["borough"]
        find, starts, ends, sought = self.text.find, self.starts, self._ends(by_name), _in_bytes(word)
        return [row for row in rows if find(sought, starts[row], ends[row]) >= 0 or (of_bcu and at[row] in of_bcu)]


def _in_bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")


def ranked_index(store: Store, run_id: int, since: int | None = None) -> RankedIndex:
    """The index of a run, read once; *since*: the run that moves are told against, as in :func:`db.rankings.order`."""
    return store.remember(_QUESTION, _version(store, run_id, since), lambda: _read(store, run_id, since))


def known_index(store: Store, run_id: int, since: int | None) -> RankedIndex | None:
    """The index of a run where it has been read; nothing is read for it."""
    found = store.remembered(_QUESTION, _version(store, run_id, since))
    return found if isinstance(found, RankedIndex) else None


_QUESTION = "ranked index"
"""One is kept at a time, that of the ranking that is looked at."""


def _version(store: Store, run_id: int, since: int | None) -> tuple[int, int | None, tuple[int, int]]:
    """What an index goes by; a later file may say of someone that they are a victim, too, until it is withdrawn."""
    return run_id, since, batches_version(store)


def _read(store: Store, run_id: int, since: int | None) -> RankedIndex:
    everyone = placing(store, run_id)
    before = ranks_before(store, run_id, everyone.people, since)
    made = _Made(everyone, narrow([before.get(person) or 0 for person in everyone.people]))
    del before  # a mapping of everyone takes as much as all that is held of them
    for rows in _pages(store, run_id, everyone):
        made.add(dict(zip(_FIELDS, zip(*rows, strict=True), strict=True)))
    return made.index(run_id)


_NUMBERS = ("allegations", "victims", "historic", "unweighed", "last")
_FEW = ("status", "borough")
"""Words that many people share."""
_DAYS = 10_000_000
"""More than the number of any day of the calendar."""
_APART = "\0"
"""Stands between surname and forenames where both are one word to sort by: it comes before every letter."""


class _Made:
    """An index while it is read, a page of rows at a time: what was read of a page goes with it.

    There is room for everyone from the start, and words are packed until they are put in order: what grows bit by bit
    among what is let go of leaves holes in memory as large as itself.
    """

    def __init__(self, everyone: Placing, before: array[int]) -> None:
        self._everyone, self._before, self._read, size = everyone, before, 0, len(everyone.people)
        self._keys = {name: Narrow(size) for name in (*_NUMBERS, *_FEW, "also")}
        self._known: dict[str, dict[str, int]] = {name: {} for name in _FEW}
        self._packed = {"ref": BytesIO(), "name": BytesIO()}
        self._text = bytearray()
        self._starts, self._nameless = _noughts(size + 1), Narrow(size)

    def add(self, page: Mapping[str, Sequence[Any]]) -> None:
        """Take in the rows that follow, by the names of their columns."""
        first, self._read = self._read, self._read + len(page["ref"])
        here = slice(first, self._read)
        for name in _NUMBERS:
            self._keys[name].put(here, [number or 0 for number in page[name]])
        born = zip(page["victim"], page["born_on"], strict=True)
        self._keys["also"].put(here, [flag * _DAYS + day for flag, day in born])
        for name, known in self._known.items():
            self._keys[name].put(here, [known.setdefault(word, len(known)) for word in page[name]])
        full_names = list(zip(page["surname"], page["forenames"], strict=True))
        marshal.dump(list(page["ref"]), self._packed["ref"])
        marshal.dump([_APART.join(name) for name in full_names], self._packed["name"])
        beside = zip(page["ref"], page["status"], page["borough"], self._everyone.ranks[here], strict=True)
        nameless = [_in_bytes(f"{ref} {status} {place} #{rank or ''} ".lower()) for ref, status, place, rank in beside]
        lines = [
            start + _in_bytes(f"{' '.join(name)}\n".lower()) for start, name in zip(nameless, full_names, strict=True)
        ]
        self._nameless.put(here, list(map(len, nameless)))
        starts = accumulate(map(len, lines), initial=self._starts[first])
        self._starts[first : self._read + 1] = array("i", starts)
        self._text += b"".join(lines)

    def index(self, run_id: int) -> RankedIndex:
        """What was taken in. Words are held as their places among the different ones, and then let go."""
        found = {name: sorted(known) for name, known in self._known.items()}
        for name, known in self._known.items():
            places = [place for _, place in sorted((known[word], place) for place, word in enumerate(found[name]))]
            self._keys[name].put(slice(None), [places[number] for number in self._keys[name].numbers])
        keys: dict[str, array[Any]] = {name: held.numbers for name, held in self._keys.items()}
        keys |= {name: narrow(_places(_unpacked(self._packed.pop(name)))) for name in list(self._packed)}
        keys |= {"before": self._before, "rank": self._everyone.ranks, "score": self._everyone.scores}
        return RankedIndex(run_id, keys, found["borough"], bytes(self._text), self._starts, self._nameless.numbers)


def _noughts(size: int) -> array[int]:
    return array("i", bytes(4 * size))


def _unpacked(words: BytesIO) -> Iterator[list[str]]:
    """What was packed, list by list."""
    end = words.tell()
    words.seek(0)
    while words.tell() < end:
        yield marshal.load(words)  # noqa: S302 - what was packed here


def _pages(store: Store, run_id: int, everyone: Placing) -> Iterator[list[list[Any]]]:
    """What is read of everyone in order, some rows at a time."""
    state = state_of(store, run_id)
    query = _ROWS.format(entries=state.some())
    for start in range(0, len(everyone.people), _AT_ONCE):
        people = everyone.people[start : start + _AT_ONCE]
        rows = store.read.picked(("person_id", *_FIELDS), query, people=numbers(people), **state.values)
        found = {person: rest for person, *rest in rows}
        yield [found[person] for person in people]


def _places(pages: Iterable[Sequence[str]]) -> array[int]:
    """Each word's place among the different ones, the least first. pages: all words, some at a time.

    Some are sorted at a time, and merged, with rests between: while all were sorted in one go no key would be answered.
    """
    words: list[str] = []
    runs: list[list[int]] = []
    for page in pages:
        first = len(words)
        words += page
        runs.append(sorted(range(first, len(words)), key=words.__getitem__))
        sleep(_REST)
    found = _noughts(len(words))
    place, before = -1, None
    for nth, row in enumerate(merge(*runs, key=words.__getitem__)):
        if words[row] != before:
            place, before = place + 1, words[row]
        found[row] = place
        if not nth % _AT_ONCE:
            sleep(_REST)
    return found


def _move(rank: int, before: int, *, descending: bool) -> tuple[bool, bool, int]:
    """What a move is sorted by; a rank of 0 is none.

    Those come first, either way, who are or were within the first MOVES_AMONG. Who came into the head of the list, or
    left it altogether, counts as moved from or to the rank right after it: how far beyond it they were is not known.
    In the rest they come last.
    """
    within = min(rank or _BESIDE, before or _BESIDE) <= MOVES_AMONG
    if not within and not (rank and before):
        return True, True, 0
    size = abs((rank or _BESIDE) - (before or _BESIDE))
    return not within, False, -size if descending else size

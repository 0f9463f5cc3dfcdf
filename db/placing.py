"""Who stands where in a run: positions and ranks, worked out from the scores of everyone and then held in memory.

Neither is stored. The order is that of ``core.ranking.place``. For the head of a list, which is looked at first, only
those at the head are read; everyone is put in order once a run is looked at as a whole.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from db.kept_state import State, numbers, state_of
from db.narrow import narrow
from db.store import Store
from db.store.engine import Reader
from db.store.rows import lookup

_HELD = 16
"""Runs whose order is held at a time; 35,000 people take half a MiB, and some more once one is looked up among them."""
_FIRST, _NEAR = 100, 600
"""Places from the head of the ranked, and of the others, that are read without putting everyone in order: those that a
screen or a paper shows first, or so many."""
_FEW = 1_000
"""People who are looked up one by one; for more, everyone is put into a mapping, which is let go of."""
_TIES = 1_000
"""People who may tie with the last of a head before they are asked for by themselves."""
_FIELDS = ("person_id", "score", "ranked")
_NARROW = ("person_id", "score", "enough", "last")


class Place(NamedTuple):
    """Where a person, by their number, stands in a run: from 1. ``rank`` is None where too few reports make one."""

    person: int
    position: int
    rank: int | None
    score: float


@dataclass(frozen=True)
class Placing:
    """Some people of a run in order, or all of them. before: how many stand before the first. ranks: 0 for none."""

    people: array[int]
    ranks: array[int]
    scores: array[float]
    before: int = 0

    @cached_property
    def _by_person(self) -> array[int]:
        """The places of everyone in the order of their numbers: a mapping of everyone takes twenty times as much."""
        return narrow(sorted(range(len(self.people)), key=self.people.__getitem__))

    def _indexes(self, people: Collection[int]) -> Mapping[int, int]:
        """Each of some people with their place here; those who are not here are left out."""
        if len(people) > _FEW:
            every = dict(zip(self.people, range(len(self.people)), strict=True))
            return {person: every[person] for person in people if person in every}
        numbered, found = self._by_person, {}
        for person in people:
            at = bisect_left(numbered, person, key=self.people.__getitem__)
            if at < len(numbered) and self.people[numbered[at]] == person:
                found[person] = numbered[at]
        return found

    def _place(self, index: int) -> Place:
        rank = self.ranks[index]
        return Place(self.people[index], self.before + index + 1, rank or None, self.scores[index])

    def __iter__(self) -> Iterator[Place]:
        return map(self._place, range(len(self.people)))

    def holds(self, positions: Collection[int]) -> bool:
        """Whether all of some positions are here."""
        return self.before < min(positions) and max(positions) <= self.before + len(self.people)

    def at(self, positions: Iterable[int]) -> list[Place]:
        """Who stands at some positions; those that there are not are left out."""
        last = self.before + len(self.people)
        return [self._place(one - self.before - 1) for one in positions if self.before < one <= last]

    def of(self, people: Collection[int]) -> dict[int, Place]:
        """Where some people stand; those who are not in the run are left out."""
        return {person: self._place(index) for person, index in self._indexes(people).items()}

    def ranks_of(self, people: Collection[int]) -> dict[int, int | None]:
        """The ranks of some people, None for who has none; those who are not in the run are left out."""
        return {person: self.ranks[index] or None for person, index in self._indexes(people).items()}

    def within(self, top: int | None) -> list[Place]:
        """Whoever is within the first *top* ranks, ties at the end included; every ranked one if None."""
        ranked = bisect_left(self.ranks, 1, key=lambda rank: rank == 0)
        end = ranked if top is None else bisect_right(self.ranks, top, 0, ranked)
        return list(map(self._place, range(end)))


def placing(store: Store, run_id: int) -> Placing:
    """Everyone in a run in order, read once. Raises NotFound."""
    return store.remember(*_asked(run_id), lambda: _placed(store, state_of(store, run_id)))


def _asked(run_id: int) -> tuple[tuple[str, int], int]:
    return ("placing", run_id % _HELD), run_id


def _known(store: Store, run_id: int) -> Placing | None:
    found = store.remembered(*_asked(run_id))
    return found if isinstance(found, Placing) else None


def first_ranks(store: Store, run_id: int, top: int | None = None) -> list[Place]:
    """Whoever is within the first *top* ranks of a run, ties at the end included; every ranked one if None."""
    if top is not None and (head := _head_of(store, run_id, top, ranked=True)) is not None:
        return head.within(top)
    return placing(store, run_id).within(top)


def unranked_to(store: Store, run_id: int, count: int) -> list[Place]:
    """The first *count* of those without a rank, and all who tie with the last of them."""
    head = _head_of(store, run_id, count, ranked=False)
    if head is None:
        every = placing(store, run_id)
        places = every.at(range(state_of(store, run_id).ranked + 1, len(every.people) + 1))
    else:
        places = list(head)
    return [place for place in places if len(places) < count or place.score >= places[count - 1].score]


def unranked_from(store: Store, run_id: int, least: float) -> list[Place]:
    """Those without a rank who score so much or more, in order."""
    state = state_of(store, run_id)
    if state.ahead or state.as_it_was or _known(store, run_id) is not None:
        every = placing(store, run_id)
        places = every.at(range(state.ranked + 1, len(every.people) + 1))
        return [place for place in places if place.score >= least]
    with store.read.snapshot() as reader:
        state = state_of(store, run_id)
        asked = state.now if state.stands_in_an_index else state.everyone
        query = asked(*_NARROW, where=f"NOT {state.enough} AND ({state.score}) >= :least")
        found = _read(reader, _in_order(state, query), **state.values, least=least)
    return list(_of(found, state, 0, state.ranked))


def places_at(store: Store, run_id: int, positions: Collection[int]) -> list[Place]:
    """Who stands at some positions of a run: of the ranked or the others only the head is read where it holds them."""
    state = state_of(store, run_id)
    wanted = [one for one in positions if 1 <= one <= state.people]
    if not wanted:
        return []
    ranked = max(wanted) <= state.ranked
    if ranked or min(wanted) > state.ranked:
        before = 0 if ranked else state.ranked
        head = _head_of(store, run_id, max(wanted) - before, ranked=ranked)
        if head is not None and head.holds(wanted):
            return head.at(wanted)
    return placing(store, run_id).at(wanted)


def _head_of(store: Store, run_id: int, count: int, *, ranked: bool) -> Placing | None:
    """At least the first *count* of those with a rank, or of those without, with all who tie with the last of them.

    Remembered, as everyone is. None where everyone is in order already, or must be for it.
    """
    state = state_of(store, run_id)
    if not 0 < count <= _NEAR or state.ahead or state.as_it_was or _known(store, run_id) is not None:
        return None
    size = _FIRST if count <= _FIRST else _NEAR
    question = ("head", run_id % _HELD, ranked, size)
    return store.remember(question, run_id, lambda: _read_head(store, run_id, size, ranked=ranked))


def _read_head(store: Store, run_id: int, count: int, *, ranked: bool) -> Placing:
    with store.read.snapshot() as reader:
        state = state_of(store, run_id)
        enough = state.enough if ranked else f"NOT {state.enough}"
        query, given = (_along if state.stands_in_an_index else _among)(reader, state, count, enough)
        found = _read(reader, _in_order(state, query), **state.values, **given)
    return _of(found, state, len(found.people) if ranked else 0, 0 if ranked else state.ranked)


def _along(reader: Reader, state: State, count: int, enough: str) -> tuple[str, dict[str, object]]:
    """The query for the first of the newest run and all who tie with the last: their scores stand in an index."""
    last = reader.rows(f"{state.now('score', where=enough)} ORDER BY score DESC LIMIT 1 OFFSET {count - 1}")
    above, given = (f"{enough} AND {state.score} >= :least", {"least": last[0]["score"]}) if last else (enough, {})
    return state.now(*_NARROW, where=above), given


def _among(reader: Reader, state: State, count: int, enough: str) -> tuple[str, dict[str, object]]:
    """The same for any run: every score is worked out, so once, with room for those who tie with the last."""
    scores = f"{state.everyone('person_id', 'score', where=enough)} ORDER BY score DESC LIMIT {count + _TIES}"
    found = reader.picked(("person_id", "score"), scores, **state.values)
    least = found[min(count, len(found)) - 1][1] if found else 0.0
    if len(found) == count + _TIES and found[-1][1] == least:  # more tie than there was room for
        return state.everyone(*_NARROW, where=f"{enough} AND ({state.score}) >= :least"), {"least": least}
    return state.some(*_NARROW), {"people": numbers(person for person, score in found if score >= least)}


def places_of(store: Store, run_id: int, people: Collection[int]) -> dict[int, Place]:
    """Where some people stand; those who are not in the run are left out. Everyone is put in order only where one of
    them stands below the head of the ranked."""
    head = _head_of(store, run_id, _NEAR, ranked=True)
    found = {} if head is None else head.of(people)
    return found if len(found) == len(people) else placing(store, run_id).of(people)


def ranks_of(store: Store, run_id: int, people: Collection[int]) -> Mapping[int, int | None]:
    """The ranks that some people have in a run; None for who has none. Who is not in the run is left out."""
    state, known = state_of(store, run_id), _known(store, run_id)
    if known is None and (state.ahead or state.as_it_was or len(people) > _NEAR):
        known = placing(store, run_id)
    if known is not None:
        return known.ranks_of(people)
    with store.read.snapshot() as reader:
        state = state_of(store, run_id)
        query = f"SELECT person_id, score, enough AS ranked FROM ({state.some(*_NARROW)})"  # noqa: S608
        found = reader.picked(_FIELDS, query, people=numbers(people), **state.values)
        scores = {score for _, score, ranked in found if ranked}
        above = _above(store, state, scores)
    return {person: 1 + above[score] if ranked else None for person, score, ranked in found}


def _above(store: Store, state: State, scores: Collection[float]) -> Mapping[float, int]:
    """Each of some scores with how many who have a rank stand above it."""
    if not scores:
        return {}
    if not state.by_harm:  # points: a few values, each worked out once a person
        points = f"SELECT score, COUNT(*) AS people FROM ({state.everyone('score', where=state.enough)}) GROUP BY score"  # noqa: S608
        every = store.read.picked(("score", "people"), points, **state.values)
        return {least: sum(people for score, people in every if score > least) for least in scores}
    if state.is_newest and not state.statuses:
        query = state.now("score", where=f"m.harm > :least AND {state.enough}")
    else:
        query = state.everyone("score", where=f"({state.score}) > :least AND {state.enough}")
    rows = store.read.picked(("score",), query, **state.values, least=min(scores))
    higher = sorted(-score for score in chain.from_iterable(rows))  # the highest first
    return {score: bisect_left(higher, -score) for score in scores}


def ranks_before(store: Store, run_id: int, people: Collection[int], since: int | None) -> Mapping[int, int | None]:
    """The ranks that some people of a run had before.

    since: the run that they are of; the one that it was compared with when it was made if None.
    """
    state = state_of(store, run_id)
    if since is None and state.as_it_was:
        return lookup(store.read.rows(_AS_IT_WAS, run=run_id))
    before = state.earlier if since is None else since
    return {} if before is None else ranks_of(store, before, people)


_AS_IT_WAS = "SELECT person_id, previous_rank FROM run_entry WHERE run_id = :run AND previous_rank IS NOT NULL"


def _placed(store: Store, state: State) -> Placing:
    if state.as_it_was:
        query = (
            "SELECT person_id, score, COALESCE(rank, 0) AS ranked FROM run_entry WHERE run_id = :run ORDER BY position"
        )
        found = _read(store.read, query, run=state.run)
        return Placing(narrow(found.people), narrow(found.ranked), found.scores)
    found = _read(store.read, _in_order(state, state.everyone(*_NARROW)), **state.values)
    return _of(found, state, sum(found.ranked))


def _in_order(state: State, query: str) -> str:
    """A query for people put in order. CROSS JOIN keeps SQLite from walking over all people of the store first."""
    ahead = f"e.person_id IN ({', '.join(map(str, sorted(state.ahead)))}) DESC, " if state.ahead else ""
    return (
        f"SELECT e.person_id, e.score, e.enough AS ranked FROM ({query}) e CROSS JOIN person p "  # noqa: S608
        f"WHERE p.id = e.person_id ORDER BY e.enough DESC, {ahead}e.score DESC, e.last DESC, p.ref"
    )


class _People(NamedTuple):
    """People as they were read: of each the number, the score, and the rank or whether there is one."""

    people: array[int]
    scores: array[float]
    ranked: array[int]


def _read(reader: Reader, query: str, **values: object) -> _People:
    found = _People(array("q"), array("d"), array("q"))
    for rows in reader.parts(_FIELDS, query, **values):
        people, scores, ranked = zip(*rows, strict=True)
        found.people.extend(people)
        found.scores.extend(scores)
        found.ranked.extend(ranked)
    return found


def _of(found: _People, state: State, ranked: int, before: int = 0) -> Placing:
    """People in order, of whom the first so many are ranked: equal ones share a rank."""
    ranks = array("q", bytes(8 * len(found.people)))
    levels: Iterable[object] = found.scores[:ranked]
    if state.ahead:
        levels = zip(map(state.ahead.__contains__, found.people[:ranked]), found.scores[:ranked], strict=True)
    level: object = None
    rank = 0
    for index, here in enumerate(levels):
        if here != level:
            rank, level = index + 1, here
        ranks[index] = rank
    return Placing(narrow(found.people), narrow(ranks), found.scores, before)

"""Two ranking runs side by side: who moved, and what each move is put down to (``core.movement``). Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from core.errors import NotFound
from core.harm import Harm
from core.movement import End, Move, Place, Way, causes, has_moved, reach
from core.reports import ReportRow
from core.text import list_name
from db import people, rankings
from db.earlier_runs import earlier_run
from db.kept_state import numbers, state_of
from db.placing import Place as Stood
from db.placing import first_ranks, placing
from db.rankings import RunHead
from db.scoring import as_stored, recipe_of, weights_by
from db.store import Store
from db.store.engine import Row

_AT_ONCE = 500
"""How many people's rows are read at once: each has some dozens, so memory does not grow with the lists."""

LATEST, PREVIOUS = "latest", "previous"
"""Words for a run in place of its number."""


def runs_named(store: Store, first: str | None, second: str | None) -> tuple[RunHead, RunHead]:
    """The runs to compare, each by its number, ``latest`` or ``previous`` (the one that the latest was compared with).

    Left out: the latest is looked at from the run that it was compared with. Raises NotFound.
    """
    to = _named(store, second or LATEST)
    return (_earlier(store, to) if first is None else _named(store, first)), to


def _named(store: Store, name: str) -> RunHead:
    [(last,)] = store.read.rows("SELECT MAX(id) FROM run")
    if last is None:
        raise NotFound("No ranking has been made yet. 'tasking rank' makes one.")
    if name in (LATEST, PREVIOUS):
        found = rankings.run(store, last)
        return found if name == LATEST else _earlier(store, found)
    try:
        return rankings.run(store, int(name))
    except NotFound as missing:
        raise NotFound(f"There is no run {name}. The latest is run {last}: give its number or 'latest'.") from missing


def _earlier(store: Store, head: RunHead) -> RunHead:
    """The run that a run was compared with. Raises NotFound where it was the first of its kind."""
    number = head.earlier or earlier_run(store, head.request)
    if number is None:
        raise NotFound(
            f"No run of the same kind was made for a day before that of run {head.id}. Name the two runs to compare, "
            "as --from 1 --to 2."
        )
    return rankings.run(store, number)


def moves(store: Store, from_run: int, to_run: int, top: int | None = 100) -> list[Move]:
    """Everyone within the *top* of either run (all if None) whose rank or score differs, each with the causes.

    In the order of the later list, then those who left it. Raises NotFound.
    """
    first, second = rankings.run(store, from_run), rankings.run(store, to_run)
    whom = {place.person for head in (first, second) for place in first_ranks(store, head.id, top)}
    found = _placed(store, first, second, whom)
    return sorted(found, key=lambda move: (*_place_in_list(move.after), *_place_in_list(move.before), move.person))


def _place_in_list(place: Place) -> tuple[bool, int]:
    return place.rank is None, place.rank or 0


def causes_for(store: Store, head: RunHead, refs: Sequence[str]) -> dict[str, str]:
    """The letters of the main causes for some people of a run, against the run that it was compared with.

    Those who have not moved, or whom no run ranks, are left out; so is everyone where there is nothing to compare.
    """
    if head.earlier is None or not refs:
        return {}
    marks = {f"ref{number}": ref for number, ref in enumerate(refs)}
    query = f"SELECT id FROM person WHERE ref IN ({', '.join(f':{mark}' for mark in marks)})"  # noqa: S608
    whom = {row["id"] for row in store.read.rows(query, **marks)}
    found = _placed(store, rankings.run(store, head.earlier), head, whom)
    return {move.person: move.letter for move in found if move.word}


_PLACES = (
    "SELECT e.person_id, p.ref, v.surname, v.forenames, p.victim FROM ({entries}) e "
    "CROSS JOIN person p ON p.id = e.person_id JOIN person_version v ON v.id = e.person_version_id"
)


@dataclass(frozen=True)
class _Moved:
    """One person with where both runs put them, and as the later of them described them."""

    person_id: int
    ref: str
    name: str
    victim: bool
    before: Place
    after: Place


def _placed(store: Store, first: RunHead, second: RunHead, whom: Collection[int]) -> Iterator[Move]:
    """The moves of some people, by their numbers; those who have not moved are left out."""
    moved = _moved(store, first, second, whom)
    offences: dict[int, int] = {}
    ends = _end(store, first, offences), _end(store, second, offences)
    for start in range(0, len(moved), _AT_ONCE):
        batch = moved[start : start + _AT_ONCE]
        rows_of = people.ever_stored(store, [one.person_id for one in batch], reach(*ends))
        offences.clear()
        offences.update((stored.row.id, stored.offence) for rows in rows_of.values() for stored in rows)
        for one in batch:
            why = causes(*ends, one.before, one.after, [stored.row for stored in rows_of.get(one.person_id, [])])
            yield Move(one.ref, one.name, one.before, one.after, why, one.victim)


def _moved(store: Store, first: RunHead, second: RunHead, whom: Collection[int]) -> list[_Moved]:
    """Those of some people who have moved, in the order of their numbers."""
    befores, afters = (placing(store, head.id).of(whom) for head in (first, second))
    places = {person: (_place(befores.get(person)), _place(afters.get(person))) for person in whom}
    moved = sorted(person for person, ends in places.items() if has_moved(*ends))
    described: dict[int, Row] = {}
    for head in (first, second):
        state = state_of(store, head.id)
        query = _PLACES.format(entries=state.some())
        for start in range(0, len(moved), _AT_ONCE):
            people = numbers(moved[start : start + _AT_ONCE])
            described |= {row["person_id"]: row for row in store.read.rows(query, people=people, **state.values)}
    return [
        _Moved(person, row["ref"], list_name(row["surname"], row["forenames"]), bool(row["victim"]), *places[person])
        for person in moved
        for row in (described[person],)
    ]


def _place(stood: Stood | None) -> Place:
    """Where a run puts a person, as the rules of movement see it."""
    return Place(None, None) if stood is None else Place(stood.rank, stood.score)


def _end(store: Store, head: RunHead, offences: dict[int, int]) -> End:
    """A run as the rules of movement see it. offences: number of a row to that of its offence."""
    way = Way(
        head.how,
        head.ranked_in,
        head.bands,
        head.by,
        head.window,
        head.min_crimes,
        _weigher(store, head, offences),
        head.historic_as,
    )
    return End(way, head.as_of, head.batch, bool(head.statuses), head.weighing is not None)


def _weigher(store: Store, head: RunHead, offences: dict[int, int]) -> Callable[[ReportRow], float | None]:
    """What gives the harm of a row in a run: as the run kept it; where it kept none, by its recipe."""
    in_run = rankings.weighing(store, head)

    @cache
    def others() -> dict[int, Harm]:
        recipe = recipe_of(store, rankings.request_again(store, head))
        return {} if as_stored(recipe) else weights_by(store, recipe)

    def weigh(row: ReportRow) -> float | None:
        number = offences[row.id]
        harm = in_run.get(number) or others().get(number)
        return row.days if harm is None else harm.days

    return weigh

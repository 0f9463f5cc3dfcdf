"""Two ranking runs side by side: who moved, and what each move is put down to (``core.movement``). Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from core.errors import NotFound
from core.harm import Harm
from core.movement import End, Move, Place, Way, causes, has_moved, reach
from core.reports import ReportRow
from core.text import list_name
from db import people, rankings
from db.earlier_runs import earlier_run
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
    whom = "SELECT person_id FROM run_entry WHERE run_id IN (:first, :second) AND rank IS NOT NULL"
    whom += "" if top is None else " AND rank <= :top"
    found = _placed(store, first, second, whom, **({} if top is None else {"top": top}))
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
    whom = f"SELECT id FROM person WHERE ref IN ({', '.join(f':{mark}' for mark in marks)})"  # noqa: S608
    found = _placed(store, rankings.run(store, head.earlier), head, whom, **marks)
    return {move.person: move.letter for move in found if move.word}


_PLACES = (
    "SELECT t.person_id, p.ref, v.surname, v.forenames, p.victim, t.rank_before, t.score_before, t.rank_after, "
    "t.score_after FROM (SELECT person_id, MAX(CASE WHEN run_id = :first THEN rank END) AS rank_before, "
    "MAX(CASE WHEN run_id = :first THEN score END) AS score_before, "
    "MAX(CASE WHEN run_id = :second THEN rank END) AS rank_after, "
    "MAX(CASE WHEN run_id = :second THEN score END) AS score_after, "
    "COALESCE(MAX(CASE WHEN run_id = :second THEN person_version_id END), MAX(person_version_id)) AS version_id "
    "FROM run_entry WHERE run_id IN (:first, :second) AND person_id IN ({whom}) GROUP BY person_id) t "
    "JOIN person p ON p.id = t.person_id JOIN person_version v ON v.id = t.version_id ORDER BY t.person_id"
)


def _placed(store: Store, first: RunHead, second: RunHead, whom: str, **values: object) -> Iterator[Move]:
    """The moves of the people that a query picks, by their numbers; those who have not moved are left out."""
    rows = store.read.rows(_PLACES.format(whom=whom), first=first.id, second=second.id, **values)
    moved = [row for row in rows if has_moved(*_places(row))]
    offences: dict[int, int] = {}
    ends = _end(store, first, offences), _end(store, second, offences)
    for start in range(0, len(moved), _AT_ONCE):
        batch = moved[start : start + _AT_ONCE]
        rows_of = people.ever_stored(store, [row["person_id"] for row in batch], reach(*ends))
        offences.clear()
        offences.update((stored.row.id, stored.offence) for rows in rows_of.values() for stored in rows)
        for person in batch:
            before, after = _places(person)
            why = causes(*ends, before, after, [stored.row for stored in rows_of.get(person["person_id"], [])])
            name = list_name(person["surname"], person["forenames"])
            yield Move(person["ref"], name, before, after, why, bool(person["victim"]))


def _places(row: Row) -> tuple[Place, Place]:
    """Where the first and the second run put a person."""
    return Place(row["rank_before"], row["score_before"]), Place(row["rank_after"], row["score_after"])


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

"""Whom only the least number of reports leaves without a rank, though their score lies within the first 100.

The rule is kept (DOMAIN.md section 2: press, March 2025: more than one report) and its cost is shown: the score is that
of the same method, and the rank is the one that the person would hold if one report made a rank.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from core.children import CHILD, is_child
from core.methods import method_named
from core.ranking import CAPACITY, Level, would_be
from core.text import counted, list_name
from db import rankings
from db.first import people_first
from db.kept_state import numbers, state_of
from db.placing import first_ranks, places_at, unranked_from, unranked_to
from db.rankings import RunHead
from db.scoring import RankingRequest, scoring_of, with_status
from db.store import Store
from db.store.rows import field_names


class LeftOut(NamedTuple):
    """One person whom the rule leaves out. ``score`` is in the method's unit.

    position: where they stand in the run, 0 where no run was made. would_be: the rank without the rule, as
    ``core.ranking.would_be`` counts it: equal scores share it. why: how many reports they have and how many it takes.
    """

    position: int
    person: str
    name: str
    status: str
    score: float
    would_be: int
    why: str


class _Scored(NamedTuple):
    """Someone who was scored and holds no rank yet. person: the number; last: the day of the latest report."""

    person: int
    score: float
    crimes: int
    last: int
    ref: str


class _Unranked(NamedTuple):
    """Someone without a rank, by the number of the person; ``crimes`` are their reports."""

    position: int
    person: int
    score: float
    crimes: int


def left_out(store: Store, head: RunHead) -> tuple[LeftOut, ...]:
    """Those whom the rule of a run leaves out, the highest score first; remembered, as a run is never edited."""
    if head.min_crimes < 2:
        return ()
    return store.remember(("left out", head.id), None, lambda: _of_run(store, head))


def _of_run(store: Store, head: RunHead) -> tuple[LeftOut, ...]:
    first = people_first(store, head.request)
    last = min(head.ranked, CAPACITY)
    levels = [(place.person in first, place.score) for place in places_at(store, head.id, range(1, last + 1))]
    if first:
        places = places_at(store, head.id, range(head.ranked + 1, head.people + 1))
    elif last == CAPACITY:  # whoever scores less than so many ranked people cannot be within the capacity
        places = unranked_from(store, head.id, levels[-1][1])
    else:  # nor who stands below so many others without a rank, unless tied with the last
        places = unranked_to(store, head.id, CAPACITY)
    crimes = _reports(store, head.id, [place.person for place in places])
    unranked = [_Unranked(place.position, place.person, place.score, crimes[place.person]) for place in places]
    kept = _within(levels, unranked, first)
    entries = rankings.entries_at(store, head.id, [one.position for one, _ in kept])
    found = []
    for one, rank in kept:
        entry = entries[one.position]
        stands = _status_in_words(entry.born_on, entry.status, head.as_of)
        because = why(head.request, one.crimes)
        found.append(LeftOut(one.position, entry.person, entry.name, stands, one.score, rank, because))
    return tuple(found)


def _reports(store: Store, run_id: int, people: Sequence[int]) -> dict[int, int]:
    """How many reports of a run each of some people has, by their numbers."""
    state = state_of(store, run_id)
    return dict(store.read.picked(_REPORTS, state.some(*_REPORTS), people=numbers(people), **state.values))


_REPORTS = ("person_id", "crimes")


def above_the_line(store: Store, head: RunHead) -> int:
    """How many entries of a run stand above the line: those within rank 100, ties at the end included."""
    return len(first_ranks(store, head.id, CAPACITY))


def left_out_of(store: Store, request: RankingRequest) -> tuple[LeftOut, ...]:
    """The same for what is asked, where no run is made. Raises Refused for a name that is not known."""
    if request.at_least < 2:
        return ()
    first, scoring = people_first(store, request), scoring_of(store, request)
    among, statuses = with_status(request, "e")
    names = field_names(_Scored)
    query = f"SELECT e.person_id AS person, e.score, e.crimes, e.last, e.ref FROM ({scoring.sql()}) e {among}"  # noqa: S608
    rows = list(map(_Scored._make, store.read.picked(names, query, **scoring.parameters, **statuses)))
    rows.sort(key=lambda scored: scored.ref)
    rows.sort(key=lambda scored: (scored.person in first, scored.score, scored.last), reverse=True)
    levels = [(scored.person in first, scored.score) for scored in rows if scored.crimes >= request.at_least]
    unranked = [
        _Unranked(0, scored.person, scored.score, scored.crimes) for scored in rows if scored.crimes < request.at_least
    ]
    kept = _within(levels, unranked, first)
    who = {
        row["id"]: row
        for row in store.read.rows(
            "SELECT p.id, p.ref, v.surname, v.forenames, v.status, v.born_on FROM person p "  # noqa: S608 - numbers
            "JOIN person_version v ON v.id = p.version_id "
            f"WHERE p.id IN ({', '.join(str(one.person) for one, _ in kept) or 'NULL'})"
        )
    }
    return tuple(
        LeftOut(
            0, row["ref"], list_name(row["surname"], row["forenames"]),
            _status_in_words(row["born_on"], row["status"], request.as_of), one.score, rank, why(request, one.crimes),
        )
        for one, rank in kept
        for row in (who[one.person],)
    )  # fmt: skip


def _status_in_words(born_on: int | None, status: str, as_of: int) -> str:
    """A status, that of a child marked so: ``child; at large``."""
    return f"{CHILD}; {status}" if is_child(born_on, as_of) else status


def _within(
    levels: Sequence[Level], unranked: Sequence[_Unranked], first: Collection[int]
) -> list[tuple[_Unranked, int]]:
    """Those without a rank who would be within the capacity, each with the rank they would hold."""
    ranks = would_be(levels, [(one.person in first, one.score) for one in unranked], CAPACITY)
    return list(zip(unranked, ranks, strict=False))


def why(request: RankingRequest, reports: int) -> str:
    """Why someone is left out: ``1 report, V100 takes 2``."""
    method = method_named(request.method)
    own = request.at_least == method.min_crimes
    return f"{counted(reports, 'report')}, {f'{method.title} takes' if own else 'asked for are'} {request.at_least}"

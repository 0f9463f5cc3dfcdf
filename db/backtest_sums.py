"""What everyone's reports come to on a day, at the end of a span after it, and in between."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress
from typing import Any

from core.backtest_words import Step, untold
from db.backtest_day import Count, Day, scored
from db.backtest_known import LATE, Known, as_then, people_of
from db.backtest_sql import EVERYONE, Statements
from db.scoring import Scoring
from db.store import Store


@dataclass(frozen=True)
class Sums:
    """What came of everyone with a report in the pool: on the day, at the end of the span, and in between.

    days: person to days of harm of the counted reports of the span, of those who have any. unweighed: how many of these
    reports have no weight. not_yet: rows that were not known on the day, or not as they are.
    """

    now: Day
    then: Day
    days: Mapping[int, float]
    unweighed: int
    not_yet: int

    def harm_of(self, head: Sequence[int]) -> tuple[float, ...]:
        """Days of harm in the span of the head of a list, in its order, then of all others of the day."""
        others = bytearray(b"\1") * len(self.now.people)
        for person in head:
            others[self._place[person]] = 0
        return (*[self.days.get(person, 0.0) for person in head], *compress(self._day_harm, others))

    @cached_property
    def _place(self) -> dict[int, int]:
        return {person: at for at, person in enumerate(self.now.people)}

    @cached_property
    def _day_harm(self) -> list[float]:
        return [self.days.get(person, 0.0) for person in self.now.people]

    @cached_property
    def not_listed(self) -> tuple[int, ...]:
        """Those who were named in the span and are not in the pool on the day."""
        return tuple(person for person in self.days if person not in self._place)


def sums(store: Store, scorings: Mapping[str, Scoring], until: int, known: Known, step: Step = untold) -> Sums:
    """Add up everyone's reports. scorings: by method, of one pool and one window. step: told how far it has come.

    One pass over the rows, some people at a time: up to the day, then up to the end of the span, for both are read from
    the same pages. Two threads would be a seventh quicker by the clock for a third more work, and leave the room no
    core for its keys. Victims are not counted in it, which takes as long as all else: those who can be at the head of a
    list, whatever their victims, are asked for later (:mod:`db.backtest_day`).
    """
    asked = Statements(scorings, known, until)
    corrected = _corrected(store, asked, known)
    refs = store.read.picked(("id",), "SELECT id FROM person ORDER BY ref")
    by_ref = {person: place for place, (person,) in enumerate(refs)}
    now, then = Columns(asked.measures), Columns((*asked.measures, *asked.after))
    starts = range(0, max(by_ref, default=0), _AT_ONCE)
    with store.read.snapshot() as read:
        for done, above in enumerate(starts, 1):
            part = {"above": above, "to": above + _AT_ONCE, **asked.given}
            rows = read.picked(asked.measures, asked.now, **part)
            now.add([said for said in rows if said[0] not in corrected.people] if corrected.people else rows)
            then.add(read.picked((*asked.measures, *asked.after), asked.then, **part))
            step(done / len(starts))
    if corrected.people:
        given = {"then": corrected.rows, **asked.given, **EVERYONE}
        now.add(store.read.picked(asked.measures, asked.corrected, **given))
    victims = partial(_victims_now, store, asked, corrected), partial(_victims, store, asked, asked.victims_then)
    return Sums(
        _day(now, scorings, asked, scorings[next(iter(scorings))].request.as_of, victims[0], by_ref),
        _day(then, scorings, asked, until, victims[1], by_ref),
        dict(zip(*then.of("after", "person_id", "after_days"), strict=True)),
        sum(then["after_unweighed"]),
        corrected.not_yet,
    )


_AT_ONCE = 500
"""So many people are read at a time: their rows are still at hand when they are asked for the second time."""


class Columns:
    """Rows by column: many rows at a time take longer to be turned than few of them again and again."""

    def __init__(self, names: Sequence[str]) -> None:
        self._columns: dict[str, list[Any]] = {name: [] for name in names}

    def __getitem__(self, name: str) -> list[Any]:
        return self._columns[name]

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, each with a figure for every column in their order."""
        for column, more in zip(self._columns.values(), zip(*rows, strict=True), strict=False):
            column += more

    def of(self, told: str, *names: str) -> list[list[Any]]:
        """Some of the columns, of the rows whose *told* is not 0."""
        kept = self[told]
        return [self[name] if all(kept) else list(compress(self[name], kept)) for name in names]


@dataclass(frozen=True)
class _Corrected:
    """Rows that were otherwise on the day, as ``then`` of the statements, and whose they are. not_yet: as of Sums."""

    rows: str
    people: AbstractSet[int]
    not_yet: int


def _corrected(store: Store, asked: Statements, known: Known) -> _Corrected:
    if known.all_later:
        return _Corrected("", set(), 0)
    with store.read.snapshot() as read:
        [(late,)] = read.picked(("late",), LATE, **asked.given)
        then = as_then(read, known, asked.given)
        rows = json.dumps([[row, *pools] for row, pools in then.items()])
        return _Corrected(rows, people_of(read, then) if then else set(), late + len(then))


def _victims(store: Store, asked: Statements, query: str, people: Sequence[int], **given: object) -> dict[int, int]:
    """How many victims people have, by number."""
    found = store.read.picked(("person_id", "victims"), query, people=json.dumps(people), **asked.given, **given)
    return dict(found)


def _victims_now(store: Store, asked: Statements, corrected: _Corrected, people: Sequence[int]) -> dict[int, int]:
    """The same on the day, by the rows as they were then."""
    otherwise = [person for person in people if person in corrected.people]
    same = [person for person in people if person not in corrected.people] if otherwise else people
    found = _victims(store, asked, asked.victims_now, same)
    if otherwise:
        found |= _victims(store, asked, asked.victims_corrected, otherwise, then=corrected.rows)
    return found


def _day(
    measured: Columns,
    scorings: Mapping[str, Scoring],
    asked: Statements,
    day: int,
    victims: Count,
    by_ref: Mapping[int, int],
) -> Day:
    """Those who have a report in the window, and what each method gives them."""
    people, crimes, last = measured.of("frequency", "person_id", "frequency", "newest")
    ago = [day - newest for newest in last]
    scores = {}
    for key, one in scorings.items():
        measures = [name for name in one.recipe.method.measures or ("harm",) if name not in ("recency", "victims")]
        columns = measured.of("frequency", *[asked.column(key, name) for name in measures])
        scores[key] = scored(one.recipe, dict(zip(measures, columns, strict=True)) | {"recency": ago})
    bands = {key: one.recipe.bands for key, one in scorings.items() if "victims" in one.recipe.method.measures}
    return Day(people, crimes, last, scores, bands, victims, by_ref)

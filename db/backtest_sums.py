"""What everyone's reports come to on a day, at the end of a span after it, and in between."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import Any

from core.backtested import Step, untold
from core.methods import Recipe
from db.backtest_known import LATE, THEN, TOUCHED_PEOPLE, Known, as_then, people_of
from db.scoring import Scoring, banded, measures_sql
from db.stability import days_table
from db.store import Store


@dataclass(frozen=True)
class Day:
    """Everyone in the pool on a day, in no order; each tuple has one figure for each of them.

    people: their numbers. crimes, last: reports in the window, and the day of the latest. scores: by method. by_ref:
    the place of every person of the store in the order of the references.
    """

    people: tuple[int, ...]
    crimes: tuple[int, ...]
    last: tuple[int, ...]
    scores: Mapping[str, tuple[float, ...]]
    by_ref: Mapping[int, int]

    def order(self, key: str, least: int, first: Collection[int] = ()) -> list[int]:
        """People by one method, in the order of ``core.ranking.place``.

        That is: enough reports, who stands first (numbers of people), score, latest report, reference.
        """
        return self._in_order(range(len(self.people)), key, least, first)

    def head(self, key: str, least: int, first: Collection[int], most: int) -> list[int]:
        """The first of :meth:`order`, without putting all others in theirs."""
        return self._in_order(self._near(key, least, first, most), key, least, first)[:most]

    def _in_order(self, places: Iterable[int], key: str, least: int, first: Collection[int]) -> list[int]:
        scores, crimes, last, people, by_ref = self.scores[key], self.crimes, self.last, self.people, self.by_ref

        def standing(at: int) -> tuple[bool, bool, float, int, int]:
            person = people[at]
            return crimes[at] < least, person not in first, -scores[at], -last[at], by_ref[person]

        return [people[at] for at in sorted(places, key=standing)]

    def _near(self, key: str, least: int, first: Collection[int], most: int) -> Iterable[int]:
        """The places of those who can be among the first *most*: only they need be put in order, which takes longer."""
        scores = self.scores[key]
        enough = [at for at, crimes in enumerate(self.crimes) if crimes >= least]
        if len(enough) <= most:
            return range(len(scores))
        bar = sorted([scores[at] for at in enough])[-most]
        return [at for at in enough if scores[at] >= bar or self.people[at] in first]


@dataclass(frozen=True)
class Sums:
    """What came of everyone with a report in the pool: on the day, at the end of the span, and in between.

    days: person to days of harm of the counted reports of the span. named: person to reports of the span, of those who
    have any. unweighed: how many of these have no weight. not_yet: rows that were not known on the day, or not as they
    are.
    """

    now: Day
    then: Day
    days: Mapping[int, float]
    named: Mapping[int, int]
    unweighed: int
    not_yet: int

    def harm_of(self, head: Sequence[int]) -> tuple[float, ...]:
        """Days of harm in the span of the head of a list, in its order, then of all others of the day."""
        heading = set(head)
        first = [self.days.get(person, 0.0) for person in head]
        return (*first, *[harm for person, harm in self._day_harm if person not in heading])

    @cached_property
    def _day_harm(self) -> list[tuple[int, float]]:
        return [(person, self.days.get(person, 0.0)) for person in self.now.people]

    @cached_property
    def not_listed(self) -> tuple[int, ...]:
        """Those who were named in the span and are not in the pool on the day."""
        listed = set(self.now.people)
        return tuple(person for person in self.named if person not in listed)


def sums(store: Store, scorings: Mapping[str, Scoring], until: int, known: Known, step: Step = untold) -> Sums:
    """Add up everyone's reports. scorings: by method, of one pool and one window. step: told how far it has come.

    One pass over the rows, some people at a time: up to the day, then up to the end of the span, for both are read from
    the same pages. Two threads have half of the people each.
    """
    asked = _Query(scorings, known, until)
    refs = store.read.picked(("id",), "SELECT id FROM person ORDER BY ref")
    by_ref = {person: place for place, (person,) in enumerate(refs)}
    parts = _Parts(max(by_ref, default=0), step)
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(_added_up, store, asked, parts)
        now, then = _added_up(store, asked, parts)
        more_now, more_then = others.result()
    now, not_yet = _as_known(store, asked, known, now + more_now)
    then += more_then
    named = [(person, many, days, unweighed) for person, *_, many, days, unweighed in then if many]
    return Sums(
        _day(asked, now, by_ref),
        _day(asked, then, by_ref),
        {person: days for person, _, days, _ in named},
        {person: many for person, many, _, _ in named},
        sum(unweighed for _, _, _, unweighed in named),
        not_yet,
    )


_Rows = list[tuple[Any, ...]]
_EVERYONE = {"above": 0, "to": 1 << 62}
_AT_ONCE = 500
"""So many people are read at a time: their rows are still at hand when they are asked for the second time."""


class _Parts:
    """Everyone by their numbers, some at a time, each handed out once, to whichever thread asks first."""

    def __init__(self, most: int, step: Step) -> None:
        """most: the highest number of a person. step: told how far it has come."""
        self._starts = range(0, most, _AT_ONCE)
        self._left, self._done, self._step = iter(self._starts), 0, step
        self._lock = Lock()

    def __iter__(self) -> Iterator[dict[str, int]]:
        """Whom to read: people above ``:above`` and up to ``:to``."""
        while (above := self._next()) is not None:
            yield {"above": above, "to": above + _AT_ONCE}
            with self._lock:
                self._done += 1
                self._step(self._done / len(self._starts))

    def _next(self) -> int | None:
        with self._lock:
            return next(self._left, None)


def _added_up(store: Store, asked: _Query, parts: _Parts) -> tuple[_Rows, _Rows]:
    """People on the day of the ranking; and at the end of the span, with what was reported in it."""
    now: _Rows = []
    then: _Rows = []
    after = (*asked.names, "after", "after_days", "after_unweighed")
    with store.read.snapshot() as read:
        for part in parts:
            now += read.picked(asked.names, asked.now, **asked.given, **part)
            then += read.picked(after, asked.then, **asked.given, **part)
    return now, then


def _as_known(store: Store, asked: _Query, known: Known, now: _Rows) -> tuple[_Rows, int]:
    """Everyone on the day by the rows as they were then, and how many were not known on it, or not as they are."""
    if known.all_later:
        return now, 0
    with store.read.snapshot() as read:
        [(late,)] = read.picked(("late",), LATE, **asked.given)
        then = as_then(read, known, asked.given)
        if not then:
            return now, late
        marks = json.dumps([[row, *pools] for row, pools in then.items()])
        corrected = read.picked(asked.names, asked.corrected, then=marks, **asked.given, **_EVERYONE)
        touched = people_of(read, then)
    kept = [(person, *told) for person, *told in now if person not in touched]
    return kept + corrected, late + len(then)


def _day(asked: _Query, rows: _Rows, by_ref: Mapping[int, int]) -> Day:
    """Those of the rows who have a report in the window."""
    crimes_at = itemgetter(asked.names.index("crimes"))
    columns = list(zip(*filter(crimes_at, rows), strict=True)) or [()] * len(asked.names)
    people, crimes, last, *scores = columns
    return Day(people, crimes, last, dict(zip(asked.methods, scores, strict=False)), by_ref)


class _Query:
    """The statements, and what they are given: sums of the rows that lead a report, so that no measure asks that again.

    Victims are counted apart, where a method asks for them: the rows beside those that lead tell of some, too.
    """

    def __init__(self, scorings: Mapping[str, Scoring], known: Known, until: int) -> None:
        request = next(iter(scorings.values())).request
        self._scorings = scorings
        self._columns, self._table = days_table([one.weights for one in scorings.values()])
        self._from, self._then_from = request.as_of, until - request.window
        self.methods = tuple(scorings)
        self.names = ("person_id", "crimes", "last", *self.methods)
        self.given = {
            "after": request.days.after,
            "as_of": request.as_of,
            "until": until,
            "pool": int(request.ranked_in),
            "known": known.last_row,
        }
        then_known = "" if known.all_later else " AND r.id <= :known"
        self._on_the_day = f"r.reported_on > :after AND r.reported_on <= :as_of{then_known}"

    @cached_property
    def now(self) -> str:
        """Everyone on the day."""
        return self._sql(_Source(self._on_the_day), ":as_of")

    @cached_property
    def corrected(self) -> str:
        """Those on the day of whom rows were otherwise then, by what they were."""
        where = f"{self._on_the_day} AND r.person_id IN ({TOUCHED_PEOPLE})"
        joined = f" LEFT JOIN ({THEN}) t ON t.id = r.id"
        source = _Source(where, "COALESCE(t.leading, r.leading)", "COALESCE(t.admitted, r.admitted)", joined)
        return self._sql(source, ":as_of")

    @cached_property
    def then(self) -> str:
        """Everyone at the end of the span, and what was reported in it."""
        windowed = f"r.reported_on > {self._then_from}" if self._then_from > self._from else ""
        after = f"r.reported_on > {self._from}" if self._then_from < self._from else "1"
        where = f"r.reported_on > {min(self._from, self._then_from)} AND r.reported_on <= :until"
        more = {
            "after": f"COUNT(CASE WHEN {after} THEN 1 END)",
            "after_days": f"COALESCE(ROUND(SUM(CASE WHEN {after} THEN r.days END) * 100) / 100, 0.0)",
            "after_unweighed": f"COUNT(CASE WHEN {after} AND r.days IS NULL THEN 1 END)",
        }
        return self._sql(_Source(where), ":until", windowed, more)

    def _sql(self, source: _Source, day: str, windowed: str = "", more: Mapping[str, str] | None = None) -> str:
        parts = dict(self._measured(windowed)) | dict(more or {})
        if "victims" in parts:
            parts["victims"] = source.of_one(parts["victims"])
        scores = ", ".join(
            f"{self._score(one.recipe, self._columns[at], day)} AS {key}"
            for at, (key, one) in enumerate(self._scorings.items())
        )
        others = "".join(f", m.{name}" for name in more or ())
        return (
            f"SELECT m.person_id, m.frequency AS crimes, m.newest AS last, {scores}{others} "  # noqa: S608
            f"FROM ({source.of_everyone(parts, self._weights)}) m"
        )

    @property
    def _weights(self) -> str:
        """What is joined to the rows; nothing where they carry what every method goes by.

        Where it is long SQLite makes an index of it, which it can only while it stays a table of its own (LIMIT) and
        its numbers are known for such (CAST): else each of a million rows walks all of it.
        """
        if all(one.as_stored for one in self._scorings.values()):
            return ""
        days = ", ".join(f"days{at}" for at in sorted(set(self._columns)))
        return f"SELECT CAST(offence_id AS INTEGER) AS offence_id, {days} FROM ({self._table}) LIMIT -1"  # noqa: S608

    def _measured(self, windowed: str) -> Iterator[tuple[str, str]]:
        """The measures that any method asks for, each weight's once. windowed: which of the rows are in the window."""
        for at, scoring in enumerate(self._scorings.values()):
            days = "r.days" if scoring.as_stored else f"s.days{self._columns[at]}"
            sql = measures_sql("reported", days, windowed or "1", windowed)
            for name in ("frequency", "newest", *(scoring.recipe.method.measures or ("harm",))):
                if name != "recency":
                    yield _column(name, self._columns[at]), sql[name]

    @staticmethod
    def _score(recipe: Recipe, column: int, day: str) -> str:
        """The score of a method, in the unit of the method."""
        shown = {name: f"m.{_column(name, column)}" for name in recipe.method.measures}
        shown["recency"] = f"{day} - m.newest"
        points = [banded(recipe.bands, name, shown[name]) for name in recipe.method.measures]
        return " + ".join(points) if points else f"m.{_column('harm', column)}"


@dataclass(frozen=True)
class _Source:
    """Rows of reports: which they are, what holds the pools that they lead and that admit them, and what is joined."""

    where: str
    leading: str = "r.leading"
    admitted: str = "r.admitted"
    joined: str = ""

    def of_everyone(self, parts: Mapping[str, str], weights: str) -> str:
        """Figures of each person over the rows that lead a report in the pool. weights: days by offence, if any."""
        # CROSS JOIN keeps the order: from each person to the days of the window alone, and from a row to its weight.
        table, same = (f" CROSS JOIN ({weights}) s", "s.offence_id = r.offence_id AND ") if weights else ("", "")
        return (
            f"SELECT p.id AS person_id, {', '.join(f'{what} AS {name}' for name, what in parts.items())} "  # noqa: S608
            f"FROM person p CROSS JOIN report_row r{table}{self.joined} WHERE {same}p.id > :above AND p.id <= :to "
            f"AND r.person_id = p.id AND {self.where} AND ({self.leading} & :pool) <> 0 GROUP BY p.id"
        )

    def of_one(self, figure: str) -> str:
        """A figure of the person ``p`` over the rows that the pool admitted."""
        return (
            f"(SELECT {figure} FROM report_row r{self.joined} WHERE r.person_id = p.id AND {self.where} "  # noqa: S608
            f"AND ({self.admitted} & :pool) <> 0)"
        )


_OF_WEIGHTS = ("gravity", "harm")


def _column(name: str, column: int) -> str:
    """What a measure is called: those of days by the weights they are of."""
    return f"{name}{column}" if name in _OF_WEIGHTS else name

"""What everyone's reports come to on a day, at the end of a span after it, and in between."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from typing import Any

from core.allegations import leads
from core.days import day_of, london
from core.methods import Recipe
from core.pools import Pool
from db.scoring import Scoring, banded, measures_sql
from db.stability import days_table
from db.store import Store
from db.store.engine import Row


@dataclass(frozen=True)
class Known:
    """What of the store had been imported by a day.

    last_row, last_batch: the numbers of the last row and the last batch that had, 0 where none had. first_import: the
    day of the first import of reports (a day number).
    """

    last_row: int
    last_batch: int
    first_import: int

    @property
    def all_later(self) -> bool:
        """Whether the store held no report yet."""
        return self.last_row == 0


def known_on(store: Store, as_of: int) -> Known:
    """Which rows had been imported by a day, London's. Rows and batches are numbered as they came in."""
    batches = store.read.rows("SELECT id, imported_at FROM batch ORDER BY id")
    days = {int(row["id"]): day_of(london(row["imported_at"]).date()) for row in batches}
    held = "SELECT batch_id FROM report_row ORDER BY id LIMIT 1"
    first = [int(row["batch_id"]) for row in store.read.rows(held)]
    until = max((batch for batch, day in days.items() if day <= as_of), default=0)
    query = "SELECT id FROM report_row WHERE batch_id <= :until ORDER BY id DESC LIMIT 1"
    rows = store.read.rows(query, until=until) if first and first[0] <= until else []
    return Known(int(rows[0]["id"]) if rows else 0, until, days[first[0]] if first else as_of)


@dataclass(frozen=True)
class Day:
    """Everyone in the pool on a day, in the order of their references; each tuple has one figure for each of them.

    people: their numbers. crimes, last: reports in the window, and the day of the latest. scores: by method.
    """

    people: tuple[int, ...]
    crimes: tuple[int, ...]
    last: tuple[int, ...]
    scores: Mapping[str, tuple[float, ...]]

    def order(self, key: str, least: int, first: Collection[int] = ()) -> list[int]:
        """People by one method, in the order of ``core.ranking.place``.

        That is: enough reports, who stands first (numbers of people), score, latest report, reference.
        """
        # A sort keeps the order of equals, turned round or not.
        ordered = sorted(self._by_last, key=self.scores[key].__getitem__, reverse=True)
        if first:
            ordered.sort(key=lambda at: self.people[at] not in first)
        if least > 1:
            crimes = self.crimes
            ordered = [at for at in ordered if crimes[at] >= least] + [at for at in ordered if crimes[at] < least]
        return [self.people[at] for at in ordered]

    def head(self, key: str, least: int, first: Collection[int], most: int) -> list[int]:
        """The first of :meth:`order`, without putting all others in theirs."""
        scores, crimes, last, people = self.scores[key], self.crimes, self.last, self.people

        def standing(at: int) -> tuple[bool, bool, float, int]:
            return crimes[at] >= least, people[at] in first, scores[at], last[at]

        return [people[at] for at in nlargest(most, self._near(key, least, first, most), key=standing)]

    def _near(self, key: str, least: int, first: Collection[int], most: int) -> Sequence[int]:
        """The places of those who can be among the first *most*: only they need be put in order, which takes longer."""
        scores = self.scores[key]
        enough = [at for at, crimes in enumerate(self.crimes) if crimes >= least]
        if len(enough) <= most:
            return range(len(scores))
        bar = nlargest(most, [scores[at] for at in enough])[-1]
        return [at for at in enough if scores[at] >= bar or self.people[at] in first]

    @cached_property
    def _by_last(self) -> list[int]:
        return sorted(range(len(self.people)), key=self.last.__getitem__, reverse=True)


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
        heading, days = set(head), self.days
        first = [days.get(person, 0.0) for person in head]
        return (*first, *[harm for person, harm in self._day_harm if person not in heading])

    @cached_property
    def _day_harm(self) -> list[tuple[int, float]]:
        return [(person, self.days.get(person, 0.0)) for person in self.now.people]

    @cached_property
    def not_listed(self) -> tuple[int, ...]:
        """Those who were named in the span and are not in the pool on the day."""
        listed = set(self.now.people)
        return tuple(person for person in self.named if person not in listed)


def sums(store: Store, scorings: Mapping[str, Scoring], until: int, known: Known) -> Sums:
    """Add up everyone's reports. scorings: by method, of one pool and one window.

    Two passes over the rows, side by side: one up to the day, one up to the end of the span.
    """
    asked = _Query(scorings, known, until)
    with ThreadPoolExecutor(1) as beside:
        later = beside.submit(_then, store, asked)
        now, not_yet = _now(store, asked, known)
        then, after = later.result()
    return Sums(
        now,
        then,
        {person: days for person, many, days, _ in after if many},
        {person: many for person, many, _, _ in after if many},
        sum(unweighed for _, _, _, unweighed in after),
        not_yet,
    )


def _now(store: Store, asked: _Query, known: Known) -> tuple[Day, int]:
    """The day of the ranking, and how many rows were not known on it, or not as they are."""
    then = {} if known.all_later else _as_then(store, known)
    names = (*asked.names, "not_yet")
    rows = store.read.picked(names, asked.now(), **asked.given)
    if then:
        marks = json.dumps([[row, *pools] for row, pools in then.items()])
        corrected = store.read.picked(names, asked.now(corrected=True), then=marks, **asked.given)
        touched = _people_of(store, then)
        kept = [(person, *rest) for person, *rest in rows if person not in touched]
        rows = sorted(kept + corrected, key=itemgetter(asked.names.index("ref")))
    late = sum(not_yet for *_, not_yet in rows) + len(then)
    return _day(asked, rows), 0 if known.all_later else late


def _then(store: Store, asked: _Query) -> tuple[Day, list[tuple[int, int, float, int]]]:
    """The end of the span; and of everyone number, reports, days of harm and reports without a weight of the span."""
    rows = store.read.picked((*asked.names, "after", "after_days", "after_unweighed"), asked.then(), **asked.given)
    return _day(asked, rows), [(person, many, days, bare) for person, *_, many, days, bare in rows]


def _day(asked: _Query, rows: Sequence[tuple[Any, ...]]) -> Day:
    """Those of the rows who have a report in the window."""
    crimes_at = itemgetter(asked.names.index("crimes"))
    columns = list(zip(*filter(crimes_at, rows), strict=True)) or [()] * len(asked.names)
    people, _, crimes, last, *scores = columns
    return Day(people, crimes, last, dict(zip(asked.methods, scores, strict=False)))


class _Query:
    """The two statements, and what they are given."""

    def __init__(self, scorings: Mapping[str, Scoring], known: Known, until: int) -> None:
        request = next(iter(scorings.values())).request
        self._scorings = scorings
        self._known = not known.all_later
        self._columns, self._table = days_table([one.weights for one in scorings.values()])
        self._from, self._then_from = request.as_of, until - request.window
        self.methods = tuple(scorings)
        self.names = ("person_id", "ref", "crimes", "last", *self.methods)
        self.given = {
            "after": request.days.after,
            "as_of": request.as_of,
            "until": until,
            "pool": int(request.ranked_in),
            "known": known.last_row,
        }

    def now(self, *, corrected: bool = False) -> str:
        """Everyone on the day; or, *corrected*, those of whom rows were otherwise then."""
        leading, admitted, extra, among = "r.leading", "r.admitted", "", ""
        if corrected:
            leading, admitted = "COALESCE(t.leading, r.leading)", "COALESCE(t.admitted, r.admitted)"
            extra = f"LEFT JOIN ({_THEN}) t ON t.id = r.id "
            among = f"AND r.person_id IN ({_TOUCHED_PEOPLE}) "
        lead, inside, late = f"({leading} & :pool) <> 0", "", "0"
        if self._known:
            late = f"CASE WHEN {lead} AND r.id > :known THEN 1 ELSE 0 END"
            lead, inside = f"{lead} AND r.id <= :known", "r.id <= :known"
        where = f"r.reported_on > :after AND r.reported_on <= :as_of AND ({admitted} & :pool) <> 0 {among}"
        return self._sql(lead, inside, ":as_of", where, extra, {"not_yet": f"SUM({late})"})

    def then(self) -> str:
        """Everyone at the end of the span, and what was reported in it."""
        lead = "(r.leading & :pool) <> 0"
        windowed, inside, after = lead, "", lead
        if self._then_from > self._from:
            inside = f"r.reported_on > {self._then_from}"
            windowed = f"{lead} AND {inside}"
        elif self._then_from < self._from:
            after = f"{lead} AND r.reported_on > {self._from}"
        earliest = min(self._from, self._then_from)
        where = f"r.reported_on > {earliest} AND r.reported_on <= :until AND (r.admitted & :pool) <> 0 "
        more = {
            "after": f"COUNT(CASE WHEN {after} THEN 1 END)",
            "after_days": f"COALESCE(ROUND(SUM(CASE WHEN {after} THEN r.days END) * 100) / 100, 0.0)",
            "after_unweighed": f"COUNT(CASE WHEN {after} AND r.days IS NULL THEN 1 END)",
        }
        return self._sql(windowed, inside, ":until", where, "", more)

    def _sql(self, lead: str, inside: str, day: str, where: str, extra: str, more: Mapping[str, str]) -> str:
        parts = dict(self._measured(lead, inside)) | dict(more)
        measured = (
            f"SELECT r.person_id, {', '.join(f'{what} AS {name}' for name, what in parts.items())} "  # noqa: S608
            f"FROM report_row r CROSS JOIN ({self._table}) s {extra}WHERE s.offence_id = r.offence_id "
            f"AND r.person_id > 0 AND {where}GROUP BY r.person_id"
        )
        scores = ", ".join(
            f"{self._score(one.recipe, self._columns[at], day)} AS {key}"
            for at, (key, one) in enumerate(self._scorings.items())
        )
        others = "".join(f", m.{name}" for name in more)
        return (
            f"SELECT m.person_id, p.ref, m.frequency AS crimes, m.newest AS last, {scores}{others} "  # noqa: S608
            f"FROM ({measured}) m CROSS JOIN person p WHERE p.id = m.person_id ORDER BY p.ref"
        )

    def _measured(self, lead: str, inside: str) -> Iterator[tuple[str, str]]:
        """The measures that any method asks for, each weight's once."""
        for at, scoring in enumerate(self._scorings.values()):
            sql = measures_sql("reported", f"s.days{self._columns[at]}", lead, inside)
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


_OF_WEIGHTS = ("gravity", "harm")


def _column(name: str, column: int) -> str:
    """What a measure is called: those of days by the weights they are of."""
    return f"{name}{column}" if name in _OF_WEIGHTS else name


def _as_then(store: Store, known: Known) -> dict[int, tuple[int, int]]:
    """Rows that counted otherwise on the day than now, by number: the pools that admitted them, and that they led.

    They are rows of reports of which later files told more, or that those replaced.
    """
    rows = store.read.rows(_TOUCHED, known=known.last_row, batch=known.last_batch)
    reports: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        reports.setdefault((row["crime_ref"], row["person_id"]), []).append(row)
    changed: dict[int, tuple[int, int]] = {}
    for group in reports.values():
        leading = leads((row["id"], Pool(row["was"]), row["days"]) for row in group)
        for row in group:
            if (row["was"], int(leading[row["id"]])) != (row["admitted"], row["leading"]):
                changed[row["id"]] = row["was"], int(leading[row["id"]])
    return changed


_TOUCHED = (
    "SELECT o.id, o.crime_ref, o.person_id, o.days, o.admitted, o.leading, c.allowed & f.pools AS was "
    "FROM (SELECT DISTINCT crime_ref FROM report_row WHERE id > :known) n CROSS JOIN report_row o "
    "JOIN circumstance c ON c.id = o.circumstance_id JOIN offence f ON f.id = o.offence_id "
    "WHERE o.crime_ref = n.crime_ref AND o.person_id > 0 AND o.id <= :known "
    "AND (o.replaced_by IS NULL OR o.replaced_by > :batch)"
)
"""Every row that stood on the day of a report that later rows are about."""
_THEN = (
    "SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS admitted, "
    "json_extract(value, '$[2]') AS leading FROM json_each(:then)"
)
_TOUCHED_PEOPLE = (
    "SELECT person_id FROM report_row WHERE id IN (SELECT json_extract(value, '$[0]') FROM json_each(:then))"
)


def _people_of(store: Store, then: Mapping[int, object]) -> set[int]:
    """Whose rows these are."""
    marks = json.dumps([[row] for row in then])
    return {row["person_id"] for row in store.read.rows(_TOUCHED_PEOPLE, then=marks)}

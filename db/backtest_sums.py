"""What everyone's reports come to on a day, at the end of a span after it, and in between: one pass over the rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.allegations import leads
from core.days import day_of, london
from core.methods import Recipe
from core.pools import Pool
from db.scoring import Scoring, banded, measures_sql
from db.stability import days_table
from db.store import Store
from db.store.engine import Row

NOW, THEN = 0, 1
"""The day of the ranking, and the end of the span."""


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
class Sums:
    """What came of everyone with a report in the pool. Each tuple has one figure for each of *people*.

    people: their numbers, in the order of their references. crimes, last: by day (:data:`NOW`, :data:`THEN`), reports
    in the window and the day of the latest, None where there is none. scores: by method and day. harm: days of the
    counted reports of the span. named: how many reports of the span. unweighed: reports of the span without a weight.
    not_yet: rows that were not known on the day, or not as they are.
    """

    until: int
    people: tuple[int, ...]
    crimes: tuple[tuple[int, ...], tuple[int, ...]]
    last: tuple[tuple[int | None, ...], tuple[int | None, ...]]
    scores: Mapping[tuple[str, int], tuple[float, ...]]
    days: tuple[float, ...]
    named: tuple[int, ...]
    unweighed: int
    not_yet: int

    def order(self, key: str, when: int, least: int, first: Collection[int] = ()) -> list[int]:
        """Places in *people*, in the order of ``core.ranking.place``.

        That is: enough reports, who stands first (numbers of people), score, latest report, reference.
        """
        scores, crimes = self.scores[key, when], self.crimes[when]
        # A sort keeps the order of equals, turned round or not.
        ordered = sorted(self._by_last[when], key=scores.__getitem__, reverse=True)
        if first:
            ordered.sort(key=lambda at: self.people[at] not in first)
        if least <= 1:
            return ordered
        return [at for at in ordered if crimes[at] >= least] + [at for at in ordered if crimes[at] < least]

    @cached_property
    def _by_last(self) -> tuple[list[int], list[int]]:
        """Places of those in the pool on each day: the latest report first, then by reference."""
        now, then = (
            sorted((at for at, many in enumerate(self.crimes[when]) if many), key=self._last(when), reverse=True)
            for when in (NOW, THEN)
        )
        return now, then

    def _last(self, when: int) -> Callable[[int], int]:
        last = self.last[when]
        return lambda at: last[at] or 0

    @cached_property
    def not_listed(self) -> tuple[int, ...]:
        """Places of those who were named in the span and are not in the pool on the day."""
        return tuple(
            at for at, (now, after) in enumerate(zip(self.crimes[NOW], self.named, strict=True)) if after and not now
        )


def sums(store: Store, scorings: Mapping[str, Scoring], until: int, known: Known) -> Sums:
    """Add up everyone's reports. scorings: by method, of one pool and one window."""
    then = {} if known.all_later else _as_then(store, known)
    asked = _Query(scorings, known, until)
    rows = store.read.picked(asked.names, asked.sql(), **asked.given)
    if then:
        marks = json.dumps([[row, *pools] for row, pools in then.items()])
        corrected = store.read.picked(asked.names, asked.sql(corrected=True), then=marks, **asked.given)
        whole = {row[0]: row for row in rows} | {row[0]: row for row in corrected}
        rows = sorted(whole.values(), key=lambda row: str(row[1]))
    columns = dict(zip(asked.names, zip(*rows, strict=True) if rows else [()] * len(asked.names), strict=True))
    return Sums(
        until=until,
        people=columns["person_id"],
        crimes=(columns["crimes0"], columns["crimes1"]),
        last=(columns["last0"], columns["last1"]),
        scores={(key, when): columns[f"{key}{when}"] for key in scorings for when in (NOW, THEN)},
        days=columns["after_days"],
        named=columns["after"],
        unweighed=sum(columns["after_unweighed"]),
        not_yet=0 if known.all_later else sum(columns["not_yet"]) + len(then),
    )


class _Query:
    """The one statement, and what it is given."""

    def __init__(self, scorings: Mapping[str, Scoring], known: Known, until: int) -> None:
        request = next(iter(scorings.values())).request
        self._scorings = scorings
        self._known = "" if known.all_later else " AND r.id <= :known"
        self.given = {
            "after": request.days.after,
            "as_of": request.as_of,
            "until": until,
            "after_then": until - request.window,
            "pool": int(request.ranked_in),
            "known": known.last_row,
        }
        if known.all_later:
            del self.given["known"]
        scores = [f"{key}{when}" for key in scorings for when in (NOW, THEN)]
        self.names = (
            "person_id", "ref", "crimes0", "crimes1", "last0", "last1", "after", "after_days", "after_unweighed",
            "not_yet", *scores,
        )  # fmt: skip

    def sql(self, *, corrected: bool = False) -> str:
        """Everyone's figures; or, *corrected*, of those of whom rows were otherwise on the day."""
        columns, table = days_table([one.weights for one in self._scorings.values()])
        leading, admitted, extra, among = "r.leading", "r.admitted", "", ""
        if corrected:
            leading, admitted = "COALESCE(t.leading, r.leading)", "COALESCE(t.admitted, r.admitted)"
            then = (
                "SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS admitted, "
                "json_extract(value, '$[2]') AS leading FROM json_each(:then)"
            )
            extra = f"LEFT JOIN ({then}) t ON t.id = r.id "
            among = (
                "AND r.person_id IN (SELECT person_id FROM report_row WHERE id IN "
                "(SELECT json_extract(value, '$[0]') FROM json_each(:then))) "
            )
        known = f"({leading} & :pool) <> 0 AND r.reported_on <= :as_of{self._known}"
        inside = f"({admitted} & :pool) <> 0 AND r.reported_on <= :as_of{self._known}"
        now = (known, inside)
        then_too = ("r.reported_on > :after_then AND (r.leading & :pool) <> 0",
                    "r.reported_on > :after_then AND (r.admitted & :pool) <> 0")  # fmt: skip
        parts = dict(part for when, each in enumerate((now, then_too)) for part in self._measured(when, *each, columns))
        after = "(r.leading & :pool) <> 0 AND r.reported_on > :as_of"
        late = "r.id > :known AND (r.leading & :pool) <> 0 AND r.reported_on <= :as_of" if self._known else "0"
        parts |= {
            "after": f"COUNT(CASE WHEN {after} THEN 1 END)",
            "after_days": f"COALESCE(ROUND(SUM(CASE WHEN {after} THEN r.days END) * 100) / 100, 0.0)",
            "after_unweighed": f"COUNT(CASE WHEN {after} AND r.days IS NULL THEN 1 END)",
            "not_yet": f"COUNT(CASE WHEN {late} THEN 1 END)",
        }
        measured = (
            f"SELECT r.person_id, {', '.join(f'{what} AS {name}' for name, what in parts.items())} "  # noqa: S608
            f"FROM report_row r CROSS JOIN ({table}) s {extra}WHERE s.offence_id = r.offence_id AND r.person_id > 0 "
            f"AND r.reported_on > :after AND r.reported_on <= :until AND (({admitted} | r.admitted) & :pool) <> 0 "
            f"{among}GROUP BY r.person_id"
        )
        scores = ", ".join(
            f"{self._score(one.recipe, columns[at], when)} AS {key}{when}"
            for at, (key, one) in enumerate(self._scorings.items())
            for when in (NOW, THEN)
        )
        fixed = (
            "m.person_id, p.ref, m.frequency0 AS crimes0, m.frequency1 AS crimes1, m.newest0 AS last0, "
            "m.newest1 AS last1, m.after, m.after_days, m.after_unweighed, m.not_yet"
        )
        return (
            f"SELECT {fixed}, {scores} FROM ({measured}) m CROSS JOIN person p "  # noqa: S608 - the code's own names
            "WHERE p.id = m.person_id ORDER BY p.ref"
        )

    def _measured(self, when: int, lead: str, inside: str, columns: Sequence[int]) -> Iterator[tuple[str, str]]:
        """The measures on one day that any method asks for, each weight's once."""
        for at, scoring in enumerate(self._scorings.values()):
            sql = measures_sql("reported", f"s.days{columns[at]}", lead, inside)
            for name in ("frequency", "newest", *(scoring.recipe.method.measures or ("harm",))):
                if name != "recency":
                    yield _column(name, columns[at], when), sql[name]

    @staticmethod
    def _score(recipe: Recipe, column: int, when: int) -> str:
        """The score of a method on one day, in the unit of the method."""
        day = (":as_of", ":until")[when]
        shown = {name: f"m.{_column(name, column, when)}" for name in recipe.method.measures}
        shown["recency"] = f"{day} - m.newest{when}"
        points = [banded(recipe.bands, name, shown[name]) for name in recipe.method.measures]
        return " + ".join(points) if points else f"m.{_column('harm', column, when)}"


_OF_WEIGHTS = ("gravity", "harm")


def _column(name: str, column: int, when: int) -> str:
    """What a measure is called: those of days by the weights they are of."""
    return f"{name}{column}_{when}" if name in _OF_WEIGHTS else f"{name}{when}"


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

"""The statements of a backtest of people: sums over the rows that lead a report, and victims of a few people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from db.backtest_known import THEN, TOUCHED_PEOPLE, Known
from db.scoring import Scoring, indexed, measures_sql
from db.stability import days_table

EVERYONE = {"above": 0, "to": 1 << 62}


class Statements:
    """The statements, and what they are given. Each but those of victims is of people above ``:above`` up to ``:to``.

    Only rows that lead a report are summed, so that no measure asks that again. Victims are counted apart, of
    ``:people`` alone: the rows beside those that lead tell of some, too, and to count them takes as long as all else.

    measures: the columns that each gives; ``person_id``, ``frequency`` and ``newest`` first. after: three more of
    :attr:`then`.
    """

    def __init__(self, scorings: Mapping[str, Scoring], known: Known, until: int) -> None:
        request = next(iter(scorings.values())).request
        self._scorings = list(scorings.values())
        self._columns, self._table = days_table([one.weights for one in self._scorings])
        self._from, self._then_from = request.as_of, until - request.window
        self.measures = ("person_id", *dict(self._measured("")))
        self.after = ("after", "after_days", "after_unweighed")
        self.given = {
            "after": request.days.after,
            "as_of": request.as_of,
            "until": until,
            "pool": int(request.ranked_in),
            "known": known.last_row,
        }
        then_known = "" if known.all_later else " AND r.id <= :known"
        self._on_the_day = f"r.reported_on > :after AND r.reported_on <= :as_of{then_known}"

    def column(self, method: str, measure: str) -> str:
        """The column of a measure of a method: those of days are by the weights that they are of."""
        return self._column(measure, self._columns[[one.recipe.method.key for one in self._scorings].index(method)])

    @cached_property
    def now(self) -> str:
        """Everyone on the day."""
        return self._sql(_Rows(self._on_the_day))

    @cached_property
    def corrected(self) -> str:
        """Those on the day of whom rows were otherwise then, by what they were."""
        return self._sql(self._as_they_were)

    @cached_property
    def then(self) -> str:
        """Everyone at the end of the span, and what was reported in it."""
        windowed = f"r.reported_on > {self._then_from}" if self._then_from > self._from else ""
        after = f"r.reported_on > {self._from}" if self._then_from < self._from else "1"
        where = f"r.reported_on > {min(self._from, self._then_from)} AND r.reported_on <= :until"
        more = (
            f"COUNT(CASE WHEN {after} THEN 1 END)",
            f"COALESCE(ROUND(SUM(CASE WHEN {after} THEN r.days END) * 100) / 100, 0.0)",
            f"COUNT(CASE WHEN {after} AND r.days IS NULL THEN 1 END)",
        )
        return self._sql(_Rows(where), windowed, dict(zip(self.after, more, strict=True)))

    @cached_property
    def victims_now(self) -> str:
        """How many victims some people have on the day."""
        return _Rows(self._on_the_day).victims

    @cached_property
    def victims_corrected(self) -> str:
        """The same of those of whom rows were otherwise then."""
        return self._as_they_were.victims

    @cached_property
    def victims_then(self) -> str:
        """How many they have at the end of the span."""
        return _Rows(f"r.reported_on > {self._then_from} AND r.reported_on <= :until").victims

    @property
    def _as_they_were(self) -> _Rows:
        where = f"{self._on_the_day} AND r.person_id IN ({TOUCHED_PEOPLE})"
        joined = f" LEFT JOIN ({THEN}) t ON t.id = r.id"
        return _Rows(where, "COALESCE(t.leading, r.leading)", "COALESCE(t.admitted, r.admitted)", joined)

    def _sql(self, rows: _Rows, windowed: str = "", more: Mapping[str, str] | None = None) -> str:
        return rows.summed(dict(self._measured(windowed)) | dict(more or {}), self._weights)

    @property
    def _weights(self) -> str:
        """What is joined to the rows; nothing where they carry what every method goes by."""
        if all(one.as_stored for one in self._scorings):
            return ""
        return indexed(self._table, [f"days{at}" for at in sorted(set(self._columns))])

    def _measured(self, windowed: str) -> Iterator[tuple[str, str]]:
        """The measures that any method asks for, each weight's once. windowed: which of the rows are in the window."""
        for at, scoring in enumerate(self._scorings):
            days = "r.days" if scoring.as_stored else f"s.days{self._columns[at]}"
            sql = measures_sql("reported", days, windowed or "1")
            for name in ("frequency", "newest", *(scoring.recipe.method.measures or ("harm",))):
                if name not in ("recency", "victims"):
                    yield self._column(name, self._columns[at]), sql[name]

    @staticmethod
    def _column(measure: str, weights: int) -> str:
        return f"{measure}{weights}" if measure in ("gravity", "harm") else measure


@dataclass(frozen=True)
class _Rows:
    """Rows of reports: which they are, what holds the pools that they lead and that admit them, and what is joined."""

    where: str
    leading: str = "r.leading"
    admitted: str = "r.admitted"
    joined: str = ""

    def summed(self, parts: Mapping[str, str], weights: str) -> str:
        """Figures of each person over the rows that lead a report in the pool. weights: days by offence, if any."""
        # CROSS JOIN keeps the order: from each person to the days of the window alone, and from a row to its weight.
        table, same = (f" CROSS JOIN ({weights}) s", "s.offence_id = r.offence_id AND ") if weights else ("", "")
        return (
            f"SELECT p.id AS person_id, {', '.join(f'{what} AS {name}' for name, what in parts.items())} "  # noqa: S608
            f"FROM person p CROSS JOIN report_row r{table}{self.joined} WHERE {same}p.id > :above AND p.id <= :to "
            f"AND r.person_id = p.id AND {self.where} AND ({self.leading} & :pool) <> 0 GROUP BY p.id"
        )

    @property
    def victims(self) -> str:
        """The victims of each of ``:people`` over the rows that the pool admitted."""
        return (
            f"SELECT p.value AS person_id, (SELECT {measures_sql('reported', '', '')['victims']} "  # noqa: S608
            f"FROM report_row r{self.joined} WHERE r.person_id = p.value AND {self.where} "
            f"AND ({self.admitted} & :pool) <> 0) AS victims FROM json_each(:people) p"
        )
